//! What came of asking a feed, and what that means for its [`Health`].
//!
//! Pure: what is known, what came and the time go in. It unpacks and reads the document,
//! which is the heavy part of a refresh, so it runs on the workers.

#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::document::{self, Document};
use super::program::ProgramError;
use super::{Asked, Outcome};
use crate::config::subscriptions::Origin;
use crate::extract::Hints;
use crate::feed::health::Health;
use crate::library::store::Arrival;
use crate::net::politeness::{self, Told, next_check, retry_after};
use crate::net::{Answer, FetchError, MAX_FEED, freshness};
use crate::text::sanitize::SafeText;

/// What came of asking.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "few are there at a time, and most are answers")]
pub(super) enum Came {
    Answer(Result<Answer, FetchError>),
    /// What a program printed.
    Printed(Result<Vec<u8>, ProgramError>),
}

impl Came {
    /// Bytes that it holds on to.
    pub fn size(&self) -> usize {
        match self {
            Self::Answer(Ok(answer)) => answer.body.len(),
            Self::Printed(Ok(bytes)) => bytes.len(),
            Self::Answer(Err(_)) | Self::Printed(Err(_)) => 0,
        }
    }
}

/// What it means.
#[derive(Debug)]
pub(super) struct Verdict {
    pub outcome: Outcome,
    pub error: Option<SafeText>,
    pub health: Health,
    pub arrivals: Vec<Arrival>,
    /// The domain that wants to be left alone, and until when.
    pub hold: Option<(String, Timestamp)>,
}

/// Decides what came of a feed at a time.
pub(super) fn judge(asked: &Asked, came: Came, now: Timestamp) -> Verdict {
    let judge = Judge { asked, now };
    match came {
        Came::Answer(Err(error)) if error.is_held() => judge.held(&error),
        Came::Answer(Err(error)) => judge.failed(Failure::of(&error)),
        Came::Printed(Err(error)) => judge.failed(Failure::told(&error)),
        Came::Answer(Ok(answer)) if answer.unchanged() => judge.unchanged(&answer),
        Came::Answer(Ok(answer)) if judge.is_known(&answer) => judge.unchanged(&answer),
        Came::Answer(Ok(answer)) => judge.answered(answer),
        Came::Printed(Ok(bytes)) => {
            match document::read(&asked.subscription.key, &bytes, &Hints::default(), now) {
                Ok(document) => judge.read(document, None, Told::default()),
                Err(error) => judge.failed(Failure::told(&error)),
            }
        }
    }
}

/// What is said of a feed whose document the program stumbled over.
pub(super) fn stumbled(asked: &Asked, now: Timestamp) -> Verdict {
    let sentence = "dateline stumbled over this feed's document; please report it";
    let kind = politeness::Outcome::Failed;
    let failure = Failure { sentence: sentence.into(), status: None, retry_after: None, kind };
    Judge { asked, now }.failed(failure)
}

/// Why a feed failed.
struct Failure<'a> {
    sentence: SafeText,
    status: Option<u16>,
    retry_after: Option<&'a str>,
    kind: politeness::Outcome,
}

impl<'a> Failure<'a> {
    /// By the network.
    fn of(error: &'a FetchError) -> Self {
        Self {
            sentence: SafeText::title(&error.to_string()),
            status: error.status(),
            retry_after: error.retry_after(),
            kind: politeness::Outcome::of(error),
        }
    }

    /// By something else.
    fn told(error: &impl std::error::Error) -> Self {
        let sentence = SafeText::title(&error.to_string());
        let kind = politeness::Outcome::Failed;
        Self { sentence, status: None, retry_after: None, kind }
    }
}

/// One feed at one time.
struct Judge<'a> {
    asked: &'a Asked,
    now: Timestamp,
}

