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

/// The thread of refreshes. It is started by the first one.
#[derive(Debug)]
pub(super) struct Fetcher {
    data: PathBuf,
    settings: refresh::Settings,
    inbox: Sender<Input>,
    /// Who hears of the end of each.
    orders: Sender<Order>,
    stop: Arc<AtomicBool>,
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
        Self { data, settings, inbox, orders, stop, jobs: None, search: Arc::default() }
    }

    /// Does a refresh after those that were asked for before.
    pub fn fetch(&mut self, job: Job) {
        let jobs = match self.jobs.take() {
            Some(jobs) => jobs,
            None => match self.start() {
                Ok(jobs) => jobs,
                Err(error) => return self.fail(&RefreshError::Threads(error)),
            },
        };
        let _ = jobs.send(job);
        self.jobs = Some(jobs);
    }

    fn start(&self) -> std::io::Result<Sender<Job>> {
        let (jobs, queue) = unbounded();
        let Self { data, settings, inbox, orders, stop, .. } = self;
        let fetcher =
            Self::new(data.clone(), settings.clone(), inbox.clone(), orders.clone(), stop.clone());
        let thread = std::thread::Builder::new().name(format!("{THREAD_NAME} refresh"));
        thread.spawn(move || fetcher.run(&queue))?;
        Ok(jobs)
    }

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

    /// There was no refresh.
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

    /// Looks for the feeds of what was typed, in place of what is being looked for. `whole`
    /// is the same with what was not shown.
    pub fn find(&mut self, asked: String, whole: String) {
        self.search.store(true, Ordering::Relaxed);
        self.search = Arc::default();
        let (stop, settings) = (self.search.clone(), self.settings.net.clone());
        let inbox = self.inbox.clone();
        let answer = move |result| {
            let _ = inbox.send(Input::Message(result));
        };
        let failed = |asked: &str, why: String| Message::Candidates {
            asked: asked.to_owned(),
            result: Err(Failure(why)),
        };
        let (words, again) = (asked.clone(), answer.clone());
        let thread = std::thread::Builder::new().name(format!("{THREAD_NAME} find"));
        let started = thread.spawn(move || {
            let found = catch_unwind(AssertUnwindSafe(|| find::find(&whole, &settings, &stop)));
            if stop.load(Ordering::Relaxed) {
                return; // Something else is asked for meanwhile.
            }
            answer(match found {
                Ok(Ok(found)) => Message::Candidates {
                    asked,
                    result: Ok(found.into_iter().map(candidate).collect()),
                },
                Ok(Err(error)) => failed(&asked, sentence(&error)),
                Err(_) => failed(
                    &asked,
                    "That could not be looked for by a mistake in dateline.".to_owned(),
                ),
            });
        });
        if let Err(error) = started {
            again(failed(&words, sentence(&RefreshError::Threads(error))));
        }
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
