//! A story as a saved search sees it: by what the list knows, without its text.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::article::PubDate;
use crate::query::{Has, Is, Subject};
use crate::reading::ReadingState;
use crate::story::{Source, StoryId};

use super::catalog::Listed;
use super::feeds::Feeds;

/// A story of the list, of which a query can be asked.
#[derive(Debug, Clone, Copy)]
pub struct Searched<'a, S> {
    pub story: &'a Listed<'a>,
    /// All who have it.
    pub sources: S,
    pub feeds: &'a Feeds,
    pub reading: &'a ReadingState,
}

impl<'a, S: Iterator<Item = &'a Source> + Clone> Subject for Searched<'a, S> {
    fn id(&self) -> StoryId {
        self.story.id
    }

    fn title(&self) -> &str {
        &self.story.title
    }

    fn sources(&self) -> impl Iterator<Item = &Source> {
        // As briefly as they are borrowed here.
        self.sources.clone().map(|source| -> &Source { source })
    }

    fn date(&self) -> Option<Timestamp> {
        self.story.published.map(PubDate::instant)
    }

    fn is(&self, what: Is) -> bool {
        match what {
            Is::Unread => !self.reading.is_read(self.story.id),
            Is::Read => self.reading.is_read(self.story.id),
            Is::Saved => self.reading.is_saved(self.story.id),
            // Only the saved files and the library tell these.
            Is::Edited | Is::Updated => false,
        }
    }

    fn has(&self, what: Has) -> bool {
        match what {
            Has::Note => self.note().is_some(),
            Has::Link => self.story.url().is_some(),
            Has::Image => false,
        }
    }

    fn tags(&self) -> Vec<Cow<'_, str>> {
        let own = self.reading.get(self.story.id).tags.into_iter();
        let feeds = self.sources.clone().filter_map(|source| self.feeds.get(&source.key));
        own.chain(feeds.flat_map(|feed| &feed.tags))
            .map(|tag| Cow::Borrowed(tag.as_str()))
            .collect()
    }

    fn author(&self) -> Option<Cow<'_, str>> {
        self.story.details?.author.as_ref().map(|author| Cow::Borrowed(author.as_str()))
    }

    fn language(&self) -> Option<Cow<'_, str>> {
        self.story.details?.language.as_ref().map(|language| Cow::Borrowed(language.as_str()))
    }

    fn note(&self) -> Option<Cow<'_, str>> {
        self.reading.get(self.story.id).note.map(|note| Cow::Borrowed(note.as_str()))
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        None
    }
}
