//! Setting a damaged library aside, so that a new one can begin.
//!
//! Only a file that this process had open, or could not open, is moved: another process
//! may have done it already, and its new library must stay.
#![expect(clippy::disallowed_methods, reason = "a port: it moves the file and names it by time")]

use std::fmt;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::StoreError;
use crate::text::sanitize::SafeText;

/// A damaged library was put out of the way. Displays as what the reader is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is now.
    pub path: PathBuf,
    pub reason: String,
}

impl fmt::Display for SetAside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, reason } = self;
        f.write_str(&SafeText::line(&format!(
            "The library of stories was damaged ({reason}) and is now {}; a new one is begun. Marks and bookmarks are safe.",
            path.display()
        )))
    }
}

/// Which file stands at a path, whatever is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    /// None if there is no file.
    pub(super) fn of(path: &Path) -> Option<Self> {
        path.metadata().ok().map(|data| Self::from_metadata(&data))
    }

    #[cfg(unix)]
    fn from_metadata(data: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self(data.dev(), data.ino())
    }

    /// Where an open file cannot be replaced, one is as good as another.
    #[cfg(not(unix))]
    fn from_metadata(_: &Metadata) -> Self {
        Self(0, 0)
    }
}

/// Moves the library at `path` and its log aside, if it is still the file that was found
/// damaged. All connections of this process to it must be closed.
pub(super) fn set_aside(
    path: &Path,
    damaged: Option<Identity>,
    reason: String,
) -> Result<Option<SetAside>, StoreError> {
    if damaged.is_some() && Identity::of(path) != damaged {
        return Ok(None);
    }
    let to = free_name(path, Timestamp::now());
    // The log goes first: beside a new file it would be taken for that file's own.
    for part in ["-wal", "-shm", ""] {
        let (from, to) = (with(path, part), with(&to, part));
        match std::fs::rename(&from, &to) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(StoreError::Io { path: from, source }),
        }
    }
    Ok(Some(SetAside { path: to, reason }))
}

/// `library.db.corrupt-20261125T201500Z`, or with a number if there is one already.
fn free_name(path: &Path, now: Timestamp) -> PathBuf {
    let time = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let first = with(path, &format!(".corrupt-{time}"));
    let more = (2..1_000).map(|number| with(&first, &format!("-{number}")));
    let names = std::iter::once(first.clone()).chain(more);
    let free = |name: &PathBuf| !name.exists();
    names.into_iter().find(free).unwrap_or(first)
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
