//! Pages of bookmarks: those of browsers, and the old export of Pocket.

use super::super::jsonl::Imported;
use super::{Item, link, moment};
use crate::extract::html::bookmarks::{Bookmark, bookmarks};
use crate::feed::Entry;
use crate::text::sanitize::SafeText;

/// Whether a page begins as bookmarks do.
pub(super) fn is_bookmarks(text: &str) -> bool {
    let start: String = text.chars().take(2_000).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype netscape-bookmark-file")
        || (start.contains("<dl") && start.contains("<dt"))
        || (start.starts_with('<') && start.contains(" time_added="))
}

/// Reads a page. Folders become tags, but for those that every browser has.
pub(super) fn read(text: &str) -> Vec<Option<Imported>> {
    bookmarks(text)
        .iter()
        .filter(|bookmark| !bookmark.href.starts_with("place:"))
        .map(story)
        .collect()
}

fn story(bookmark: &Bookmark) -> Option<Imported> {
    let archive = |folder: &String| {
        matches!(folder.to_ascii_lowercase().as_str(), "read archive" | "archive")
    };
    let usual = |folder: &String| folder.eq_ignore_ascii_case("unread") || archive(folder);
    let tags = bookmark.tags.split(',').map(str::to_owned);
    let folders = bookmark.folders.iter().filter(|folder| !usual(folder)).cloned();
    let entry = Entry {
        title: SafeText::title(&bookmark.title),
        link: link(&bookmark.href),
        published: moment(&bookmark.added),
        ..Entry::default()
    };
    let tags = tags.chain(folders).map(|tag| SafeText::title(&tag)).collect();
    let note = Some(SafeText::multiline(bookmark.note.trim()));
    let read = bookmark.folders.iter().any(archive);
    Item { entry, read, tags, note, ..Item::default() }.story()
}
