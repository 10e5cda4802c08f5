//! Dates as feeds write them: RFC 822 and RFC 3339 as they should be, and as they occur.
//!
//! A feed's date is always an instant. So, other than in a newspaper's date line, a clock
//! time without a zone counts as UTC and a day without a clock time as its midnight, a
//! minute 61 is the first of the next hour, and what cannot be read is passed over.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

use crate::extract::date::words;
use crate::text::cut::beginning;

/// Bytes that are read of a date.
const MAX_BYTES: usize = 120;

/// The instant that a date names.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = beginning(text.trim(), MAX_BYTES);
    let mut reading = Reading::default();
    let mut rest = reading.date_of_iso(text).unwrap_or(text);
    while let Some(c) = rest.chars().next() {
        rest = if c.is_ascii_digit() {
            reading.number(rest)?
        } else if c.is_alphabetic() {
            reading.word(rest)
        } else if matches!(c, '+' | '-' | '\u{2212}') {
            reading.sign(c, rest)
        } else {
            after(rest, c.len_utf8())
        };
    }
    reading.instant()
}

/// What was found so far.
#[derive(Debug, Default)]
struct Reading {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    /// Hour, minute, second.
    clock: Option<(i64, i64, i64)>,
    zone: Option<TimeZone>,
}

fn after(text: &str, bytes: usize) -> &str {
    text.get(bytes..).unwrap_or_default()
}

/// The number that a text begins with, how many digits it has, and what follows.
fn number(text: &str) -> Option<(i64, usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..digits)?.parse().ok()?;
    Some((value, digits, after(text, digits)))
}

/// The number behind a sign.
fn signed(text: &str, sign: char) -> Option<(i64, usize, &str)> {
    number(text.strip_prefix(sign)?)
}

/// The two digits that a text begins with.
fn two(text: &str) -> Option<(i64, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((digits.parse().ok()?, rest))
}

/// A year of two digits, by the pivot of POSIX's strptime.
fn century(year: i64) -> i64 {
    if year < 69 { year + 2000 } else { year + 1900 }
}

