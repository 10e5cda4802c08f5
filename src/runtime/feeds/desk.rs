//! `Desk`: what the thread of feeds has, and what it does when asked.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use jiff::Timestamp;

use super::fetch::Fetcher;
use super::watch::Watch;
use super::{Options, Order};
use crate::app::feeds::Which;
use crate::app::message::{Found, Message};
use crate::config::subscriptions::Subscriptions;
use crate::feeds::{FeedsFile, Stamp};
use crate::library::Library;
use crate::library::store::{Reader, Tide};
use crate::refresh::Job;
use crate::runtime::Input;
use crate::runtime::gather::Gathering;
use crate::runtime::sentence::sentence;
use crate::story::{Source, SourceKey, StoryId};
use crate::text::sanitize::SafeText;

/// How long files must have been still before they are looked at: an editor writes twice.
const STILL: Duration = Duration::from_millis(150);

/// The thread's own things.
pub(super) struct Desk {
    pub(super) data: PathBuf,
    pub(super) library: Arc<Library>,
    pub(super) file: FeedsFile,
    /// The state of the file when it was read last.
    pub(super) stamp: Stamp,
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
    pub(super) watch: Watch,
    pub(super) fetcher: Fetcher,
    /// Refreshes that were asked for and are not over.
    pub(super) fetching: usize,
    pub(super) automatic: bool,
    /// When feeds were asked for last without being told to.
    pub(super) asked: Timestamp,
    /// When to look at the files, as something was written there.
    look: Option<Instant>,
    inbox: Sender<Input>,
}

/// What is kept in mind of a feed that was ever asked.
#[derive(Debug)]
pub(super) struct Known {
    /// What it calls itself.
    pub title: SafeText,
    /// When it is to be asked again; never, if it is gone.
    pub due: Option<Timestamp>,
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
        self.read_file();
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
            Order::Find(asked) => self.find(asked),
            Order::Subscribe(feeds, clock) => self.subscribe(feeds, clock),
            Order::Unsubscribe(key, step) => {
                self.edit(step.clock, |text| Ok((text.remove(&key)?, step.what.into_string())));
            }
            Order::Edit(key, change, step) => {
                self.edit(step.clock, |text| {
                    Ok((text.set(&key, &change)?, step.what.into_string()))
                });
            }
            Order::TakeBack(clock) => self.take_back(clock),
            Order::Import(path, clock) => self.import(&path, clock),
            Order::Look => self.look = Some(Instant::now() + STILL),
            Order::Fetched => self.fetched(),
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

    pub(super) fn refresh(&mut self, which: Which, force: bool) {
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

    /// A refresh is over.
    fn fetched(&mut self) {
        self.fetching = self.fetching.saturating_sub(1);
        self.open_library();
        self.learn();
        self.tide = self.reader.as_ref().and_then(|reader| reader.tide().ok());
        // The machine was told of these by the refresh itself; what could not be read is the
        // business of whoever needs it next.
        let _ = self.tell_shared();
        if self.names() != self.told {
            self.tell();
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
    pub(super) fn hand_over(&self, found: Vec<Found>) {
        let (taken, taking) = crossbeam_channel::bounded(0);
        if self.inbox.send(Input::Batch { found, taken }).is_ok() {
            // Nothing is ever sent: the loop lets go of its end.
            let _: Result<(), _> = taking.recv();
        }
    }
}
