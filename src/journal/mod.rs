//! The journal: reading state as lines of text in the reader's own directory.
//!
//! `state/<device>.jsonl` is appended to by one device and read by all. Every other
//! `.jsonl` file there, also a synchronizer's conflict copy, is merged in. Nothing is
//! ever lost to a crash, a full disk or a directory that goes away: a line is on the
//! disk, or its mark waits in memory. What marks mean is decided in `reading`.
#![expect(clippy::disallowed_methods, reason = "this port owns the reader's own files")]

mod append;
mod compact;
mod device;
mod error;
mod files;
mod line;
pub mod saved;
mod screen;
mod tail;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::reading::{DeviceId, Mark, ReadingState, Session, UndoStack};
use crate::text::system::reason;
use crate::warning::Warning;
use device::Device;
pub use error::JournalError;
pub use files::{check_dir, free_space, make_dir, write_whole};
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
    data: PathBuf,
    dir: PathBuf,
    own: PathBuf,
    tails: BTreeMap<PathBuf, Tail>,
    /// What waits to be written.
    queue: VecDeque<Batch>,
    /// What this process has written: it waits again if the file loses it.
    written: Vec<Batch>,
    /// When the lines that wait were last tried.
    tried: Option<Instant>,
    /// Since when lines wait to be safe against a power cut.
    unsafe_since: Option<Instant>,
    /// Bytes that the last compaction left, or would have left.
    needed: u64,
}

/// The lines of marks that were made together: all of them are written, or none. Half a
/// step could not be taken back, and half a step taken back could not be finished.
#[derive(Debug)]
struct Batch {
    bytes: Vec<u8>,
    lines: usize,
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

/// One file of reading state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFile {
    pub path: PathBuf,
    pub device: DeviceId,
    pub lines: usize,
    pub bytes: u64,
    /// It is the one that this device writes.
    pub own: bool,
    /// Its name is not that of its device: a synchronizer's conflict copy, or a backup.
    pub copy: bool,
}

impl Journal {
    /// Reads all journals of a configuration directory, which need not exist yet.
    /// Nothing is written but the device's id, in the data directory.
    pub fn open(config: &Path, data: &Path) -> (Self, Loaded) {
        let (device, no_device) = Device::open(data);
        let (journal, mut loaded) = Self::load(config, data, device);
        if let Some(error) = no_device {
            let message = format!("This device is new at every start. {error}");
            loaded.warnings.push(Warning::new(message));
        }
        (journal, loaded)
    }

    /// What the journals hold, for somebody who only looks: nothing is made or written.
    pub fn look(config: &Path, data: &Path) -> (Vec<JournalFile>, Loaded) {
        let (journal, loaded) = Self::load(config, data, Device::look(data));
        (journal.files(), loaded)
    }

    fn load(config: &Path, data: &Path, device: Device) -> (Self, Loaded) {
        let dir = config.join("state");
        let own = dir.join(format!("{}.jsonl", device.id));
        let mut journal = Self {
            data: data.to_path_buf(),
            dir,
            own,
            tails: BTreeMap::new(),
            queue: VecDeque::new(),
            written: Vec::new(),
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
        let session = screen::load(&journal.session_path(), &mut warnings);
        let writable = journal.check();
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

    /// The files that were read, in order of their paths.
    fn files(&self) -> Vec<JournalFile> {
        let files = self.tails.iter().map(|(path, tail)| JournalFile {
            path: path.clone(),
            device: tail.device,
            lines: tail.lines,
            bytes: tail.offset,
            own: *path == self.own,
            copy: path.file_stem() != Some(tail.device.to_string().as_ref()),
        });
        files.collect()
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
        let mut batch = Batch { bytes: Vec::new(), lines: 0 };
        for line in marks.iter().map(line::write).filter(|line| line.len() < line::LONGEST) {
            batch.bytes.extend(line);
            batch.lines += 1;
        }
        let too_long = batch.lines < marks.len();
        if batch.lines > 0 {
            self.queue.push_back(batch);
        }
        self.flush()?;
        if durability == Durability::Now {
            self.sync()?;
        }
        if too_long { Err(JournalError::TooLong) } else { Ok(()) }
    }

    /// Marks that are in memory only.
    pub fn pending(&self) -> usize {
        self.queue.iter().map(|batch| batch.lines).sum()
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
        screen::save(&self.session_path(), session)
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
        // Another file stands there now, but nothing that was written is lost.
        self.tails.remove(&self.own);
        self.written.clear();
        Ok(true)
    }

    /// Deletes what a program that was killed left half written, and that is no use.
    pub fn tidy(&self) {
        files::delete_leftovers(&self.dir, 0);
        files::delete_leftovers(&self.data, 0);
    }

    /// Hands over what is new in all files.
    fn read(&mut self, each: &mut dyn FnMut(Found)) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let paths = match journals(&self.dir) {
            Ok(paths) => paths,
            Err(error) => {
                warnings.push(unreadable(&self.dir, &error));
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
                    warnings.push(unreadable(&path, &error));
                }
                Ok(()) | Err(_) => {}
            }
        }
        warnings
    }

    /// Whether a mark could be written now, as far as can be told without writing.
    pub fn check(&self) -> Result<(), JournalError> {
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
}

/// Makes a file that meets a size limit an error, like that of a full disk, instead of a
/// signal that ends the program. To be called once, where the program starts.
pub fn ignore_file_size_signal() {
    // The write that failed tells what happened; the flag is asked by nobody.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

fn unreadable(path: &Path, error: &io::Error) -> Warning {
    let path = path.display();
    Warning::new(format!(
        "What you read and marked is not all here ({}): give yourself the right to read {path}.",
        reason(error)
    ))
}

/// The journal files of a directory, in order of their names. None if there is no directory.
fn journals(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        // Whether one can be made is told by the check.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
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
