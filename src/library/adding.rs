//! What comes into the library: the edition, files and folders that the reader named,
//! standard input, and saved copies.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::edition::{self, PIECES, Piece};
use super::file::{self, Document, FileError};
use super::parsed::Stamp;
use super::stored::{describe, open_file, own_address, read, read_piece};
use super::{Entry, Library, LibraryError, Origin, folder};
use crate::article::Article;
use crate::story::{Source, SourceKey, Story, StoryId};
use crate::text::sanitize::SafeText;

/// Stories that a search tells of at once, at most.
const BATCH: usize = 256;

/// The key of pages that name their own address, wherever their file is.
pub(super) const PAGE_KEY: &str = "page";

impl Library {
    /// Adds the built-in edition, and returns its stories in order.
    pub fn add_edition(&self) -> Vec<Story> {
        let stories = PIECES.iter().filter_map(|piece| self.add_piece(*piece));
        stories.collect()
    }

    /// Adds a story of the edition; nothing if its text is damaged, which a test excludes.
    fn add_piece(&self, piece: Piece) -> Option<Story> {
        let article = Arc::new(read_piece(piece)?);
        let slug = piece.slug();
        let mut story = describe(&article, StoryId::new(SourceKey::EDITION, slug), slug);
        // Nothing answers at the edition's addresses: a browser has no business there.
        let address = Url::parse(edition::ADDRESS).and_then(|base| base.join(slug)).ok();
        story.details = None;
        let (key, name) = (SourceKey::new(SourceKey::EDITION), edition::TITLE.into());
        story.source = Arc::new(Source { key, name });
        let mut state = self.lock();
        state.parsed.keep(story.id, Stamp::Always, article);
        state.add(Entry::new(story.clone(), Origin::Edition(piece), address));
        Some(story)
    }

    /// Adds the article of a stream that was read to its end.
    pub fn add_stream(&self, stream: Document) -> Result<Story, LibraryError> {
        let name = "standard input";
        let article = read(&stream, name)?;
        let entry_id = URL_SAFE_NO_PAD.encode(Sha256::digest(&stream.bytes));
        let mut story = describe(&article, StoryId::new("stdin", &entry_id), &entry_id);
        if story.title.is_empty() {
            story.title = name.into();
        }
        if story.source.name.is_empty() {
            story.source = Arc::new(Source::site(name.into()));
        }
        self.lock().add(Entry::new(story.clone(), Origin::Stream(Arc::new(stream)), None));
        Ok(story)
    }

    /// Adds a file, or all articles of a folder. Tells of stories in batches while it goes
    /// on. Returns what could not be read within a folder.
    pub fn add_path(
        &self,
        path: &Path,
        found: &mut dyn FnMut(Vec<Story>),
    ) -> Result<Vec<LibraryError>, LibraryError> {
        let _search = self.search();
        let data = path.metadata().map_err(|source| match file::read(path) {
            Err(error) => error,
            Ok(_) => FileError::Unreadable { name: path.display().to_string(), source },
        })?;
        if !data.is_dir() {
            let root = path.parent().unwrap_or(Path::new(""));
            found(vec![self.add_file(path, root)?]);
            return Ok(Vec::new());
        }
        let mut skipped = Vec::new();
        let mut batch = Vec::new();
        // The first story is told of at once, and more at a time as they come.
        let mut enough = 1;
        let mut any = false;
        for article in folder::walk(path) {
            let story = article
                .map_err(|(path, source)| LibraryError::Folder { path, source })
                .and_then(|article| self.add_file(&article, path));
            match story {
                Ok(story) => batch.push(story),
                Err(error) => skipped.push(error),
            }
            if batch.len() >= enough {
                any = true;
                found(std::mem::take(&mut batch));
                enough = (enough * 2).min(BATCH);
            }
        }
        any |= !batch.is_empty();
        if !batch.is_empty() {
            found(batch);
        }
        if any || !skipped.is_empty() {
            return Ok(skipped);
        }
        Err(LibraryError::NoArticles(path.to_owned()))
    }

