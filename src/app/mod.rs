//! The machine: the whole state, and how a message changes it.
//!
//! Pure. No terminal, no file, no clock, no thread: time comes with each message,
//! and what is wanted of the world leaves as [`effect::Effect`]s.
//!
//! [`App`] is a struct of panes. Each pane owns its state and its part of the update;
//! panes never see each other, and the files named after what a reader does (`open`,
//! `change`, `boxes`) move things between them.

mod boxes;
pub mod catalog;
mod change;
mod counts;
pub mod effect;
mod empty;
mod feed_change;
mod feed_run;
pub mod feeds;
pub mod find;
pub mod foot;
pub mod geometry;
pub mod health;
pub mod history;
pub mod keys;
pub mod labels;
mod levels;
pub mod message;
mod mouse;
pub mod news;
pub mod notices;
mod open;
mod outcome;
mod place;
pub mod popup;
pub mod prompt;
pub mod reader;
mod reader_run;
mod rows;
mod run;
mod searched;
mod shared;
pub mod sources;
pub mod stories;
mod subscribing;
mod told;
pub mod tree;
mod typing;
mod update;
pub mod view;
mod visits;

#[cfg(test)]
pub mod sample;
#[cfg(test)]
mod tests;

pub use update::update;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::article::Place;
use crate::command::Command;
use crate::config::key::Key;
use crate::config::keymap::Keymap;
use crate::config::theme::{ColorDepth, Display, Theme};
use crate::config::{Config, MEASURE};
use crate::layout::Shape;
use crate::layout::cache::Cache;
use crate::reading::session::Session;
use crate::reading::{ReadingState, UndoStack};
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

use catalog::Catalog;
use feeds::{FeedStep, Feeds};
use foot::Known;
use geometry::{Area, Arrangement, Focus, Panes, Size, panes, text_area};
use history::History;
use keys::{Keys, Outcome};
use labels::Labels;
use levels::Levels;
use message::Found;
use news::News;
use notices::Notices;
use popup::Popup;
use prompt::Prompt;
use reader::Reader;
use sources::SourceList;
use stories::StoryList;
use subscribing::Search;
use view::View;
use visits::Visits;

/// All that the program knows.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct App {
    /// The time of the last message.
    pub now: Timestamp,
    pub zone: TimeZone,
    pub size: Size,
    pub config: Config,
    pub keymap: Keymap,
    pub theme: Theme,
    pub display: Display,
    /// Signs are drawn in ASCII.
    pub ascii: bool,
    /// Right-to-left text is put in order here, and not by the terminal.
    pub reorders: bool,
    pub catalog: Catalog,
    pub feeds: Feeds,
    pub reading: ReadingState,
    undo: UndoStack,
    feed_steps: Vec<FeedStep>,
    pub news: News,
    search: Option<Search>,
    levels: Levels,
    visits: Visits,
    pub stories: StoryList,
    pub sources: SourceList,
    pub reader: Reader,
    pub history: History,
    /// The last few layouts. May be dropped at any moment without changing anything.
    layouts: Cache,
    pub popup: Option<Popup>,
    pub prompt: Option<Prompt>,
    pub labels: Option<Labels>,
    pub notices: Notices,
    pub keys: Keys,
    pub focus: Focus,
    pub zen: bool,
    pub show_sources: bool,
    pub measure: u16,
    /// What the theme is called.
    pub theme_name: String,
    /// The theme of the settings, which may be the reader's own.
    own_theme: (String, Theme),
    /// What the last run left, until the stories that it names have come.
    restoring: Option<Session>,
    /// Every place that holds stories has been searched.
    complete: bool,
    /// When the place of the open article is to be written down.
    place_due: Option<Timestamp>,
    /// What the last written place was, so that a place is written once.
    place_kept: Option<(StoryId, Place)>,
    quitting: bool,
}

