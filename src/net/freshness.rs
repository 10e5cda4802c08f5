//! What an answer says of how long it holds, and what to ask for changes with (RFC 9110,
//! RFC 9111). Pure: headers and the time come in.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::{Answer, Headers};
use crate::feed::health::Validators;

/// After this long without a whole answer, one is asked for: some servers say
/// "unchanged" for ever.
const TRUSTED: SignedDuration = SignedDuration::from_hours(8 * 24);

/// A longer validator is not kept: servers refuse requests of that size.
const MAX_VALIDATOR: usize = 4096;

/// What to send of `kept` at `now`: everything, or nothing if it is too old.
pub fn current(kept: &Validators, now: Timestamp) -> Validators {
    match kept.since {
        // A clock that was set back makes nothing old.
        Some(since) if now.duration_since(since) < TRUSTED => kept.clone(),
        Some(_) | None => Validators::default(),
    }
}

/// What to keep of a whole answer.
pub fn of(url: &Url, headers: &Headers, now: Timestamp) -> Validators {
    let short = |value: &Vec<u8>| value.len() <= MAX_VALIDATOR;
    Validators {
        url: Some(url.clone()),
        etag: headers.etag.clone().filter(short),
        last_modified: headers.last_modified.clone().filter(short),
        since: Some(now),
    }
}

/// Whether a whole answer brought what is known: the same strong or weak `ETag` from the
/// same address. The document need not be read.
pub fn same(kept: &Validators, answer: &Answer) -> bool {
    answer.status == 200
        && kept.etag.is_some()
        && kept.etag == answer.headers.etag
        && kept.url.as_ref() == Some(&answer.url)
}

/// For how much longer an answer holds: `max-age` less `Age`, or else `Expires` less `Date`.
/// None if it does not say.
pub fn lifetime(headers: &Headers, now: Timestamp) -> Option<Duration> {
    let directives = headers.cache_control.as_deref().unwrap_or_default().to_ascii_lowercase();
    let directives = || directives.split(',').map(str::trim);
    if directives().any(|directive| directive == "no-cache" || directive == "no-store") {
        return None;
    }
    let age = headers.age.as_deref().and_then(seconds).unwrap_or_default();
    let max_age = directives().find_map(|directive| directive.strip_prefix("max-age="));
    if let Some(max_age) = max_age {
        return seconds(max_age.trim_matches('"')).map(|most| most.saturating_sub(age));
    }
    let expires = date(headers.expires.as_deref()?)?;
    let from = headers.date.as_deref().and_then(date).unwrap_or(now);
    Duration::try_from(expires.duration_since(from)).ok().map(|most| most.saturating_sub(age))
}

/// Seconds in digits; more than can be counted are as many as can be.
pub(super) fn seconds(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| Duration::from_secs(text.parse().unwrap_or(u64::MAX)))
}

/// A date as HTTP writes them.
pub(super) fn date(text: &str) -> Option<Timestamp> {
    let time = httpdate::parse_http_date(text.trim()).ok()?;
    Timestamp::try_from(time).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn validators_are_trusted_for_eight_days() {
        let since = at("2026-03-01T00:00:00Z");
        let etag = Some(b"\"v1\"".to_vec());
        let kept = Validators { etag, since: Some(since), ..Validators::default() };
        assert_eq!(current(&kept, at("2026-03-08T23:59:59Z")), kept);
        assert_eq!(current(&kept, at("2026-03-09T00:00:00Z")), Validators::default());
        assert_eq!(current(&kept, at("2026-02-01T00:00:00Z")), kept, "the clock was set back");
        let undated = Validators { since: None, ..kept };
        assert_eq!(current(&undated, since), Validators::default());
    }

    #[test]
    fn an_answer_holds_as_long_as_its_headers_say() {
        let now = at("2026-03-01T12:00:00Z");
        let of = |cache: &str, age: &str, expires: &str, date: &str| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let headers = Headers {
                cache_control: some(cache),
                age: some(age),
                expires: some(expires),
                date: some(date),
                ..Headers::default()
            };
            lifetime(&headers, now).map(|rest| rest.as_secs())
        };
        let noon = "Sun, 01 Mar 2026 12:00:00 GMT";
        let one = "Sun, 01 Mar 2026 13:00:00 GMT";
        assert_eq!(of("public, max-age=600", "", "", ""), Some(600));
        assert_eq!(of("Max-Age=\"600\"", "200", one, ""), Some(400));
        assert_eq!(of("max-age=60", "900", "", ""), Some(0));
        assert_eq!(of("max-age=99999999999999999999", "", "", ""), Some(u64::MAX));
        assert_eq!(of("no-cache, max-age=600", "", one, ""), None);
        assert_eq!(of("max-age=soon", "", "", ""), None);
        assert_eq!(of("", "", one, ""), Some(3600));
        assert_eq!(of("", "", one, noon), Some(3600));
        assert_eq!(of("", "", noon, one), None, "expired");
        assert_eq!(of("", "", "0", ""), None);
        assert_eq!(of("", "", "", ""), None);
    }
}
