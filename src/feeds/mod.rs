//! `FeedsFile`: `feeds.toml` on the disk, the reader's own list of subscriptions.
//!
//! It is read whole and written whole: under a lock, by a temporary file and a rename, for
//! the reader alone; one that was there keeps its owner and permissions. A file that is no TOML is read as far as it is, and never written.
//! What its text means, and how it is changed, is `config::subscriptions`.
#![expect(clippy::disallowed_methods, reason = "this port owns the file of subscriptions")]

mod steps;

#[cfg(test)]
mod tests;

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::config::subscriptions::edit::{EditError, FeedsText};
use crate::config::subscriptions::{Subscriptions, parse};
use crate::journal::{JournalError, make_dir, write_whole};
use crate::reading::Clock;
use crate::text::sanitize::SafeText;
use crate::text::system::reason;
use crate::warning::Warning;
pub use steps::Step;

/// Bytes of a file beyond which it is no list of feeds.
const LARGEST: u64 = 16 << 20;

/// The file of subscriptions of a configuration directory. It need not exist.
#[derive(Debug, Clone)]
pub struct FeedsFile {
    path: PathBuf,
    /// Keeps two processes from changing it at the same time. In the data directory, as
    /// the configuration is the reader's own.
    lock: PathBuf,
    /// What takes back what was changed.
    steps: PathBuf,
}

/// What taking a step back came to.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenBack {
    pub step: Step,
    /// Parts of it that were left alone, because what they were about is not there any more.
    pub left: usize,
    pub loaded: Loaded,
}

/// What the file held.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Loaded {
    pub subscriptions: Subscriptions,
    /// By line, for the reader who edits it.
    pub warnings: Vec<Warning>,
    pub stamp: Stamp,
}

/// What tells one state of a file from another without reading it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamp(Option<(SystemTime, u64, u64)>);

/// Why the subscriptions could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum FeedsError {
    #[error("{} was not changed, for {why}. Mend that line first.", .path.display())]
    NotToml { path: PathBuf, why: Warning },
    #[error("{} was not changed: {why}.", .path.display())]
    Edit { path: PathBuf, why: EditError },
    #[error("{} is no list of feeds: it is larger than {} MiB. Look what it is.", .0.display(), LARGEST >> 20)]
    TooLarge(PathBuf),
    #[error("{} cannot be read ({}): give yourself the right to read it.", .path.display(), reason(.source))]
    Unreadable { path: PathBuf, source: io::Error },
    #[error(transparent)]
    NotWritten(#[from] JournalError),
}

