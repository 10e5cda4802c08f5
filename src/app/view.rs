//! `View`: what the story list shows.

use std::borrow::Cow;

use crate::config::StartView;
use crate::story::{Source, SourceKey};
use crate::text::sanitize::SafeText;

use super::catalog::Listed;
use super::feeds::{Feeds, is_no_feed};
use super::foot::Known;
use super::message::Shelf;

/// A choice among the stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// What was named on the command line.
    Given,
    All,
    Unread,
    Saved,
    /// Begun and not finished, the latest first.
    Continue,
    /// Of a feed.
    Feed(SourceKey),
    /// Of all feeds in a folder, and in those within it.
    Folder(SafeText),
    /// Of a saved search, by its name.
    Search(SafeText),
    /// Of a site that is no feed.
    Source(SafeText),
    Tag(SafeText),
}

/// The order of a view's stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As they were named on the command line.
    Named,
    /// The last that anything was done with first.
    Touched,
    /// The reader's own files first, as he named them; then the latest first.
    Date,
}

impl View {
    /// What the title bar calls it.
    pub fn title<'a>(&'a self, feeds: &'a Feeds) -> Cow<'a, str> {
        Cow::Borrowed(match self {
            Self::Given => "Opened here",
            Self::All => "All stories",
            Self::Unread => "Unread",
            Self::Saved => "Bookmarks",
            Self::Continue => "Continue reading",
            Self::Feed(key) => feeds.name(key),
            Self::Folder(name) | Self::Search(name) | Self::Source(name) => name,
            Self::Tag(name) => return format!("#{name}").into(),
        })
    }

    /// The feed whose stories it shows, if it is of one.
    pub fn feed(&self) -> Option<&SourceKey> {
        let Self::Feed(key) = self else { return None };
        Some(key)
    }

    /// The path of the folder whose stories it shows, if it is of one.
    pub fn folder(&self) -> Option<&SafeText> {
        let Self::Folder(path) = self else { return None };
        Some(path)
    }

    /// Whether it is a part of what there is to read, which one goes into from the whole.
    pub fn is_narrow(&self) -> bool {
        match self {
            Self::Given | Self::All | Self::Unread => false,
            Self::Saved
            | Self::Continue
            | Self::Feed(_)
            | Self::Folder(_)
            | Self::Search(_)
            | Self::Source(_)
            | Self::Tag(_) => true,
        }
    }

    /// In which order it shows its stories.
    pub fn order(&self) -> Order {
        match self {
            Self::Given => Order::Named,
            Self::Continue => Order::Touched,
            Self::All
            | Self::Unread
            | Self::Saved
            | Self::Feed(_)
            | Self::Folder(_)
            | Self::Search(_)
            | Self::Source(_)
            | Self::Tag(_) => Order::Date,
        }
    }

    /// Whether its days are set apart.
    pub fn shows_days(&self) -> bool {
        self.order() == Order::Date && *self != Self::Saved
    }

    /// Whether stories of a source can belong here at all.
    pub fn takes(&self, source: &Source, feeds: &Feeds) -> bool {
        match self {
            Self::Given | Self::Saved | Self::Continue | Self::Tag(_) => true,
            Self::All | Self::Unread | Self::Search(_) => feeds.shows(&source.key),
            Self::Feed(key) => source.key == *key && feeds.shows_alone(key),
            Self::Folder(name) => feeds.is_in(&source.key, name),
            Self::Source(name) => is_no_feed(&source.key, feeds) && source.name == *name,
        }
    }

    /// Whether a story belongs here, of a source that it [takes](View::takes).
    pub fn holds(&self, story: &Listed<'_>, known: Known<'_>) -> bool {
        let reading = known.reading;
        // The edition is what there is to read until there are feeds.
        let listed = story.shelf != Shelf::Edition || known.feeds.is_empty();
        match self {
            Self::Given => story.shelf == Shelf::Given,
            // What a search asks for is tested beside this, made ready for many stories.
            Self::All | Self::Search(_) => listed,
            Self::Unread => listed && !reading.is_read(story.id),
            Self::Saved => reading.is_saved(story.id),
            Self::Continue => reading.get(story.id).is_begun(),
            Self::Feed(_) | Self::Folder(_) | Self::Source(_) => true,
            Self::Tag(name) => reading.get(story.id).tags.contains(&name),
        }
    }

    /// The name under which a session keeps it.
    pub fn key(&self) -> String {
        match self {
            Self::Given => "given".to_owned(),
            Self::All => "all".to_owned(),
            Self::Unread => "unread".to_owned(),
            Self::Saved => "saved".to_owned(),
            Self::Continue => "continue".to_owned(),
            Self::Feed(key) => format!("feed:{}", key.as_str()),
            Self::Folder(name) => format!("folder:{name}"),
            Self::Search(name) => format!("search:{name}"),
            Self::Source(name) => format!("source:{name}"),
            Self::Tag(name) => format!("tag:{name}"),
        }
    }

    /// The view of a name that [`View::key`] made.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "given" => Some(Self::Given),
            "all" => Some(Self::All),
            "unread" => Some(Self::Unread),
            "saved" => Some(Self::Saved),
            "continue" => Some(Self::Continue),
            _ => match key.split_once(':')? {
                ("feed", key) => Some(Self::Feed(SourceKey::new(key))),
                ("folder", name) => Some(Self::Folder(SafeText::line(name))),
                ("search", name) => Some(Self::Search(SafeText::line(name))),
                ("source", name) => Some(Self::Source(SafeText::line(name))),
                ("tag", name) => Some(Self::Tag(SafeText::line(name))),
                _ => None,
            },
        }
    }
}

impl From<StartView> for View {
    fn from(start: StartView) -> Self {
        match start {
            StartView::Front | StartView::All => Self::All,
            StartView::Unread => Self::Unread,
            StartView::Saved => Self::Saved,
            StartView::Continue => Self::Continue,
        }
    }
}
