//! What a reader did with stories: marks, and the state they add up to.
//!
//! A [`Mark`] is one change of one register of one story, at one moment, on one
//! device. [`ReadingState`](state::ReadingState) is the fold of all marks, in whatever
//! order they arrive. Nothing here touches a file or a clock: `journal` keeps the
//! marks, and the time comes in as a value.

pub mod clock;
pub mod session;
pub mod state;
pub mod undo;

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use crate::article::Place;
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

pub use clock::{Clock, HybridClock};
pub use session::{Session, Stop};
pub use state::{ReadingState, StoryState, Wish};
pub use undo::{Step, UndoStack, Undone};

/// Which installation made a mark: 96 random bits, printed as 24 hexadecimal letters,
/// which every file system can hold in a file name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId([u8; 12]);

impl DeviceId {
    pub fn from_bytes(bytes: [u8; 12]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text was not the 24 letters of a device id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a device id is 24 of the letters 0-9 and a-f")]
pub struct BadDeviceId;

impl FromStr for DeviceId {
    type Err = BadDeviceId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if text.len() != 24 || !text.chars().all(hex) {
            return Err(BadDeviceId);
        }
        // 24 hexadecimal letters are 96 bits, the lower three quarters of these.
        let number = u128::from_str_radix(text, 16).map_err(|_| BadDeviceId)?;
        let mut id = [0; 12];
        for (to, from) in id.iter_mut().zip(number.to_be_bytes().into_iter().skip(4)) {
            *to = from;
        }
        Ok(Self(id))
    }
}

/// A new value of one register of a story.
///
/// Every register is independent of the others, and in each the last writer wins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Read(bool),
    /// Bookmarked.
    Saved(bool),
    /// One tag; each tag is a register of its own.
    Tag {
        name: SafeText,
        on: bool,
    },
    /// The reader's own words about the story; empty is no note.
    Note(SafeText),
    /// Where the reader stands in it. Not undone: it is moved by reading.
    Place(Place),
}

impl Change {
    /// Whether both are values of the same register.
    pub fn same_register(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Tag { name, .. }, Self::Tag { name: other, .. }) => name == other,
            (Self::Read(_), Self::Read(_))
            | (Self::Saved(_), Self::Saved(_))
            | (Self::Note(_), Self::Note(_))
            | (Self::Place(_), Self::Place(_)) => true,
            (
                Self::Read(_) | Self::Saved(_) | Self::Tag { .. } | Self::Note(_) | Self::Place(_),
                _,
            ) => false,
        }
    }
}

/// What a story is called and where it is, for people who look into the files and
/// for a list that must name a story whose file is gone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    pub title: SafeText,
    /// An address, or the path of a file.
    pub url: Option<String>,
    /// What the list calls its source.
    pub source: SafeText,
}

/// One change, as it is kept for ever. Marks are ordered by (clock, device, value).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub clock: Clock,
    pub device: DeviceId,
    pub story: StoryId,
    pub change: Change,
    /// Given with bookmarks, tags, notes and places.
    pub about: Option<About>,
    /// Present on what can be taken back, and on what took something back.
    pub step: Option<StepInfo>,
}

/// Which step: the clock and the story of its first mark. Two processes of one device
/// may come to the same clock, when that of a third device runs ahead of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepId {
    pub clock: Clock,
    pub story: StoryId,
}

/// How a mark takes part in undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepInfo {
    /// Part of a step.
    Did {
        step: StepId,
        /// What the step did, as a sentence; on its first mark only.
        what: Option<SafeText>,
        /// The register's value before the step.
        before: Change,
    },
    /// Wrote an old value again, and so took that step back.
    TookBack { step: StepId },
}
