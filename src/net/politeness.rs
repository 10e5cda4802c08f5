//! When to ask a feed again. Pure: what is known and the time come in, a time goes out.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::{Host, Url};

use super::freshness;
use crate::feed::Schedule;

/// Between two attempts, if nobody says anything else.
pub const BASE: Duration = Duration::from_secs(60 * 60);

/// Nothing that a server says makes a feed wait for longer.
pub const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A document, or "unchanged".
    Answered,
    /// An error of any kind, also 404.
    Failed,
    /// 403, 429 or 503: the server wants fewer requests.
    Refused,
    /// 410.
    Gone,
}

impl Outcome {
    /// What an error comes to.
    pub fn of(error: &super::FetchError) -> Self {
        if error.is_held() {
            return Self::Refused;
        }
        match error.status() {
            Some(403 | 429 | 503) => Self::Refused,
            Some(410) => Self::Gone,
            Some(_) | None => Self::Failed,
        }
    }
}

/// What decides when a feed is asked again.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    /// The reader's own interval for this feed, if he set one. It comes before [`BASE`], what
    /// was learned and what the document says, but not before what the server says.
    pub interval: Option<Duration>,
    /// Stories a week, as far as was seen.
    pub per_week: Option<f32>,
    /// What the document says.
    pub schedule: Option<&'a Schedule>,
    /// What [`freshness::lifetime`] says.
    pub lifetime: Option<Duration>,
    /// What [`retry_after`] says.
    pub retry_after: Option<Duration>,
    /// Failures in a row, this one counted.
    pub failures: u32,
}

/// When to ask again; none if never. `key` names the feed: what is added by chance is the
/// same for it every time, so that feeds spread without anything being kept.
pub fn next_check(outcome: Outcome, told: &Told, key: &str, now: Timestamp) -> Option<Timestamp> {
    let base = told.interval.unwrap_or(BASE);
    let server = told.retry_after.max(told.lifetime).unwrap_or_default().min(LONGEST);
    let schedule = told.schedule.filter(|_| told.interval.is_none());
    let wait = match outcome {
        Outcome::Answered => {
            let own = told.interval.unwrap_or_else(|| learned(told.per_week));
            own.max(server).max(period(schedule))
        }
        Outcome::Refused if told.retry_after.is_some() => base.max(server),
        Outcome::Failed | Outcome::Refused => doubled(base, told.failures).max(server),
        Outcome::Gone => return None,
    };
    let latest = LONGEST.max(wait);
    let at = later(now, (wait + jitter(key, wait)).min(latest))?;
    match (outcome, schedule) {
        (Outcome::Answered, Some(schedule)) => {
            Some(past_skipped(schedule, at, later(now, latest)?))
        }
        _ => Some(at),
    }
}

/// An eighth of the time between two stories: a weekly is asked about every day, a daily every
/// three hours, and nothing more often than [`BASE`].
fn learned(per_week: Option<f32>) -> Duration {
    const WEEK: f32 = 7.0 * 24.0 * 3600.0;
    let Some(per_week) = per_week else { return BASE };
    Duration::try_from_secs_f32(WEEK / per_week / 8.0).unwrap_or(LONGEST).clamp(BASE, LONGEST)
}

/// The interval that a document asks for.
fn period(schedule: Option<&Schedule>) -> Duration {
    let minutes = schedule.and_then(|schedule| schedule.interval).unwrap_or_default();
    Duration::from_secs(u64::from(minutes) * 60).min(LONGEST)
}

/// `base` after the first failure, and twice as long after every other, up to [`LONGEST`].
fn doubled(base: Duration, failures: u32) -> Duration {
    let factor = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
    base.saturating_mul(factor.max(1)).min(LONGEST.max(base))
}

/// Up to a tenth more, by the name of the feed.
fn jitter(key: &str, wait: Duration) -> Duration {
    let part = f64::from(crc32fast::hash(key.as_bytes())) / f64::from(u32::MAX);
    wait.mul_f64(part / 10.0)
}

fn later(now: Timestamp, wait: Duration) -> Option<Timestamp> {
    now.checked_add(SignedDuration::try_from(wait).ok()?).ok()
}

/// The first hour from `at` on that a feed does not ask to be left out; `latest` if there
/// is none before.
fn past_skipped(schedule: &Schedule, at: Timestamp, latest: Timestamp) -> Timestamp {
    let mut at = at;
    while at < latest {
        let utc = at.to_zoned_datetime(TimeZone::UTC);
        let hour = u8::try_from(utc.hour()).unwrap_or_default();
        let skipped =
            schedule.skip_hours.contains(&hour) || schedule.skip_days.contains(&utc.weekday());
        if !skipped {
            return at;
        }
        let Some(next) = later(at, Duration::from_secs(3600)) else { break };
        at = next;
    }
    latest
}

/// How long a `Retry-After` header asks to wait: seconds or a date, at most [`LONGEST`].
pub fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let wait = freshness::seconds(text).or_else(|| {
        let until = freshness::date(text)?;
        Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
    })?;
    Some(wait.min(LONGEST))
}

