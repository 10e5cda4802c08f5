//! `Start`: what is made ready before the first frame, as much as can be at the same time.

use std::sync::Arc;
use std::thread::JoinHandle;

use anyhow::Context as _;
use crossbeam_channel::Sender;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::capabilities::Capabilities;
use super::effects::World;
use super::feeds::{self, Feeds};
use super::gather::{self, Gathering, Target};
use super::keeper::Keeper;
use super::open::Desktop;
use super::paths::Paths;
use super::sentence::first_of;
use super::settings::{Flags, Settings};
use super::terminal::{self, Screen};
use super::visit::Visitor;
use super::workers::Workers;
use super::{Input, input};
use crate::app::message::Message;
use crate::app::{App, Setup};
use crate::journal::Journal;
use crate::journal::saved::Saved;
use crate::library::Library;
use crate::reading::session::Session;
use crate::reading::{ReadingState, UndoStack};
use crate::refresh;
use crate::warning::Warning;

/// Threads for reading articles and folders: one may be busy with a folder.
const WORKERS: usize = 2;

/// Why no thread could be started.
const NO_THREADS: &str = "threads cannot be started";

/// What is under way while there is no screen yet.
pub(super) struct Start {
    inbox: Sender<Input>,
    library: Arc<Library>,
    workers: Workers,
    keeper: Keeper,
    visitor: Visitor,
    zone: JoinHandle<TimeZone>,
    settings: Settings,
    reading: ReadingState,
    undo: UndoStack,
    session: Session,
    feeds: feeds::Options,
    /// The search that is not over before the stories of feeds are told of.
    search: Option<Gathering>,
    /// Articles were named in the call.
    given: bool,
    /// What was wrong with settings and journals, as sentences.
    warnings: Vec<String>,
}

impl Start {
    /// Sets everything going that needs no screen. `given` says whether articles were named
    /// in the call, of which `targets` are here.
    pub fn begin(
        paths: &Paths,
        targets: Vec<Target>,
        given: bool,
        inbox: &Sender<Input>,
    ) -> anyhow::Result<Self> {
        let workers = Workers::start(WORKERS, inbox).context(NO_THREADS)?;
        let library = Arc::new(Library::new());
        library.look_in(&paths.data);
        let saved = Saved::new(&paths.config, &paths.data);
        // The edition and the time zone are read elsewhere while settings and journal are
        // read here: all of it must be there before the first frame.
        let zone = std::thread::spawn(TimeZone::system);
        let search = gather::start(&workers, &library, targets, saved.clone(), inbox);
        let settings = Settings::read(&paths.config);
        let (journal, loaded) = Journal::open(&paths.config, &paths.data);
        let fetching = refresh::Settings::of(&settings.config.fetch);
        let visitor = Visitor {
            settings: fetching.net.clone(),
            library: library.clone(),
            inbox: inbox.clone(),
        };
        let feeds = feeds::Options {
            paths: paths.clone(),
            library: library.clone(),
            settings: fetching,
            automatic: settings.config.refresh_on_start,
            first: loaded.session.stories(),
            kept: loaded.state.marked(),
        };
        // Whoever names articles does not wait for those of feeds.
        let whole = (!given).then(|| search.clone());
        search.begun(&workers, &loaded.state, &loaded.session);
        let keeper = Keeper::start(journal, loaded.writable, saved, library.clone(), inbox.clone())
            .context(NO_THREADS)?;
        let mut warnings = of_journals(loaded.warnings);
        warnings.extend_from_slice(&settings.warnings);
        Ok(Self {
            inbox: inbox.clone(),
            library,
            workers,
            keeper,
            visitor,
            zone,
            settings,
            reading: loaded.state,
            undo: loaded.undo,
            session: loaded.session,
            feeds,
            search: whole,
            given,
            warnings,
        })
    }

    /// Takes the screen. What was wrong is told as a message.
    pub fn finish(self, flags: Flags) -> anyhow::Result<(App, World, Screen)> {
        let Self { inbox, settings, session, .. } = self;
        let feeds = Feeds::start(self.feeds, self.search, inbox.clone()).context(NO_THREADS)?;
        let env = |name: &str| std::env::var(name).ok();
        let capabilities = Capabilities::of(&env);
        let screen = Screen::enter(settings.screen(capabilities))
            .context("the terminal cannot be set up")?;
        input::start(inbox.clone()).context(NO_THREADS)?;
        let world = World {
            library: self.library,
            workers: self.workers,
            keeper: self.keeper,
            feeds,
            visitor: self.visitor,
            desktop: Desktop::of(&env),
            browser: settings.config.programs.browser.clone(),
            notifier: settings.config.notifications.clone(),
            inbox,
            wanted: Arc::default(),
            stopped: false,
        };
        let app = App::new(Setup {
            now: Timestamp::now(),
            zone: self.zone.join().unwrap_or(TimeZone::UTC),
            size: terminal::size(),
            display: settings.display(capabilities, flags),
            ascii: settings.ascii(capabilities),
            reorders: settings.reorders(capabilities),
            config: settings.config,
            keymap: settings.keymap,
            theme: settings.theme,
            reading: self.reading,
            undo: self.undo,
            session: Some(session).filter(|session| *session != Session::default()),
            given: self.given,
        });
        if let Some(warning) = first_of(&self.warnings) {
            world.send(Message::Failed(warning));
        }
        Ok((app, world, screen))
    }
}

/// What was wrong with the journals, as sentences. Damaged lines are many or none: they
/// are counted, and the doctor names them.
fn of_journals(warnings: Vec<Warning>) -> Vec<String> {
    let (lines, others): (Vec<_>, Vec<_>) =
        warnings.into_iter().partition(|warning| warning.line.is_some());
    let lines = match lines.len() {
        0 => None,
        1 => Some("1 line of the journals is damaged and does not count".to_owned()),
        n => Some(format!("{n} lines of the journals are damaged and do not count")),
    };
    let lines = lines.map(|lines| format!("{lines}: dateline doctor says where."));
    others.iter().map(ToString::to_string).chain(lines).collect()
}
