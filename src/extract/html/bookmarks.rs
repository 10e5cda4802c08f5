//! Bookmarks as browsers export them: anchors in lists under headings.
//!
//! The file format has no specification. Headings are folders, lists nest in the item that
//! has the heading, a `dd` behind an item is its note, and nothing but headings and anchors
//! is ever closed.

use dom_query::{Document, NodeRef};

use super::{dom, nesting};

/// A bookmark. The parts are as written, trimmed, and may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bookmark {
    pub href: String,
    pub title: String,
    /// When it was made: a number of seconds.
    pub added: String,
    /// Separated by commas.
    pub tags: String,
    pub note: String,
    /// From the outermost, without those that the browser itself has.
    pub folders: Vec<String>,
}

/// The bookmarks of a page, in order.
pub fn bookmarks(html: &str) -> Vec<Bookmark> {
    let bounded = nesting::bounded(html);
    let document = Document::from(bounded.html.as_ref());
    let mut found: Vec<Bookmark> = Vec::new();
    let mut heading: Option<String> = None;
    let mut lists = Vec::new();
    for node in document.root().descendants_it() {
        let Some(name) = dom::name(&node) else { continue };
        match &*name {
            "h1" | "h2" | "h3" | "h4" => heading = Some(folder(&node)),
            "dl" | "ul" | "ol" => lists.push((node.id, heading.take().unwrap_or_default())),
            "a" => {
                let Some(href) = dom::attr(&node, "href") else { continue };
                let around: Vec<_> = node.ancestors_it(None).map(|node| node.id).collect();
                lists.retain(|(list, _)| around.contains(list));
                let folders = lists.iter().map(|(_, folder)| folder.clone());
                let attr = |names: &[&str]| names.iter().find_map(|name| dom::attr(&node, name));
                found.push(Bookmark {
                    href,
                    title: dom::text(&node),
                    added: attr(&["add_date", "time_added"]).unwrap_or_default(),
                    tags: attr(&["tags"]).unwrap_or_default(),
                    note: String::new(),
                    folders: folders.filter(|folder| !folder.is_empty()).collect(),
                });
            }
            "dd" => {
                let note: String = node
                    .children_it(false)
                    .filter(NodeRef::is_text)
                    .map(|text| text.text().to_string())
                    .collect();
                if let Some(last) = found.last_mut().filter(|last| last.note.is_empty()) {
                    note.trim().clone_into(&mut last.note);
                }
            }
            _ => {}
        }
    }
    found
}

/// The name of a folder; empty if the browser made it.
fn folder(heading: &NodeRef) -> String {
    let own = ["personal_toolbar_folder", "unfiled_bookmarks_folder"];
    let own = own.iter().any(|name| heading.has_attr(name));
    if own || heading.has_name("h1") && dom::text(heading).eq_ignore_ascii_case("bookmarks") {
        return String::new();
    }
    dom::text(heading)
}
