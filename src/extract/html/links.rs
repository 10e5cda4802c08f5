//! What a page points to besides its text: `link` elements and anchors.
//!
//! What any of them is good for is for others to say.

use dom_query::{Document, NodeRef};
use url::Url;

use super::{base, dom, nesting};

/// The `link` elements and the anchors of a page that have an address.
#[derive(Debug, Clone, Default)]
pub struct PageLinks {
    /// Where the page's relative addresses begin.
    pub base: Option<Url>,
    pub elements: Vec<PageLink>,
    pub anchors: Vec<PageLink>,
}

/// A `link` element or an anchor. The parts are as written, trimmed, and may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLink {
    pub href: String,
    pub rel: String,
    /// The media type of what it leads to.
    pub media: String,
    /// What it is called: its title, else what a reader sees.
    pub title: String,
}

/// Reads a page that came from `url`.
pub fn links(html: &str, url: Option<&Url>) -> PageLinks {
    let bounded = nesting::bounded(html);
    let document = Document::from(bounded.html.as_ref());
    let root = document.root();
    PageLinks {
        base: base(&document, url),
        elements: dom::all(&root, "link").filter_map(|node| link(&node)).collect(),
        anchors: dom::all(&root, "a").filter_map(|node| link(&node)).collect(),
    }
}

fn link(node: &NodeRef) -> Option<PageLink> {
    let attr = |name| dom::attr(node, name).unwrap_or_default();
    let title = ["title", "aria-label"].iter().find_map(|name| dom::attr(node, name));
    let title = title.or_else(|| Some(dom::text(node)).filter(|text| !text.is_empty()));
    let title = title.or_else(|| dom::all(node, "img").find_map(|image| dom::attr(&image, "alt")));
    Some(PageLink {
        href: dom::attr(node, "href")?,
        rel: attr("rel"),
        media: attr("type"),
        title: title.unwrap_or_default(),
    })
}