/// What the machine is made of at the start.
#[derive(Debug)]
pub struct Setup {
    pub now: Timestamp,
    pub zone: TimeZone,
    pub size: Size,
    pub config: Config,
    pub keymap: Keymap,
    /// The theme of the settings, and its name.
    pub theme: (String, Theme),
    pub display: Display,
    pub ascii: bool,
    /// Right-to-left text is put in order here, and not by the terminal.
    pub reorders: bool,
    pub reading: ReadingState,
    pub undo: UndoStack,
    /// What the last run left; none at a first start.
    pub session: Option<Session>,
    /// Articles were named on the command line.
    pub given: bool,
}

impl App {
    /// The machine before anything has happened.
    pub fn new(setup: Setup) -> Self {
        let session = setup.session;
        let measure = session.as_ref().and_then(|session| session.measure);
        let measure = measure.unwrap_or(setup.config.reading.measure);
        let own_theme = setup.theme;
        let chosen = session.as_ref().and_then(|session| session.theme.clone());
        let (theme_name, theme) =
            match chosen.filter(|name| Theme::names().any(|known| known == name)) {
                Some(name) => {
                    let (theme, _) = Theme::named(&name, None);
                    (name, theme)
                }
                None => own_theme.clone(),
            };
        let view = if setup.given { View::Given } else { View::from(setup.config.start_view) };
        let mut sources = SourceList::default();
        let folded = session.iter().flat_map(|session| &session.folded);
        sources.folded.extend(folded.map(|path| SafeText::line(path)));
        let patient = setup.display.accessible;
        Self {
            now: setup.now,
            zone: setup.zone,
            size: setup.size,
            keymap: setup.keymap,
            theme,
            theme_name,
            own_theme,
            display: setup.display,
            ascii: setup.ascii,
            reorders: setup.reorders,
            catalog: Catalog::default(),
            feeds: Feeds::default(),
            reading: setup.reading,
            undo: setup.undo,
            feed_steps: Vec::new(),
            news: News::default(),
            search: None,
            levels: Levels::default(),
            visits: Visits::default(),
            stories: StoryList::new(view),
            sources,
            reader: Reader::default(),
            history: session.as_ref().map(History::from).unwrap_or_default(),
            layouts: Cache::default(),
            popup: None,
            prompt: None,
            labels: None,
            notices: Notices::new(patient),
            keys: Keys::default(),
            focus: Focus::List,
            zen: false,
            show_sources: true,
            measure: measure.clamp(*MEASURE.start(), *MEASURE.end()),
            restoring: Some(session.unwrap_or_default()),
            complete: false,
            place_due: None,
            place_kept: None,
            quitting: false,
            config: setup.config,
        }
    }

    /// The command that a key would ask for, if a pane is in front.
    pub fn would_run(&self, key: Key) -> Option<Command> {
        if self.prompt.is_some() || self.popup.is_some() || self.labels.is_some() {
            return None;
        }
        match self.keys.clone().press(key, self.context(), &self.keymap) {
            Outcome::Command(command, _) => Some(command),
            Outcome::Wait | Outcome::Nothing => None,
        }
    }

    /// Whether the program is to end.
    pub fn quitting(&self) -> bool {
        self.quitting
    }

    /// When the machine wants to be woken, if at all.
    pub fn deadline(&self) -> Option<Timestamp> {
        [self.notices.deadline(), self.place_due].into_iter().flatten().min()
    }

    /// Where the panes stand.
    pub fn panes(&self) -> Panes {
        panes(self.size, self.arrangement())
    }

    fn arrangement(&self) -> Arrangement {
        Arrangement {
            focus: self.focus,
            zen: self.zen,
            sources: self.show_sources,
            accessible: self.display.accessible,
            reading: self.reader.story().is_some(),
            measure: self.measure,
        }
    }

    /// Where the text of the reading pane stands; also while the pane is not on the
    /// screen, so that an article is laid out for where it will be.
    pub fn text_area(&self) -> Area {
        let mut pane = self.panes().article;
        if pane.is_none() {
            let how = Arrangement { focus: Focus::Article, ..self.arrangement() };
            pane = panes(self.size, how).article;
        }
        // Who hears the screen has no use for a margin.
        let centered = !self.display.accessible;
        text_area(pane.unwrap_or_default(), self.measure, centered)
    }

