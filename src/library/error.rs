//! `LibraryError`: why there is no article, as a sentence that says what to do.

use std::io;
use std::path::PathBuf;

use super::file::FileError;
use super::store::StoreError;
use crate::extract::NotText;
use crate::text::system::reason;

/// A story or its article could not be had.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{name} is not an article: {reason}")]
    NotText { name: String, reason: NotText },
    #[error("{0} is empty; there is nothing to read in it")]
    Empty(String),
    #[error("{} is no regular file; give a text, Markdown or HTML file", .0.display())]
    Special(PathBuf),
    #[error("{} holds no text, Markdown or HTML files; give another folder", .0.display())]
    NoArticles(PathBuf),
    #[error("{} could not be listed ({}); check its permissions", .path.display(), reason(.source))]
    Folder { path: PathBuf, source: io::Error },
    #[error("{0} could not be read by a mistake in dateline; open it in a browser instead")]
    Mistake(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A story that only marks tell of.
    #[error("This story is not stored here any more; open the file or the address it came from.")]
    NotStored,
}
