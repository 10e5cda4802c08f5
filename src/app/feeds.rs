//! `Feeds`: what the machine knows of the feeds that are subscribed to.
//!
//! Values of `feeds.toml` and of the library, as they were last told. What is wanted of
//! them leaves as effects; nothing here changes a file.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::config::subscriptions::SavedSearch;
use crate::feed::health::Health;
use crate::query::Matcher;
use crate::reading::Clock;
use crate::story::{Source, SourceKey};
use crate::text::sanitize::SafeText;

use super::tree::{Branch, Leaf, is_within, tree};

/// A feed, with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedInfo {
    /// Its key and what lists call it: the reader's title, else the feed's, else its host.
    pub source: Arc<Source>,
    /// Its address; of a command, its words.
    pub url: SafeText,
    /// The title that the reader gave it.
    pub title: Option<SafeText>,
    /// Nested by slashes: `News/World`.
    pub folder: Option<SafeText>,
    pub tags: Vec<SafeText>,
    /// Its stories do not show among those of all feeds.
    pub hidden: bool,
    /// It is not asked for.
    pub paused: bool,
    /// Its new stories are told of.
    pub notify: bool,
    pub health: Box<Health>,
}

/// A feed that was found at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub url: Url,
    pub title: SafeText,
    /// As people call it: `RSS 2.0`, `Atom`, …
    pub kind: SafeText,
}

/// A feed that the reader wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFeed {
    pub url: Url,
    /// Only where the reader gave one: else the feed's own title is shown.
    pub title: Option<SafeText>,
    pub folder: Option<SafeText>,
}

/// Something that was done to feeds and can be taken back, in whichever run it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedStep {
    /// When, on the clock of the reading state: it stands in order with what was marked.
    pub clock: Clock,
    /// As a sentence without its end.
    pub what: SafeText,
}

/// Which feeds a refresh is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// All that are not paused.
    All,
    /// These, paused or not.
    Feeds(Vec<SourceKey>),
}

/// Whether a source is the edition or a site, which nobody can subscribe to.
pub fn is_no_feed(key: &SourceKey, feeds: &Feeds) -> bool {
    (key.is_site() || key.is_edition()) && feeds.get(key).is_none()
}

/// The feeds, in the order of `feeds.toml`.
#[derive(Debug, Clone, Default)]
pub struct Feeds {
    /// They have been told of, if only that there are none.
    known: bool,
    list: Vec<FeedInfo>,
    by_key: HashMap<SourceKey, usize>,
    tree: Vec<Branch>,
    searches: Vec<SavedSearch>,
}

impl Feeds {
    /// Takes the place of all that was known.
    pub fn replace(&mut self, list: Vec<FeedInfo>) {
        self.known = true;
        self.by_key =
            list.iter().enumerate().map(|(at, feed)| (feed.source.key.clone(), at)).collect();
        self.tree = tree(list.iter().map(|feed| feed.folder.as_deref().unwrap_or_default()));
        self.list = list;
    }

    pub fn get(&self, key: &SourceKey) -> Option<&FeedInfo> {
        self.list.get(*self.by_key.get(key)?)
    }

    /// What lists call a feed.
    pub fn name<'a>(&'a self, key: &'a SourceKey) -> &'a str {
        self.get(key).map_or(key.as_str(), |feed| &feed.source.name)
    }

    pub fn iter(&self) -> impl Iterator<Item = &FeedInfo> {
        self.list.iter()
    }

    /// The feeds in their folders, as they are listed.
    pub fn tree(&self) -> &[Branch] {
        &self.tree
    }

    /// The feed at a place of the list.
    pub fn at(&self, index: usize) -> Option<&FeedInfo> {
        self.list.get(index)
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn are_known(&self) -> bool {
        self.known
    }

    /// Takes note of what was learned of a feed.
    pub fn learn(&mut self, key: &SourceKey, health: Health) {
        if let Some(feed) = self.by_key.get(key).and_then(|at| self.list.get_mut(*at)) {
            *feed.health = health;
        }
    }

    /// Whether stories of a source show among those of all: sites that are no feed do, and
    /// feeds that are subscribed to and not hidden. All do before the feeds are known.
    pub fn shows(&self, key: &SourceKey) -> bool {
        match self.get(key) {
            Some(feed) => !feed.hidden,
            None => is_no_feed(key, self) || !self.known,
        }
    }

    /// Whether stories of a source show by themselves: those of a feed that is subscribed to.
    pub fn shows_alone(&self, key: &SourceKey) -> bool {
        !self.known || self.get(key).is_some()
    }

    /// Whether a feed is in a folder, or in one within it.
    pub fn is_in(&self, key: &SourceKey, folder: &str) -> bool {
        let its = self.get(key).and_then(|feed| feed.folder.as_ref());
        its.is_some_and(|its| is_within(its, folder))
    }

    /// The keys of the feeds in a folder, and in those within it.
    pub fn within(&self, folder: &str) -> Vec<SourceKey> {
        let keys = self.list.iter().map(|feed| &feed.source.key);
        keys.filter(|key| self.is_in(key, folder)).cloned().collect()
    }

    /// The paths of all folders, in the order of the tree.
    pub fn folders(&self) -> impl Iterator<Item = &SafeText> {
        self.tree.iter().filter_map(|branch| match &branch.what {
            Leaf::Folder(path) => Some(path),
            Leaf::Feed(_) => None,
        })
    }

    /// Takes the place of all saved searches that were known.
    pub fn replace_searches(&mut self, searches: Vec<SavedSearch>) {
        self.searches = searches;
    }

    pub fn searches(&self) -> impl Iterator<Item = &SavedSearch> {
        self.searches.iter()
    }

    /// What the saved search of a name asks for at a moment.
    pub fn matcher(&self, name: &str, now: Timestamp, zone: &TimeZone) -> Option<Matcher> {
        let search = self.searches.iter().find(|search| *search.name == *name)?;
        Some(search.query.at(now, zone))
    }
}
