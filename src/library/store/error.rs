//! `StoreError`: why the library could not be read or written, as a sentence.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::text::system::reason;

/// The file of stories could not be used. Marks and bookmarks are elsewhere, and safe.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{} is of a newer dateline; update this one, or give another --data-dir", .0.display())]
    Newer(PathBuf),
    #[error("{} is damaged ({reason}); refresh to set it aside and fetch again", .path.display())]
    Damaged { path: PathBuf, reason: String },
    #[error("{} is kept busy by another dateline; try again when that is done", .0.display())]
    Busy(PathBuf),
    #[error("the disk is full, so stories are not kept in {}; make room", .0.display())]
    Full(PathBuf),
    #[error("{} could not be used ({}); check its permissions", .path.display(), reason(.source))]
    Io { path: PathBuf, source: io::Error },
    #[error("{} could not be used ({source}); check its permissions and the disk", .path.display())]
    Sqlite { path: PathBuf, source: rusqlite::Error },
}

impl StoreError {
    /// What an error of the database means for a reader of news.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let Some(code) = source.sqlite_error_code() else {
            // What was read is not what is ever written: a wrong type, a missing column.
            return Self::Damaged { path, reason: source.to_string() };
        };
        match code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy(path),
            ErrorCode::DiskFull => Self::Full(path),
            // No statement here is wrong in itself and none can collide with another, so
            // that a table is missing or a value is there twice is damage as well.
            ErrorCode::NotADatabase
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::Unknown
            | ErrorCode::ConstraintViolation
            | ErrorCode::TypeMismatch
            | ErrorCode::TooBig
            | ErrorCode::SchemaChanged => Self::Damaged { path, reason: source.to_string() },
            _ => Self::Sqlite { path, source },
        }
    }

    /// Whether the file is of no more use.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. })
    }
}
