//! Who an entry is, and whether it changed.
//!
//! An id is the entry's own as far as that goes; a title never is while there is an id or
//! an address, since titles are edited. Which stored story an id belongs to is the
//! library's to say. Nothing here is random, and nothing depends on what was parsed before.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::visible::Count;
use super::{Entry, Feed};
use crate::related::address::{self, Address};

/// Bytes of the text that tells two entries apart which have neither id nor address.
const FIRST_TEXT: usize = 500;

/// The id of each entry, in the order of the entries, each different from the others.
///
/// It is the entry's own id; else its address without what differs between links to one
/// page; else a hash of its title, date and first text. Entries that share an id get their
/// addresses added, and where these are equal too, their number counted from the last
/// entry, which is the oldest: a new entry then leaves the ids of the old ones alone.
pub fn ids(feed: &Feed) -> Vec<String> {
    let mut ids: Vec<String> = feed.entries.iter().map(own_id).collect();
    let links = feed.entries.iter().map(|entry| entry.link.as_ref().map(url::Url::as_str));
    let shared = shared(&ids);
    for (id, link) in ids.iter_mut().zip(links) {
        if shared.contains_key(id.as_str())
            && let Some(link) = link
        {
            id.push('\n');
            id.push_str(&page(link));
        }
    }
    let mut shared = self::shared(&ids);
    for id in ids.iter_mut().rev() {
        if let Some(count) = shared.get_mut(id.as_str()) {
            *count += 1;
            if *count > 1 {
                id.push('\n');
                id.push_str(&count.to_string());
            }
        }
    }
    ids
}

/// The ids that occur more than once, each with a count that begins at zero.
fn shared(ids: &[String]) -> HashMap<String, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::with_capacity(ids.len());
    for id in ids {
        *counts.entry(id).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| (id.to_owned(), 0)).collect()
}

fn own_id(entry: &Entry) -> String {
    if let Some(id) = entry.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
        return id.to_owned();
    }
    if let Some(link) = &entry.link {
        return page(link.as_str());
    }
    let mut hash = Sha256::new();
    hash.update(entry.title.as_bytes());
    hash.update([0]);
    if let Some(date) = entry.published.or(entry.updated) {
        hash.update(date.to_string());
    }
    hash.update([0]);
    let text = entry.content.as_str().as_bytes();
    hash.update(text.get(..text.len().min(FIRST_TEXT)).unwrap_or_default());
    let digest = hash.finalize();
    let digest = digest.get(..12).unwrap_or_default();
    format!("sha256:{}", URL_SAFE_NO_PAD.encode(digest))
}

/// An address in the form in which two that lead to one page are equal.
fn page(link: &str) -> String {
    address::normal(link).map_or_else(|| link.to_owned(), Address::into_string)
}

/// Changes when a reader would see another text: another title, page or word. White space,
/// markup, the addresses of pictures and what differs between links to one page are not
/// seen, and publishers turn them over.
pub fn digest(entry: &Entry) -> u64 {
    let mut digest = Digest::of_head(entry);
    entry.visible(|text| digest.add(text));
    digest.end();
    digest.hash
}

/// The digest of an entry and the minutes that it takes to read, from reading it once.
pub fn digest_and_minutes(entry: &Entry) -> (u64, u16) {
    let mut digest = Digest::of_head(entry);
    let mut count = Count::default();
    entry.visible(|text| {
        digest.add(text);
        count.add(text);
    });
    digest.end();
    (digest.hash, count.minutes())
}

/// A hash of bytes without white space. It is stored, so it may never change: FNV-1a, 64
/// bits (<http://www.isthe.com/chongo/tech/comp/fnv/>), eight bytes at a step.
struct Digest {
    hash: u64,
    /// Bytes that wait for the next step, and how many bits they are.
    pending: u64,
    bits: u32,
}

impl Default for Digest {
    fn default() -> Self {
        Self { hash: 0xcbf2_9ce4_8422_2325, pending: 0, bits: 0 }
    }
}

