//! `Library`: every story that can be opened, and where its article is.
//!
//! In memory: the built-in edition, files and folders that the reader named, standard
//! input, and the saved files. On the disk: the stories of feeds, in the [`store`]. An
//! article is read when it is asked for, so a file that was edited shows its new text. What
//! was read or bookmarked is the journal's business, and what is drawn is nobody's here.

mod adding;
pub mod destinations;
pub mod edition;
pub mod entry;
mod error;
mod feeds;
pub mod file;
pub mod folder;
mod leads;
mod links;
mod parsed;
pub mod store;
mod stored;
mod untitled;
mod visited;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use url::Url;

use crate::article::Article;
use crate::related::titles::Headlines;
use crate::story::{SourceKey, Story, StoryId};

use edition::Piece;
use feeds::Feeds;
use file::Document;
use parsed::{Parsed, Stamp};
use store::{Reader, SetAside, StoreError, StoredEntry};
use stored::{open_file, read, read_piece};

pub use error::LibraryError;

/// How long opening an article waits for a search that may find what it links to.
const PATIENCE: Duration = Duration::from_millis(200);

/// An article with the stories that it leads to.
#[derive(Debug, Clone)]
pub struct Opened {
    pub article: Arc<Article>,
    /// For each of the article's links, the story that it leads to.
    pub links: Vec<Option<StoryId>>,
    /// For each of the article's related lines, the story that it names.
    pub related: Vec<Option<StoryId>>,
    /// The story itself, if it was found through a link and is listed from now on.
    pub listed: Option<Story>,
}

/// The stories. May be asked by several threads at once.
#[derive(Debug, Default)]
pub struct Library {
    state: Mutex<State>,
    feeds: Mutex<Feeds>,
    /// Told when the last search ends.
    settled: Condvar,
}

#[derive(Debug, Default)]
struct State {
    entries: HashMap<StoryId, Entry>,
    /// In order of coming, so that what resolves headlines is the same at every start.
    order: Vec<StoryId>,
    /// Files by their real paths.
    paths: HashMap<PathBuf, StoryId>,
    /// Made when asked for, from all entries.
    headlines: Option<Arc<Headlines>>,
    parsed: Parsed,
    /// The copies of stories among the saved files.
    saved: HashMap<StoryId, PathBuf>,
    /// See [`Library::renamed`].
    renamed: Vec<(StoryId, StoryId)>,
    searches: usize,
}

#[derive(Debug, Clone)]
struct Entry {
    story: Story,
    origin: Origin,
    /// Where links to it lead, if that is not the story's own address.
    address: Option<Url>,
    /// Found through a link and not opened yet, so no list has it.
    unlisted: bool,
}

/// Where the bytes of an article are.
#[derive(Debug, Clone)]
enum Origin {
    Edition(Piece),
    /// A file, and the folder that its links may lead about in.
    File {
        path: PathBuf,
        root: PathBuf,
    },
    Stream(Arc<Document>),
    /// An entry of a feed that is not stored.
    Published(Arc<StoredEntry>),
    /// The copy alone is left.
    Saved(PathBuf),
}

impl Library {
    /// A library without stories.
    pub fn new() -> Self {
        Self::default()
    }

    /// Has the stories of feeds that are stored in this data directory.
    pub fn look_in(&self, data: &Path) {
        self.feeds().look_in(data.to_owned());
    }

    /// Lets links lead to stories of these sources alone; without it, of all.
    pub fn show_only(&self, visible: Option<HashSet<SourceKey>>) {
        self.feeds().show_only(visible);
    }

    /// Asks the store of feeds' stories; none while there is no such store.
    pub fn ask<T>(
        &self,
        question: impl FnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.feeds().ask(question)
    }

    /// A store that was found damaged, and set aside: something to tell the reader once.
    pub fn take_set_aside(&self) -> Option<SetAside> {
        self.feeds().take_set_aside()
    }

    /// Saved stories that are stored under other ids: that of the stored one, and that of
    /// the saved file. Whoever keeps marks is to take the two for one.
    pub fn renamed(&self) -> Vec<(StoryId, StoryId)> {
        self.lock().renamed.clone()
    }

    /// Where a story is on the web, if it says so.
    pub fn address(&self, id: StoryId) -> Option<Url> {
        if let Some(entry) = self.lock().entries.get(&id) {
            return entry.story.url().cloned();
        }
        self.ask(|reader| reader.story(id)).ok()?.flatten()?.url().cloned()
    }

