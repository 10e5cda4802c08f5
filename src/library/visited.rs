//! What was fetched to be read once: a page, the entries of a feed that nobody subscribes to.
//!
//! It is held in memory while the program runs, and nothing of it is written to the disk.

use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use super::adding::PAGE_KEY;
use super::store::{Arrival, StoredEntry};
use super::stored::{describe, read};
use super::{Entry, Library, LibraryError, Origin, untitled};
use crate::article::PubDate;
use crate::library::file::Document;
use crate::story::{Details, Source, Story, StoryId};
use crate::text::address::shown;
use crate::text::sanitize::SafeText;

impl Library {
    /// Adds the article of a page or a text that came from an address.
    pub fn add_page(&self, address: &Url, page: Document) -> Result<Story, LibraryError> {
        let name = shown(address);
        let article = read(&page, &name)?;
        let came_from = page.hints.url.clone().unwrap_or_else(|| address.clone());
        let mut story = self.by_own_address(&article).unwrap_or_else(|| {
            let id = StoryId::new(PAGE_KEY, came_from.as_str());
            describe(&article, id, came_from.as_str())
        });
        if story.title.is_empty() {
            story.title = name;
        }
        if story.source.name.is_empty() {
            let host = came_from.host_str().unwrap_or_default();
            let host = host.strip_prefix("www.").unwrap_or(host);
            story.source = Arc::new(Source::site(SafeText::title(host)));
        }
        if let Some(details) = &mut story.details {
            details.url.get_or_insert(came_from);
        }
        self.lock().add(Entry::new(story.clone(), Origin::Stream(Arc::new(page)), None));
        Ok(story)
    }

    /// Adds the entries of a feed, in its order. They have the ids that they would have if it
    /// were subscribed to, so marks stay when it is.
    pub fn add_entries(
        &self,
        source: &Arc<Source>,
        arrivals: Vec<Arrival>,
        now: Timestamp,
    ) -> Vec<Story> {
        let entries = arrivals.into_iter().map(|arrival| stored(source.clone(), arrival, now));
        let mut state = self.lock();
        let add = |entry: StoredEntry| {
            let story = entry.story.clone();
            state.add(Entry::new(story.clone(), Origin::Published(Arc::new(entry)), None));
            story
        };
        entries.map(add).collect()
    }
}

/// An entry as the store would give it.
fn stored(source: Arc<Source>, arrival: Arrival, now: Timestamp) -> StoredEntry {
    let Arrival { id, entry_id, digest: _, minutes, entry } = arrival;
    // A date in the future is none.
    let past = |date: Option<Timestamp>| date.filter(|date| *date <= now);
    let (published, updated) = (past(entry.published), past(entry.updated));
    let story = Story {
        id,
        title: if entry.title.is_empty() { untitled::title(&entry) } else { entry.title },
        source,
        published: published.or(updated).map(PubDate::Instant),
        minutes,
        details: Some(Box::new(Details {
            entry_id,
            url: entry.link.clone(),
            file: None,
            author: SafeText::list(&entry.authors).map(|names| SafeText::title(&names)),
            updated: updated.map(PubDate::Instant),
            language: entry.language,
        })),
    };
    StoredEntry {
        story,
        published,
        updated,
        further: Vec::new(),
        first_seen: now,
        authors: entry.authors,
        tags: entry.tags,
        enclosures: entry.enclosures,
        comments: entry.comments,
        image: entry.image,
        base: entry.base.or(entry.link),
        content: entry.content,
    }
}
