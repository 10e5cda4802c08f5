//! Dates and durations as a news reader prints them.
//!
//! Pure: now, today and the time zone are passed in. English words only.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// How old something is, in at most six cells: `now`, `12m`, `3h`, `2d`, `6 Nov`, `2024`.
/// A time to come is `now`: publishers' clocks run ahead.
pub fn age(now: Timestamp, then: Timestamp, zone: &TimeZone) -> String {
    let minutes = now.duration_since(then).as_secs() / 60;
    match minutes {
        ..1 => "now".to_owned(),
        1..60 => format!("{minutes}m"),
        60..1440 => format!("{}h", minutes / 60),
        1440..10080 => format!("{}d", minutes / 1440),
        10080.. => short_day(day_of(now, zone), day_of(then, zone)),
    }
}

/// How old a day is of which no hour is known: `today`, `2d`, `6 Nov`, `2024`.
pub fn age_of_day(today: Date, day: Date) -> String {
    match days_between(day, today) {
        ..1 => "today".to_owned(),
        days @ 1..7 => format!("{days}d"),
        7.. => short_day(today, day),
    }
}

/// The heading over the stories of a day: `Today`, `Yesterday`, `Tuesday`,
/// `6 November`, `6 November 2024`.
pub fn day_heading(today: Date, day: Date) -> String {
    let form = match days_between(day, today) {
        0 => return "Today".to_owned(),
        1 => return "Yesterday".to_owned(),
        2..7 => "%A",
        _ if day.year() == today.year() => "%-d %B",
        _ => "%-d %B %Y",
    };
    day.strftime(form).to_string()
}

/// A date and an hour in full: `23 Nov 2026, 14:05`.
pub fn stamp(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%-d %b %Y, %H:%M").to_string()
}

/// A day in full: `23 Nov 2026`.
pub fn day_stamp(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// The hour alone: `14:05`.
pub fn clock(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string()
}

/// A time to read: `6 min`.
pub fn minutes(minutes: usize) -> String {
    // Nobody plans an evening in hundreds of minutes.
    if minutes >= 120 { format!("{} h", minutes / 60) } else { format!("{minutes} min") }
}

/// The day on which an instant falls in a time zone.
pub fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned_datetime(zone.clone()).date()
}

fn short_day(today: Date, day: Date) -> String {
    let form = if day.year() == today.year() { "%-d %b" } else { "%Y" };
    day.strftime(form).to_string()
}

/// Days from one to another; negative where the second comes first.
fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn ages() {
        let now = at("2026-11-23T14:05:00Z");
        let cases = [
            ("2026-11-23T14:05:30Z", "now"),
            ("2026-11-24T14:05:30Z", "now"),
            ("2026-11-23T14:04:01Z", "now"),
            ("2026-11-23T13:53:00Z", "12m"),
            ("2026-11-23T13:05:00Z", "1h"),
            ("2026-11-22T14:06:00Z", "23h"),
            ("2026-11-21T14:05:00Z", "2d"),
            ("2026-11-06T14:05:00Z", "6 Nov"),
            ("2025-12-31T23:30:00Z", "2025"),
            ("1999-01-01T00:00:00Z", "1999"),
        ];
        for (then, expected) in cases {
            assert_eq!(age(now, at(then), &TimeZone::UTC), expected, "{then}");
        }
        // The same instant is already of this year an hour further east.
        let east = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(age(now, at("2025-12-31T23:30:00Z"), &east), "1 Jan");
    }

    #[test]
    fn ages_of_days() {
        let today = day("2026-11-23");
        let cases = [
            ("2026-11-24", "today"),
            ("2026-11-23", "today"),
            ("2026-11-22", "1d"),
            ("2026-11-16", "16 Nov"),
            ("2024-02-29", "2024"),
        ];
        for (then, expected) in cases {
            assert_eq!(age_of_day(today, day(then)), expected, "{then}");
        }
    }

    #[test]
    fn headings_of_days() {
        let today = day("2026-11-23");
        let cases = [
            ("2026-11-23", "Today"),
            ("2026-11-22", "Yesterday"),
            ("2026-11-21", "Saturday"),
            ("2026-11-17", "Tuesday"),
            ("2026-11-16", "16 November"),
            ("2026-11-24", "24 November"),
            ("2025-11-23", "23 November 2025"),
        ];
        for (then, expected) in cases {
            assert_eq!(day_heading(today, day(then)), expected, "{then}");
        }
    }

    #[test]
    fn stamps() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(stamp(at("2026-11-23T22:05:00Z"), &zone), "24 Nov 2026, 00:05");
        assert_eq!(clock(at("2026-11-23T22:05:00Z"), &zone), "00:05");
        assert_eq!(day_stamp(day("2026-11-03")), "3 Nov 2026");
        assert_eq!(minutes(6), "6 min");
    }

    #[test]
    fn far_times_do_not_fail() {
        let zone = TimeZone::fixed(jiff::tz::offset(-12));
        for then in [Timestamp::MIN, Timestamp::MAX] {
            for now in [Timestamp::MIN, Timestamp::MAX] {
                age(now, then, &zone);
                stamp(then, &zone);
                day_heading(day_of(now, &zone), day_of(then, &zone));
                age_of_day(day_of(now, &zone), day_of(then, &zone));
            }
        }
    }
}