    /// The saved copy of a story is no more.
    pub fn forget_saved(&self, id: StoryId) {
        self.lock().saved.remove(&id);
    }

    /// Every story that a list shows, in order of coming.
    pub fn stories(&self) -> Vec<Story> {
        let state = self.lock();
        let entries = state.order.iter().filter_map(|id| state.entries.get(id));
        entries.filter(|entry| !entry.unlisted).map(|entry| entry.story.clone()).collect()
    }

    /// The article of a story, as it is stored now.
    pub fn article(&self, id: StoryId) -> Result<Arc<Article>, LibraryError> {
        let (entry, saved) = {
            let state = self.lock();
            (state.entries.get(&id).cloned(), state.saved.get(&id).cloned())
        };
        let entry = entry.filter(|entry| !matches!(entry.origin, Origin::Saved(_)));
        let read = match entry {
            Some(entry) => self.read_entry(id, &entry),
            None => self.read_stored(id),
        };
        match (read, saved) {
            // A bookmark outlives what it was made of.
            (Err(_), Some(saved)) => self.read_file(id, &saved),
            (read, _) => read,
        }
    }

    /// The article of a feed's story.
    fn read_stored(&self, id: StoryId) -> Result<Arc<Article>, LibraryError> {
        let entry = self.ask(|reader| reader.entry(id))?.flatten();
        let entry = entry.ok_or(LibraryError::NotStored)?;
        Ok(Arc::new(entry::article(&entry)?))
    }

    /// The article of a story and where its links lead.
    pub fn opened(&self, id: StoryId) -> Result<Opened, LibraryError> {
        let article = self.article(id)?;
        self.wait();
        let listed = {
            let mut state = self.lock();
            let entry = state.entries.get_mut(&id).filter(|entry| entry.unlisted);
            entry.map(|entry| {
                entry.unlisted = false;
                entry.story.clone()
            })
        };
        let (links, related) = links::resolve(self, id, &article);
        Ok(Opened { article, links, related, listed })
    }

    fn read_entry(&self, id: StoryId, entry: &Entry) -> Result<Arc<Article>, LibraryError> {
        match &entry.origin {
            Origin::Edition(piece) => {
                if let Some(article) = self.lock().parsed.get(id, &Stamp::Always) {
                    return Ok(article);
                }
                let article = read_piece(*piece).map(Arc::new).ok_or(LibraryError::NotStored)?;
                self.lock().parsed.keep(id, Stamp::Always, article.clone());
                Ok(article)
            }
            Origin::Published(entry) => Ok(Arc::new(entry::article(entry)?)),
            Origin::Stream(stream) => Ok(Arc::new(read(stream, "standard input")?)),
            Origin::File { path, .. } | Origin::Saved(path) => self.read_file(id, path),
        }
    }

    fn read_file(&self, id: StoryId, path: &Path) -> Result<Arc<Article>, LibraryError> {
        let stamp = Stamp::of(path);
        if let Some(article) = self.lock().parsed.get(id, &stamp) {
            return Ok(article);
        }
        let article = Arc::new(read(&open_file(path)?, &path.display().to_string())?);
        self.lock().parsed.keep(id, stamp, article.clone());
        Ok(article)
    }

    /// Says that a search is on until what it returns is dropped.
    fn search(&self) -> Search<'_> {
        self.lock().searches += 1;
        Search(self)
    }

    /// Waits a little for searches that may find more stories.
    fn wait(&self) {
        let searching = |state: &mut State| state.searches > 0;
        let waited = self.settled.wait_timeout_while(self.lock(), PATIENCE, searching);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    fn feeds(&self) -> MutexGuard<'_, Feeds> {
        // A panic elsewhere leaves at worst a reader that has to be opened anew.
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves the maps whole: each change is one insertion.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A search that is on.
struct Search<'a>(&'a Library);

impl Drop for Search<'_> {
    fn drop(&mut self) {
        self.0.lock().searches -= 1;
        self.0.settled.notify_all();
    }
}

impl State {
    /// Adds a story. A copy among the saved files gives way to any other place.
    fn add(&mut self, entry: Entry) {
        let id = entry.story.id;
        if self.entries.insert(id, entry).is_none() {
            self.order.push(id);
        }
        self.headlines = None;
    }
}

impl Entry {
    fn new(story: Story, origin: Origin, address: Option<Url>) -> Self {
        Self { story, origin, address, unlisted: false }
    }
}
