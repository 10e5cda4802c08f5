//! Which stored story an entry with an unknown id is, if it is one.
//!
//! Pure: the candidates come from the tables. Two stories that are taken for one hide news,
//! and one that is taken for two loses its marks: within a feed, ids change with the
//! software behind it and links tell; between feeds, only the same link with the same title
//! does. A link that several entries of a feed have (a live blog, a front page) tells
//! nothing.
//!
//! The same documents give the same stories in whatever order they come: between feeds, the
//! rule asks only what is the same on both sides. Which of the ids is a story's own is the
//! order's business, and the others are its aliases.

use std::collections::{HashMap, HashSet};

use sha2::{Digest as _, Sha256};
use url::Url;

use super::Arrival;
use crate::feed::Content;
use crate::related::{address, titles};
use crate::text::sanitize::SafeText;

/// So many of a hundred words of two titles must be the same for an edited one.
const EDITED: usize = 40;

/// A stored story at the address of an entry.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub story: i64,
    /// The source that had it first.
    pub source: i64,
    /// Whether the feed at hand has it.
    pub own: bool,
    pub title: SafeText,
    pub content: Content,
    pub entry_id: String,
}

/// What is known of a document's entries before any is stored.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// How many entries have an address.
    at: HashMap<i64, usize>,
    /// Stories that an entry is, by its id.
    pub present: HashSet<i64>,
    /// Whether no entry has a known id, and most have links of stored stories.
    pub renumbered: bool,
}

impl Document {
    pub(super) fn new(addresses: impl Iterator<Item = Option<i64>>) -> Self {
        let mut document = Self::default();
        for address in addresses.flatten() {
            *document.at.entry(address).or_default() += 1;
        }
        document
    }

    /// Whether an address is that of one entry alone.
    pub(super) fn is_of_one(&self, address: i64) -> bool {
        self.at.get(&address) == Some(&1)
    }

    /// The candidate that an entry of this document is.
    pub(super) fn choose<'a>(
        &self,
        arrival: &Arrival,
        candidates: &'a [Candidate],
    ) -> Option<&'a Candidate> {
        let own = || candidates.iter().filter(|candidate| candidate.own);
        if let Some(vanished) = own().next() {
            let only = own().nth(1).is_none() && !self.present.contains(&vanished.story);
            return (only && (self.renumbered || agrees(arrival, vanished))).then_some(vanished);
        }
        let folded = titles::folded(&arrival.entry.title);
        let lone = |at: &&Candidate| {
            candidates.iter().filter(|other| other.source == at.source).nth(1).is_none()
        };
        let same = |at: &&Candidate| titles::folded(&at.title) == folded;
        candidates.iter().filter(lone).filter(same).min_by_key(|candidate| candidate.story)
    }
}

/// Whether an entry says about the same as a story of its feed at the same address, whose
/// id is not in the document any more.
fn agrees(arrival: &Arrival, stored: &Candidate) -> bool {
    // Many publishers count their versions of a story behind the `#` of its id.
    let stem = |id: &str| id.split_once('#').map(|(stem, _)| stem.to_owned());
    let counted = stem(&arrival.entry_id).is_some_and(|one| stem(&stored.entry_id) == Some(one));
    counted
        || titles::folded(&arrival.entry.title) == titles::folded(&stored.title)
        || titles::overlap(&arrival.entry.title, &stored.title) >= EDITED
        || (arrival.entry.content != Content::None && arrival.entry.content == stored.content)
}

/// The number under which the address of a page is found; none for a whole site's, which
/// many stories may name.
pub(super) fn address_key(url: &Url) -> Option<i64> {
    let address = address::normal(url.as_str())?;
    // Parts of one page can be stories of their own.
    address.page.contains(['/', '?']).then(|| hash(&address.into_string()))
}

/// The number under which a title is found.
pub(super) fn title_key(title: &str) -> Option<i64> {
    let folded = titles::folded(title);
    (!folded.is_empty()).then(|| hash(&folded))
}

/// The same for every version of this program, because it is stored.
fn hash(text: &str) -> i64 {
    let digest = Sha256::digest(text.as_bytes());
    let first = digest.first_chunk::<8>().copied().unwrap_or_default();
    i64::from_be_bytes(first)
}
