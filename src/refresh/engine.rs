//! The way of a refresh: network, workers, library, with bounded queues between them.
//!
//! The threads end when their sources do: the network when it has no more jobs, the
//! workers when nothing more can come from it, the library last. Stopping closes nothing
//! by force: the network drops what is under way, and what has come is stored.

#![expect(clippy::disallowed_methods, reason = "a refresh tells when each answer came")]

use std::collections::HashMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{Builder, Scope};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::judge::{self, Came};
use super::program::{self, Limits};
use super::queue::{self, Queue};
use super::reach::reached;
use super::transaction::Judged;
use super::{Asked, RefreshError};
use crate::config::subscriptions::{Origin, Subscription};
use crate::feed::health::Health;
use crate::library::store::{Arrival, StoreError};
use crate::net::{MAX_FEED, Net, Request, freshness};

/// Bytes of answers that may wait for a worker.
const WAITING_ANSWERS: usize = 2 << 20;

/// Bytes of entries that may wait for the library.
const WAITING_ENTRIES: usize = 4 << 20;

/// Programs that run at a time.
const PROGRAMS: usize = 4;

/// How often it is looked whether the reader has stopped the refresh.
const LOOK: Duration = Duration::from_millis(50);

/// How the names of the threads begin whose panics fail one feed alone.
const WORKER: &str = "worker";

/// What a program that prints a feed may take.
const FEED_PROGRAM: Limits = Limits { time: Duration::from_secs(60), bytes: MAX_FEED };

/// What a program that prints a password may take; a person may have to unlock something.
const PASSWORD_PROGRAM: Limits = Limits { time: Duration::from_secs(60), bytes: 64 << 10 };

/// What a worker is to read.
struct Fetched {
    /// Which of the feeds that are asked.
    feed: usize,
    came: Came,
    took: Duration,
}

/// The time, as a start that was given and what has passed since.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    start: Timestamp,
    begun: Instant,
}

impl Clock {
    pub fn begin(start: Timestamp) -> Self {
        Self { start, begun: Instant::now() }
    }

    pub fn now(&self) -> Timestamp {
        self.start.checked_add(self.begun.elapsed()).unwrap_or(self.start)
    }

    pub fn seconds(&self) -> f64 {
        self.begun.elapsed().as_secs_f64()
    }
}

/// What the library is to do.
pub(super) enum Step {
    Take(Vec<Judged>),
    /// Nothing comes just now, or nothing more.
    Commit,
}

/// What the threads share.
pub(super) struct Way<'a> {
    pub asked: &'a [Asked],
    pub net: &'a Net,
    pub clock: Clock,
    /// No more is to be fetched.
    pub halt: &'a AtomicBool,
}

/// What waits on the way: feeds to be asked, by who is asked for them, and what they
/// answered.
struct Lines {
    commands: Vec<usize>,
    secret: Vec<usize>,
    open: Vec<usize>,
    /// The first of the commands that no thread has taken.
    next: AtomicUsize,
    answers: Queue<Fetched>,
    entries: Queue<Judged>,
}

