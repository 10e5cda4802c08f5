//! `Tail`: how far a journal file has been read, and whether it is still the same file.
//!
//! Other processes append to it, and a synchronizer may replace it at any moment, by a
//! longer one too. So a tail remembers the bytes before its offset; where they no
//! longer stand there, the file is read anew. Reading a line twice does no harm.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use super::line::{self, Kind};
use crate::reading::{Clock, DeviceId, Mark};

/// Bytes before the offset that are compared: the checksums of the last lines.
const ANCHOR: u64 = 256;

/// What a line held.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "handed over line by line, never stored")]
pub enum Found {
    Mark(Mark),
    /// A line without a mark that we know, but with a clock.
    Clock(Clock),
    /// A line that does not count: its number from 1, and why.
    Damaged(usize, &'static str),
}

/// How far one file has been read.
#[derive(Debug)]
pub struct Tail {
    /// Whose lines these are.
    pub device: DeviceId,
    /// Bytes read, all of them whole lines.
    pub offset: u64,
    /// Lines read.
    pub lines: usize,
    /// Another file stood at the path when it was read last.
    pub replaced: bool,
    anchor: Vec<u8>,
    seen: Option<(u64, SystemTime)>,
}

impl Tail {
    /// Nothing read yet. Until its first line says so, a file is the device's that its
    /// name begins with; a file without either has a device made of its name.
    pub fn new(path: &Path) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let named = name.get(..24).and_then(|name| name.parse().ok());
        let device = named.unwrap_or_else(|| {
            let mut id = [0; 12];
            for (to, from) in id.iter_mut().zip(Sha256::digest(name.as_bytes())) {
                *to = from;
            }
            DeviceId::from_bytes(id)
        });
        Self { device, offset: 0, lines: 0, replaced: false, anchor: Vec::new(), seen: None }
    }

    /// Reads what is new since the last time. A last line without its line feed counts
    /// if it is whole, but is not done with.
    pub fn read(&mut self, path: &Path, each: &mut dyn FnMut(Found)) -> io::Result<()> {
        let found = fs::metadata(path)?;
        let seen = found.modified().ok().map(|modified| (found.len(), modified));
        if seen.is_some() && seen == self.seen {
            return Ok(());
        }
        if !found.is_file() {
            // Reading a pipe would wait for ever.
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no ordinary file"));
        }
        let mut file = File::open(path)?;
        if !self.is_same(&mut file)? {
            *self = Self { replaced: true, ..Self::new(path) };
            file.rewind()?;
        }
        let mut file = BufReader::with_capacity(1 << 18, file);
        let mut text = Vec::new();
        loop {
            text.clear();
            let limit = line::LONGEST as u64;
            let read = file.by_ref().take(limit).read_until(b'\n', &mut text)? as u64;
            if read == 0 {
                break;
            }
            let ended = text.last() == Some(&b'\n') || read == limit;
            let body = text.strip_suffix(b"\n").unwrap_or(&text);
            let device = self.device;
            let kind = line::read(body, device, |mark| each(Found::Mark(mark)));
            match kind {
                Kind::Head(device) => self.device = device,
                Kind::Other(Some(clock)) => each(Found::Clock(clock)),
                Kind::Damaged(why) if ended => each(Found::Damaged(self.lines + 1, why)),
                Kind::Marks | Kind::Other(None) | Kind::Damaged(_) => {}
            }
            if ended {
                self.advance(&text, 1);
            }
        }
        self.seen = seen;
        Ok(())
    }

    /// Passes over lines that this process has just written at the offset.
    pub fn wrote(&mut self, bytes: &[u8], lines: usize, file: &File) {
        self.advance(bytes, lines);
        let found = file.metadata().ok();
        self.seen = found.and_then(|found| Some((found.len(), found.modified().ok()?)));
    }

    fn advance(&mut self, bytes: &[u8], lines: usize) {
        self.offset += bytes.len() as u64;
        self.lines += lines;
        self.anchor.extend_from_slice(bytes);
        let excess = self.anchor.len().saturating_sub(ANCHOR as usize);
        self.anchor.drain(..excess);
    }

    /// Whether there is another file at the path now, or none. One that cannot be looked
    /// at is taken for the same.
    pub fn is_of_another(&self, path: &Path) -> bool {
        let same = File::open(path).and_then(|mut file| self.is_same(&mut file));
        !same.unwrap_or_else(|error| error.kind() != io::ErrorKind::NotFound)
    }

    /// Whether what was read still stands before the offset. Leaves the file there.
    fn is_same(&self, file: &mut File) -> io::Result<bool> {
        let mut anchor = Vec::new();
        file.seek(SeekFrom::Start(self.offset - self.anchor.len() as u64))?;
        file.by_ref().take(self.anchor.len() as u64).read_to_end(&mut anchor)?;
        Ok(anchor == self.anchor)
    }
}
