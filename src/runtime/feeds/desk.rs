//! `Desk`: what the thread of feeds has, and what it does when asked.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use jiff::Timestamp;

use super::fetch::{Fetcher, sentence};
use super::telling::Known;
use super::watch::Watch;
use super::{Options, Order};
use crate::app::feeds::{FeedStep, NewFeed, Which};
use crate::app::message::{Message, Subscribed};
use crate::config::subscriptions::edit::{EditError, FeedsText};
use crate::config::subscriptions::{Origin, Subscription, Subscriptions};
use crate::feed::discover::typed;
use crate::feeds::{FeedsFile, Loaded, Stamp};
use crate::library::Library;
use crate::library::store::{Reader, Tide};
use crate::reading::Clock;
use crate::refresh::{self, Job};
use crate::runtime::Input;
use crate::runtime::gather::Gathering;
use crate::story::{Source, SourceKey, StoryId};
use crate::text::address::with_credentials_of;

/// How long files must have been still before they are looked at: an editor writes twice.
const STILL: Duration = Duration::from_millis(150);

/// How often, at most, what is due is asked for while the reader is open.
const AGAIN: Duration = Duration::from_secs(15 * 60);

/// The thread's own things.
pub(super) struct Desk {
    pub(super) data: PathBuf,
    pub(super) library: Arc<Library>,
    pub(super) file: FeedsFile,
    stamp: Stamp,
    pub(super) subscriptions: Subscriptions,
    /// What is to be known of each feed in between. All of it is in the library.
    pub(super) known: HashMap<SourceKey, Known>,
    /// What the machine was told that sources are called.
    pub(super) told: Vec<Arc<Source>>,
    pub(super) reader: Option<Reader>,
    /// How much the library had when the machine was told of all of it.
    pub(super) tide: Option<Tide>,
    /// The machine was told that these stories are of these feeds too.
    pub(super) shared: HashSet<(StoryId, Arc<Source>)>,
    pub(super) first: Vec<StoryId>,
    pub(super) kept: Vec<StoryId>,
    watch: Watch,
    fetcher: Fetcher,
    /// Refreshes that were asked for and are not over.
    fetching: usize,
    automatic: bool,
    /// When feeds were asked for last without being told to.
    asked: Timestamp,
    /// When to look at the files, as something was written there.
    look: Option<Instant>,
    inbox: Sender<Input>,
}

impl Desk {
    pub fn new(
        options: Options,
        inbox: Sender<Input>,
        orders: Sender<Order>,
        stop: Arc<AtomicBool>,
    ) -> Self {
        let Options { paths, library, settings, automatic, first, kept } = options;
        let watch = Watch::start(orders.clone());
        Self {
            library,
            file: FeedsFile::new(&paths.config, &paths.data),
            stamp: Stamp::default(),
            subscriptions: Subscriptions::default(),
            known: HashMap::new(),
            told: Vec::new(),
            reader: None,
            tide: None,
            shared: HashSet::new(),
            first,
            kept,
            watch,
            fetcher: Fetcher::new(paths.data.clone(), settings, inbox.clone(), orders, stop),
            fetching: 0,
            automatic,
            // The machine itself asks at the start.
            asked: Timestamp::now(),
            look: None,
            inbox,
            data: paths.data,
        }
    }

