//! Refreshing: feeds are asked for what is new, and what they answer is stored.
//!
//! The whole way is streamed. One thread talks to the network, as many as there are cores
//! read documents, and the calling thread stores many feeds in one transaction; between
//! them stand bounded queues, so that a slow stage holds the others back and memory does
//! not grow with the number of feeds. What an answer means for the [`Health`] of its feed
//! is decided in `judge`, which is pure. [`find`](find::find) looks for the feeds of a site.
//!
//! Nothing here changes `feeds.toml`, and nothing that a server says deletes a story.

mod document;
mod engine;
pub mod find;
mod judge;
mod lock;
mod program;
mod queue;
mod reach;
mod storing;
mod transaction;
pub mod visit;

pub use program::end_all as end_programs;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;

use crate::config::subscriptions::{Origin, Subscription};
use crate::config::{Fetch, PrivateAddresses};
use crate::feed::health::Health;
use crate::library::store::{SetAside, StoreError};
use crate::net::{self, FetchError, Net, Private};
use crate::story::{Source, SourceKey, Story, StoryId};
use crate::text::address::shown;
use crate::text::sanitize::SafeText;
use crate::text::system::reason;

use engine::{Clock, Step, Way};
use storing::Storing;

/// What is to be fetched.
#[derive(Debug, Clone)]
pub struct Job {
    /// The feeds that the reader means; those that are not due are skipped.
    pub feeds: Vec<Subscription>,
    /// Every feed of `feeds.toml`: what a server says for its whole domain counts for these
    /// too. May be empty.
    pub all: Vec<Subscription>,
    /// Ask all of `feeds`, due or not, also those that are paused or gone.
    pub force: bool,
    /// Ask also what would be due within this time: the reader will be without a network.
    pub ahead: Duration,
    /// When the refresh begins.
    pub now: Timestamp,
}

/// How feeds are fetched.
#[derive(Debug, Clone)]
pub struct Settings {
    pub net: net::Settings,
    /// How long to wait for another program that is fetching.
    pub patience: Duration,
}

impl Settings {
    /// As the reader set it up, through the proxies of the environment.
    pub fn of(fetch: &Fetch) -> Self {
        let private = match fetch.private_addresses {
            PrivateAddresses::Subscribed => Private::Subscribed,
            PrivateAddresses::Allow => Private::Allow,
            PrivateAddresses::Never => Private::Never,
        };
        let proxies = net::Proxies::from_environment();
        let net = net::Settings { private, proxies, ..net::Settings::default() };
        Self { net, patience: Duration::from_secs(10) }
    }
}

/// What happened, as it happens.
#[derive(Debug, Clone)]
pub enum Event {
    /// The refresh has begun; so many feeds are asked. Those that are skipped are reported
    /// first and do not count.
    Started(usize),
    /// A feed is done, and what it brought is stored.
    Feed(Box<Report>),
    /// No server was reached, so this machine has no network. The feeds that failed for it
    /// are reported next, and nothing is held against them.
    Offline,
    /// A damaged library was put out of the way, and a new one is begun.
    SetAside(SetAside),
}

/// What became of one feed.
#[derive(Debug, Clone)]
pub struct Report {
    pub key: SourceKey,
    /// Its address; of a command, its words.
    pub url: SafeText,
    pub outcome: Outcome,
    /// Why it failed, as a sentence.
    pub error: Option<SafeText>,
    /// Entries of its answer.
    pub stories: usize,
    pub new: Vec<Story>,
    /// Known stories that say something else now.
    pub updated: Vec<Story>,
    /// Stories that another feed had first, and that this one has too.
    pub shared: Vec<Story>,
    /// Ids that turned out to be of one story: the one it is known by, and another.
    pub aliases: Vec<(StoryId, StoryId)>,
    pub health: Health,
    /// From asking to having read the answer.
    pub seconds: f64,
}

/// How asking a feed ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A document came and was read.
    Ok,
    /// The server says that nothing is new.
    Unchanged,
    Error,
    /// The server says that the feed is gone for good.
    Gone,
    /// It was not asked: not due, paused, gone, or its server wants to be left alone.
    Skipped,
}

impl Outcome {
    /// Whether the reader should look at it.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Error | Self::Gone)
    }

    /// As scripts know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unchanged => "unchanged",
            Self::Error => "error",
            Self::Gone => "gone",
            Self::Skipped => "skipped",
        }
    }
}