impl Reading {
    /// The date of ISO 8601 that a text begins with: `2024-03-03`, `2024-03`, `20240303`,
    /// `2024-063`, and the short forms of its first edition, `-24-03` and `240303`. Gives
    /// what follows.
    fn date_of_iso<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        if let Some((year, 2, rest)) = signed(text, '-') {
            let (month, 2, rest) = signed(rest, '-')? else { return None };
            self.set(century(year), month, 1);
            return Some(rest);
        }
        let (value, digits, rest) = number(text)?;
        match digits {
            8 => self.set(value / 10_000, value / 100 % 100, value % 100),
            6 => self.set(century(value / 10_000), value / 100 % 100, value % 100),
            4 if rest.is_empty() => self.set(value, 1, 1),
            4 => {
                let (month, digits, rest) = signed(rest, '-')?;
                if digits == 3 {
                    self.set(value, 1, month);
                    return Some(rest);
                }
                let Some((day, 1 | 2, rest)) = signed(rest, '-') else {
                    self.set(value, month, 1);
                    return Some(rest);
                };
                self.set(value, month, day);
                return Some(rest);
            }
            _ => return None,
        }
        Some(rest)
    }

    fn set(&mut self, year: i64, month: i64, day: i64) {
        (self.year, self.month, self.day) = (Some(year), Some(month), Some(day));
    }

    /// Reads a number: a clock time, three numbers of a date, a day or a year. Nothing if
    /// there are more numbers than a date has.
    fn number<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let (value, digits, rest) = number(text)?;
        if rest.starts_with(':') && self.clock.is_none() {
            return Some(self.clock(value, rest));
        }
        if let Some(sign @ ('/' | '.' | '-')) = rest.chars().next()
            && self.day.is_none()
            && let Some((second, _, rest)) = signed(rest, sign)
            && let Some((third, last, rest)) = signed(rest, sign)
        {
            match (digits, last) {
                (4, _) => self.set(value, second, third),
                (_, 4) => self.set(third, second, value),
                _ => self.set(century(third), second, value),
            }
            return Some(rest);
        }
        // "9pm": the hour alone.
        let hour = rest
            .trim_start()
            .get(..2)
            .is_some_and(|half| half.eq_ignore_ascii_case("pm") || half.eq_ignore_ascii_case("am"));
        if hour && digits <= 2 && self.clock.is_none() {
            self.clock = Some((value, 0, 0));
        } else if digits <= 2 && self.day.is_none() {
            self.day = Some(value);
        } else if self.year.is_none() {
            self.year = Some(if digits <= 2 { century(value) } else { value });
        }
        Some(rest)
    }

    /// Reads a clock time behind its hour.
    fn clock<'a>(&mut self, hour: i64, text: &'a str) -> &'a str {
        let Some((minute, 1 | 2, mut rest)) = signed(text, ':') else {
            // An hour with broken minutes is no time of day.
            self.clock = Some((0, 0, 0));
            return text.trim_start_matches(|c: char| !c.is_ascii_whitespace());
        };
        let mut second = 0;
        if let Some((value, 1 | 2, behind)) = signed(rest, ':') {
            (second, rest) = (value, behind);
        }
        if let Some((_, _, behind)) = signed(rest, '.').or_else(|| signed(rest, ',')) {
            rest = behind;
        }
        self.clock = Some((hour, minute, second));
        rest
    }

    /// Reads a word: a month, a half of the day, a zone. Others say nothing.
    fn word<'a>(&mut self, text: &'a str) -> &'a str {
        let end = text
            .char_indices()
            .find(|(at, c)| {
                let inside = *c == '.' && after(text, at + 1).starts_with(char::is_alphabetic);
                !c.is_alphabetic() && !inside
            })
            .map_or(text.len(), |(at, _)| at);
        let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        let word = word.to_lowercase();
        match (word.as_str(), &mut self.clock) {
            ("am" | "a.m", Some((hour, ..))) => *hour %= 12,
            ("pm" | "p.m", Some((hour, ..))) if *hour < 12 => *hour += 12,
            ("z" | "utc" | "gmt" | "ut", Some(_)) => self.zone = Some(TimeZone::UTC),
            // Basic form: "20240303T140500".
            ("t", None) if self.day.is_some() => {
                if let Some((hour, rest)) = two(rest)
                    && let Some((minute, rest)) = two(rest)
                {
                    let (second, rest) = two(rest).unwrap_or((0, rest));
                    self.clock = Some((hour, minute, second));
                    return rest;
                }
            }
            // "America/New_York": which rules held there is not known here.
            (_, Some(_)) if rest.starts_with('/') => {
                return rest.trim_start_matches(|c: char| !c.is_whitespace());
            }
            // "mar, 05 abr 2024": the last name before the year is the month's.
            (word, clock) => {
                match month(word).filter(|_| self.year.is_none() || self.month.is_none()) {
                    Some(month) => self.month = Some(month),
                    None if clock.is_some() && self.zone.is_none() => self.zone = words::zone(word),
                    None => {}
                }
            }
        }
        rest
    }

    /// Reads the offset from UTC behind a sign, if the sign is that of one.
    fn sign<'a>(&mut self, sign: char, text: &'a str) -> &'a str {
        let rest = after(text, sign.len_utf8());
        let (true, Some((value, digits, behind))) = (self.clock.is_some(), number(rest)) else {
            return rest;
        };
        let (hours, minutes, behind) = match digits {
            3 | 4 => (value / 100, value % 100, behind),
            1 | 2 => match signed(behind, ':') {
                Some((minutes, _, behind)) => (value, minutes, behind),
                None => (value, 0, behind),
            },
            _ => return rest,
        };
        // "-5 2024": a day or a year is no offset.
        if hours > 15 || minutes > 59 {
            return rest;
        }
        let seconds = hours * 3600 + minutes * 60;
        let seconds = i32::try_from(if sign == '+' { seconds } else { -seconds }).unwrap_or(0);
        self.zone = Offset::from_seconds(seconds).ok().map(TimeZone::fixed);
        behind
    }

    /// The instant that was named, if year, month and day are known.
    fn instant(self) -> Option<Timestamp> {
        let (mut year, mut month, mut day) = (self.year?, self.month?, self.day?);
        // Only one order may exist: "9/15/2014", "March 2014 4", "31 Jan 04" as a year.
        if month > 12 && day <= 12 {
            (month, day) = (day, month);
        } else if year <= 31 && day > 31 {
            (year, day) = (day, year);
        }
        let first = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
        let (hour, minute, second) = self.clock.unwrap_or_default();
        // By addition, so that a second 60 or a day 30 of February is the one after.
        let span = Span::new()
            .try_days(day.checked_sub(1).filter(|days| (0..366).contains(days))?)
            .and_then(|span| span.try_hours(hour))
            .and_then(|span| span.try_minutes(minute))
            .and_then(|span| span.try_seconds(second))
            .ok()?;
        let civil = first.at(0, 0, 0, 0).checked_add(span).ok()?;
        self.zone.unwrap_or(TimeZone::UTC).to_timestamp(civil).ok()
    }
}

