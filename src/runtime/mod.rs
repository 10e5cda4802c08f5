//! The rim: terminal, threads, signals, clock, programs. Everything impure that is no port.
//!
//! Decides nothing about stories: it turns what happens into messages, and carries
//! out the effects that the machine answers with.
#![expect(
    clippy::disallowed_methods,
    reason = "the rim is where clock, environment, threads and programs are"
)]

pub mod backend;
pub mod capabilities;
pub mod crash;
mod early;
mod effects;
mod feeds;
pub mod gather;
mod input;
mod keeper;
mod notify;
pub mod open;
pub mod paths;
pub mod saving;
mod sentence;
pub mod settings;
pub mod signals;
mod start;
pub mod terminal;
mod visit;
pub mod workers;

use std::time::{Duration, Instant};

use anyhow::Context as _;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use jiff::Timestamp;
use url::Url;

use crate::app::message::{Failure, Found, Message};
use crate::app::{App, update};
use crate::command::{AppCommand, Command};
use crate::config::key::Key;
use crate::library::edition;
use crate::ui;

use early::Early;
use effects::World;
use feeds::Order;
use gather::Target;
use paths::Paths;
use sentence::first_of;
use settings::Flags;
use start::Start;
use terminal::Screen;

/// How long messages may keep a frame from being drawn.
const DRAIN: Duration = Duration::from_millis(8);

/// How long taking back waits for what other windows did, where the disk is busy.
const NEWS: Duration = Duration::from_secs(1);

/// How long the first frame waits for the first stories, so that it is not empty.
const FIRST_STORIES: Duration = Duration::from_millis(50);

/// What the reader is started with.
#[derive(Debug)]
pub struct Options {
    pub paths: Paths,
    /// What was named in the call and is here.
    pub targets: Vec<Target>,
    /// What was named in the call and is fetched while the reader is open.
    pub addresses: Vec<Url>,
    pub flags: Flags,
}

/// How the reader was left.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What was named in the call and could not be opened, and what was done and could not
    /// be kept, as sentences.
    pub troubles: Vec<String>,
}

/// There is no terminal to show anything on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the reader needs a terminal; dateline show PATH prints an article")]
pub struct NoTerminal;

/// What comes to the loop from its threads.
#[derive(Debug)]
pub enum Input {
    /// For the machine.
    Message(Message),
    /// Stories that are stored. Who sends them waits until `taken` is dropped.
    Batch { found: Vec<Found>, taken: Sender<()> },
    /// What was named in the call and could not be opened, as sentences.
    Troubles(Vec<String>),
    /// The terminal's window has the focus again: others may have been at the journal.
    Focus,
    /// The program is to stop, as by Ctrl-Z.
    Stop,
    /// The program was stopped and goes on.
    Continued,
}

/// Opens the reader, and returns when it is left.
pub fn run(options: Options) -> anyhow::Result<Outcome> {
    if !terminal::is_present() {
        return Err(NoTerminal.into());
    }
    let Options { paths, targets, addresses, flags } = options;
    crash::keep_reports_in(&paths.data);
    let (inbox, outbox) = unbounded();
    signals::start(inbox.clone()).context("signals cannot be heard")?;
    let waits = !targets.is_empty();
    let given = waits || !addresses.is_empty();
    let start = Start::begin(&paths, targets, given, &inbox)?;

    // The screen is taken when there is something to show on it: until then, whoever
    // writes to our standard input may have words for the reader, or ask for a password.
    let mut early = Early::default();
    if waits && !early.wait_for_given(&outbox) && addresses.is_empty() {
        return Ok(Outcome { troubles: early.troubles });
    }
    let (app, world, screen) = start.finish(flags)?;
    // Only a test has a use for this, and no release build has it.
    let mistake = cfg!(debug_assertions) && std::env::var_os("DATELINE_TEST_PANIC").is_some();
    let mut reader = Reader { app, world, screen, troubles: Vec::new(), mistake };
    for url in addresses {
        reader.tell(Message::Visit(url));
    }
    reader.start(early, &outbox);
    reader.run(&outbox);
    Ok(reader.end())
}

/// The machine, and everything around it.
struct Reader {
    app: App,
    world: World,
    screen: Screen,
    troubles: Vec<String>,
    /// Panic at the next frame but the first.
    mistake: bool,
}

