//! The thread that keeps what the reader did: marks, the session, the saved files.
//!
//! It owns the journal, so nothing else waits for a disk, and it is the one thread that
//! the end of the program waits for. It sleeps without a timer unless something waits
//! to be made safe.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, SendError, Sender, bounded, unbounded};

use super::Input;
use super::saving::{Additions, SavingError, save, unsave};
use crate::app::message::Message;
use crate::journal::saved::Saved;
use crate::journal::{Durability, Journal, JournalError};
use crate::library::Library;
use crate::reading::session::Session;
use crate::reading::{Change, Mark};
use crate::story::StoryId;

/// How often what could not be kept is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// What can be asked of the keeper.
#[derive(Debug)]
enum Order {
    Record(Vec<Mark>),
    Session(Box<Session>),
    Save(StoryId, Additions),
    Unsave(StoryId),
    /// Look what other windows and devices did.
    Look,
    /// The same, for somebody who waits for it.
    News(Sender<Vec<Mark>>),
}

/// The keeper's thread, as the loop sees it.
#[derive(Debug)]
pub struct Keeper {
    /// Nothing once no more is asked.
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<Vec<String>>>,
}

impl Keeper {
    /// Starts the thread. What it has to say goes to `inbox`; first of all that marks
    /// cannot be kept, if they are not `writable`.
    pub fn start(
        journal: Journal,
        writable: Result<(), JournalError>,
        saved: Saved,
        library: Arc<Library>,
        inbox: Sender<Input>,
    ) -> io::Result<Self> {
        let (orders, queue) = unbounded();
        let mut keep = Keep {
            journal,
            saved,
            library,
            inbox,
            marks: writable,
            session: None,
            files: Vec::new(),
            unsaved: Vec::new(),
            told: None,
        };
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

    /// The marks that others have made meanwhile, at once: what is taken back or changed
    /// next must not be what another window has just done. Whatever takes longer than
    /// `patience` comes as a message.
    pub fn news(&self, patience: Duration) -> Vec<Mark> {
        let (answer, answers) = bounded(0);
        self.order(Order::News(answer));
        answers.recv_timeout(patience).unwrap_or_default()
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            let _ = orders.send(order);
        }
    }

    /// Waits until everything is on the disk: milliseconds. Returns what could not be
    /// kept, as sentences.
    pub fn finish(&mut self) -> Vec<String> {
        self.orders = None;
        let Some(thread) = self.thread.take() else { return Vec::new() };
        thread.join().unwrap_or_else(|_| {
            vec!["a mistake in dateline may have lost what was done last".to_owned()]
        })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // Whoever does not ask is on the way out by an error of another kind.
        let _ = self.finish();
    }
}

/// What the thread has.
struct Keep {
    journal: Journal,
    saved: Saved,
    library: Arc<Library>,
    inbox: Sender<Input>,
    /// How the last attempt to keep marks ended.
    marks: Result<(), JournalError>,
    /// The screen that could not be kept, and why.
    session: Option<(Box<Session>, JournalError)>,
    /// The bookmarked articles that could not be written, and why.
    files: Vec<(StoryId, Additions, JournalError)>,
    /// The stories whose files go once it is written that their bookmarks are gone.
    unsaved: Vec<StoryId>,
    /// What the reader was told of it.
    told: Option<String>,
}