/// The month that a word names, from 1. English first: most dates are.
fn month(word: &str) -> Option<i64> {
    const ENGLISH: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = word.trim_end_matches('.');
    if let Some(at) = ENGLISH.iter().position(|month| *month == word) {
        return i64::try_from(at + 1).ok();
    }
    if words::is_weekday(word) {
        return None;
    }
    words::month(word).map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_as_they_should_be_and_as_they_are() {
        for (text, expected) in [
            ("2024-03-03T14:05:06Z", "2024-03-03T14:05:06Z"),
            ("2024-03-03T14:05:06.789+01:00", "2024-03-03T13:05:06Z"),
            ("2024-03-03T14:05:06-0130", "2024-03-03T15:35:06Z"),
            ("2024-03-03 14:05", "2024-03-03T14:05:00Z"),
            ("2024-03-03", "2024-03-03T00:00:00Z"),
            ("2024-03", "2024-03-01T00:00:00Z"),
            ("2024", "2024-01-01T00:00:00Z"),
            ("20240303T140506Z", "2024-03-03T14:05:06Z"),
            ("240303", "2024-03-03T00:00:00Z"),
            ("2024-063", "2024-03-03T00:00:00Z"),
            ("2024-03-03T23:59:60Z", "2024-03-04T00:00:00Z"),
            ("2024-03-03T24:00:00Z", "2024-03-04T00:00:00Z"),
            ("2024-03-03T09:xx:00Z", "2024-03-03T00:00:00Z"),
            ("Sun, 03 Mar 2024 14:05:06 GMT", "2024-03-03T14:05:06Z"),
            ("Sun, 3 Mar 24 14:05 +0530", "2024-03-03T08:35:00Z"),
            ("Sun, 03 Mar 2024 14:05:06 EST", "2024-03-03T19:05:06Z"),
            ("Wed, 03 Jul 2024 14:05:06 PT", "2024-07-03T21:05:06Z"),
            ("Sunday, March 3rd, 2024 - 2:05pm", "2024-03-03T14:05:00Z"),
            ("Mar. 3, 2024, 12:05 a.m.", "2024-03-03T00:05:00Z"),
            ("Sun Mar  3 14:05:06 2024", "2024-03-03T14:05:06Z"),
            ("Sun Mar 3 14:05:06 UTC 2024", "2024-03-03T14:05:06Z"),
            ("Sun, 03 Mar 2024 14:05:06 GMT+0200", "2024-03-03T12:05:06Z"),
            ("Sun, 03 Mar 2024 14:05:06 Europe/Oslo", "2024-03-03T14:05:06Z"),
            ("So, 03 März 2024 14:05:06 +0100", "2024-03-03T13:05:06Z"),
            ("dim., 03 févr. 2024 14:05:06 +0100", "2024-02-03T13:05:06Z"),
            ("Вс, 03 мар 2024 14:05:06 +0300", "2024-03-03T11:05:06Z"),
            ("mar, 05 mar 2024 14:05:06 +0000", "2024-03-05T14:05:06Z"),
            ("2024-július-13T9:15-05:00", "2024-07-13T14:15:00Z"),
            ("Κυρ, 14 Ιούλ 2024 12:00:00 EST", "2024-07-14T17:00:00Z"),
            ("03/15/2024 4:20 pm", "2024-03-15T16:20:00Z"),
            ("3.4.24", "2024-04-03T00:00:00Z"),
            ("Sun, 2024/03/03 14:05:06 +00:00", "2024-03-03T14:05:06Z"),
            ("03-Mar-2024 14:05", "2024-03-03T14:05:00Z"),
        ] {
            let found = parse(text).map(|found| found.strftime("%FT%TZ").to_string());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "Mon",
            "March",
            "14:05",
            "99",
            "0000-00-00",
            "2024-13-45",
            "12345678901234567890",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn anything_can_be_read(text in "([0-9]{1,5}|[-+:/., T]|[a-zA-Zé年]{1,4}|.){0,30}") {
            let _ = parse(&text);
        }
    }
}
