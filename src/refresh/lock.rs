//! One refresh at a time: a lock file in the data directory.
//!
//! Two programs that fetch at once would ask every server twice. The lock belongs to the
//! open file, so a program that is killed gives it back.

#![expect(clippy::disallowed_methods, reason = "a port: the lock is a file")]

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often a lock that another holds is tried again.
const PAUSE: Duration = Duration::from_millis(50);

/// The refresh belongs to this process until this is dropped.
#[derive(Debug)]
pub(super) struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        // Closing alone would not do while a program that is just being started has it too.
        let _ = self.0.unlock();
    }
}

/// Takes the lock, waiting for another refresh to end. None if that takes longer than
/// `patience`, or `stop` is set meanwhile.
///
/// Where the file system knows no locks, there is none to wait for: storing twice does
/// no harm.
pub(super) fn take(
    data: &Path,
    patience: Duration,
    stop: &AtomicBool,
) -> Result<Option<Held>, io::Error> {
    make_dir(data)?;
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(data.join("refresh.lock"))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(Some(Held(file))),
            Err(TryLockError::WouldBlock)
                if start.elapsed() < patience && !stop.load(Ordering::Relaxed) =>
            {
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => return Ok(None),
        }
    }
}

/// Makes the data directory, for the reader alone.
fn make_dir(data: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_waits_no_longer_than_it_was_told_and_gets_it_afterwards() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data");
        let stop = AtomicBool::new(false);
        let first = take(&data, Duration::ZERO, &stop).unwrap();
        assert!(first.is_some());
        assert!(take(&data, Duration::ZERO, &stop).unwrap().is_none());
        drop(first);
        assert!(take(&data, Duration::ZERO, &stop).unwrap().is_some());
    }

    #[test]
    fn who_is_stopped_waits_no_more() {
        let home = tempfile::tempdir().unwrap();
        let _first = take(home.path(), Duration::ZERO, &AtomicBool::new(false)).unwrap();
        let hour = Duration::from_secs(3600);
        assert!(take(home.path(), hour, &AtomicBool::new(true)).unwrap().is_none());
    }
}