    /// Adds a file, whose links may lead to other files under `root`.
    fn add_file(&self, path: &Path, root: &Path) -> Result<Story, LibraryError> {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let entry = self.describe_file(path, &real, &root)?;
        let story = entry.story.clone();
        let mut state = self.lock();
        state.paths.insert(real, story.id);
        state.add(entry);
        Ok(story)
    }

    /// What is known of a file after reading it. `called` is what the reader calls it.
    pub(super) fn describe_file(
        &self,
        called: &Path,
        path: &Path,
        root: &Path,
    ) -> Result<Entry, LibraryError> {
        let mut document = open_file(called)?;
        document.hints.url = Url::from_file_path(path).ok();
        let article = read(&document, &called.display().to_string())?;
        let file_id = path.to_string_lossy();
        let by_path = || describe(&article, StoryId::new("file", &file_id), &file_id);
        let mut story = self.by_own_address(&article).unwrap_or_else(by_path);
        let name = |path: Option<&OsStr>| {
            SafeText::title(&path.map(OsStr::to_string_lossy).unwrap_or_default())
        };
        if story.title.is_empty() {
            story.title = name(path.file_stem());
        }
        if story.source.name.is_empty() {
            let folder = name(path.parent().and_then(Path::file_name));
            story.source = Arc::new(Source::site(folder));
        }
        if let Some(details) = &mut story.details {
            details.file = Some(path.to_owned());
        }
        let origin = Origin::File { path: path.to_owned(), root: root.to_owned() };
        Ok(Entry::new(story, origin, None))
    }

    /// The story of a page that names its own address.
    pub(super) fn by_own_address(&self, article: &Article) -> Option<Story> {
        let url = own_address(article)?;
        let id = StoryId::new(PAGE_KEY, url.as_str());
        // Many pages of a site name its one front page as their own address.
        let taken = self.lock().entries.get(&id).is_some_and(|entry| {
            !matches!(entry.origin, Origin::Saved(_)) && entry.story.title != article.title
        });
        (!taken).then(|| describe(article, id, url.as_str()))
    }

    /// Adds a saved file, of which the id is known. Returns the story if no other place
    /// has it.
    pub fn add_saved(&self, id: StoryId, path: &Path) -> Result<Option<Story>, LibraryError> {
        {
            let mut state = self.lock();
            state.saved.insert(id, path.to_owned());
            if state.entries.contains_key(&id) {
                return Ok(None);
            }
        }
        if self.ask(|reader| reader.story(id)).is_ok_and(|story| story.flatten().is_some()) {
            return Ok(None);
        }
        let article = read(&open_file(path)?, &path.display().to_string())?;
        let mut story = describe(&article, id, &id.to_string());
        if let Some(stored) = self.stored_as(&story) {
            let mut state = self.lock();
            // Its file is of use under the id that its feed gives it now.
            state.saved.entry(stored).or_insert_with(|| path.to_owned());
            state.renamed.push((stored, id));
            return Ok(None);
        }
        if story.title.is_empty() {
            let stem = path.file_stem().map(OsStr::to_string_lossy).unwrap_or_default();
            story.title = SafeText::title(&stem);
        }
        self.lock().add(Entry::new(story.clone(), Origin::Saved(path.to_owned()), None));
        Ok(Some(story))
    }

    /// The stored story that a saved one is, though its id is not known: the feed has changed
    /// its ids, and the library was made anew since. Its address and its title are the same.
    fn stored_as(&self, story: &Story) -> Option<StoryId> {
        let url = story.url()?.clone();
        let stored = self.ask(|reader| reader.at_address(&url)).ok()??;
        let title = |title: &SafeText| title.to_lowercase();
        Some(stored.iter().find(|stored| title(&stored.title) == title(&story.title))?.id)
    }
}