impl Keep {
    fn run(&mut self, queue: &Receiver<Order>) -> Vec<String> {
        self.journal.tidy();
        self.saved.tidy();
        loop {
            self.tell();
            let retry = self.trouble().map(|_| RETRY);
            let due = self.journal.due_in(Instant::now());
            let order = match due.into_iter().chain(retry).min() {
                None => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(wait) => queue.recv_timeout(wait),
            };
            match order {
                Ok(order) => self.carry_out(order),
                Err(RecvTimeoutError::Timeout) => {
                    self.try_again();
                    if queue.is_empty() && self.marks.is_ok() {
                        // Nothing is asked: a moment for housekeeping.
                        let _ = self.journal.compact();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.try_again();
        self.not_kept()
    }

    /// Does what has waited, and what went wrong before.
    fn try_again(&mut self) {
        let had_trouble = self.marks.is_err();
        self.marks = self.journal.sync();
        if had_trouble && self.marks.is_ok() {
            // Nothing may have been there to be written.
            self.marks = self.journal.check();
        }
        if let Some((session, _)) = self.session.take() {
            self.keep_session(session);
        }
        for (story, additions, _) in std::mem::take(&mut self.files) {
            self.save(story, additions);
        }
        self.unsave();
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Record(mut marks) => {
                self.add_addresses(&mut marks);
                self.marks = self.journal.append(&marks, durability(&marks));
                self.look();
            }
            Order::Session(session) => self.keep_session(session),
            Order::Save(story, additions) => self.save(story, additions),
            Order::Unsave(story) => {
                self.files.retain(|(waiting, ..)| *waiting != story);
                self.unsaved.push(story);
                self.unsave();
            }
            Order::Look => self.look(),
            Order::News(answer) => {
                let (marks, _) = self.journal.poll();
                // Nobody waits any more: then it is told as always.
                if let Err(SendError(marks)) = answer.send(marks)
                    && !marks.is_empty()
                {
                    self.send(Message::Marks(marks));
                }
            }
        }
    }

    /// The machine does not know where a feed's story is on the web; the library does.
    fn add_addresses(&self, marks: &mut [Mark]) {
        for mark in marks {
            if let Some(about) = mark.about.as_mut().filter(|about| about.url.is_none()) {
                about.url = self.library.address(mark.story).map(String::from);
            }
        }
    }

    fn keep_session(&mut self, session: Box<Session>) {
        let kept = self.journal.save_session(&session);
        self.session = kept.err().map(|error| (session, error));
    }

    /// Takes files away, unless their bookmarks could come back at the next start.
    fn unsave(&mut self) {
        if self.journal.pending() > 0 {
            return;
        }
        for story in std::mem::take(&mut self.unsaved) {
            if let Err(error) = unsave(&self.saved, &self.library, story) {
                self.send(Message::Failed(error.to_string()));
            }
        }
    }

    fn save(&mut self, story: StoryId, additions: Additions) {
        self.files.retain(|(waiting, ..)| *waiting != story);
        self.unsaved.retain(|waiting| *waiting != story);
        // Whatever is in an article, the marks after it must still be kept.
        let saved =
            catch_unwind(AssertUnwindSafe(|| save(&self.saved, &self.library, story, &additions)));
        match saved {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(sentence))) => self.send(Message::Said(sentence)),
            Ok(Err(SavingError::NotWritten(error))) => self.files.push((story, additions, error)),
            Ok(Err(error @ SavingError::NoArticle(_))) => {
                self.send(Message::Failed(error.to_string()));
            }
            Err(_) => {
                let sentence = "The article could not be written as Markdown.";
                self.send(Message::Failed(sentence.to_owned()));
            }
        }
    }

    /// Passes on what others did.
    fn look(&mut self) {
        let (marks, _) = self.journal.poll();
        if !marks.is_empty() {
            self.send(Message::Marks(marks));
        }
    }

    /// What is the matter with keeping, as long as it is.
    fn trouble(&self) -> Option<&JournalError> {
        let session = self.session.iter().map(|(_, error)| error);
        let files = self.files.iter().map(|(.., error)| error);
        self.marks.as_ref().err().into_iter().chain(session).chain(files).next()
    }

    /// Tells of trouble once, and once more when it is over.
    fn tell(&mut self) {
        let trouble = self.trouble().map(ToString::to_string);
        if trouble != self.told {
            self.told.clone_from(&trouble);
            self.send(Message::Journal(trouble));
        }
    }

    /// What is lost now that the program ends, as sentences.
    fn not_kept(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if let (Err(error), 1..) = (&self.marks, self.journal.pending()) {
            sentences.push(match self.journal.pending() {
                1 => format!("the last change could not be kept. {error}"),
                n => format!("the last {n} changes could not be kept. {error}"),
            });
        }
        for (story, _, error) in &self.files {
            let article = self.library.article(*story);
            let title = article.map_or_else(|_| story.to_string(), |found| found.title.to_string());
            sentences.push(format!("the article \"{title}\" could not be saved. {error}"));
        }
        if let (Some((_, error)), true) = (&self.session, sentences.is_empty()) {
            sentences.push(format!("the way back to this screen could not be kept. {error}"));
        }
        sentences
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
