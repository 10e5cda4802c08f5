use jiff::SignedDuration;

use super::*;
use crate::config::subscriptions::Subscription;
use crate::feed::health::Validators;
use crate::net::{Body, Headers};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

/// A feed that answered an hour ago.
fn asked() -> Asked {
    let feed = url("https://news.example/feed");
    let before = Health {
        title: "The Ferry".into(),
        succeeded: Some(NOW - SignedDuration::from_hours(1)),
        status: Some(200),
        entries: 12,
        validators: Validators {
            url: Some(feed.clone()),
            etag: Some(b"\"one\"".to_vec()),
            since: Some(NOW - SignedDuration::from_hours(1)),
            ..Validators::default()
        },
        ..Health::default()
    };
    Asked { subscription: Subscription::new(Origin::Address(feed), 1), before }
}

fn answer(status: u16, permanent: Option<&str>) -> Came {
    let at = permanent.unwrap_or("https://news.example/feed");
    Came::Answer(Ok(Answer {
        url: url(at),
        status,
        headers: Headers { etag: Some(b"\"one\"".to_vec()), ..Headers::default() },
        permanent: permanent.map(url),
        body: Body::default(),
    }))
}

fn error(status: u16, retry_after: Option<&str>) -> Came {
    let retry_after = retry_after.map(str::to_owned);
    Came::Answer(Err(FetchError::Status { host: "news.example".into(), status, retry_after }))
}

#[test]
fn an_unchanged_feed_is_a_success_and_keeps_what_is_known_of_it() {
    let mut asked = asked();
    asked.before.failures = 3;
    asked.before.error = Some("it was down".into());
    for status in [304, 204, 200] {
        let verdict = judge(&asked, answer(status, None), NOW);
        assert_eq!(verdict.outcome, Outcome::Unchanged, "{status}");
        let health = verdict.health;
        assert_eq!((health.failures, health.error, health.entries), (0, None, 12));
        assert_eq!((health.succeeded, health.status), (Some(NOW), Some(status)));
        assert_eq!(health.validators.etag, asked.before.validators.etag);
        assert!(health.next_check > Some(NOW));
    }
}

#[test]
fn an_error_is_counted_and_changes_nothing_that_was_learned() {
    let asked = asked();
    let verdict = judge(&asked, error(404, None), NOW);
    assert_eq!(verdict.outcome, Outcome::Error);
    let health = verdict.health;
    assert_eq!((health.failures, health.status, health.entries), (1, Some(404), 12));
    assert_eq!(health.error, verdict.error);
    assert!(health.error.unwrap().contains("404"));
    assert_eq!(health.validators, asked.before.validators);
    assert_eq!(health.succeeded, asked.before.succeeded);
    assert_eq!(verdict.hold, None);
}

#[test]
fn a_server_that_asks_for_peace_gets_it_for_its_whole_domain() {
    for status in [403, 429, 503] {
        let verdict = judge(&asked(), error(status, Some("7200")), NOW);
        let until = NOW + SignedDuration::from_hours(2);
        assert_eq!(verdict.outcome, Outcome::Error);
        assert!(verdict.health.next_check >= Some(until), "{status}");
        let (domain, hold) = verdict.hold.unwrap();
        assert_eq!((domain.as_str(), Some(hold)), ("news.example", verdict.health.next_check));
    }
}

#[test]
fn a_feed_of_that_domain_waits_and_no_failure_is_held_against_it() {
    let asked = asked();
    let error = FetchError::Held {
        domain: "news.example".into(),
        status: 429,
        retry_after: Some("7200".to_owned()),
    };
    let verdict = judge(&asked, Came::Answer(Err(error)), NOW);
    assert_eq!(verdict.outcome, Outcome::Skipped);
    assert_eq!((verdict.error, verdict.health.failures), (None, 0));
    assert!(verdict.health.next_check >= Some(NOW + SignedDuration::from_hours(2)));
}

