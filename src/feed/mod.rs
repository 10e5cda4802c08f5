//! Feeds: what a publisher's document says, whatever its format and however broken.
//!
//! Pure: bytes in, a [`Feed`] and [`Warning`]s out. Which entry is which story is
//! `identity`'s business, and when to ask again is told by its [`Schedule`] and
//! [`health`]. Nothing here touches the network, a file or a clock.

mod address;
pub mod candidate;
mod date;
mod decode;
pub mod discover;
mod entity;
pub mod health;
pub mod identity;
mod json;
pub mod known;
mod markup;
pub mod opml;
mod syndication;
#[cfg(test)]
mod tests;
pub(crate) mod value;
mod visible;
mod xml;

use jiff::Timestamp;
use url::Url;

use crate::extract::Hints;
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

/// The document is no feed. The sentence says what it is instead, or where it breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAFeed(pub SafeText);

/// A feed, and what was wrong with its document.
pub type Parsed = (Feed, Vec<Warning>);

/// What a document seems to be, from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Feed,
    Opml,
    /// A page, a text, or anything else.
    Other,
}

/// Bytes of a document in which its first element is looked for.
const SNIFF: usize = 64 * 1024;

/// What a document seems to be. Looks at its beginning only: a feed may still be broken.
pub fn kind(bytes: &[u8], hints: &Hints) -> Kind {
    let beginning = bytes.get(..bytes.len().min(SNIFF)).unwrap_or_default();
    let (text, _) = decode::text(beginning, hints);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('{') {
        return if json::is_feed(start) { Kind::Feed } else { Kind::Other };
    }
    if opml::begins(&text) {
        return Kind::Opml;
    }
    xml::Cursor::new(&text)
        .find_map(|token| {
            let xml::Token::Open { name, .. } = token else { return None };
            let (_, local) = xml::split_name(name);
            match local.to_ascii_lowercase().as_str() {
                "rss" | "rdf" | "feed" | "channel" => Some(Kind::Feed),
                "html" | "head" | "body" => Some(Kind::Other),
                _ => None,
            }
        })
        // XML that is no page would be a poor text.
        .unwrap_or(if start.starts_with("<?xml") { Kind::Feed } else { Kind::Other })
}

/// Reads a feed of any format, however broken.
pub fn parse(bytes: &[u8], hints: &Hints) -> Result<Parsed, NotAFeed> {
    let (text, warning) = decode::text(bytes, hints);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let (feed, mut warnings) = if start.is_empty() {
        return Err(NotAFeed(SafeText::line("the document is empty")));
    } else if start.starts_with('{') {
        json::read(start, hints.url.as_ref())?
    } else {
        syndication::read(&text, hints.url.as_ref())?
    };
    warnings.extend(warning);
    Ok((feed, warnings))
}

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

/// Authors that are taken of a whole feed: each of its entries gets them.
const MAX_AUTHORS: usize = 8;

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

impl Entry {
    /// Minutes to read it, at the pace of `Article::minutes`; at least 1.
    pub fn minutes(&self) -> u16 {
        let mut count = visible::Count::default();
        self.visible(|text| count.add(text));
        count.minutes()
    }

    /// Its text without markup, a line a block; none if it says nothing.
    pub fn text(&self) -> Option<SafeText> {
        match &self.content {
            Content::None => None,
            Content::Html(html) => Some(SafeText::multiline(markup::text(html).trim())),
            Content::Text(text) => Some(SafeText::multiline(text.trim())),
        }
    }

    /// Hands over the text piece by piece, without tags.
    fn visible(&self, piece: impl FnMut(&str)) {
        match &self.content {
            Content::None => {}
            Content::Html(html) => visible::Visible::new(html).for_each(piece),
            Content::Text(text) => std::iter::once(text.as_str()).for_each(piece),
        }
    }
}

impl Content {
    /// As it came, markup and all.
    pub fn as_str(&self) -> &str {
        match self {
            Self::None => "",
            Self::Html(text) | Self::Text(text) => text,
        }
    }
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
