//! The thread that keeps what the reader did: marks, the session, the saved files.
//!
//! It owns the journal, so nothing else waits for a disk, and it is the one thread that
//! the end of the program waits for. It sleeps without a timer unless something waits
//! to be made safe.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use super::Input;
use super::saving::{Additions, save, unsave};
use crate::app::message::Message;
use crate::journal::saved::Saved;
use crate::journal::{Durability, Journal, JournalError};
use crate::library::Library;
use crate::reading::session::Session;
use crate::reading::{Change, Mark};
use crate::story::StoryId;

/// What can be asked of the keeper.
#[derive(Debug)]
enum Order {
    Record(Vec<Mark>),
    Session(Box<Session>),
    Save(StoryId, Additions),
    Unsave(StoryId),
    /// Look what other windows and devices did.
    Look,
}

/// The keeper's thread, as the loop sees it.
#[derive(Debug)]
pub struct Keeper {
    /// Nothing once no more is asked.
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread. What it has to say goes to `inbox`.
    pub fn start(
        journal: Journal,
        saved: Saved,
        library: Arc<Library>,
        inbox: Sender<Input>,
    ) -> io::Result<Self> {
        let (orders, queue) = unbounded();
        let mut keep =
            Keep { journal, saved, library, inbox, marks: Ok(()), session: Ok(()), told: None };
        let thread = std::thread::Builder::new().name("keeper".to_owned());
        let thread = thread.spawn(move || keep.run(&queue))?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Keeps marks.
    pub fn record(&self, marks: Vec<Mark>) {
        self.order(Order::Record(marks));
    }

    /// Keeps the screen as it is left.
    pub fn keep_session(&self, session: Box<Session>) {
        self.order(Order::Session(session));
    }

    /// Writes a story's article to a file among the saved ones.
    pub fn save(&self, story: StoryId, additions: Additions) {
        self.order(Order::Save(story, additions));
    }

    /// Takes a story's file away from among the saved ones.
    pub fn unsave(&self, story: StoryId) {
        self.order(Order::Unsave(story));
    }

    /// Asks for the marks that others have made meanwhile.
    pub fn look(&self) {
        self.order(Order::Look);
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            let _ = orders.send(order);
        }
    }
}

impl Drop for Keeper {
    /// Waits until everything is on the disk: milliseconds.
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the thread has.
struct Keep {
    journal: Journal,
    saved: Saved,
    library: Arc<Library>,
    inbox: Sender<Input>,
    /// How the last attempts to keep marks and the session ended.
    marks: Result<(), JournalError>,
    session: Result<(), JournalError>,
    /// What the reader was told of it.
    told: Option<String>,
}

impl Keep {
    fn run(&mut self, queue: &Receiver<Order>) {
        loop {
            let order = match self.journal.due_in(Instant::now()) {
                None => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(wait) => queue.recv_timeout(wait),
            };
            match order {
                Ok(order) => self.carry_out(order),
                Err(RecvTimeoutError::Timeout) => {
                    self.marks = self.journal.flush_due(Instant::now());
                    if queue.is_empty() && self.marks.is_ok() {
                        // Nothing is asked: a moment for housekeeping.
                        let _ = self.journal.compact();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.tell();
        }
        let _ = self.journal.sync();
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Record(marks) => {
                self.marks = self.journal.append(&marks, durability(&marks));
                self.look();
            }
            Order::Session(session) => self.session = self.journal.save_session(&session),
            Order::Save(story, additions) => {
                // Whatever is in an article, the marks after it must still be kept.
                let saved = catch_unwind(AssertUnwindSafe(|| {
                    save(&self.saved, &self.library, story, &additions)
                }));
                let mistake = Err("The article could not be written as Markdown.".to_owned());
                self.answer(saved.unwrap_or(mistake));
            }
            Order::Unsave(story) => {
                let removed = unsave(&self.saved, &self.library, story);
                self.answer(removed.map(|()| None));
            }
            Order::Look => self.look(),
        }
    }

    /// Passes on what others did.
    fn look(&mut self) {
        let (marks, _) = self.journal.poll();
        if !marks.is_empty() {
            self.send(Message::Marks(marks));
        }
    }

    fn answer(&self, result: Result<Option<String>, String>) {
        match result {
            Ok(None) => {}
            Ok(Some(sentence)) => self.send(Message::Said(sentence)),
            Err(sentence) => self.send(Message::Failed(sentence)),
        }
    }

    /// Tells of trouble once, and once more when it is over.
    fn tell(&mut self) {
        let trouble = self.marks.as_ref().err().or(self.session.as_ref().err());
        let trouble = trouble.map(ToString::to_string);
        if trouble != self.told {
            self.told.clone_from(&trouble);
            self.send(Message::Journal(trouble));
        }
    }

    fn send(&self, message: Message) {
        let _ = self.inbox.send(Input::Message(message));
    }
}

/// Where a reader stands may be lost to a power cut; what they decided may not.
fn durability(marks: &[Mark]) -> Durability {
    let decided = marks.iter().any(|mark| match mark.change {
        Change::Saved(_) | Change::Tag { .. } | Change::Note(_) => true,
        Change::Read(_) | Change::Place(_) => false,
    });
    if decided { Durability::Now } else { Durability::Soon }
}
