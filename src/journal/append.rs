//! Appending: what waits goes to the file in one write, under the device's lock.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::Instant;

use super::tail::Tail;
use super::{Journal, JournalError, files, line};

impl Journal {
    /// Writes what waits, in one write.
    pub(super) fn flush(&mut self) -> Result<(), JournalError> {
        self.requeue_lost();
        if self.queue.is_empty() {
            return Ok(());
        }
        self.tried = Some(Instant::now());
        files::make_dir(&self.dir)?;
        self.write_queue().map_err(JournalError::at(&self.own))
    }

    /// Lets what this process wrote wait again, if the file is no longer the one it was
    /// written to: a synchroniser has put an older copy in its place, or it was deleted.
    fn requeue_lost(&mut self) {
        if self.written.is_empty() {
            return;
        }
        let was_replaced = match self.tails.get_mut(&self.own) {
            // It was gone when the files were looked at.
            None => true,
            Some(tail) => std::mem::take(&mut tail.replaced) || tail.is_of_another(&self.own),
        };
        if was_replaced {
            self.tails.remove(&self.own);
            let written = std::mem::take(&mut self.written);
            self.queue = written.into_iter().chain(self.queue.drain(..)).collect();
        }
    }

    /// The file is opened for every write: it may have been compacted by another
    /// process, replaced by a synchronizer, or deleted.
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
        bytes.extend(self.queue.iter().flat_map(|batch| &batch.bytes));
        let lines = self.pending() + usize::from(!start.is_empty());
        let (written, error) = write_once(&mut file, &bytes);
        let mut whole = if written < start.len() { 0 } else { start.len() };
        while let Some(batch) = self.queue.front()
            && whole + batch.bytes.len() <= written
        {
            whole += batch.bytes.len();
            self.written.extend(self.queue.pop_front());
            self.unsafe_since.get_or_insert_with(Instant::now);
        }
        if error.is_some() && lock.holds() {
            // The part of a batch that just fitted is our own, and no use to anyone. If it
            // stays all the same, it is written a second time, and a torn line is closed.
            let _ = file.set_len(before + whole as u64);
        }
        drop(lock);

        let tail = self.tails.entry(self.own.clone()).or_insert_with(|| Tail::new(&self.own));
        if tail.offset == before && error.is_none() {
            tail.wrote(&bytes, lines, &file);
        }
        error.map_or(Ok(()), Err)
    }
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
