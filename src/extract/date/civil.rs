//! A day of the calendar, as far as digits tell which, and its instant.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::article::PubDate;

/// A clock time, and what stands beside it.
pub struct Clock {
    pub time: Time,
    pub zone: Option<TimeZone>,
    /// The zone is one whose people put the month first.
    pub american: bool,
}

/// A day, and the other day that its digits could mean.
#[derive(Clone, Copy)]
pub struct Civil {
    date: Date,
    month_first: Option<Date>,
}

impl Civil {
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        // Thai dates count from the Buddha's death, 543 years before.
        let year = if (2500..2700).contains(&year) { year - 543 } else { year };
        if !(1600..2200).contains(&year) {
            return None;
        }
        let date = Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        );
        Some(Self { date: date.ok()?, month_first: None })
    }

    /// Day and month in an order that the digits may leave open.
    pub fn either(year: u32, first: u32, second: u32, sign: char) -> Option<Self> {
        let day_first = Self::new(year, second, first);
        // Nobody writes the month first with stops.
        let month_first = if sign == '.' { None } else { Self::new(year, first, second) };
        match (day_first, month_first) {
            (Some(civil), other) => {
                Some(Self { month_first: other.map(|other| other.date), ..civil })
            }
            (None, other) => other,
        }
    }

    pub fn resolve(self, clock: Option<Clock>) -> Option<PubDate> {
        let Some(Clock { time, zone, american }) = clock else {
            return Some(PubDate::Day(self.date));
        };
        let date = if american { self.month_first.unwrap_or(self.date) } else { self.date };
        let Some(zone) = zone else {
            return Some(PubDate::Day(date));
        };
        zone.to_timestamp(date.to_datetime(time)).ok().map(PubDate::Instant)
    }
}
