//! Feeds: what a publisher's document says, whatever its format and however broken.
//!
//! Pure: bytes in, a [`Feed`] and [`Warning`]s out. Which entry is which story is
//! `identity`'s business, and when to ask again is told by its [`Schedule`] and
//! [`health`]. Nothing here touches the network, a file or a clock.

pub mod health;

use jiff::Timestamp;
use url::Url;

use crate::text::sanitize::SafeText;

/// What is known of a document besides its bytes.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// Where it came from, after redirects; relative addresses begin there.
    pub url: Option<Url>,
    /// The `Content-Type` header, as it came.
    pub content_type: Option<String>,
}

/// The document is no feed. The sentence says what it is instead, or where it breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAFeed(pub SafeText);

/// A feed, whatever its format was.
#[derive(Debug, Clone, Default)]
pub struct Feed {
    /// As people call it: `RSS 2.0`, `Atom 1.0`, `JSON Feed 1.1`, …
    pub format: &'static str,
    pub title: SafeText,
    /// The site that it is about.
    pub link: Option<Url>,
    /// Where the feed says that it is itself.
    pub self_link: Option<Url>,
    pub description: SafeText,
    /// BCP 47, as written.
    pub language: Option<SafeText>,
    pub schedule: Schedule,
    /// In the order of the document; at most [`MAX_ENTRIES`].
    pub entries: Vec<Entry>,
}

/// Entries that are taken of one document.
pub const MAX_ENTRIES: usize = 5_000;

/// What a feed says about when to ask again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Minutes: RSS `ttl`, or what `sy:updatePeriod` and `sy:updateFrequency` come to.
    pub interval: Option<u32>,
    /// Hours of the day, UTC, at which it asks not to be asked.
    pub skip_hours: Vec<u8>,
    /// Days of the week on which it asks not to be asked.
    pub skip_days: Vec<jiff::civil::Weekday>,
}

/// One entry of a feed.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Its own id as written, trimmed; none if absent or empty. Not resolved, not sanitised:
    /// it is compared, and passes the door of [`SafeText`] before it is shown.
    pub id: Option<String>,
    pub title: SafeText,
    pub link: Option<Url>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub authors: Vec<SafeText>,
    /// The fullest text of it.
    pub content: Content,
    pub tags: Vec<SafeText>,
    pub enclosures: Vec<Enclosure>,
    /// BCP 47, as written.
    pub language: Option<SafeText>,
    /// Where readers discuss it.
    pub comments: Option<Url>,
    /// A lead image that the feed names beside the text.
    pub image: Option<Url>,
    /// Where relative addresses of the content begin.
    pub base: Option<Url>,
}

/// What an entry says. HTML is outside data: only `extract::html::fragment` may read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Content {
    #[default]
    None,
    Html(String),
    Text(String),
}

/// A file that comes with an entry: sound, video, image.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Enclosure {
    pub url: Url,
    /// Media type, as written.
    pub media: Option<SafeText>,
    /// Bytes.
    pub length: Option<u64>,
}
