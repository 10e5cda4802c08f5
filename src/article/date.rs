//! `PubDate`: when a story was published, as exactly as its publisher said.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::text::time;

/// An instant, or only a day where no hour is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PubDate {
    Instant(Timestamp),
    Day(Date),
}

impl PubDate {
    /// The instant; of a day, its noon in UTC, so that it sorts within the day everywhere.
    pub fn instant(self) -> Timestamp {
        match self {
            Self::Instant(instant) => instant,
            Self::Day(day) => {
                TimeZone::UTC.to_timestamp(day.at(12, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
            }
        }
    }

    /// The day on which it falls where the reader is.
    pub fn day(self, zone: &TimeZone) -> Date {
        match self {
            Self::Instant(instant) => time::day_of(instant, zone),
            Self::Day(day) => day,
        }
    }

    /// In full: `23 Nov 2026, 14:05`, or `23 Nov 2026` where no hour is known.
    pub fn stamp(self, zone: &TimeZone) -> String {
        match self {
            Self::Instant(instant) => time::stamp(instant, zone),
            Self::Day(day) => time::day_stamp(day),
        }
    }

    /// How old it is, in at most six cells: `12m`, `2d`, `6 Nov`, `2024`.
    pub fn age(self, now: Timestamp, zone: &TimeZone) -> String {
        match self {
            Self::Instant(instant) => time::age(now, instant, zone),
            Self::Day(day) => time::age_of_day(time::day_of(now, zone), day),
        }
    }
}

impl fmt::Display for PubDate {
    /// RFC 3339, or `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant(instant) => instant.fmt(f),
            Self::Day(day) => day.fmt(f),
        }
    }
}

impl FromStr for PubDate {
    type Err = jiff::Error;

    /// RFC 3339 or `YYYY-MM-DD`; nothing looser, which is a parser's policy.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.len() <= 10 { text.parse().map(Self::Day) } else { text.parse().map(Self::Instant) }
    }
}

impl serde::Serialize for PubDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for PubDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
