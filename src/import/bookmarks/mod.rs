//! Stories that a reader put aside in other programs: starred items, bookmarks, lists of
//! what to read later.
//!
//! Pure: bytes in, stories out, all of them saved. What is no story is counted in a
//! warning and costs nothing else.

mod csv;
mod json;
mod page;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use url::Url;

use super::jsonl::{Imported, first_words, identified};
use super::{MOST_TAGS, NotAList};
use crate::extract;
use crate::feed::Entry;
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

/// What wrote the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON of Google Reader and its successors: starred items, labels.
    Starred,
    /// Bookmarks of browsers, and of all that writes like them.
    Netscape,
    /// The table or the page of an export.
    Pocket,
    Instapaper,
    Wallabag,
}

/// The format that a document seems to have, from its beginning.
pub fn guess(start: &[u8]) -> Option<Format> {
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let has = |word: &str| text.contains(&format!("\"{word}\""));
    if text.starts_with('{') {
        let item = ["canonical", "alternate", "origin", "categories"].into_iter().any(has);
        return (has("items") && item).then_some(Format::Starred);
    }
    if text.starts_with('[') {
        let item = has("is_archived") || has("is_starred");
        return (has("url") && item).then_some(Format::Wallabag);
    }
    if page::is_bookmarks(text) {
        return Some(Format::Netscape);
    }
    csv::format(text)
}

/// Tells of each story of a document, and at the end what was odd about it.
///
/// # Errors
///
/// The document is not of the format; nothing was told.
pub fn read(
    bytes: &[u8],
    format: Format,
    tell: &mut dyn FnMut(Imported),
) -> Result<Vec<Warning>, NotAList> {
    let decoded = extract::decode::decode(bytes, &extract::Hints::default());
    let (text, mut warnings) = decoded.map_err(|error| NotAList(SafeText::line(&error.0)))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut found = Found { tell, lost: 0 };
    match format {
        Format::Starred => json::starred(text, &mut found)?,
        Format::Wallabag => json::wallabag(text, &mut found)?,
        Format::Netscape => page::read(text, &mut found)?,
        Format::Pocket if text.trim_start().starts_with('<') => page::read(text, &mut found)?,
        Format::Pocket => csv::read(text, csv::POCKET, &mut found)?,
        Format::Instapaper => csv::read(text, csv::INSTAPAPER, &mut found)?,
    }
    let lost = found.lost;
    if lost > 0 {
        let what = if lost == 1 { "1 item has".to_owned() } else { format!("{lost} items have") };
        let sentence = format!(
            "{what} no address of the web and no text, and {} left out",
            if lost == 1 { "was" } else { "were" }
        );
        warnings.push(Warning::new(sentence));
    }
    Ok(warnings)
}

/// What is found, one after the other.
struct Found<'a> {
    tell: &'a mut dyn FnMut(Imported),
    /// What was no story.
    lost: usize,
}

impl Found<'_> {
    fn add(&mut self, story: Option<Imported>) {
        match story {
            Some(story) => (self.tell)(story),
            None => self.lost += 1,
        }
    }
}

/// A story that was put aside.
#[derive(Debug, Default)]
struct Item {
    entry: Entry,
    source: SafeText,
    read: bool,
    tags: Vec<SafeText>,
    note: Option<SafeText>,
}

impl Item {
    /// The story; none if there is nothing to read and nowhere to go.
    fn story(mut self) -> Option<Imported> {
        self.entry.link = self.entry.link.filter(|url| matches!(url.scheme(), "http" | "https"));
        let (link, text) = (self.entry.link.as_ref(), self.entry.text());
        let text = text.filter(|text| !text.is_empty());
        if link.is_none() && text.is_none() {
            return None;
        }
        if self.entry.title.is_empty() {
            self.entry.title = first_words(text.as_deref(), link);
        }
        let (entry_id, entry) = identified(self.entry);
        let mut tags: Vec<SafeText> = Vec::new();
        for tag in self.tags {
            if tags.len() < MOST_TAGS && !tag.is_empty() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Some(Imported {
            id: None,
            entry_id,
            entry,
            source: self.source,
            source_key: None,
            read: self.read,
            saved: true,
            tags,
            note: self.note.filter(|note| !note.is_empty()),
        })
    }
}

/// Seconds, or as some write them, milliseconds or microseconds since 1970.
fn moment(number: &str) -> Option<Timestamp> {
    let number: i64 = number.trim().parse().ok().filter(|number| *number > 0)?;
    // Seconds of this many digits are millennia away.
    let unit = match number {
        0..=99_999_999_999 => 1,
        100_000_000_000..=99_999_999_999_999 => 1_000,
        _ => 1_000_000,
    };
    Timestamp::from_second(number / unit).ok()
}

fn link(address: &str) -> Option<Url> {
    Url::parse(address.trim()).ok()
}
