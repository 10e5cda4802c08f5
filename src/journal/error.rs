//! `JournalError`: why state could not be kept, as a sentence that says what to do.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::text::system::reason;

/// Something could not be written or read where the reader's own files live. What to do
/// comes before the path, which a status line may have no room for.
///
/// Marks are not lost by it: they wait in memory and are written as soon as they can be.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("No room is left on the disk: free some to keep {}.", .0.display())]
    NoRoom(PathBuf),
    #[error(
        "Writing is not allowed: give yourself the right to write {}, or choose another directory with --config-dir or --data-dir.",
        .0.display()
    )]
    NotAllowed(PathBuf),
    #[error(
        "A directory is needed where {} is in the way: move that to another place.",
        .0.display()
    )]
    InTheWay(PathBuf),
    #[error("This note is too long to be kept: shorten it to less than a million letters.")]
    TooLong,
    #[error(
        "Writing failed ({}): look whether the disk of {} is well and connected.",
        reason(.source), .path.display()
    )]
    Io { path: PathBuf, source: io::Error },
}

impl JournalError {
    /// The case of an error that the system reported about a path.
    pub fn new(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            ErrorKind::StorageFull
            | ErrorKind::QuotaExceeded
            | ErrorKind::FileTooLarge
            | ErrorKind::WriteZero => Self::NoRoom(path),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::NotAllowed(path),
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => Self::InTheWay(path),
            // The kinds are the standard library's, and grow.
            _ => Self::Io { path, source },
        }
    }

    /// For `map_err` on what is done at a path.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::new(path, source)
    }
}
