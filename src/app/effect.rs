//! `Effect`: everything that the machine may ask of the world.
//!
//! An effect is a value: a test reads it, and `runtime/effects.rs` alone carries it out.

use std::path::PathBuf;

use url::Url;

use crate::config::subscriptions::edit::FeedChange;
use crate::reading::session::Session;
use crate::reading::{Clock, Mark};
use crate::story::{SourceKey, StoryId};
use crate::text::sanitize::SafeText;

use super::feeds::{FeedStep, NewFeed, Which};

/// A wish of the machine. Nothing has happened yet when it is made.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read a story's article; the answer carries the same generation.
    LoadArticle { story: StoryId, generation: u64 },
    /// Write marks to the journal.
    Record(Vec<Mark>),
    /// Write a story's article to a file among the saved ones, with what the reader added.
    Save { story: StoryId, tags: Vec<SafeText>, note: Option<SafeText> },
    /// Take a story's file away from among the saved ones.
    Unsave(StoryId),
    /// Remember the screen and the way back for the next start.
    KeepSession(Box<Session>),
    /// Open an address with the reader's browser.
    Open(Url),
    /// Put text on the clipboard.
    Copy(String),
    /// Open a stored story with the reader's browser; the library knows its address.
    OpenStory(StoryId),
    /// Put the address of a stored story on the clipboard; the library knows it.
    CopyStory(StoryId),
    /// Ask feeds for what is new; with `force` also those that are not due.
    Refresh { which: Which, force: bool },
    /// Stop the refresh that is going on. What has come stays.
    StopRefresh,
    /// Look for the feeds of what the reader typed: an address of a feed or of a site.
    FindFeeds(String),
    /// Fetch what is at an address, to be read once.
    Visit(Url),
    /// Write new feeds into `feeds.toml`.
    Subscribe(Vec<NewFeed>, Clock),
    /// Take a feed's table out of `feeds.toml`. Its stories stay stored, and are not shown.
    Unsubscribe(SourceKey, FeedStep),
    /// Take back what was done to `feeds.toml` at this clock.
    TakeBackFeeds(Clock),
    /// Change one thing of a feed in `feeds.toml`.
    EditFeed { key: SourceKey, change: FeedChange, step: FeedStep },
    /// Take the feeds of a file along: OPML, or newsboat's `urls`.
    Import(PathBuf, Clock),
    /// Tell of news outside of the screen, as the settings say.
    Notify { title: SafeText, body: SafeText },
    /// Stop, as the shell's job control does.
    Suspend,
    /// Forget what is on the screen and draw all of it.
    Redraw,
    /// End the program.
    Quit,
}
