//! `Story`: what the list shows of an article before it is opened.
//!
//! A story is known for ever by its [`StoryId`], which is made of who published
//! it and of the publisher's own id for it, never of its title or its text.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::article::PubDate;
use crate::text::sanitize::SafeText;

/// Who a story is, for ever: 96 bits of the SHA-256 of source key, NUL and entry id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StoryId([u8; 12]);

impl StoryId {
    /// The id of an entry of a source. The entry id is trimmed, and else taken as written.
    pub fn new(source_key: &str, entry_id: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(source_key.as_bytes());
        hash.update([0]);
        hash.update(entry_id.trim().as_bytes());
        let digest = hash.finalize();
        let mut id = [0; 12];
        for (to, from) in id.iter_mut().zip(digest) {
            *to = from;
        }
        Self(id)
    }

    /// An id that was stored as its bytes.
    pub fn from_bytes(bytes: [u8; 12]) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 12] {
        &self.0
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// The text was not the sixteen letters of a story id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a story id is 16 letters, digits, - or _")]
pub struct BadStoryId;

impl FromStr for StoryId {
    type Err = BadStoryId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Sixteen letters are exactly twelve bytes. Journals hold very many of them.
        let mut id = [0; 12];
        match URL_SAFE_NO_PAD.decode_slice(text, &mut id) {
            Ok(12) => Ok(Self(id)),
            Ok(_) | Err(_) => Err(BadStoryId),
        }
    }
}

impl serde::Serialize for StoryId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for StoryId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Which source stories come from, for ever: of a feed, its key in `feeds.toml`; of a
/// site's pages, `site:` and its name; of the built-in edition, [`SourceKey::EDITION`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceKey(Box<str>);

impl SourceKey {
    pub fn new(key: &str) -> Self {
        Self(key.into())
    }

    /// The key of a site that is known by its name alone.
    pub fn of_site(name: &SafeText) -> Self {
        Self(format!("site:{name}").into())
    }

    /// The key of the built-in edition.
    pub const EDITION: &'static str = "dateline:edition";

    pub fn is_edition(&self) -> bool {
        &*self.0 == Self::EDITION
    }

    /// Whether it is of a site that is known by its name alone.
    pub fn is_site(&self) -> bool {
        self.0.starts_with("site:")
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who publishes stories. One is shared by all its stories.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Source {
    pub key: SourceKey,
    /// What lists call it.
    pub name: SafeText,
}

impl Source {
    /// A site that is known by its name alone.
    pub fn site(name: SafeText) -> Self {
        Self { key: SourceKey::of_site(&name), name }
    }
}

/// One row of the story list: what is known of an article without opening it. There may
/// be a hundred thousand of them, so it is small.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    pub id: StoryId,
    pub title: SafeText,
    pub source: Arc<Source>,
    pub published: Option<PubDate>,
    /// Minutes it takes to read.
    pub minutes: u16,
    /// What else is known. The library tells it of a feed's story when it is asked.
    pub details: Option<Box<Details>>,
}

/// What a list does not show of a story.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Details {
    /// The publisher's own id of it.
    pub entry_id: String,
    pub url: Option<Url>,
    /// Where it lies, if it is a file of the reader's own.
    pub file: Option<PathBuf>,
    pub author: Option<SafeText>,
    pub updated: Option<PubDate>,
    /// BCP 47, as the publisher wrote it.
    pub language: Option<SafeText>,
}

impl Story {
    /// Its address, if that is known without asking.
    pub fn url(&self) -> Option<&Url> {
        self.details.as_ref()?.url.as_ref()
    }

    /// Where it lies, if it is a file of the reader's own.
    pub fn file(&self) -> Option<&Path> {
        self.details.as_ref()?.file.as_deref()
    }
}
