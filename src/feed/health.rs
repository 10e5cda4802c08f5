//! `Health`: how it stands with fetching a feed, and what was learned for the next time.
//!
//! A value: the library keeps it, the refresh changes it, screens and scripts show it.

use jiff::Timestamp;
use url::Url;

use super::Schedule;
use crate::text::sanitize::SafeText;

/// What is known of a feed from asking for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Health {
    /// What the feed calls itself; the reader's own title in `feeds.toml` comes first.
    pub title: SafeText,
    /// The site that it is about.
    pub site: Option<Url>,
    pub checked: Option<Timestamp>,
    pub succeeded: Option<Timestamp>,
    /// The last answer's status, if there was an answer.
    pub status: Option<u16>,
    /// Why the last attempt failed, as a sentence; none after a success.
    pub error: Option<SafeText>,
    /// Attempts that failed since the last success.
    pub failures: u32,
    /// Before this it is not asked again, unless the reader insists.
    pub next_check: Option<Timestamp>,
    pub validators: Validators,
    /// Where a permanent redirect leads, and how many times in a row it led there to a feed.
    pub moved: Option<(Url, u32)>,
    /// It said 410: nothing asks again until the reader does.
    pub gone: bool,
    /// Entries of the last whole answer.
    pub entries: u32,
    /// Stories a week, as far as was seen; none before there is anything to go by.
    pub per_week: Option<f32>,
    /// When its last document asked to be asked again, kept for answers without one.
    pub schedule: Schedule,
    /// What the document had wrong, as one sentence.
    pub warning: Option<SafeText>,
}

/// Answers in a row that make a move one: what a server says once may be a mistake.
const PROOF: u32 = 3;

impl Health {
    /// Where it has moved to for good, once its server has said so often enough.
    pub fn new_address(&self) -> Option<&Url> {
        self.moved.as_ref().filter(|(_, times)| *times >= PROOF).map(|(to, _)| to)
    }
}

/// What the server gave to ask "has it changed?" with, byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The address that they are of.
    pub url: Option<Url>,
    pub etag: Option<Vec<u8>>,
    pub last_modified: Option<Vec<u8>>,
    /// When a whole answer came last.
    pub since: Option<Timestamp>,
}