impl Reader {
    /// Takes what came early, and draws the first frame.
    fn start(&mut self, early: Early, outbox: &Receiver<Input>) {
        let waits = early.inputs.is_empty();
        for input in early.inputs {
            self.take(input);
        }
        // The edition, and the first of what is stored.
        let end = Instant::now() + FIRST_STORIES;
        let (mut edition, mut stored) = (!waits, false);
        while !(edition && stored) {
            let Ok(input) = outbox.recv_deadline(end) else { break };
            edition |= matches!(input, Input::Message(Message::Stories(_)));
            stored |= matches!(input, Input::Batch { .. });
            self.take(input);
        }
        self.drain(outbox);
        self.draw();
    }

    /// Wait, take, drain, draw once; asleep without a timer unless something expires.
    fn run(&mut self, outbox: &Receiver<Input>) {
        while !self.app.quitting() {
            let input = match self.app.deadline() {
                None => outbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(deadline) => outbox.recv_timeout(until(deadline)),
            };
            match input {
                Ok(input) => self.take(input),
                Err(RecvTimeoutError::Timeout) => self.tell(Message::Tick),
                // Cannot be: the world holds a sender itself.
                Err(RecvTimeoutError::Disconnected) => self.tell(Message::Hangup),
            }
            self.drain(outbox);
            assert!(!self.mistake, "a mistake on purpose, for a test");
            self.draw();
        }
    }

    /// Takes what else has come, for a while: ten messages, one frame.
    fn drain(&mut self, outbox: &Receiver<Input>) {
        let end = Instant::now() + DRAIN;
        while !self.app.quitting() && Instant::now() < end {
            let Ok(input) = outbox.try_recv() else { return };
            self.take(input);
        }
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::Message(message) => {
                if let Message::Key(key) = message {
                    self.look_before(key);
                }
                // What was named in the call is told of once more after leaving.
                if let Message::Visited { result: Err(Failure(sentence)), .. } = &message {
                    self.troubles.push(sentence.clone());
                }
                self.tell(message);
            }
            Input::Batch { found, taken } => {
                if !found.is_empty() {
                    self.tell(Message::Stories(found));
                }
                drop(taken);
            }
            Input::Troubles(troubles) => {
                if let Some(sentence) = first_of(&troubles) {
                    self.tell(Message::Failed(sentence));
                }
                self.troubles.extend(troubles);
            }
            Input::Focus => {
                self.world.keeper.look();
                self.world.feeds.ask(Order::Look);
            }
            Input::Stop => self.world.suspend(&mut self.screen),
            Input::Continued => self.go_on(),
        }
    }

    /// What another window has taken back must not be taken back again: before that, its
    /// marks are taken.
    fn look_before(&mut self, key: Key) {
        if self.app.would_run(key) == Some(Command::App(AppCommand::Undo)) {
            let marks = self.world.keeper.news(NEWS);
            self.tell(Message::Marks(marks));
        }
    }

    fn tell(&mut self, message: Message) {
        if let Message::Resize(size) = message {
            self.screen.resize(size);
        }
        for effect in update(&mut self.app, Timestamp::now(), message) {
            self.world.carry_out(effect, &mut self.screen);
        }
    }

    /// Takes the screen again after a stop, whoever caused it.
    fn go_on(&mut self) {
        self.world.stopped = false;
        if self.screen.enter_again().is_err() {
            self.tell(Message::Hangup);
            return;
        }
        self.tell(Message::Resize(terminal::size()));
        self.tell(Message::Resumed);
        self.world.keeper.look();
    }

    fn draw(&mut self) {
        if self.world.stopped || self.app.quitting() {
            return;
        }
        let Self { app, screen, .. } = self;
        let open = app.reader.open.iter();
        if app.config.screen.title {
            screen.set_title(app.reader.open.as_ref().map(|open| &open.article.title));
        }
        // Nothing answers at the addresses of the edition's own stories.
        let links = open
            .flat_map(|open| open.destinations.addresses())
            .filter(|(_, url)| !url.as_str().starts_with(edition::ADDRESS));
        if screen.draw(links, |frame| ui::draw(app, frame)).is_err() {
            // The terminal is gone. What was read is kept all the same.
            self.tell(Message::Hangup);
        }
    }

    /// Gives the terminal back and waits for the journal, and for nothing else.
    fn end(mut self) -> Outcome {
        self.screen.leave();
        self.world.feeds.end();
        self.troubles.extend(self.world.keeper.finish());
        Outcome { troubles: self.troubles }
    }
}

fn until(deadline: Timestamp) -> Duration {
    let left = deadline.duration_since(Timestamp::now());
    // A moment more: the deadline has passed when the message is made.
    Duration::try_from(left).unwrap_or_default() + Duration::from_millis(1)
}
