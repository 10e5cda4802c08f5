//! `View`: what the story list shows.

use std::borrow::Cow;

use crate::config::StartView;
use crate::reading::state::FINISHED;
use crate::reading::{ReadingState, StoryState};
use crate::text::sanitize::SafeText;

use super::message::{Found, Shelf};

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
    Source(SafeText),
    Tag(SafeText),
}

impl View {
    /// What the title bar calls it.
    pub fn title(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Given => "Opened here",
            Self::All => "All stories",
            Self::Unread => "Unread",
            Self::Saved => "Bookmarks",
            Self::Continue => "Continue reading",
            Self::Source(name) => name,
            Self::Tag(name) => return format!("#{name}").into(),
        })
    }

    /// What the list says where the view has no stories, and what can be done.
    pub fn empty(&self) -> [&'static str; 2] {
        match self {
            Self::Given => ["Nothing was opened.", "v chooses what the list shows"],
            Self::All => ["No stories.", "dateline PATH opens your own articles"],
            Self::Unread => ["Nothing unread.", "v chooses what the list shows"],
            Self::Saved => ["No bookmarks yet.", "s bookmarks the story under the cursor"],
            Self::Continue => ["Nothing begun.", "A story that you leave half read is kept here"],
            Self::Source(_) => ["No stories from this source.", "v chooses what the list shows"],
            Self::Tag(_) => ["No story has this tag.", "T edits the tags of a story"],
        }
    }

    /// Whether a story belongs here.
    pub fn holds(&self, found: &Found, reading: &ReadingState) -> bool {
        let story = &found.story;
        match self {
            Self::Given => found.shelf == Shelf::Given,
            Self::All => true,
            Self::Unread => !reading.is_read(story.id),
            Self::Saved => reading.is_saved(story.id),
            Self::Continue => begun(&reading.get(story.id)),
            Self::Source(name) => story.source.name == *name,
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
                ("source", name) => Some(Self::Source(SafeText::line(name))),
                ("tag", name) => Some(Self::Tag(SafeText::line(name))),
                _ => None,
            },
        }
    }
}

/// Whether a story was begun and not finished.
pub fn begun(state: &StoryState<'_>) -> bool {
    state.place.is_some_and(|place| (1..FINISHED).contains(&place.fraction))
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
