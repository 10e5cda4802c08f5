//! The journal: reading state as lines of text in the reader's own directory.
//!
//! `state/<device>.jsonl` is appended to by one device and read by all. Every other
//! `.jsonl` file there, also a synchroniser's conflict copy, is merged in. Nothing is
//! ever lost to a crash, a full disk or a directory that goes away: a line is on the
//! disk, or its mark waits in memory. What marks mean is decided in `reading`.
#![expect(clippy::disallowed_methods, reason = "this port owns the reader's own files")]

mod compact;
mod device;
mod error;
mod files;
mod line;
pub mod saved;
mod tail;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::reading::{DeviceId, Mark, ReadingState, Session, UndoStack};
use crate::warning::Warning;
use device::Device;
pub use error::JournalError;
use tail::{Found, Tail};

/// How long a mark may wait to be safe against a power cut, and how often a write
/// that failed is tried again.
const PATIENCE: Duration = Duration::from_secs(2);

/// Bytes below which a journal is never compacted.
const SMALL: u64 = 1 << 20;

/// When a mark must be safe against a power cut. Against a crash of the program every
/// mark is safe as soon as it is appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Before `append` returns: bookmarks, tags, notes.
    Now,
    /// Within two seconds, or at quit: read marks, places.
    Soon,
}

/// The journals of a directory, of which one is written.
#[derive(Debug)]
pub struct Journal {
    device: Device,
    dir: PathBuf,
    own: PathBuf,
    tails: BTreeMap<PathBuf, Tail>,
    /// Lines that wait to be written.
    queue: VecDeque<Vec<u8>>,
    /// When the lines that wait were last tried.
    tried: Option<Instant>,
    /// Since when lines wait to be safe against a power cut.
    unsafe_since: Option<Instant>,
    /// Bytes that the last compaction left, or would have left.
    needed: u64,
}

/// What the journals held at the start.
#[derive(Debug)]
pub struct Loaded {
    pub state: ReadingState,
    pub undo: UndoStack,
    pub session: Session,
    /// Lines that do not count, and files that could not be read.
    pub warnings: Vec<Warning>,
    /// Whether marks can be kept, as far as can be told without writing.
    pub writable: Result<(), JournalError>,
}

impl Journal {
    /// Reads all journals of a configuration directory, which need not exist yet.
    /// Nothing is written but the device's id, in the data directory.
    pub fn open(config: &Path, data: &Path) -> (Self, Loaded) {
        let (device, no_device) = Device::open(data);
        let dir = config.join("state");
        let own = dir.join(format!("{}.jsonl", device.id));
        let mut journal = Self {
            dir,
            own,
            tails: BTreeMap::new(),
            queue: VecDeque::new(),
            tried: None,
            unsafe_since: None,
            needed: 0,
            device,
        };
        let id = journal.device.id;
        let mut state = ReadingState::new(id);
        let mut undo = UndoStack::new(id);
        let mut warnings = journal.read(&mut |found| match found {
            Found::Mark(mark) => {
                state.apply(&mark);
                undo.apply(&mark);
            }
            Found::Clock(clock) => state.see(clock),
            Found::Damaged(..) => {}
        });
        let session = journal.load_session(&mut warnings);
        let writable = journal.check();
        if let Some(error) = no_device {
            warnings.push(Warning::new(format!("{error} This device is new at every start.")));
        }
        (journal, Loaded { state, undo, session, warnings, writable })
    }

    /// The device whose journal is written.
    pub fn device(&self) -> DeviceId {
        self.device.id
    }

    /// The file that is written.
    pub fn path(&self) -> &Path {
        &self.own
    }

    /// Marks that other processes and devices have made since the last call, and what
    /// was wrong with their lines. The device's own may be among them a second time.
    pub fn poll(&mut self) -> (Vec<Mark>, Vec<Warning>) {
        let mut marks = Vec::new();
        let warnings = self.read(&mut |found| {
            if let Found::Mark(mark) = found {
                marks.push(mark);
            }
        });
        (marks, warnings)
    }