impl Judge<'_> {
    /// A document came.
    fn answered(&self, answer: Answer) -> Verdict {
        let Answer { url, status, headers, permanent, body } = answer;
        let lifetime = freshness::lifetime(&headers, self.now);
        let validators = freshness::of(&url, &headers, self.now);
        let moved = |is_feed| self.moved(permanent.as_ref(), is_feed);
        let content_type = headers.content_type;
        let hints = Hints { url: Some(url), content_type, ..Hints::default() };
        let bytes = match body.decode(MAX_FEED) {
            Ok(bytes) => bytes,
            Err(error) => {
                let failure = Failure { status: Some(status), ..Failure::of(&error) };
                return self.failed(failure);
            }
        };
        match document::read(&self.asked.subscription.key, &bytes, &hints, self.now) {
            Ok(document) => {
                drop(bytes);
                let told = Told { lifetime, ..Told::default() };
                let mut verdict = self.read(document, Some(status), told);
                verdict.health.validators = validators;
                verdict.health.moved = moved(true);
                verdict
            }
            Err(error) => {
                let failure = Failure { status: Some(status), ..Failure::told(&error) };
                let mut verdict = self.failed(failure);
                verdict.health.moved = moved(false);
                verdict
            }
        }
    }

    /// A document was read.
    fn read(&self, document: Document, status: Option<u16>, told: Told<'_>) -> Verdict {
        let mut health = self.succeeded(status);
        let Document { title, site, schedule, per_week, warning, arrivals } = document;
        if !title.is_empty() {
            health.title = title;
        }
        health.site = site.or(health.site);
        health.per_week = per_week.or(health.per_week);
        health.entries = u32::try_from(arrivals.len()).unwrap_or(u32::MAX);
        health.schedule = schedule;
        health.warning = warning;
        let told = Told { schedule: Some(&health.schedule), per_week: health.per_week, ..told };
        health.next_check = self.next(politeness::Outcome::Answered, told);
        Verdict { outcome: Outcome::Ok, error: None, health, arrivals, hold: None }
    }

    /// The server says that nothing is new, or its answer is the one that is known.
    fn unchanged(&self, answer: &Answer) -> Verdict {
        let mut health = self.succeeded(Some(answer.status));
        // What there was to compare with had been a feed, at the very address.
        let is_feed = self.asked.before.validators.url.as_ref() == Some(&answer.url);
        health.moved = self.moved(answer.permanent.as_ref(), is_feed);
        let lifetime = freshness::lifetime(&answer.headers, self.now);
        let (per_week, schedule) = (health.per_week, Some(&health.schedule));
        let told = Told { per_week, schedule, lifetime, ..Told::default() };
        health.next_check = self.next(politeness::Outcome::Answered, told);
        let (outcome, arrivals) = (Outcome::Unchanged, Vec::new());
        Verdict { outcome, error: None, health, arrivals, hold: None }
    }

    /// Whether a whole answer need not be read. Some servers give all their documents one
    /// `ETag`, so that is not trusted for longer than when they say "unchanged".
    fn is_known(&self, answer: &Answer) -> bool {
        let trusted = freshness::current(&self.asked.before.validators, self.now);
        freshness::same(&trusted, answer)
    }

    fn succeeded(&self, status: Option<u16>) -> Health {
        Health {
            checked: Some(self.now),
            succeeded: Some(self.now),
            status,
            error: None,
            failures: 0,
            gone: false,
            ..self.asked.before.clone()
        }
    }

    /// Whatever was stored stays; only when to ask again is decided.
    fn failed(&self, failure: Failure<'_>) -> Verdict {
        let before = &self.asked.before;
        let failures = before.failures.saturating_add(1);
        let wait = failure.retry_after.and_then(|text| retry_after(text, self.now));
        let told = Told { retry_after: wait, failures, ..Told::default() };
        let next_check = self.next(failure.kind, told);
        let gone = failure.kind == politeness::Outcome::Gone;
        let hold = match failure.kind {
            politeness::Outcome::Refused => self.domain().zip(next_check),
            politeness::Outcome::Answered
            | politeness::Outcome::Failed
            | politeness::Outcome::Gone => None,
        };
        let health = Health {
            checked: Some(self.now),
            status: failure.status,
            error: Some(failure.sentence.clone()),
            failures,
            next_check,
            gone,
            ..before.clone()
        };
        Verdict {
            outcome: if gone { Outcome::Gone } else { Outcome::Error },
            error: Some(failure.sentence),
            health,
            arrivals: Vec::new(),
            hold,
        }
    }

    /// It was not asked, because its domain had asked for peace in this very refresh.
    fn held(&self, error: &FetchError) -> Verdict {
        let before = &self.asked.before;
        let wait = error.retry_after().and_then(|text| retry_after(text, self.now));
        let failures = before.failures.saturating_add(1);
        let told = Told { retry_after: wait, failures, ..Told::default() };
        let next_check = self.next(politeness::Outcome::Refused, told).max(before.next_check);
        let health = Health { next_check, ..before.clone() };
        let (outcome, arrivals) = (Outcome::Skipped, Vec::new());
        Verdict { outcome, error: None, health, arrivals, hold: None }
    }

    /// When to ask again.
    fn next(&self, outcome: politeness::Outcome, told: Told<'_>) -> Option<Timestamp> {
        let subscription = &self.asked.subscription;
        let told = Told { interval: subscription.interval, ..told };
        next_check(outcome, &told, subscription.key.as_str(), self.now)
    }

    /// Where a permanent redirect leads, and how many times in a row it led there to a feed.
    fn moved(&self, permanent: Option<&Url>, is_feed: bool) -> Option<(Url, u32)> {
        let to = permanent.filter(|to| is_feed && self.address() != Some(to))?;
        let before = self.asked.before.moved.as_ref().filter(|(known, _)| known == to);
        Some((to.clone(), before.map_or(1, |(_, count)| count.saturating_add(1))))
    }

    fn address(&self) -> Option<&Url> {
        match &self.asked.subscription.origin {
            Origin::Address(url) => Some(url),
            Origin::Command(_) => None,
        }
    }

    fn domain(&self) -> Option<String> {
        politeness::domain(self.address()?)
    }
}

/// The health of a feed whose domain wants to be left alone; none if that changes nothing.
pub(super) fn held_until(health: &Health, until: Timestamp) -> Option<Health> {
    let later = health.next_check.is_none_or(|next| next < until) && !health.gone;
    later.then(|| Health { next_check: Some(until), ..health.clone() })
}

/// Whether a feed is asked now. `ahead` is how much earlier it may be than it was to be;
/// a server that wants to be left alone is left alone all the same.
pub(super) fn is_due(health: &Health, ahead: Duration, now: Timestamp) -> bool {
    let Some(next) = health.next_check else { return !health.gone };
    let ahead = if health.failures == 0 { ahead } else { Duration::ZERO };
    !health.gone && now.checked_add(ahead).is_ok_and(|then| next <= then)
}
