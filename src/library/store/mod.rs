//! The stories of feeds, on the disk: one `SQLite` file, `library.db`, in the data directory.
//!
//! A [`Writer`] puts in what feeds answered, many feeds in one transaction; [`Reader`]s see
//! it, also from other processes while it is written. Which entry is which story is decided
//! here, because only what is stored can tell. Nothing is ever deleted by what a feed says
//! or no longer says. Everything here can be fetched again: what is the reader's own (marks,
//! bookmarks, subscriptions) is never in this file.

mod batch;
mod damage;
mod error;
mod health;
mod identity;
mod log;
mod reader;
mod row;
mod schema;
#[cfg(test)]
mod tests;

mod writer;

use std::sync::Arc;

use jiff::Timestamp;

use crate::feed::health::Health;
use crate::feed::{Content, Enclosure, Entry};
use crate::story::{Source, SourceKey, Story, StoryId};
use crate::text::sanitize::SafeText;

pub use damage::SetAside;
pub use error::StoreError;
pub use reader::{Cursor, Page, Reader, Since, Tide};
pub use writer::Writer;

/// The name of the file in the data directory.
pub const FILE: &str = "library.db";

/// One entry of a feed's document, on its way in.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Of the source's key and the entry's id.
    pub id: StoryId,
    pub entry_id: String,
    /// Changes when a reader would see a change.
    pub digest: u64,
    /// Minutes it takes to read.
    pub minutes: u16,
    pub entry: Entry,
}

/// What asking for one feed came to.
#[derive(Debug, Clone)]
pub struct Update {
    pub source: Arc<Source>,
    pub health: Health,
    /// In the order of the document; empty where there was none, or nothing new in it.
    pub arrivals: Vec<Arrival>,
}

/// What an update changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub source: SourceKey,
    /// Stories that were not there before, in the order of the document.
    pub new: Vec<Story>,
    /// Stories whose text or title the publisher changed, as they are now.
    pub updated: Vec<Story>,
    /// Stories that another source had first, as those of this one, which has them too from
    /// now on.
    pub shared: Vec<Story>,
    /// Ids that are the same story from now on: the one that it has, and the other one.
    pub aliases: Vec<(StoryId, StoryId)>,
}

/// All that is stored of a story.
#[derive(Debug, Clone)]
pub struct StoredEntry {
    /// With details.
    pub story: Story,
    /// Those who have it beside the story's source, as far as they are shown.
    pub further: Vec<Arc<Source>>,
    /// As its publisher dates it; a date that was in the future is none.
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub first_seen: Timestamp,
    pub authors: Vec<SafeText>,
    pub tags: Vec<SafeText>,
    pub enclosures: Vec<Enclosure>,
    pub comments: Option<url::Url>,
    pub image: Option<url::Url>,
    /// Where relative addresses of the content begin.
    pub base: Option<url::Url>,
    pub content: Content,
}

/// How a story read before its publisher changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// When the next version came.
    pub until: Timestamp,
    pub title: SafeText,
    pub content: Content,
}