    /// Tells of all that there is, and then does what is asked, for as long as the program.
    pub fn run(mut self, search: Option<Gathering>, queue: &Receiver<Order>) {
        match self.file.load() {
            Ok(loaded) => {
                self.stamp = loaded.stamp;
                self.complain(&loaded);
                self.subscriptions = loaded.subscriptions;
            }
            Err(error) => self.fail(&error),
        }
        self.open_library();
        self.tell();
        self.tell_steps();
        self.load_all();
        drop(search);
        self.watch.file(self.file.path());
        self.watch.folder(&self.data);
        loop {
            let look = self.look.map(|at| at.saturating_duration_since(Instant::now()));
            let wait = look.into_iter().chain(self.due_in()).min();
            let order = match wait {
                None => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(wait) => queue.recv_timeout(wait),
            };
            match order {
                Ok(order) => self.carry_out(order),
                Err(RecvTimeoutError::Timeout) => self.wake(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Refresh { which, force } => self.refresh(which, force),
            Order::Find(asked) => {
                let whole = whole(&asked, &self.subscriptions);
                self.fetcher.find(asked, whole);
            }
            Order::Subscribe(feeds, clock) => {
                self.subscribe(&feeds.iter().map(new).collect::<Vec<_>>(), None, clock);
            }
            Order::Unsubscribe(key, step) => {
                self.edit(step.clock, |text| Ok((text.remove(&key)?, step.what.into_string())));
            }
            Order::Edit(key, change, step) => {
                self.edit(step.clock, |text| {
                    Ok((text.set(&key, &change)?, step.what.into_string()))
                });
            }
            Order::TakeBack(clock) => match self.file.take_back(clock) {
                Ok(Some(taken)) => self.take(taken.loaded),
                // Another program was first.
                Ok(None) => self.tell_steps(),
                Err(error) => {
                    self.fail(&error);
                    self.tell_steps();
                }
            },
            Order::Import(path, clock) => self.import(&path, clock),
            Order::Look => self.look = Some(Instant::now() + STILL),
            Order::Fetched => {
                self.fetching = self.fetching.saturating_sub(1);
                self.open_library();
                self.learn();
                self.tide = self.reader.as_ref().and_then(|reader| reader.tide().ok());
                // It was told of these by the refresh itself; what could not be read is the
                // business of whoever needs it next.
                let _ = self.tell_shared();
                if self.names() != self.told {
                    self.tell();
                }
            }
        }
    }

    /// Something is to be done by the clock.
    fn wake(&mut self) {
        if self.look.is_some_and(|at| at <= Instant::now()) {
            self.look = None;
            self.look_at_file();
            self.look_at_library();
        }
        if self.due_in().is_some_and(|wait| wait.is_zero()) {
            self.asked = Timestamp::now();
            self.refresh(Which::All, false);
        }
    }

    /// When the next feed is due to be asked for without being told to.
    fn due_in(&self) -> Option<Duration> {
        if !self.automatic || self.fetching > 0 {
            return None;
        }
        let now = Timestamp::now();
        let open = self.subscriptions.feeds.iter().filter(|feed| !feed.paused);
        let due = open.filter_map(|feed| match self.known.get(&feed.key) {
            Some(known) => known.due,
            None => Some(now),
        });
        wait(due, self.asked, now)
    }

    fn refresh(&mut self, which: Which, force: bool) {
        let all = &self.subscriptions.feeds;
        let feeds = match which {
            Which::All => all.iter().filter(|feed| !feed.paused).cloned().collect(),
            Which::Feeds(keys) => {
                keys.iter().filter_map(|key| self.subscriptions.get(key)).cloned().collect()
            }
        };
        let (ahead, now) = (Duration::ZERO, Timestamp::now());
        self.fetching += 1;
        self.fetcher.fetch(Job { feeds, all: all.clone(), force, ahead, now });
    }

    /// Subscribes to feeds. `left_out` says what else there was.
    fn subscribe(&mut self, feeds: &[Subscription], left_out: Option<String>, clock: Clock) {
        let added = self.edit(clock, |text| {
            let added = text.add(feeds)?;
            let what = match added.as_slice() {
                [only] => feeds.iter().find(|feed| feed.key == *only).map_or_else(
                    || only.as_str().to_owned(),
                    |feed| refresh::source(feed, None).name.to_string(),
                ),
                many => format!("{} feeds", many.len()),
            };
            Ok((added, format!("Subscribed to {what}")))
        });
        let Some(added) = added else { return };
        if added.is_empty() {
            let sentence = match feeds.len() {
                0 => "There are no feeds in it.",
                1 => "You are subscribed to this feed already.",
                _ => "You are subscribed to all of these feeds already.",
            };
            let sentences = [Some(sentence.to_owned()), left_out];
            let sentences: Vec<_> = sentences.into_iter().flatten().collect();
            return self.send(Message::Said(sentences.join(" ")));
        }
        let known = feeds.len().saturating_sub(added.len());
        self.send(Message::Subscribed(Subscribed { keys: added, known, left_out }));
    }

    fn import(&mut self, path: &Path, clock: Clock) {
        let plan = match super::import::read(path) {
            Ok(plan) => plan,
            Err(sentence) => return self.send(Message::Failed(sentence)),
        };
        self.subscribe(&plan.feeds, plan.left_out, clock);
    }

    /// Changes the file, and tells of what is in it then. Nothing if it was not changed.
    fn edit<T>(
        &mut self,
        clock: Clock,
        change: impl FnOnce(&mut FeedsText) -> Result<(T, String), EditError>,
    ) -> Option<T> {
        match self.file.edit(clock, change) {
            Ok((told, loaded)) => {
                self.take(loaded);
                Some(told)
            }
            Err(error) => {
                self.fail(&error);
                self.tell_steps();
                None
            }
        }
    }

    /// Tells of what can be taken back.
    fn tell_steps(&self) {
        match self.file.steps() {
            Ok(steps) => {
                let steps =
                    steps.into_iter().map(|step| FeedStep { clock: step.clock, what: step.what });
                self.send(Message::FeedSteps(steps.collect()));
            }
            Err(error) => self.fail(&error),
        }
    }

    /// Takes note of what is in the file, and tells of it. Stories of feeds that have come
    /// back are shown again.
    fn take(&mut self, loaded: Loaded) {
        self.stamp = loaded.stamp;
        // Its folder may have been made just now.
        self.watch.file(self.file.path());
        let before: Vec<SourceKey> = self.keys().collect();
        self.subscriptions = loaded.subscriptions;
        self.tell_steps();
        let new: Vec<SourceKey> = self.keys().filter(|key| !before.contains(key)).collect();
        self.tell();
        if !new.is_empty() {
            self.load_of(new.into_iter().collect());
        }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = SourceKey> {
        self.subscriptions.feeds.iter().map(|feed| feed.key.clone())
    }

    /// An editor may have changed the file.
    fn look_at_file(&mut self) {
        if self.file.stamp() == self.stamp {
            return;
        }
        match self.file.load() {
            Ok(loaded) => {
                self.complain(&loaded);
                // Half written, or broken: what was known is better.
                if !loaded.subscriptions.sound {
                    self.stamp = loaded.stamp;
                    return;
                }
                let before: Vec<SourceKey> = self.keys().collect();
                self.take(loaded);
                let new: Vec<SourceKey> = self.keys().filter(|key| !before.contains(key)).collect();
                if self.automatic && !new.is_empty() {
                    self.refresh(Which::Feeds(new), false);
                }
            }
            Err(error) => {
                self.stamp = self.file.stamp();
                self.fail(&error);
            }
        }
    }

    /// Another program may have fetched.
    fn look_at_library(&mut self) {
        if self.fetching > 0 {
            return;
        }
        if self.reader.as_ref().is_none_or(Reader::is_stale) {
            self.open_library();
        }
        // Also of sources that are new.
        let health = self.learn();
        self.show();
        if self.tell_of_new() {
            self.send(Message::Health(health.into_iter().collect()));
            if self.names() != self.told {
                self.tell();
            }
        }
    }

    pub(super) fn fail(&self, error: &dyn std::error::Error) {
        self.send(Message::Failed(sentence(error)));
    }

    pub(super) fn send(&self, message: Message) {
        let _ = self.inbox.send(Input::Message(message));
    }

    /// Sends stories, and waits until the loop has taken them: they are not to pile up.
    pub(super) fn hand_over(&self, found: Vec<crate::app::message::Found>) {
        let (taken, taking) = crossbeam_channel::bounded(0);
        if self.inbox.send(Input::Batch { found, taken }).is_ok() {
            // Nothing is ever sent: the loop lets go of its end.
            let _: Result<(), _> = taking.recv();
        }
    }
}

/// How long to wait until feeds are asked for that are due at these times, where some were
/// `asked` for last then. Nothing if none will ever be due.
fn wait(
    due: impl Iterator<Item = Timestamp>,
    asked: Timestamp,
    now: Timestamp,
) -> Option<Duration> {
    let rested = asked.checked_add(AGAIN).unwrap_or(now);
    let wait = due.min()?.max(rested).duration_since(now);
    // What is overdue is asked for at once.
    Some(Duration::try_from(wait).unwrap_or_default())
}

/// What was typed, with the password of a feed of the same user on the same server: the
/// reader was shown the address without it.
fn whole(asked: &str, subscriptions: &Subscriptions) -> String {
    let url = typed(asked).filter(|url| !url.username().is_empty());
    let mut known = subscriptions.feeds.iter().filter_map(|feed| match &feed.origin {
        Origin::Address(before) => Some(with_credentials_of(url.clone()?, before)),
        Origin::Command(_) => None,
    });
    let found = known.find(|url| url.password().is_some());
    found.map_or_else(|| asked.to_owned(), String::from)
}

/// A feed that the reader wants, as the file has it.
fn new(feed: &NewFeed) -> Subscription {
    let NewFeed { url, title, folder } = feed.clone();
    Subscription { title, folder, ..Subscription::new(Origin::Address(url), 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_was_shown_without_its_password_is_asked_for_with_it() {
        let (subscriptions, _) = crate::config::subscriptions::parse(
            "[[feed]]\nurl = \"https://ann:pw@a.example/feed\"\n",
        );
        for (asked, expected) in [
            ("https://ann@a.example/new", "https://ann:pw@a.example/new"),
            ("https://ann:other@a.example/", "https://ann:other@a.example/"),
            ("https://bob@a.example/", "https://bob@a.example/"),
            ("https://ann@b.example/", "https://ann@b.example/"),
            ("a.example", "a.example"),
            ("no address", "no address"),
        ] {
            assert_eq!(whole(asked, &subscriptions), expected);
        }
    }

    #[test]
    fn feeds_are_asked_for_when_one_is_due_but_not_all_the_time() {
        let minute = |minutes: i64| Timestamp::from_second(1_790_000_000 + minutes * 60).unwrap();
        // When feeds are due and were asked for last, and how long to wait; in minutes.
        for (due, asked, expected) in [
            (&[][..], 0, None),
            (&[40], -60, Some(40)),
            (&[90, 25, 60], -60, Some(25)),
            // Due already, but some were asked for a moment ago.
            (&[-5], 0, Some(15)),
            (&[-5, 30], -10, Some(5)),
            (&[10], -10, Some(10)),
            // The computer slept over it.
            (&[-600], -700, Some(0)),
            (&[-600], -15, Some(0)),
            // The clock was put back meanwhile.
            (&[5], 10, Some(25)),
        ] {
            let times = due.iter().map(|due| minute(*due));
            let expected = expected.map(|minutes| Duration::from_secs(minutes * 60));
            assert_eq!(wait(times, minute(asked), minute(0)), expected, "{due:?}, {asked}");
        }
    }
}
