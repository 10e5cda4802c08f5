//! A feed's [`Health`] as it is kept: JSON, so that a new field needs no migration.

use jiff::Timestamp;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::feed::Schedule;
use crate::feed::health::{Health, Validators};
use crate::text::sanitize::SafeText;

/// The fields that say something. Times are RFC 3339. Header values are bytes, and each
/// byte is kept as the character with its number.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    title: SafeText,
    site: Option<Url>,
    checked: Option<String>,
    succeeded: Option<String>,
    status: Option<u16>,
    error: Option<SafeText>,
    failures: u32,
    next_check: Option<String>,
    validated: Option<Url>,
    etag: Option<String>,
    last_modified: Option<String>,
    since: Option<String>,
    moved: Option<(Url, u32)>,
    gone: bool,
    entries: u32,
    per_week: Option<f32>,
    interval: Option<u32>,
    skip_hours: Option<Vec<u8>>,
    /// Counted from Monday, which is 1.
    skip_days: Option<Vec<i8>>,
    warning: Option<SafeText>,
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

pub(super) fn to_json(health: &Health) -> String {
    let time = |time: Option<Timestamp>| time.map(|time| time.to_string());
    let bytes =
        |bytes: &Option<Vec<u8>>| Some(bytes.as_ref()?.iter().map(|b| char::from(*b)).collect());
    let days = health.schedule.skip_days.iter();
    let kept = Kept {
        title: health.title.clone(),
        site: health.site.clone(),
        checked: time(health.checked),
        succeeded: time(health.succeeded),
        status: health.status,
        error: health.error.clone(),
        failures: health.failures,
        next_check: time(health.next_check),
        validated: health.validators.url.clone(),
        etag: bytes(&health.validators.etag),
        last_modified: bytes(&health.validators.last_modified),
        since: time(health.validators.since),
        moved: health.moved.clone(),
        gone: health.gone,
        entries: health.entries,
        per_week: health.per_week,
        interval: health.schedule.interval,
        skip_hours: some(health.schedule.skip_hours.clone()),
        skip_days: some(days.map(|day| day.to_monday_one_offset()).collect()),
        warning: health.warning.clone(),
    };
    let mut json = serde_json::to_value(&kept).unwrap_or_default();
    if let Some(fields) = json.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    json.to_string()
}

/// What was kept; nothing where it cannot be read, so that the feed is asked anew.
pub(super) fn from_json(json: &str) -> Health {
    let kept: Kept = serde_json::from_str(json).unwrap_or_default();
    let time = |time: Option<String>| time.and_then(|time| time.parse().ok());
    let bytes = |text: Option<String>| {
        text.and_then(|text| text.chars().map(|c| u8::try_from(c).ok()).collect())
    };
    let days = kept.skip_days.unwrap_or_default().into_iter();
    Health {
        title: kept.title,
        site: kept.site,
        checked: time(kept.checked),
        succeeded: time(kept.succeeded),
        status: kept.status,
        error: kept.error,
        failures: kept.failures,
        next_check: time(kept.next_check),
        validators: Validators {
            url: kept.validated,
            etag: bytes(kept.etag),
            last_modified: bytes(kept.last_modified),
            since: time(kept.since),
        },
        moved: kept.moved,
        gone: kept.gone,
        entries: kept.entries,
        per_week: kept.per_week,
        schedule: Schedule {
            interval: kept.interval,
            skip_hours: kept.skip_hours.unwrap_or_default(),
            skip_days: days.filter_map(|day| Weekday::from_monday_one_offset(day).ok()).collect(),
        },
        warning: kept.warning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn health_comes_back_as_it_was() {
        let time = |second| Timestamp::from_second(second).unwrap();
        let health = Health {
            title: "The Harbor Post".into(),
            site: Some(Url::parse("https://harbor.example/").unwrap()),
            checked: Some(time(1_700_000_000)),
            succeeded: Some(Timestamp::from_microsecond(1_700_000_000_123_456).unwrap()),
            status: Some(304),
            error: Some("It said no.".into()),
            failures: 3,
            next_check: Some(time(1_700_003_600)),
            validators: Validators {
                url: Some(Url::parse("https://harbor.example/feed").unwrap()),
                etag: Some((0..=255).collect()),
                last_modified: Some(b"Tue, 14 Nov 2023 22:13:20 GMT".to_vec()),
                since: Some(time(1_699_000_000)),
            },
            moved: Some((Url::parse("https://harbor.example/new").unwrap(), 2)),
            gone: true,
            entries: 40,
            per_week: Some(12.5),
            schedule: Schedule {
                interval: Some(90),
                skip_hours: vec![0, 23],
                skip_days: vec![Weekday::Monday, Weekday::Sunday],
            },
            warning: Some("A bare ampersand was mended.".into()),
        };
        assert_eq!(from_json(&to_json(&health)), health);
        assert_eq!(from_json(&to_json(&Health::default())), Health::default());
    }

    #[test]
    fn what_cannot_be_read_is_no_health() {
        assert_eq!(from_json("{\"status\":\"x"), Health::default());
        assert_eq!(from_json("{\"etag\":\"\u{100}\"}").validators.etag, None);
    }
}
