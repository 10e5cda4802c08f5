//! The device's id and its lock, both in the data directory: a configuration
//! directory that was copied or synchronized never gives two machines the same one.

use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{JournalError, files};
use crate::reading::DeviceId;

/// Who writes, and what keeps two processes of it from writing at the same time.
#[derive(Debug)]
pub struct Device {
    pub id: DeviceId,
    lock: Option<File>,
}

impl Device {
    /// The device of a data directory. A new one is made at the first start, and for
    /// this process alone where it cannot be kept: then it shares no file with others.
    pub fn open(data: &Path) -> (Self, Option<JournalError>) {
        match Self::kept(data) {
            Ok(device) => (device, None),
            Err(error) => (Self { id: new_id(), lock: None }, Some(error)),
        }
    }

    /// The device of a data directory for somebody who only looks: nothing is made.
    pub fn look(data: &Path) -> Self {
        Self { id: read_id(&data.join("device")).unwrap_or_else(|_| new_id()), lock: None }
    }

    fn kept(data: &Path) -> Result<Self, JournalError> {
        let path = data.join("device");
        let id = match read_id(&path) {
            Ok(id) => id,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => {
                files::make_dir(data)?;
                keep_id(data, &path, error.kind()).map_err(JournalError::at(&path))?
            }
            Err(error) => return Err(JournalError::new(&path, error)),
        };
        // A directory that can only be read keeps its id all the same, and needs no lock
        // of its own to be written to hold one.
        let lock = data.join("device.lock");
        let lock = open_lock(&lock).or_else(|_| File::open(&lock)).ok();
        Ok(Self { id, lock })
    }

    /// Holds the device's files until the guard is dropped. Where the file system
    /// knows no locks there is none: appending is still one write.
    pub fn lock(&self) -> Lock<'_> {
        Lock(self.lock.as_ref().filter(|file| file.lock().is_ok()))
    }
}

/// The device's files belong to this process.
#[derive(Debug)]
pub struct Lock<'a>(Option<&'a File>);

impl Lock<'_> {
    /// Whether nobody else can be writing.
    pub fn holds(&self) -> bool {
        self.0.is_some()
    }
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        // A lock that cannot be given back goes with the process.
        if let Some(file) = self.0 {
            let _ = file.unlock();
        }
    }
}

fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn read_id(path: &Path) -> io::Result<DeviceId> {
    let mut text = String::new();
    File::open(path)?.take(64).read_to_string(&mut text)?;
    text.trim().parse().map_err(|bad| io::Error::new(ErrorKind::InvalidData, bad))
}

/// Keeps a new id, unless another process has just kept one.
fn keep_id(data: &Path, path: &Path, why: ErrorKind) -> io::Result<DeviceId> {
    let id = new_id();
    let mut file = tempfile::Builder::new().prefix(files::TEMPORARY).tempfile_in(data)?;
    writeln!(file, "{id}")?;
    file.as_file().sync_all()?;
    if why == ErrorKind::InvalidData {
        // A damaged id names nobody.
        file.persist(path).map_err(|error| error.error)?;
        return Ok(id);
    }
    match file.persist_noclobber(path) {
        Ok(_) => Ok(id),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => read_id(path),
        Err(error) => Err(error.error),
    }
}

/// 96 random bits. The hasher's keys come from the operating system; the rest is for
/// systems where they might not be so random.
fn new_id() -> DeviceId {
    let mut hash = Sha256::new();
    for round in 0_u8..3 {
        hash.update(RandomState::new().hash_one(round).to_be_bytes());
    }
    hash.update(jiff::Timestamp::now().as_nanosecond().to_be_bytes());
    hash.update(std::process::id().to_be_bytes());
    let mut id = [0; 12];
    for (to, from) in id.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    DeviceId::from_bytes(id)
}
