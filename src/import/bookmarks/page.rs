//! Pages of bookmarks: those of browsers, and the old export of Pocket.

use super::super::jsonl::Imported;
use super::{Found, Item, NotAList, link, moment};
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

/// Tags of the longest page that is read. Each becomes a node of a tree, which takes a
/// hundred times its bytes.
const MOST_TAGS: usize = 1_000_000;

/// Reads a page. Folders become tags, but for those that every browser has.
pub(super) fn read(text: &str, found: &mut Found) -> Result<(), NotAList> {
    if text.bytes().filter(|byte| *byte == b'<').count() > MOST_TAGS {
        let sentence = "this page has more than a million tags; import it in parts";
        return Err(NotAList(sentence.into()));
    }
    let bookmarks = bookmarks(text);
    let places = bookmarks.iter().filter(|bookmark| !bookmark.href.starts_with("place:"));
    places.for_each(|bookmark| found.add(story(bookmark)));
    Ok(())
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