impl Digest {
    /// A digest to which the text is still to be added.
    fn of_head(entry: &Entry) -> Self {
        let mut digest = Self::default();
        digest.add(&entry.title);
        digest.end();
        digest.add(&entry.link.as_ref().map(|link| page(link.as_str())).unwrap_or_default());
        digest.end();
        digest
    }

    fn add(&mut self, text: &str) {
        // Without a branch at each word: spaces are where branches are guessed wrong.
        for byte in text.bytes() {
            let kept = u32::from(byte > b' ');
            self.pending |= (u64::from(byte) * u64::from(kept)) << self.bits;
            self.bits += 8 * kept;
            if self.bits == u64::BITS {
                self.step();
            }
        }
    }

    /// Ends a part, so that what moves from one to the next is a change.
    fn end(&mut self) {
        self.step();
        self.pending = 0xff;
        self.step();
    }

    fn step(&mut self) {
        // The rotation lets the high bits of eight bytes reach the low bits of the sum.
        self.hash = (self.hash ^ self.pending).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
        (self.pending, self.bits) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Content;
    use crate::text::sanitize::SafeText;

    fn entry(id: &str, link: &str, title: &str) -> Entry {
        Entry {
            id: Some(id.to_owned()),
            link: link.parse().ok(),
            title: SafeText::title(title),
            ..Entry::default()
        }
    }

    fn ids_of(entries: &[Entry]) -> Vec<String> {
        ids(&Feed { entries: entries.to_vec(), ..Feed::default() })
    }

    #[test]
    fn an_own_id_goes_first_then_the_address_then_the_text() {
        let found = ids_of(&[
            entry(" a ", "https://example.org/1", "One"),
            entry("", "https://www.example.org/2/?utm_source=feed", "Two"),
            entry("", "", "Three"),
            entry("", "", "Four"),
        ]);
        assert_eq!(found[..2], ["a", "example.org/2"]);
        assert!(found[2].starts_with("sha256:") && found[2] != found[3]);
    }

    #[test]
    fn a_shared_id_is_told_apart_by_address_and_then_counted_from_the_oldest() {
        let one = entry("x", "https://example.org/1", "One");
        let two = entry("x", "https://example.org/2", "Two");
        let bare = entry("x", "", "Bare");
        assert_eq!(ids_of(&[one.clone(), two.clone()]), ["x\nexample.org/1", "x\nexample.org/2"]);
        let old = ids_of(&[two.clone(), bare.clone(), bare.clone()]);
        assert_eq!(old, ["x\nexample.org/2", "x\n2", "x"]);
        let new = ids_of(&[bare.clone(), one, two, bare.clone(), bare]);
        assert_eq!(new[2..], old, "a new entry leaves the old ids alone");
    }

    #[test]
    fn a_digest_sees_what_a_reader_sees() {
        let html = |html: &str| Entry {
            content: Content::Html(html.to_owned()),
            ..entry("x", "https://example.org/1", "One")
        };
        let first = digest(&html("<p>The ferry <b>sails</b> today</p>"));
        assert_eq!(first, digest(&html("<p>The ferry\n  <i class=a>sails</i>\ntoday</p> ")));
        assert_ne!(first, digest(&html("<p>The ferry <b>fails</b> today</p>")));
        let long = html(&"<p>The ferry sails</p>".repeat(400));
        assert_eq!(digest_and_minutes(&long), (digest(&long), long.minutes()));
        assert!(long.minutes() > 1);
        assert_ne!(first, digest(&Entry { title: "Two".into(), ..html("The ferry sails today") }));
        let link = |link| digest(&entry("x", link, "One"));
        let page = link("http://example.org/1");
        assert_eq!(page, link("https://www.example.org/1/?utm_source=feed"));
        assert_ne!(page, link("https://example.org/2"));
        assert_ne!(
            digest(&entry("x", "", "ab")),
            digest(&Entry { content: Content::Text("b".to_owned()), ..entry("x", "", "a") })
        );
    }
}