impl FeedsFile {
    /// Nothing is made or read yet.
    pub fn new(config: &Path, data: &Path) -> Self {
        Self {
            path: config.join("feeds.toml"),
            lock: data.join("feeds.lock"),
            steps: data.join("feeds-undo.jsonl"),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The subscriptions; none where there is no file.
    pub fn load(&self) -> Result<Loaded, FeedsError> {
        // Taken before reading: a change in between is noticed once more, and none is missed.
        let stamp = self.stamp();
        let bytes = self.read()?;
        let (mut subscriptions, mut warnings) = parse(&String::from_utf8_lossy(&bytes));
        if let Err(warning) = utf8(&bytes) {
            subscriptions.sound = false;
            warnings.push(warning);
        }
        Ok(Loaded { subscriptions, warnings, stamp })
    }

    /// The state of the file now.
    pub fn stamp(&self) -> Stamp {
        let Ok(found) = fs::metadata(&self.path) else { return Stamp(None) };
        let modified = found.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Stamp(Some((modified, found.len(), inode(&found))))
    }

    /// Changes the text of the file and writes it, if it became another one. Nobody else
    /// changes it in between. `change` says also what it did, as a sentence without its end,
    /// under which it can be taken back.
    pub fn edit<T>(
        &self,
        clock: Clock,
        change: impl FnOnce(&mut FeedsText) -> Result<(T, String), EditError>,
    ) -> Result<(T, Loaded), FeedsError> {
        let _lock = self.lock()?;
        let mut text = self.text()?;
        let before = text.as_str().to_owned();
        let mut steps = steps::read(&self.steps)?;
        let ((told, what), loaded) = self.change(&mut text, change)?;
        let back = text.back();
        if !back.is_empty() {
            // After the last one, whatever the time is said to be.
            let last = steps.last().map_or(0, |step| step.clock.micros() + 1);
            let clock = Clock::from_micros(last).unwrap_or(Clock::MAX).max(clock);
            steps.push(Step { clock, what: SafeText::title(&what), back });
            self.keep_steps(&steps, &before)?;
        }
        Ok((told, loaded))
    }

    /// Whether the file can be changed, without changing it.
    pub fn check(&self) -> Result<(), FeedsError> {
        let _lock = self.lock()?;
        self.text().map(drop)
    }

    /// What can be taken back, the last step last.
    pub fn steps(&self) -> Result<Vec<Step>, FeedsError> {
        steps::read(&self.steps)
    }

    /// Takes a step back; nothing if there is none of this clock.
    pub fn take_back(&self, clock: Clock) -> Result<Option<TakenBack>, FeedsError> {
        let _lock = self.lock()?;
        let mut steps = steps::read(&self.steps)?;
        let Some(at) = steps.iter().rposition(|step| step.clock == clock) else { return Ok(None) };
        let step = steps.remove(at);
        let mut text = self.text()?;
        let before = text.as_str().to_owned();
        let (left, loaded) = self.change(&mut text, |text| text.take_back(&step.back))?;
        self.keep_steps(&steps, &before)?;
        Ok(Some(TakenBack { step, left, loaded }))
    }

    fn text(&self) -> Result<FeedsText, FeedsError> {
        let bytes = self.read()?;
        let text = utf8(&bytes).and_then(|text| FeedsText::new(text.to_owned()));
        text.map_err(|why| FeedsError::NotToml { path: self.path.clone(), why })
    }

    /// The lock is held.
    fn change<T>(
        &self,
        text: &mut FeedsText,
        change: impl FnOnce(&mut FeedsText) -> Result<T, EditError>,
    ) -> Result<(T, Loaded), FeedsError> {
        let before = text.as_str().to_owned();
        let told = change(text).map_err(|why| FeedsError::Edit { path: self.path.clone(), why })?;
        if text.as_str() != before {
            self.write(text.as_str())?;
        }
        let (subscriptions, warnings) = parse(text.as_str());
        Ok((told, Loaded { subscriptions, warnings, stamp: self.stamp() }))
    }

    /// Keeps what takes changes back. Where that cannot be kept, the change is not made: the
    /// file gets the text that it had before.
    fn keep_steps(&self, steps: &[Step], before: &str) -> Result<(), FeedsError> {
        steps::write(&self.steps, steps).map_err(|error| {
            // On a full disk there may be no room for that either.
            let _ = self.write(before);
            error.into()
        })
    }

    fn write(&self, text: &str) -> Result<(), FeedsError> {
        let path = self.real_path()?;
        // A rename would not ask.
        if fs::metadata(&path).is_ok_and(|found| found.permissions().readonly()) {
            return Err(JournalError::new(&path, ErrorKind::PermissionDenied.into()).into());
        }
        Ok(write_whole(&path, text.as_bytes())?)
    }

    fn read(&self) -> Result<Vec<u8>, FeedsError> {
        let mut bytes = Vec::new();
        let read =
            File::open(&self.path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
        match read {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                return Err(FeedsError::Unreadable { path: self.path.clone(), source: error });
            }
            Ok(_) if bytes.len() as u64 > LARGEST => {
                return Err(FeedsError::TooLarge(self.path.clone()));
            }
            Ok(_) => {}
        }
        Ok(bytes)
    }

    /// A link leads to where the reader keeps the file, and stays a link.
    fn real_path(&self) -> Result<PathBuf, FeedsError> {
        match fs::canonicalize(&self.path) {
            Err(source) if self.path.is_symlink() => {
                Err(FeedsError::Unreadable { path: self.path.clone(), source })
            }
            real => Ok(real.unwrap_or_else(|_| self.path.clone())),
        }
    }

    /// Held until it is dropped. Where the file system knows no locks there is none.
    fn lock(&self) -> Result<Option<File>, JournalError> {
        if let Some(dir) = self.lock.parent() {
            make_dir(dir)?;
        }
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file =
            options.open(&self.lock).map_err(|error| JournalError::new(&self.lock, error))?;
        Ok(file.lock().is_ok().then_some(file))
    }
}

/// The bytes as the text that TOML is.
fn utf8(bytes: &[u8]) -> Result<&str, Warning> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        Warning::at(line, "this is not TOML: a letter is not in UTF-8")
    })
}

#[cfg(unix)]
fn inode(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn inode(_found: &fs::Metadata) -> u64 {
    0
}
