//! What is stored, as an article, and an article as the row of a list.
//!
//! Nothing is remembered here: each call reads anew.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use url::Url;

use super::LibraryError;
use super::edition::{self, Piece};
use super::file::{self, Document, FileError, TEXT_LIMIT};
use crate::article::Article;
use crate::extract::{Hints, document};
use crate::story::{Details, Source, Story, StoryId};
use crate::text::sanitize::SafeText;

/// The row of a list for an article.
pub(super) fn describe(article: &Article, id: StoryId, entry_id: &str) -> Story {
    Story {
        id,
        title: article.title.clone(),
        source: Arc::new(Source::site(article.site.clone().unwrap_or_default())),
        published: article.published,
        minutes: article.minutes() as u16,
        details: Some(Box::new(Details {
            entry_id: entry_id.to_owned(),
            url: own_address(article).cloned(),
            file: None,
            author: SafeText::list(&article.byline).map(|names| SafeText::title(&names)),
            updated: article.updated,
            language: article.language.clone(),
        })),
    }
}

/// The address that an article names as its own: one of the web, and of a page.
pub(super) fn own_address(article: &Article) -> Option<&Url> {
    let url = article.url.as_ref()?;
    let of_a_page = url.path() != "/" || url.query().is_some();
    (matches!(url.scheme(), "http" | "https") && of_a_page).then_some(url)
}

/// The article of a piece of the edition.
pub(super) fn read_piece(piece: Piece) -> Option<Article> {
    let url = Url::parse(edition::ADDRESS).and_then(|base| base.join(piece.slug())).ok();
    let hints = Hints { url, file_name: Some(piece.file_name.to_owned()), ..Hints::default() };
    let stored = Document { bytes: piece.text.as_bytes().to_vec(), hints };
    let mut article = read(&stored, piece.file_name).ok()?;
    article.url = None;
    Some(article)
}

/// The document of a regular file, with its own address for its links to begin at.
pub(super) fn open_file(path: &Path) -> Result<Document, LibraryError> {
    if let Ok(data) = path.metadata() {
        // A pipe or a device may have no end.
        if !data.is_file() && !data.is_dir() {
            return Err(LibraryError::Special(path.to_owned()));
        }
        if data.len() > TEXT_LIMIT {
            let name = path.display().to_string();
            return Err(FileError::TooLarge { name, limit: TEXT_LIMIT >> 20 }.into());
        }
    }
    let mut document = file::read(path)?;
    document.hints.url = Url::from_file_path(path).ok();
    Ok(document)
}

/// The article of a document; `name` is what a complaint calls it.
pub(super) fn read(stored: &Document, name: &str) -> Result<Article, LibraryError> {
    // Whatever is in a document, only that document can fail by it.
    let parse = AssertUnwindSafe(|| document(&stored.bytes, &stored.hints));
    let parsed = catch_unwind(parse).map_err(|_| LibraryError::Mistake(name.to_owned()))?;
    let (_, (mut article, _)) =
        parsed.map_err(|reason| LibraryError::NotText { name: name.to_owned(), reason })?;
    if article.title.is_empty() && article.blocks.is_empty() {
        return Err(LibraryError::Empty(name.to_owned()));
    }
    // Where a file lies is no address that others could go to.
    article.url = article.url.filter(|url| url.scheme() != "file");
    Ok(article)
}
