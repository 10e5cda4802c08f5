//! `Candidate`: a feed that there may be, until somebody has asked.

use url::Url;

use crate::text::sanitize::SafeText;

/// A feed that there may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub url: Url,
    /// What the page calls it.
    pub title: Option<SafeText>,
    pub kind: Kind,
}

/// The format that a candidate is said to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Rss,
    Atom,
    Json,
    /// Some feed: nothing says of which format.
    Unknown,
}