impl Way<'_> {
    /// Sets everything going, and hands over what has been read, until all is.
    pub fn go(
        &self,
        stop: &AtomicBool,
        store: &mut dyn FnMut(Step) -> Result<(), StoreError>,
    ) -> Result<(), RefreshError> {
        let lines = Lines {
            commands: self.those(Provider::Program),
            secret: self.those(Provider::ServerWithPassword),
            open: self.those(Provider::Server),
            next: AtomicUsize::new(0),
            answers: Queue::new(WAITING_ANSWERS),
            entries: Queue::new(WAITING_ENTRIES),
        };
        std::thread::scope(|scope| {
            let started = self.start(scope, &lines).map_err(RefreshError::Threads);
            let stored = started.and_then(|()| Ok(self.store(&lines.entries, stop, store)?));
            // After an error the others are not waited for.
            self.halt.store(true, Ordering::Relaxed);
            lines.answers.close();
            lines.entries.close();
            stored
        })
    }

    /// Starts the threads. Each owns a source, which ends with it; all else is shared.
    fn start<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        lines: &'scope Lines,
    ) -> io::Result<()> {
        let Lines { commands, secret, open, next, answers, entries } = lines;
        let source = answers.source();
        spawn(scope, "network".to_owned(), move || {
            self.ask(open, &Passwords::new(), &source);
        })?;
        if !secret.is_empty() {
            let source = answers.source();
            // A program that asks for a password may wait for a person: nothing else waits
            // for it.
            spawn(scope, "network with passwords".to_owned(), move || {
                let passwords = self.passwords(secret, &source);
                self.ask(secret, &passwords, &source);
            })?;
        }
        for number in 0..commands.len().min(PROGRAMS) {
            let source = answers.source();
            spawn(scope, format!("program {number}"), move || {
                self.run_programs(commands, next, &source);
            })?;
        }
        let workers = std::thread::available_parallelism().map_or(2, |n| n.get().min(8));
        for number in 0..workers {
            let source = entries.source();
            spawn(scope, format!("{WORKER} {number}"), move || {
                self.read(answers, &source);
            })?;
        }
        Ok(())
    }

    /// Hands over what has been read, until nothing more can come.
    fn store(
        &self,
        entries: &Queue<Judged>,
        stop: &AtomicBool,
        store: &mut dyn FnMut(Step) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        while let Some(judged) = entries.take_all(LOOK) {
            if stop.load(Ordering::Relaxed) {
                self.halt.store(true, Ordering::Relaxed);
            }
            store(if judged.is_empty() { Step::Commit } else { Step::Take(judged) })?;
        }
        store(Step::Commit)
    }

    /// Which feeds come from there.
    fn those(&self, from: Provider) -> Vec<usize> {
        let all = self.asked.iter().enumerate();
        let those = all.filter(|(_, asked)| Provider::of(&asked.subscription) == from);
        those.map(|(feed, _)| feed).collect()
    }

    /// Asks the servers of some feeds.
    fn ask(&self, feeds: &[usize], passwords: &Passwords<'_>, source: &queue::Source<'_, Fetched>) {
        let jobs = feeds.iter().filter_map(|feed| {
            let asked = self.asked.get(*feed)?;
            Some((*feed, self.request(&asked.subscription, &asked.before, passwords)?))
        });
        self.net.run(jobs, self.halt, &mut |done| {
            let (feed, came, took) = (done.job, Came::Answer(done.result), done.took);
            let size = came.size();
            source.put(Fetched { feed, came, took }, size);
        });
    }

    /// What is asked for a feed; nothing for one whose password is not known, or which no
    /// server has.
    fn request(
        &self,
        subscription: &Subscription,
        before: &Health,
        passwords: &Passwords<'_>,
    ) -> Option<Request> {
        let Origin::Address(url) = &subscription.origin else { return None };
        let password = match &subscription.password_command {
            Some(argv) => Some(passwords.get(argv.as_slice())?.clone()),
            None => None,
        };
        let name = subscription.username.clone();
        let credentials = (name.is_some() || password.is_some())
            .then(|| (name.unwrap_or_default(), password.unwrap_or_default()));
        Some(Request {
            validators: freshness::current(&before.validators, self.clock.now()),
            headers: subscription.headers.clone(),
            credentials,
            proxy: subscription.proxy.clone(),
            ..Request::feed(url.clone())
        })
    }

    /// Asks programs for the passwords of feeds, each program once. A feed whose program
    /// fails has failed.
    fn passwords(&self, feeds: &[usize], source: &queue::Source<'_, Fetched>) -> Passwords<'_> {
        let mut passwords = Passwords::new();
        let command = |feed: usize| self.asked.get(feed)?.subscription.password_command.as_deref();
        for (feed, argv) in feeds.iter().filter_map(|feed| Some((*feed, command(*feed)?))) {
            if passwords.contains_key(argv) {
                continue;
            }
            let begun = Instant::now();
            match program::run(argv, PASSWORD_PROGRAM, self.halt) {
                Ok(printed) => {
                    let printed = String::from_utf8_lossy(&printed);
                    let password = printed.lines().next().unwrap_or_default();
                    passwords.insert(argv, password.to_owned());
                }
                Err(error) => {
                    let came = Came::Printed(Err(error));
                    source.put(Fetched { feed, came, took: begun.elapsed() }, 0);
                }
            }
        }
        passwords
    }

    /// Runs programs one after the other, until none is left that another thread has not
    /// taken.
    fn run_programs(
        &self,
        feeds: &[usize],
        next: &AtomicUsize,
        source: &queue::Source<'_, Fetched>,
    ) {
        while let Some(feed) = feeds.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
            let Some(asked) = self.asked.get(feed) else { continue };
            let Origin::Command(argv) = &asked.subscription.origin else { continue };
            let begun = Instant::now();
            let came = Came::Printed(program::run(argv, FEED_PROGRAM, self.halt));
            let size = came.size();
            source.put(Fetched { feed, came, took: begun.elapsed() }, size);
        }
    }

    /// Reads answers until none can come any more. This is a worker's thread.
    fn read(&self, answers: &Queue<Fetched>, source: &queue::Source<'_, Judged>) {
        while let Some(Fetched { feed, came, took }) = answers.take() {
            let Some(asked) = self.asked.get(feed) else { continue };
            let (now, begun) = (self.clock.now(), Instant::now());
            let reached = reached(&came);
            let verdict = catch_unwind(AssertUnwindSafe(|| judge::judge(asked, came, now)));
            let verdict = verdict.unwrap_or_else(|_| judge::stumbled(asked, now));
            let size = verdict.arrivals.iter().map(size).sum();
            let took = took + begun.elapsed();
            source.put(Judged { feed, verdict, reached, size, took }, size);
        }
    }
}

/// Passwords by the program that told them.
type Passwords<'a> = HashMap<&'a [String], String>;

/// Who is asked for a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Provider {
    Program,
    Server,
    /// A program has to be asked for the password first.
    ServerWithPassword,
}

impl Provider {
    fn of(subscription: &Subscription) -> Self {
        match (&subscription.origin, &subscription.password_command) {
            (Origin::Command(_), _) => Self::Program,
            (Origin::Address(_), None) => Self::Server,
            (Origin::Address(_), Some(_)) => Self::ServerWithPassword,
        }
    }
}

/// About the bytes that an entry takes.
fn size(arrival: &Arrival) -> usize {
    std::mem::size_of::<Arrival>() + arrival.entry_id.len() + arrival.entry.content.as_str().len()
}

fn spawn<'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: String,
    work: impl FnOnce() + Send + 'scope,
) -> io::Result<()> {
    Builder::new().name(name).spawn_scoped(scope, work).map(drop)
}
