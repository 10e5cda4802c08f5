//! The stories that a query means, with what the reader did with them.
//!
//! Those of the library, as it is streamed; and bookmarked ones whose article is among the
//! saved files alone, since the library may have been deleted.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::stored;
use crate::article::{Article, PubDate};
use crate::config::subscriptions::Subscriptions;
use crate::export::jsonl::{Line, Whole};
use crate::feed::Content;
use crate::feeds::FeedsFile;
use crate::journal::saved::Saved;
use crate::library::destinations::Destinations;
use crate::library::entry;
use crate::library::store::{Reader, StoreError, StoredEntry};
use crate::query::{Field, Has, Is, Matcher, Node, Query, Subject, Term};
use crate::reading::{Mark, ReadingState, StoryState};
use crate::runtime::paths::Paths;
use crate::story::{Source, SourceKey, StoryId};
use crate::text::sanitize::SafeText;

/// The stories that are there, and which of them are meant.
pub(super) struct Stories {
    data: PathBuf,
    reader: Option<Reader>,
    saved: Saved,
    /// Bookmarked stories that the library has not, the latest first, and their articles.
    files: Vec<StoredEntry>,
    articles: HashMap<StoryId, Arc<Article>>,
    /// Those that the reader gave to feeds.
    tags: HashMap<SourceKey, Vec<SafeText>>,
    matcher: Matcher,
    texts: bool,
    /// The sources whose stories are in lists.
    visible: HashSet<SourceKey>,
    /// Asked about one story while all are told: a reader of its own.
    beside: OnceCell<Option<Reader>>,
    /// Marks that stories have from another id of theirs, to be kept by whoever writes.
    pub adopted: Vec<Mark>,
}

/// A story, and what the reader did with it.
pub(super) struct Found<'a> {
    pub entry: &'a StoredEntry,
    pub state: StoryState<'a>,
    stories: &'a Stories,
    /// The article as plain text, once it was asked for.
    text: OnceCell<String>,
}

/// The id that a word is, also as a query writes it.
pub(super) fn story_id(word: &str) -> Option<StoryId> {
    word.strip_prefix("story:").unwrap_or(word).parse().ok()
}

/// The query of a call. Ids alone, as `dateline list` prints them, mean their stories.
pub(super) fn asked(words: &[String], paths: &Paths) -> anyhow::Result<Query> {
    let ids: Option<Vec<StoryId>> = words.iter().map(|word| story_id(word)).collect();
    // A word of sixteen letters looks like an id, too.
    if let Some(ids) = ids.filter(|ids| !ids.is_empty())
        && let Some(reader) = Reader::open(&paths.data)?
    {
        let mut stored = Vec::with_capacity(ids.len());
        for id in &ids {
            stored.extend(reader.story(*id)?.map(|_| format!("story:{id}")));
        }
        if stored.len() == ids.len() {
            return Ok(Query::parse(&stored.join(" OR ")));
        }
    }
    Ok(Query::parse(&words.join(" ")))
}

impl Stories {
    /// The stories of a query, at a moment. `state` says which are bookmarked.
    pub fn find(
        paths: &Paths,
        query: &Query,
        state: &mut ReadingState,
        now: Timestamp,
    ) -> anyhow::Result<Self> {
        let subscriptions = FeedsFile::new(&paths.config, &paths.data).load()?.subscriptions;
        let mut reader = Reader::open(&paths.data)?;
        let mut adopted = Vec::new();
        let mut in_lists = HashSet::new();
        if let Some(reader) = &mut reader {
            let stored = reader.health()?;
            let mut visible = subscriptions.visible(stored.keys());
            in_lists.clone_from(&visible);
            if asks_for_source(query.root()) {
                // A hidden feed is in no list but its own.
                visible.extend(subscriptions.feeds.iter().map(|feed| feed.key.clone()));
            }
            reader.show_only(Some(visible));
            adopted.extend(adopt(&reader.aliases()?, state, now));
        }
        let mut found = Self {
            data: paths.data.clone(),
            reader,
            saved: Saved::new(&paths.config, &paths.data),
            files: Vec::new(),
            articles: HashMap::new(),
            tags: tags(&subscriptions),
            matcher: query.at(now, &TimeZone::system()),
            texts: asks_for_text(query.root()),
            visible: in_lists,
            beside: OnceCell::new(),
            adopted,
        };
        found.add_saved(paths, state, now)?;
        Ok(found)
    }

