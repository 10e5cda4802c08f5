//! `Message`: everything that can happen to the program.

use std::sync::Arc;

use url::Url;

use crate::article::Article;
use crate::command::Command;
use crate::config::key::Key;
use crate::config::subscriptions::SavedSearch;
use crate::feed::health::Health;
use crate::reading::Mark;
use crate::story::{Source, SourceKey, Story, StoryId};
use crate::text::sanitize::SafeText;

use super::feeds::{Candidate, FeedInfo, FeedStep};
use super::geometry::Size;

/// Something that happened. The time it happened is given beside it.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    Key(Key),
    /// Text that was pasted, as it came.
    Paste(String),
    Mouse(Mouse),
    Resize(Size),
    /// A command from somewhere other than the keyboard.
    Command(Command),
    /// Stories that were found; they join those that are there.
    Stories(Vec<Found>),
    /// Every place that was to be searched for stories has been.
    StoriesComplete,
    /// Every feed that is subscribed to, in the order of `feeds.toml`; it takes the place of
    /// what was known. Sent at the start, and whenever the file has changed.
    Feeds(Vec<FeedInfo>),
    /// Every saved search, in the order of `feeds.toml`; it takes the place of what was known.
    Searches(Vec<SavedSearch>),
    /// What was learned from asking for feeds.
    Health(Vec<(SourceKey, Health)>),
    /// Stories that a refresh brought. They wait until the reader asks for them.
    Arrived(Vec<Found>),
    /// Stories that were known and say something else now. They keep their place.
    Revised(Vec<Story>),
    /// How far a refresh is, in feeds. At most twice a second.
    Refreshing {
        done: usize,
        total: usize,
    },
    /// A refresh is over.
    Refreshed(Refreshed),
    /// The feeds at an address that was asked for, or a sentence with what was tried.
    Candidates {
        asked: String,
        result: Result<Vec<Candidate>, Failure>,
    },
    /// An address is to be opened, to be read once.
    Visit(Url),
    /// What was found at an address that was opened.
    Visited {
        url: Url,
        result: Result<Visited, Failure>,
    },
    /// These are in `feeds.toml` now, because the reader asked for them. A
    /// [`Message::Feeds`] that holds them has come before.
    Subscribed(Subscribed),
    /// What was done to `feeds.toml` and can be taken back, the last step last. Replaces
    /// what was told before.
    FeedSteps(Vec<FeedStep>),
    /// Stories that other sources have too, beside the one with which they are told of: each
    /// with one of those. Comes before the stories, should those be new.
    Shared(Vec<(StoryId, Arc<Source>)>),
    /// Ids that turned out to be of one story: the one it is known by, and another.
    Aliases(Vec<(StoryId, StoryId)>),
    /// An article that was asked for, or why there is none.
    Article {
        story: StoryId,
        generation: u64,
        result: Result<Loaded, Failure>,
    },
    /// What other windows and other devices did, and has now been merged on disk.
    Marks(Vec<Mark>),
    /// The journal's health changed: a sentence about what is the matter, or nothing.
    Journal(Option<String>),
    /// A sentence about something that was done.
    Said(String),
    /// A sentence about something that could not be done.
    Failed(String),
    /// The program was stopped and is back on the screen.
    Resumed,
    /// A deadline that [`super::App::deadline`] named has passed.
    Tick,
    /// The terminal is gone, or a signal asks to end.
    Hangup,
}

/// A story and where it stands in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub story: Story,
    pub shelf: Shelf,
}

/// Where a story comes from, as far as the list cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Named on the command line, or in a folder that was.
    Given,
    /// The built-in edition.
    Edition,
    /// A feed's, kept in the library.
    Stored,
    /// Only known from the journal or the saved files: bookmarked or begun at another time.
    Kept,
}

/// What there is at an address. The library has it as long as the program runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Visited {
    /// A page or a text.
    Page(Story),
    /// The stories of a feed, in its order.
    Feed {
        /// Where it is to be subscribed to.
        url: Url,
        name: SafeText,
        stories: Vec<Story>,
    },
}

/// What came of subscribing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscribed {
    /// The feeds that are new.
    pub keys: Vec<SourceKey>,
    /// How many more of those that were wanted had been there already.
    pub known: usize,
    /// What was not taken from a list, as a sentence.
    pub left_out: Option<String>,
}

/// What came of a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Refreshed {
    /// Feeds that were asked for.
    pub asked: usize,
    /// Those that could not be had.
    pub failed: usize,
    /// Stories that are new.
    pub new: usize,
    /// No server was reached at all, so it is the connection that is missing.
    pub offline: bool,
    /// The reader stopped it before its end.
    pub stopped: bool,
}

/// An article that was read from where it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    pub article: Arc<Article>,
    /// For each of the article's links, the stored story that it leads to.
    pub links: Vec<Option<StoryId>>,
    /// For each of the article's related lines, the stored story that it names.
    pub related: Vec<Option<StoryId>>,
}

/// Why something could not be had, as a sentence that says what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

/// What the mouse did, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    pub column: u16,
    pub row: u16,
    pub action: MouseAction,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseAction {
    Click,
    WheelDown,
    WheelUp,
}
