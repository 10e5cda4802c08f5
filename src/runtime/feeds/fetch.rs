//! Refreshes, one after the other, on a thread of their own; and finding feeds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::Order;
use crate::app::feeds::Candidate;
use crate::app::message::{Failure, Found, Message, Refreshed, Shelf};
use crate::refresh::{self, Event, Job, Outcome, RefreshError, Report, Totals, find};
use crate::runtime::Input;
use crate::runtime::sentence::sentence;
use crate::runtime::workers::THREAD_NAME;

/// How often the progress of a refresh is told.
const PACE: Duration = Duration::from_millis(500);

/// The thread of refreshes and the search for feeds, as the desk sees them.
#[derive(Debug)]
pub(super) struct Fetcher {
    fetching: Fetching,
    /// None until the first refresh starts the thread.
    jobs: Option<Sender<Job>>,
    /// The search for feeds that goes on.
    search: Arc<AtomicBool>,
}

impl Fetcher {
    pub fn new(
        data: PathBuf,
        settings: refresh::Settings,
        inbox: Sender<Input>,
        orders: Sender<Order>,
        stop: Arc<AtomicBool>,
    ) -> Self {
        let fetching = Fetching { data, settings, inbox, orders, stop };
        Self { fetching, jobs: None, search: Arc::default() }
    }

    /// Does a refresh after those that were asked for before.
    pub fn fetch(&mut self, job: Job) {
        let jobs = match self.jobs.take() {
            Some(jobs) => jobs,
            None => match self.start() {
                Ok(jobs) => jobs,
                Err(error) => return self.fetching.fail(&RefreshError::Threads(error)),
            },
        };
        let _ = jobs.send(job);
        self.jobs = Some(jobs);
    }

    fn start(&self) -> std::io::Result<Sender<Job>> {
        let (jobs, queue) = unbounded();
        let fetching = self.fetching.clone();
        let thread = std::thread::Builder::new().name(format!("{THREAD_NAME} refresh"));
        thread.spawn(move || fetching.run(&queue))?;
        Ok(jobs)
    }

    /// Looks for the feeds of what was typed, in place of what is being looked for. `whole`
    /// is the same with what was not shown.
    pub fn find(&mut self, asked: String, whole: String) {
        self.search.store(true, Ordering::Relaxed);
        self.search = Arc::default();
        let (stop, settings) = (self.search.clone(), self.fetching.settings.net.clone());
        let tell = {
            let inbox = self.fetching.inbox.clone();
            move |result: Result<Vec<Candidate>, String>| {
                let result = result.map_err(Failure);
                let _ = inbox.send(Input::Message(Message::Candidates { asked, result }));
            }
        };
        let again = tell.clone();
        let thread = std::thread::Builder::new().name(format!("{THREAD_NAME} find"));
        let started = thread.spawn(move || {
            let found = catch_unwind(AssertUnwindSafe(|| find::find(&whole, &settings, &stop)));
            if stop.load(Ordering::Relaxed) {
                return; // Something else is asked for meanwhile.
            }
            tell(match found {
                Ok(Ok(found)) => Ok(found.into_iter().map(candidate).collect()),
                Ok(Err(error)) => Err(sentence(&error)),
                Err(_) => Err("That could not be looked for by a mistake in dateline.".to_owned()),
            });
        });
        if let Err(error) = started {
            again(Err(sentence(&RefreshError::Threads(error))));
        }
    }
}

/// What a refresh is done with.
#[derive(Debug, Clone)]
struct Fetching {
    data: PathBuf,
    settings: refresh::Settings,
    inbox: Sender<Input>,
    /// Who hears of the end of each.
    orders: Sender<Order>,
    stop: Arc<AtomicBool>,
}

impl Fetching {
    fn run(&self, queue: &Receiver<Job>) {
        while let Ok(job) = queue.recv() {
            self.stop.store(false, Ordering::Relaxed);
            let mut telling = Telling::new(&self.inbox);
            let on = &mut |event| telling.on(event);
            let done = catch_unwind(AssertUnwindSafe(|| {
                refresh::run(&self.data, job, &self.settings, &self.stop, on)
            }));
            match done {
                Ok(Ok(totals)) => self.end(Telling::refreshed(&totals)),
                Ok(Err(error)) => self.fail(&error),
                Err(_) => {
                    self.end(Refreshed { stopped: true, ..Refreshed::default() });
                    let sentence = "The refresh ended by a mistake in dateline.";
                    self.send(Message::Failed(sentence.to_owned()));
                }
            }
        }
    }

    /// A refresh could not be done, or not to its end.
    fn fail(&self, error: &RefreshError) {
        self.end(Refreshed { stopped: true, ..Refreshed::default() });
        self.send(match error {
            RefreshError::Busy => Message::Said(sentence(error)),
            RefreshError::Directory(_)
            | RefreshError::Library(_)
            | RefreshError::Network(_)
            | RefreshError::Threads(_) => Message::Failed(sentence(error)),
        });
    }

    fn end(&self, refreshed: Refreshed) {
        self.send(Message::Refreshed(refreshed));
        let _ = self.orders.send(Order::Fetched);
    }

    fn send(&self, message: Message) {
        let _ = self.inbox.send(Input::Message(message));
    }
}

fn candidate(found: find::Candidate) -> Candidate {
    let find::Candidate { url, title, kind } = found;
    Candidate { url, title, kind }
}

/// Makes messages of what happens in a refresh.
struct Telling<'a> {
    inbox: &'a Sender<Input>,
    done: usize,
    total: usize,
    told: Option<Instant>,
}

impl<'a> Telling<'a> {
    fn new(inbox: &'a Sender<Input>) -> Self {
        Self { inbox, done: 0, total: 0, told: None }
    }

    fn on(&mut self, event: Event) {
        match event {
            Event::Started(total) => {
                self.total = total;
                self.progress();
            }
            // It is told at the end.
            Event::Offline => {}
            Event::SetAside(set_aside) => self.send(Message::Failed(set_aside.to_string())),
            Event::Feed(report) => {
                if report.outcome != Outcome::Skipped {
                    self.feed(*report);
                }
            }
        }
    }

    fn feed(&mut self, report: Report) {
        self.done += 1;
        let Report { key, new, updated, shared, aliases, health, .. } = report;
        let pairs: Vec<_> = shared.iter().map(|story| (story.id, story.source.clone())).collect();
        self.send(Message::Health(vec![(key, health)]));
        if !aliases.is_empty() {
            self.send(Message::Aliases(aliases));
        }
        if !updated.is_empty() {
            self.send(Message::Revised(updated));
        }
        if !pairs.is_empty() {
            self.send(Message::Shared(pairs));
        }
        // What another feed had first is new where that one is not shown.
        let found = new.into_iter().chain(shared);
        let found: Vec<_> = found.map(|story| Found { story, shelf: Shelf::Stored }).collect();
        if !found.is_empty() {
            self.send(Message::Arrived(found));
        }
        if self.told.is_none_or(|told| told.elapsed() >= PACE) {
            self.progress();
        }
    }

    fn progress(&mut self) {
        self.told = Some(Instant::now());
        self.send(Message::Refreshing { done: self.done, total: self.total });
    }

    fn refreshed(totals: &Totals) -> Refreshed {
        let Totals { asked, failed, new, stopped, offline, seconds: _ } = *totals;
        Refreshed { asked, failed, new, offline, stopped }
    }

    fn send(&self, message: Message) {
        let _ = self.inbox.send(Input::Message(message));
    }
}
