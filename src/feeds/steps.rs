//! Steps: what was done to `feeds.toml`, so that it can be taken back, also after a restart.
//!
//! A line of JSON each in the data directory, the last one last. They are of the program's
//! own changes alone; what the reader edits by hand is for the editor to take back.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::FeedsError;
use crate::config::subscriptions::edit::Back;
use crate::journal::{JournalError, write_whole};
use crate::reading::Clock;
use crate::text::sanitize::SafeText;

/// Steps that are kept; older ones are forgotten.
const STEPS: usize = 200;

/// Bytes of which steps are read; more was not written here.
const LARGEST: u64 = 64 << 20;

/// Something that was done to the feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When, on the clock of the reading state.
    pub clock: Clock,
    /// As a sentence without its end: "Unsubscribed from The Ferry".
    pub what: SafeText,
    /// What takes it back, in this order.
    pub(super) back: Vec<Back>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    clock: u64,
    what: String,
    back: Vec<Back>,
}

/// All steps, the first one first. Lines that are none do not count.
pub(super) fn read(path: &Path) -> Result<Vec<Step>, FeedsError> {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(FeedsError::Unreadable { path: path.to_owned(), source }),
        Ok(_) => {}
    }
    let step = |line: &[u8]| {
        let Line { clock, what, back } = serde_json::from_slice(line).ok()?;
        Some(Step { clock: Clock::from_micros(clock)?, what: SafeText::title(&what), back })
    };
    Ok(bytes.split(|byte| *byte == b'\n').filter_map(step).collect())
}

/// Keeps the last of these steps, whole or not at all.
pub(super) fn write(path: &Path, steps: &[Step]) -> Result<(), JournalError> {
    let mut text = String::new();
    for Step { clock, what, back } in steps.iter().skip(steps.len().saturating_sub(STEPS)) {
        let line = Line { clock: clock.micros(), what: what.to_string(), back: back.clone() };
        // Text under names that are text is always JSON.
        if let Ok(line) = serde_json::to_string(&line) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    write_whole(path, text.as_bytes())
}