/// What came of a refresh.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Totals {
    /// Feeds that were asked.
    pub asked: usize,
    /// Those that failed or are gone.
    pub failed: usize,
    /// Stories that were not known before.
    pub new: usize,
    pub seconds: f64,
    /// It was stopped before its end.
    pub stopped: bool,
    /// No server was reached, though some were asked.
    pub offline: bool,
}

/// Why there was no refresh at all.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    #[error("another dateline is fetching; what it brings will be here when it is done")]
    Busy,
    #[error("the data directory cannot be written ({}): give yourself the right to", reason(.0))]
    Directory(std::io::Error),
    #[error(transparent)]
    Library(#[from] StoreError),
    #[error(transparent)]
    Network(#[from] FetchError),
    #[error("there are no threads left to fetch with ({}); close some programs and try again", reason(.0))]
    Threads(std::io::Error),
}

/// A feed that is asked, and what was known of it before.
#[derive(Debug)]
struct Asked {
    subscription: Subscription,
    before: Health,
}

impl Asked {
    /// The report of a feed that was not asked.
    fn skipped(&self) -> Report {
        Report {
            key: self.subscription.key.clone(),
            url: address(&self.subscription.origin),
            outcome: Outcome::Skipped,
            error: None,
            stories: 0,
            new: Vec::new(),
            updated: Vec::new(),
            shared: Vec::new(),
            aliases: Vec::new(),
            health: self.before.clone(),
            seconds: 0.0,
        }
    }

    /// Whose stories they are.
    fn source(&self, health: &Health) -> Arc<Source> {
        source(&self.subscription, Some(&health.title))
    }
}

/// Whose stories a feed's are: the reader's own title comes before that of the feed.
pub fn source(subscription: &Subscription, own: Option<&SafeText>) -> Arc<Source> {
    Arc::new(Source { key: subscription.key.clone(), name: subscription.name(own) })
}

/// What a feed is called by in reports: its address without a password, or the words of
/// its command.
pub fn address(origin: &Origin) -> SafeText {
    match origin {
        Origin::Address(url) => shown(url),
        Origin::Command(argv) => SafeText::line(&argv.join(" ")),
    }
}

/// Fetches what is due, stores it in the library of a data directory, and tells of each
/// feed when it is stored. Ends early when `stop` is set; what has come stays.
pub fn run(
    data: &Path,
    job: Job,
    settings: &Settings,
    stop: &AtomicBool,
    on: &mut dyn FnMut(Event),
) -> Result<Totals, RefreshError> {
    let clock = Clock::begin(job.now);
    let held = lock::take(data, settings.patience, stop).map_err(RefreshError::Directory)?;
    let Some(_held) = held else { return Err(RefreshError::Busy) };
    let (writer, known) = storing::open(data, on)?;
    let asked = choose(job.feeds, job.force, job.ahead, &known, clock.now(), on);
    on(Event::Started(asked.len()));
    let mut totals = Totals::default();
    if !asked.is_empty() {
        let net = Net::new(settings.net.clone())?;
        let way = Way { asked: &asked, net: &net, clock, halt: &AtomicBool::new(false) };
        let mut storing = Storing::new(writer, &asked, known);
        way.go(stop, &mut |step| match step {
            Step::Take(judged) => storing.take(judged, clock.now(), on),
            Step::Commit => storing.commit(on),
        })?;
        totals = storing.end(&job.all, clock.now(), on)?;
    }
    totals.stopped = stop.load(Ordering::Relaxed);
    totals.seconds = clock.seconds();
    Ok(totals)
}

/// Those that are asked; the others are reported as skipped.
fn choose(
    feeds: Vec<Subscription>,
    force: bool,
    ahead: Duration,
    known: &HashMap<SourceKey, Health>,
    now: Timestamp,
    on: &mut dyn FnMut(Event),
) -> Vec<Asked> {
    let mut chosen = Vec::new();
    for subscription in feeds {
        let before = known.get(&subscription.key).cloned().unwrap_or_default();
        let asked = Asked { subscription, before };
        let is_due = !asked.subscription.paused && judge::is_due(&asked.before, ahead, now);
        if force || is_due {
            chosen.push(asked);
        } else {
            on(Event::Feed(Box::new(asked.skipped())));
        }
    }
    chosen
}