    /// Tells of each story that matches, the latest first, until it is answered `false`.
    pub fn each<'a>(
        &'a self,
        state: &'a ReadingState,
        content: bool,
        mut tell: impl FnMut(&Found) -> anyhow::Result<bool>,
    ) -> anyhow::Result<()> {
        let mut failed = None;
        let mut files = self.files.iter().peekable();
        let goes_on = RefCell::new(true);
        let mut offer = |entry: &StoredEntry| {
            let story = Found {
                entry,
                state: state.get(entry.story.id),
                stories: self,
                text: OnceCell::new(),
            };
            let told = if self.matcher.matches(&story) { tell(&story) } else { Ok(true) };
            let more = told.unwrap_or_else(|error| {
                failed = Some(error);
                false
            });
            *goes_on.borrow_mut() = more;
            more
        };
        if let Some(reader) = &self.reader {
            reader.each(content || self.texts, &mut |entry| {
                while let Some(file) = files.next_if(|file| date(file) > date(&entry)) {
                    if !offer(file) {
                        return false;
                    }
                }
                offer(&entry)
            })?;
        }
        while *goes_on.borrow() {
            let Some(file) = files.next() else { break };
            offer(file);
        }
        failed.map_or(Ok(()), Err)
    }

    /// Adds the bookmarked stories that the library has not.
    fn add_saved(
        &mut self,
        paths: &Paths,
        state: &mut ReadingState,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let mut missing = HashSet::new();
        for id in state.saved() {
            let stored = match &self.reader {
                Some(reader) => reader.story(id)?.is_some(),
                None => false,
            };
            if !stored {
                missing.insert(id);
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let library = stored::library(paths);
        self.adopted.extend(adopt(&library.renamed(), state, now));
        for story in library.stories() {
            if missing.contains(&story.id)
                && let Ok(article) = library.article(story.id)
            {
                self.articles.insert(story.id, article.clone());
                self.files.push(entry_of(story, &article));
            }
        }
        self.files.sort_by_key(|entry| std::cmp::Reverse(date(entry)));
        Ok(())
    }

    /// Where the articles of stories lead, among what lists show.
    pub fn destinations(&self) -> Result<Option<Destinations>, StoreError> {
        Destinations::open(&self.data, self.visible.clone())
    }

    fn beside(&self) -> Option<&Reader> {
        self.beside.get_or_init(|| Reader::open(&self.data).ok().flatten()).as_ref()
    }
}

/// Takes ids for those of one story, and tells the marks that follow from that.
pub(super) fn adopt(
    pairs: &[(StoryId, StoryId)],
    state: &mut ReadingState,
    now: Timestamp,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (id, other) in pairs {
        for wish in state.adopt(*id, *other) {
            let mark = state.mark(now, wish);
            state.apply(&mark);
            marks.push(mark);
        }
    }
    marks
}

fn date(entry: &StoredEntry) -> Option<Timestamp> {
    entry.story.published.map(PubDate::instant)
}

/// The tags that the reader gave to feeds.
fn tags(subscriptions: &Subscriptions) -> HashMap<SourceKey, Vec<SafeText>> {
    let tagged = subscriptions.feeds.iter().filter(|feed| !feed.tags.is_empty());
    tagged.map(|feed| (feed.key.clone(), feed.tags.clone())).collect()
}

/// An article of a file as the library would tell of it.
fn entry_of(story: crate::story::Story, article: &Arc<Article>) -> StoredEntry {
    StoredEntry {
        published: article.published.map(PubDate::instant),
        updated: article.updated.map(PubDate::instant),
        // Nobody knows any more.
        first_seen: article.published.map(PubDate::instant).unwrap_or_default(),
        further: Vec::new(),
        authors: article.byline.clone(),
        tags: Vec::new(),
        enclosures: Vec::new(),
        comments: None,
        image: article.image.as_ref().and_then(|image| image.url.clone()),
        base: None,
        content: Content::None,
        story,
    }
}

fn terms(node: &Node) -> Box<dyn Iterator<Item = &Term> + '_> {
    match node {
        Node::And(nodes) | Node::Or(nodes) => Box::new(nodes.iter().flat_map(terms)),
        Node::Not(inner) => terms(inner),
        Node::Term(term) => Box::new(std::iter::once(term)),
    }
}