/// What a refusal holds for: the registrable domain of a name (by the Public Suffix List), or
/// the very host and port where there is none, as at a number.
pub fn domain(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let registrable = match url.host()? {
        Host::Domain(name) => psl::domain_str(name).filter(|domain| domain.contains('.')),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    };
    Some(match (registrable, url.port()) {
        (Some(domain), _) => domain.to_owned(),
        (None, Some(port)) => format!("{host}:{port}"),
        (None, None) => host.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-03-04T10:15:00Z".parse().unwrap() // A Wednesday.
    }

    /// Minutes until the next check of a feed whose name adds nothing.
    fn minutes(outcome: Outcome, told: &Told) -> i64 {
        let at = next_check(outcome, told, "", now()).unwrap();
        at.duration_since(now()).as_secs() / 60
    }

    fn minute(count: u64) -> Duration {
        Duration::from_secs(count * 60)
    }

    #[test]
    fn the_largest_wish_wins_up_to_a_day() {
        let daily = Schedule { interval: Some(1440), ..Schedule::default() };
        let absurd = Schedule { interval: Some(u32::MAX), ..Schedule::default() };
        let own = Told { interval: Some(minute(15)), schedule: Some(&daily), ..Told::default() };
        let cases = [
            ("nothing said", Told::default(), 60),
            ("max-age", Told { lifetime: Some(minute(180)), ..Told::default() }, 180),
            ("a short max-age", Told { lifetime: Some(minute(5)), ..Told::default() }, 60),
            ("an absurd max-age", Told { lifetime: Some(Duration::MAX), ..Told::default() }, 1440),
            ("ttl", Told { schedule: Some(&daily), ..Told::default() }, 1440),
            ("an absurd ttl", Told { schedule: Some(&absurd), ..Told::default() }, 1440),
            ("Retry-After", Told { retry_after: Some(minute(90)), ..Told::default() }, 90),
            ("forty a week", Told { per_week: Some(40.0), ..Told::default() }, 60),
            ("one a day", Told { per_week: Some(7.0), ..Told::default() }, 180),
            ("one a month", Told { per_week: Some(0.25), ..Told::default() }, 1440),
            ("none", Told { per_week: Some(0.0), ..Told::default() }, 1440),
            ("not a number", Told { per_week: Some(f32::NAN), ..Told::default() }, 1440),
            ("the reader's own", own, 15),
            ("the reader's own and max-age", Told { lifetime: Some(minute(30)), ..own }, 30),
            ("a week", Told { interval: Some(minute(10_080)), ..Told::default() }, 10_080),
        ];
        for (name, told, expected) in cases {
            assert_eq!(minutes(Outcome::Answered, &told), expected, "{name}");
        }
    }

    #[test]
    fn failures_wait_twice_as_long_each_time() {
        let waits: Vec<i64> = [0, 1, 2, 3, 4, 5, 6, 40, u32::MAX]
            .map(|failures| minutes(Outcome::Failed, &Told { failures, ..Told::default() }))
            .into();
        assert_eq!(waits, [60, 60, 120, 240, 480, 960, 1440, 1440, 1440]);
    }

    #[test]
    fn a_refusal_waits_as_long_as_it_says_or_doubles() {
        let told = Told { failures: 3, retry_after: Some(minute(90)), ..Told::default() };
        assert_eq!(minutes(Outcome::Refused, &told), 90);
        let told = Told { failures: 3, ..Told::default() };
        assert_eq!(minutes(Outcome::Refused, &told), 240);
        assert_eq!(next_check(Outcome::Gone, &told, "", now()), None);
    }

    #[test]
    fn names_spread_feeds_and_the_same_name_always_alike() {
        let told = Told::default();
        let at = |key| next_check(Outcome::Answered, &told, key, now()).unwrap();
        assert_eq!(at("example.org/feed"), at("example.org/feed"));
        assert_ne!(at("example.org/feed"), at("example.net/feed"));
        for key in ["a", "b", "c", "d", "e"] {
            let wait = at(key).duration_since(now()).as_secs();
            assert!((3600..=3960).contains(&wait), "{key}: {wait}");
        }
    }

    #[test]
    fn hours_and_days_that_a_feed_leaves_out_are_passed_over() {
        use jiff::civil::Weekday::{Thursday, Wednesday};
        let hours = Schedule { skip_hours: vec![11, 12, 13], ..Schedule::default() };
        let day = Schedule { skip_days: vec![Wednesday], ..Schedule::default() };
        let days = Schedule { skip_days: vec![Wednesday, Thursday], ..Schedule::default() };
        for (schedule, hours) in [(hours, 4), (day, 14), (days, 24)] {
            let told = Told { schedule: Some(&schedule), ..Told::default() };
            assert_eq!(minutes(Outcome::Answered, &told), hours * 60, "{schedule:?}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let cases = [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("99999999999999999999", Some(86_400)),
            ("Wed, 04 Mar 2026 10:20:00 GMT", Some(300)),
            ("Wed, 04 Mar 2020 10:20:00 GMT", Some(0)),
            ("Sat, 04 Mar 2090 10:20:00 GMT", Some(86_400)),
            ("-5", None),
            ("soon", None),
            ("", None),
        ];
        for (text, seconds) in cases {
            assert_eq!(retry_after(text, now()).map(|wait| wait.as_secs()), seconds, "{text}");
        }
    }

    #[test]
    fn a_refusal_holds_for_what_somebody_registered() {
        let cases = [
            ("https://www.example.co.uk/feed", "example.co.uk"),
            ("https://old.example.com:8443/a", "example.com"),
            ("http://one.blogspot.com/", "one.blogspot.com"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("http://intranet/", "intranet"),
        ];
        for (url, expected) in cases {
            assert_eq!(domain(&url.parse().unwrap()).as_deref(), Some(expected), "{url}");
        }
    }
}