    /// Keeps marks. An error says why they are not on the disk yet; they wait in
    /// memory and are tried again by every later call and by [`flush_due`](Self::flush_due).
    pub fn append(&mut self, marks: &[Mark], durability: Durability) -> Result<(), JournalError> {
        let waiting = self.queue.len();
        self.queue.extend(marks.iter().map(line::write).filter(|line| line.len() < line::LONGEST));
        let too_long = self.queue.len() - waiting < marks.len();
        self.flush()?;
        if durability == Durability::Now {
            self.sync()?;
        }
        if too_long { Err(JournalError::TooLong) } else { Ok(()) }
    }

    /// Marks that are in memory only.
    pub fn pending(&self) -> usize {
        self.queue.len()
    }

    /// How long until [`flush_due`](Self::flush_due) has something to do.
    pub fn due_in(&self, now: Instant) -> Option<Duration> {
        let retry = self.tried.filter(|_| !self.queue.is_empty());
        let since = [retry, self.unsafe_since].into_iter().flatten().min()?;
        Some(PATIENCE.saturating_sub(now.saturating_duration_since(since)))
    }

    /// Does what has waited for two seconds: writes what could not be written, and makes
    /// safe what was.
    pub fn flush_due(&mut self, now: Instant) -> Result<(), JournalError> {
        if self.due_in(now).is_some_and(|wait| wait.is_zero()) { self.sync() } else { Ok(()) }
    }

