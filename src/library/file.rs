//! A reader's own file, or standard input, as the bytes of a document.
//!
//! Reads, with a limit, and says in a sentence why it could not. What the bytes mean is
//! for [`crate::extract`] to say.
#![expect(clippy::disallowed_methods, reason = "a port: it reads the files that the reader names")]

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::extract::Hints;
use crate::text::system::reason;

/// Bytes of the longest web page that is read.
const PAGE_LIMIT: u64 = 8 << 20;

/// Bytes of the longest plain text or Markdown that is read.
pub(super) const TEXT_LIMIT: u64 = 32 << 20;

/// A document that is not yet read as an article.
#[derive(Debug, Clone, Default)]
pub struct Document {
    pub bytes: Vec<u8>,
    pub hints: Hints,
}

/// Why a file gave no document. Every case is a sentence with what to do next.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{0} does not exist; check the path")]
    Missing(PathBuf),
    #[error("{0} is a folder; give the files in it")]
    Folder(PathBuf),
    #[error("{0} may not be read; check its permissions")]
    Forbidden(PathBuf),
    #[error("{name} is larger than {limit} MiB; give a part of it")]
    TooLarge { name: String, limit: u64 },
    #[error("{name} could not be read ({}); try again", reason(.source))]
    Unreadable { name: String, source: io::Error },
}

impl FileError {
    /// What the system says of a path, as one of these.
    pub fn of(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing(path.into()),
            io::ErrorKind::IsADirectory => Self::Folder(path.into()),
            io::ErrorKind::PermissionDenied => Self::Forbidden(path.into()),
            _ => Self::Unreadable { name: path.display().to_string(), source },
        }
    }
}

/// Reads a file whole. Also reads what is no regular file, such as a named pipe.
pub fn read(path: &Path) -> Result<Document, FileError> {
    let name = path.display().to_string();
    let fail = |source| FileError::of(path, source);
    let bytes = read_at_most(open(path)?, limit(path), &name, fail)?;
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Document { bytes, hints: Hints { file_name, ..Hints::default() } })
}

/// Reads a stream to its end: standard input.
pub fn read_stream(stream: impl Read) -> Result<Document, FileError> {
    let name = "standard input".to_owned();
    let fail = |source| FileError::Unreadable { name: name.clone(), source };
    let bytes = read_at_most(stream, TEXT_LIMIT, &name, fail)?;
    Ok(Document { bytes, hints: Hints::default() })
}

/// Opens a file, or standard input for `-`, to be read in parts.
pub fn stream(path: &Path) -> Result<Box<dyn BufRead>, FileError> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(BufReader::new(open(path)?)))
}

/// Opens what is no folder.
fn open(path: &Path) -> Result<File, FileError> {
    let file = File::open(path).map_err(|error| FileError::of(path, error))?;
    if file.metadata().is_ok_and(|data| data.is_dir()) {
        return Err(FileError::Folder(path.into()));
    }
    Ok(file)
}

fn read_at_most(
    stream: impl Read,
    limit: u64,
    name: &str,
    fail: impl Fn(io::Error) -> FileError,
) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    // One byte more than the limit tells a file of exactly that size from a larger one.
    stream.take(limit + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > limit {
        return Err(FileError::TooLarge { name: name.to_owned(), limit: limit >> 20 });
    }
    Ok(bytes)
}

/// Pages cost more to parse than texts, so they have the lower limit.
fn limit(path: &Path) -> u64 {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let page = ["html", "htm", "xhtml", "xht"].iter().any(|page| ending.eq_ignore_ascii_case(page));
    if page { PAGE_LIMIT } else { TEXT_LIMIT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_its_bytes_and_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("story.txt");
        std::fs::write(&path, "A story").unwrap();
        let document = read(&path).unwrap();
        assert_eq!(document.bytes, b"A story");
        assert_eq!(document.hints.file_name.as_deref(), Some("story.txt"));
    }

    #[test]
    fn what_cannot_be_read_is_said_in_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let error = read(folder.path()).unwrap_err().to_string();
        assert!(error.ends_with("is a folder; give the files in it"), "{error}");
        let error = read(&folder.path().join("none.txt")).unwrap_err().to_string();
        assert!(error.ends_with("does not exist; check the path"), "{error}");
    }

    #[test]
    fn the_limits_hold_to_the_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        let file = File::create(&path).unwrap();
        file.set_len(PAGE_LIMIT).unwrap();
        assert_eq!(read(&path).unwrap().bytes.len() as u64, PAGE_LIMIT);
        file.set_len(PAGE_LIMIT + 1).unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.ends_with("is larger than 8 MiB; give a part of it"), "{error}");
        assert!(matches!(
            read_stream(io::repeat(b'a')),
            Err(FileError::TooLarge { limit: 32, .. })
        ));
    }

    /// Tests may run as root, whom no file is closed to.
    #[test]
    fn a_file_that_may_not_be_read_is_told_in_a_sentence() {
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let said = FileError::of(Path::new("a.txt"), denied).to_string();
        assert_eq!(said, "a.txt may not be read; check its permissions");
    }
}