    /// Rows of the reading pane.
    pub fn page(&self) -> usize {
        usize::from(self.text_area().height.max(1))
    }

    /// Rows of the story list, and whether stories take two.
    fn list_height(&self) -> (usize, bool) {
        let mut panes_now = self.panes();
        if panes_now.list.is_none() {
            panes_now = panes(self.size, Arrangement { focus: Focus::List, ..self.arrangement() });
        }
        let height = panes_now.list.unwrap_or_default().height;
        (usize::from(height.max(1)), panes_now.tall_rows)
    }

    /// How articles are laid out now.
    fn shape(&self) -> Shape {
        Shape {
            width: self.text_area().width.max(1),
            wrap_code: self.config.reading.wrap_code,
            link_numbers: self.config.reading.link_numbers,
            hyphenate: self.config.reading.hyphenate,
            airy: self.config.reading.airy,
            plain: self.display.depth == ColorDepth::None,
        }
    }

    fn known(&self) -> Known<'_> {
        Known {
            catalog: &self.catalog,
            feeds: &self.feeds,
            reading: &self.reading,
            now: self.now,
            zone: &self.zone,
        }
    }

    /// Lays the open article out for the present size, and keeps the place.
    fn reshape(&mut self) {
        let (shape, page) = (self.shape(), self.page());
        let Some(mut open) = self.reader.open.take() else { return };
        let head = foot::head(&open.article, open.minutes(), self.known());
        let source = self.catalog.get(open.story).map(|story| &story.source.name);
        let (foot, destinations) =
            foot::foot(&open.article, &open.links, &open.related, source, self.known());
        open.head = head;
        open.foot = foot;
        open.destinations = destinations;
        open.reshape(shape, page, &mut self.layouts);
        self.reader.open = Some(open);
    }

    /// Keeps the cursor of the list in sight.
    fn show_cursor(&mut self) {
        let (height, tall) = self.list_height();
        self.stories.show_cursor(height, tall);
    }

    /// Makes the rows of the lists anew.
    fn rebuild(&mut self) {
        let Self { catalog, feeds, reading, now, zone, .. } = self;
        self.stories.rebuild(Known { catalog, feeds, reading, now: *now, zone });
        self.sources.rebuild(&self.catalog, &self.feeds, &self.reading);
        self.show_cursor();
    }

    /// Adds stories, and gives them their rows in the lists.
    fn add(&mut self, found: Vec<Found>) {
        let known_before = found.iter().any(|found| self.catalog.place(found.story.id).is_some());
        let new = self.catalog.add(found);
        if known_before {
            // Any row may have to move.
            return self.rebuild();
        }
        let Self { catalog, feeds, reading, now, zone, .. } = self;
        self.stories.extend(new.clone(), Known { catalog, feeds, reading, now: *now, zone });
        self.sources.extend(new, &self.catalog, &self.feeds, &self.reading);
        self.show_cursor();
    }

    /// What the next start needs to show the same screen.
    fn session(&self) -> Session {
        let mut session = self.restoring.clone().unwrap_or_default();
        session.view = self.stories.view.key();
        session.selected = self.stories.selected_id(&self.catalog).or(session.selected);
        session.open = match self.focus {
            Focus::Article => self.reader.story(),
            Focus::List | Focus::Sources => None,
        };
        session.back.clone_from(&self.history.back);
        session.forward.clone_from(&self.history.forward);
        let chosen = self.measure != self.config.reading.measure;
        session.measure = chosen.then_some(self.measure);
        let own = self.theme_name == self.own_theme.0;
        session.theme = (!own).then(|| self.theme_name.clone());
        session.zen = self.zen;
        session.folded = self.sources.folded.iter().map(ToString::to_string).collect();
        session
    }
}
