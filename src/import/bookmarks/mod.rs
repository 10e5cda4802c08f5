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

use super::jsonl::{Imported, first_words};
use super::{MOST_TAGS, NotAList};
use crate::extract;
use crate::feed::{Entry, Feed, identity};
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

/// Reads the stories of a document.
///
/// # Errors
///
/// The document is not of the format.
pub fn read(bytes: &[u8], format: Format) -> Result<(Vec<Imported>, Vec<Warning>), NotAList> {
    let decoded = extract::decode::decode(bytes, &extract::Hints::default());
    let (text, mut warnings) = decoded.map_err(|error| NotAList(SafeText::line(&error.0)))?;
    let text = text.trim_start_matches('\u{feff}');
    let found = match format {
        Format::Starred => json::starred(text)?,
        Format::Wallabag => json::wallabag(text)?,
        Format::Netscape => page::read(text),
        Format::Pocket if text.trim_start().starts_with('<') => page::read(text),
        Format::Pocket => csv::read(text, csv::POCKET)?,
        Format::Instapaper => csv::read(text, csv::INSTAPAPER)?,
    };
    let all = found.len();
    let stories: Vec<Imported> = found.into_iter().flatten().collect();
    let lost = all - stories.len();
    if lost > 0 {
        let what = if lost == 1 { "1 item has".to_owned() } else { format!("{lost} items have") };
        let sentence = format!(
            "{what} no address of the web and no text, and {} left out",
            if lost == 1 { "was" } else { "were" }
        );
        warnings.push(Warning::new(sentence));
    }
    Ok((stories, warnings))
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
        let mut ids = identity::ids(&Feed { entries: vec![self.entry.clone()], ..Feed::default() });
        let mut tags: Vec<SafeText> = Vec::new();
        for tag in self.tags {
            if tags.len() < MOST_TAGS && !tag.is_empty() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Some(Imported {
            id: None,
            entry_id: ids.pop().unwrap_or_default(),
            entry: self.entry,
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