/// Whether a query asks for what only an index of likeness can tell.
pub(super) fn asks_for_likeness(node: &Node) -> bool {
    terms(node).any(|term| matches!(term, Term::Like(_)))
}

fn asks_for_source(node: &Node) -> bool {
    terms(node).any(|term| matches!(term, Term::Text { field: Some(Field::Source), .. }))
}

fn asks_for_text(node: &Node) -> bool {
    terms(node).any(|term| matches!(term, Term::Text { field: None, .. } | Term::Has(Has::Image)))
}

impl Found<'_> {
    /// The article; empty after a mistake of ours.
    pub fn article(&self) -> Arc<Article> {
        if let Some(article) = self.stories.articles.get(&self.entry.story.id) {
            return article.clone();
        }
        Arc::new(entry::article(self.entry).unwrap_or_default())
    }

    /// The story as scripts see it.
    pub fn line(&self, whole: Option<Whole>) -> Line<'_> {
        let story = &self.entry.story;
        let details = story.details.as_deref();
        Line {
            id: story.id,
            entry_id: details.map_or("", |details| &details.entry_id),
            url: story.url(),
            title: &story.title,
            source: &story.source.name,
            source_key: story.source.key.as_str(),
            author: details.and_then(|details| details.author.as_ref()),
            published: self.entry.published,
            updated: self.entry.updated,
            first_seen: Some(self.entry.first_seen),
            language: details.and_then(|details| details.language.as_ref()),
            read: self.state.read,
            saved: self.state.saved,
            tags: &self.state.tags,
            note: self.state.note,
            event: None,
            whole,
        }
    }
}

impl Subject for Found<'_> {
    fn id(&self) -> StoryId {
        self.entry.story.id
    }

    fn title(&self) -> &str {
        &self.entry.story.title
    }

    fn sources(&self) -> impl Iterator<Item = &Source> {
        let StoredEntry { story, further, .. } = self.entry;
        std::iter::once(&story.source).chain(further).map(Arc::as_ref)
    }

    fn date(&self) -> Option<Timestamp> {
        date(self.entry)
    }

    fn is(&self, what: Is) -> bool {
        match what {
            Is::Read => self.state.read,
            Is::Unread => !self.state.read,
            Is::Saved => self.state.saved,
            Is::Edited => {
                self.state.saved && self.stories.saved.is_edited(self.id()).unwrap_or(false)
            }
            Is::Updated => {
                let versions = self.stories.beside().map(|reader| reader.versions(self.id()));
                versions.is_some_and(|versions| versions.is_ok_and(|found| !found.is_empty()))
            }
        }
    }

    fn has(&self, what: Has) -> bool {
        match what {
            Has::Note => self.state.note.is_some(),
            Has::Link => self.entry.story.url().is_some(),
            Has::Image => {
                let of_a_picture = |media: &SafeText| media.starts_with("image/");
                self.entry.image.is_some()
                    || self
                        .entry
                        .enclosures
                        .iter()
                        .any(|e| e.media.as_ref().is_some_and(of_a_picture))
                    || matches!(&self.entry.content, Content::Html(html) if html.contains("<img"))
            }
        }
    }

    fn tags(&self) -> Vec<Cow<'_, str>> {
        let of_feeds = self.sources().filter_map(|source| self.stories.tags.get(&source.key));
        let own = self.state.tags.iter().copied();
        own.chain(&self.entry.tags)
            .chain(of_feeds.flatten())
            .map(|tag| Cow::from(tag.as_str()))
            .collect()
    }

    fn author(&self) -> Option<Cow<'_, str>> {
        let author = self.entry.story.details.as_ref()?.author.as_ref()?;
        Some(author.as_str().into())
    }

    fn language(&self) -> Option<Cow<'_, str>> {
        let language = self.entry.story.details.as_ref()?.language.as_ref()?;
        Some(language.as_str().into())
    }

    fn note(&self) -> Option<Cow<'_, str>> {
        self.state.note.map(|note| note.as_str().into())
    }

    fn text(&self) -> Option<Cow<'_, str>> {
        let text = self.text.get_or_init(|| self.article().plain_text());
        Some(text.as_str().into())
    }
}