#[test]
fn what_is_gone_is_not_due_again() {
    let verdict = judge(&asked(), error(410, None), NOW);
    assert_eq!(verdict.outcome, Outcome::Gone);
    assert!(verdict.health.gone);
    let later = NOW + SignedDuration::from_hours(24 * 365);
    assert!(!is_due(&verdict.health, Duration::ZERO, later));
    // The reader asked all the same, and it is there again.
    let again = Asked { before: verdict.health, ..asked() };
    assert!(!judge(&again, answer(304, None), later).health.gone);
}

#[test]
fn a_permanent_redirect_is_counted_as_long_as_it_leads_to_the_same_feed() {
    let to = "https://news.example/new";
    let mut asked = asked();
    asked.before.validators.url = Some(url(to));
    for count in 1..=3 {
        let verdict = judge(&asked, answer(304, Some(to)), NOW);
        assert_eq!(verdict.health.moved, Some((url(to), count)));
        asked.before = verdict.health;
    }
    // A server that is down says nothing about it.
    asked.before = judge(&asked, error(500, None), NOW).health;
    assert_eq!(asked.before.moved, Some((url(to), 3)));
    let other = "https://news.example/other";
    let mut elsewhere = Asked { before: asked.before.clone(), ..self::asked() };
    elsewhere.before.validators.url = Some(url(other));
    let verdict = judge(&elsewhere, answer(304, Some(other)), NOW);
    assert_eq!(verdict.health.moved, Some((url(other), 1)), "another address begins anew");
    // What the redirect leads to now is no feed.
    asked.before.validators.etag = None;
    let verdict = judge(&asked, answer(200, Some(to)), NOW);
    assert_eq!((verdict.outcome, verdict.health.moved), (Outcome::Error, None));
    assert_eq!(verdict.health.status, Some(200));
}

#[test]
fn hours_that_a_document_forbids_are_forbidden_after_answers_without_one_too() {
    let mut asked = asked();
    let all = judge(&asked, answer(304, None), NOW).health.next_check.unwrap();
    let hour = jiff::tz::TimeZone::UTC.to_datetime(all).hour();
    asked.before.schedule.skip_hours = vec![u8::try_from(hour).unwrap()];
    let verdict = judge(&asked, answer(304, None), NOW);
    assert!(verdict.health.next_check > Some(all));
    assert_eq!(verdict.health.schedule, asked.before.schedule);
}

#[test]
fn a_redirect_to_the_very_address_moves_nothing() {
    let verdict = judge(&asked(), answer(304, Some("https://news.example/feed")), NOW);
    assert_eq!(verdict.health.moved, None);
}

#[test]
fn a_program_that_fails_says_why() {
    let verdict = judge(&asked(), Came::Printed(Err(ProgramError::Empty)), NOW);
    assert_eq!(verdict.outcome, Outcome::Error);
    assert!(verdict.error.unwrap().contains("name a program"));
}

#[test]
fn what_is_due_may_be_asked_for_earlier_unless_it_failed() {
    let hours = |hours: u64| Duration::from_secs(hours * 3600);
    let health = Health { next_check: Some(NOW + SignedDuration::from_hours(2)), ..asked().before };
    assert!(!is_due(&health, Duration::ZERO, NOW));
    assert!(!is_due(&health, hours(1), NOW));
    assert!(is_due(&health, hours(2), NOW));
    assert!(is_due(&health, Duration::ZERO, NOW + SignedDuration::from_hours(2)));
    assert!(!is_due(&Health { failures: 1, ..health }, hours(2), NOW));
    assert!(is_due(&Health::default(), Duration::ZERO, NOW), "never asked");
}

#[test]
fn a_hold_makes_nobody_wait_for_less() {
    let until = NOW + SignedDuration::from_hours(2);
    let health = |hours| Health {
        next_check: Some(NOW + SignedDuration::from_hours(hours)),
        ..Health::default()
    };
    assert_eq!(held_until(&health(1), until).unwrap().next_check, Some(until));
    assert_eq!(held_until(&health(3), until), None);
    assert_eq!(held_until(&Health { gone: true, ..Health::default() }, until), None);
}