    /// Writes everything and makes it safe against a power cut. Also called at quit.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        self.flush()?;
        if self.unsafe_since.is_some() {
            // The same file may have been renamed over since: then all of it is safe.
            let synced = OpenOptions::new()
                .append(true)
                .open(&self.own)
                .and_then(|file| file.sync_data())
                .and_then(|()| files::sync_dir(&self.dir));
            match synced {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    self.unsafe_since = Some(Instant::now());
                    return Err(JournalError::new(&self.own, error));
                }
                Ok(()) | Err(_) => self.unsafe_since = None,
            }
        }
        Ok(())
    }

    /// Keeps the screen as it is left.
    pub fn save_session(&self, session: &Session) -> Result<(), JournalError> {
        let text = serde_json::to_vec(session)
            .map_err(|error| JournalError::new(&self.session_path(), error.into()))?;
        files::write_whole(&self.session_path(), &text)
    }

    /// Leaves the lines out of the own journal that others have superseded, if it is
    /// large and most of them are. Says whether it did. For idle moments.
    pub fn compact(&mut self) -> Result<bool, JournalError> {
        let large = |len: u64| len > SMALL && len > self.needed.saturating_mul(2);
        let at_own = || JournalError::at(&self.own);
        let Ok(found) = fs::symlink_metadata(&self.own) else { return Ok(false) };
        if !found.is_file() || !large(found.len()) {
            return Ok(false);
        }
        let lock = self.device.lock();
        if !lock.holds() {
            return Ok(false);
        }
        let journal = fs::read(&self.own).map_err(at_own())?;
        let needed = compact::needed(&journal, self.device.id);
        self.needed = needed.len() as u64;
        if journal.len() as u64 <= self.needed.saturating_mul(2) {
            return Ok(false);
        }
        files::write_whole(&self.own, &needed)?;
        Ok(true)
    }

    /// Hands over what is new in all files.
    fn read(&mut self, each: &mut dyn FnMut(Found)) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let paths = match journals(&self.dir) {
            Ok(paths) => paths,
            Err(error) => {
                let dir = self.dir.display();
                warnings.push(Warning::new(format!("{dir} could not be read: {error}.")));
                return warnings;
            }
        };
        self.tails.retain(|path, _| paths.contains(path));
        for path in paths {
            let tail = self.tails.entry(path.clone()).or_insert_with(|| Tail::new(&path));
            let read = tail.read(&path, &mut |found| {
                if let Found::Damaged(number, why) = found {
                    let message =
                        format!("{}: this line {why}, and does not count.", path.display());
                    warnings.push(Warning::at(number, message));
                } else {
                    each(found);
                }
            });
            match read {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    let path = path.display();
                    warnings.push(Warning::new(format!("{path} could not be read: {error}.")));
                }
                Ok(()) | Err(_) => {}
            }
        }
        warnings
    }

    /// Writes the lines that wait, in one write.
    fn flush(&mut self) -> Result<(), JournalError> {
        if self.queue.is_empty() {
            return Ok(());
        }
        self.tried = Some(Instant::now());
        files::make_dir(&self.dir)?;
        self.write_queue().map_err(JournalError::at(&self.own))
    }

    /// The file is opened for every write: it may have been compacted by another
    /// process, replaced by a synchroniser, or deleted.
    fn write_queue(&mut self) -> io::Result<()> {
        let lock = self.device.lock();
        let mut file = open_to_append(&self.own)?;
        let before = file.metadata()?.len();
        let start = match last_byte(&mut file, before)? {
            None => line::head(self.device.id),
            Some(b'\n') => Vec::new(),
            // A torn line is closed, not cut: it may be another's.
            Some(_) => vec![b'\n'],
        };
        let mut bytes = start.clone();
        bytes.extend(self.queue.iter().flatten());
        let lines = self.queue.len() + usize::from(!start.is_empty());
        let (mut written, error) = write_once(&mut file, &bytes);
        if error.is_some() && lock.holds() {
            // The part of a line that just fitted is our own, and no use to anyone.
            let whole = bytes.iter().take(written).rposition(|byte| *byte == b'\n');
            let whole = whole.map_or(0, |at| at + 1);
            if file.set_len(before + whole as u64).is_ok() {
                written = whole;
            }
        }
        drop(lock);

        let mut room = written.saturating_sub(start.len());
        while let Some(line) = self.queue.front().filter(|line| line.len() <= room) {
            room -= line.len();
            self.queue.pop_front();
            self.unsafe_since.get_or_insert_with(Instant::now);
        }
        let tail = self.tails.entry(self.own.clone()).or_insert_with(|| Tail::new(&self.own));
        if tail.offset == before && error.is_none() {
            tail.wrote(&bytes, lines, &file);
        }
        error.map_or(Ok(()), Err)
    }

    /// Whether a mark could be written now.
    fn check(&self) -> Result<(), JournalError> {
        match OpenOptions::new().append(true).open(&self.own) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => files::check_dir(&self.dir),
            // The file in the way is found by looking at the directories.
            Err(error) if error.kind() == ErrorKind::NotADirectory => files::check_dir(&self.dir),
            Err(error) => Err(JournalError::new(&self.own, error)),
        }
    }

    fn session_path(&self) -> PathBuf {
        self.dir.join(format!("{}.session.json", self.device.id))
    }

    fn load_session(&self, warnings: &mut Vec<Warning>) -> Session {
        let path = self.session_path();
        let Ok(text) = fs::read(&path) else { return Session::default() };
        serde_json::from_slice(&text).unwrap_or_else(|error| {
            let message =
                format!("{} is damaged ({error}): the reader starts at the front.", path.display());
            warnings.push(Warning::new(message));
            Session::default()
        })
    }
}

/// The journal files of a directory, in order of their names. None if there is no directory.
fn journals(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|ending| ending == "jsonl") {
            paths.push(path);
        }
    }
    paths.sort_unstable();
    Ok(paths)
}

fn open_to_append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn last_byte(file: &mut File, len: u64) -> io::Result<Option<u8>> {
    let mut last = [0];
    if len == 0 {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(len - 1))?;
    file.read_exact(&mut last)?;
    let [last] = last;
    Ok(Some(last))
}

/// Writes all with one call, or with a few where the system takes it in parts. Says how
/// many bytes were taken before an error.
fn write_once(file: &mut File, bytes: &[u8]) -> (usize, Option<io::Error>) {
    let mut written = 0;
    while let Some(rest) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
        match file.write(rest) {
            Ok(0) => return (written, Some(ErrorKind::WriteZero.into())),
            Ok(more) => written += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return (written, Some(error)),
        }
    }
    (written, None)
}
