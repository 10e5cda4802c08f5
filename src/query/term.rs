//! `Term`: one thing that a query asks of a story.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::story::StoryId;

/// One thing that a query asks of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Words anywhere, or in one field.
    Text { field: Option<Field>, form: Form, text: String },
    /// `is:`
    Is(Is),
    /// `has:`
    Has(Has),
    /// `after:`: on that day or later.
    After(Moment),
    /// `before:`: before that day began.
    Before(Moment),
    /// `newer:`: in the time that has passed since.
    Newer(Age),
    /// `older:`: before that.
    Older(Age),
    /// `story:`: that one alone.
    Story(StoryId),
    /// `like:`: of the same matter. Only an index can tell.
    Like(StoryId),
}

/// How words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    Word,
    /// `begin*`
    Prefix,
    /// `"one after the other"`
    Phrase,
}

macro_rules! names {
    ($(#[doc = $about:literal])* $type:ident { $($(#[doc = $doc:literal])* $variant:ident = $name:literal,)* }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[doc = $doc])* $variant,)* }

        impl $type {
            /// Every one, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// As it is written in a query.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The one of a name, in any case.
            pub(super) fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name().eq_ignore_ascii_case(name))
            }
        }
    };
}

names! {
    /// A part of a story that words can be looked for in.
    Field {
        Title = "title",
        /// The name or the key of its source.
        Source = "source",
        /// A whole tag.
        Tag = "tag",
        Author = "author",
        /// A language and, where it is asked for, its region.
        Lang = "lang",
    }
}

names! {
    /// What `is:` asks.
    Is {
        Unread = "unread",
        Read = "read",
        Saved = "saved",
        /// The reader changed its saved file.
        Edited = "edited",
        /// Its publisher changed it after it was first seen.
        Updated = "updated",
    }
}

names! {
    /// What `has:` asks.
    Has {
        Note = "note",
        Link = "link",
        Image = "image",
    }
}

names! {
    /// `sort:`, for whoever lists what matches.
    Sort {
        Date = "date",
        Rank = "rank",
    }
}

names! {
    /// What an age is counted in. A month is 30 days, and a year 365.
    Unit {
        Hour = "h",
        Day = "d",
        Week = "w",
        Month = "m",
        Year = "y",
    }
}

/// A year, a month or a day, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    Year(Date),
    Month(Date),
    Day(Date),
}

/// So much time before now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    pub count: u16,
    pub unit: Unit,
}

impl Moment {
    /// `2026`, `2026-11` or `2026-11-25`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = |text: &str, len| {
            let sound = text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit());
            sound.then(|| text.parse::<i16>().ok()).flatten()
        };
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|month| digits(month, 2));
        let day = parts.next().map(|day| digits(day, 2));
        if parts.next().is_some() {
            return None;
        }
        let date = |month: i16, day: i16| {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        match (month, day) {
            (None, None) => date(1, 1).map(Self::Year),
            (Some(month), None) => date(month?, 1).map(Self::Month),
            (Some(month), Some(day)) => date(month?, day?).map(Self::Day),
            (None, Some(_)) => None,
        }
    }

    /// When it begins where the reader is.
    pub fn begins(self, zone: &TimeZone) -> Timestamp {
        let (Self::Year(date) | Self::Month(date) | Self::Day(date)) = self;
        let midnight = date.at(0, 0, 0, 0);
        zone.to_timestamp(midnight).unwrap_or(Timestamp::MIN)
    }
}

impl Age {
    /// A number and a unit, as in `3d`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let (count, unit) = text.split_at_checked(digits)?;
        Some(Self { count: count.parse().ok()?, unit: Unit::named(unit)? })
    }

    /// The moment that long before another.
    pub fn before(self, now: Timestamp) -> Timestamp {
        let hours = match self.unit {
            Unit::Hour => 1,
            Unit::Day => 24,
            Unit::Week => 7 * 24,
            Unit::Month => 30 * 24,
            Unit::Year => 365 * 24,
        };
        let age = SignedDuration::from_hours(i64::from(self.count) * hours);
        now.checked_sub(age).unwrap_or(Timestamp::MIN)
    }
}
