//! Where the article is on a page full of other things.
//!
//! A page that marks its article up is believed, for that keeps all structure. From
//! others the readability algorithm (`dom_smoothie`) takes what reads like an article.

#[cfg(test)]
mod tests;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use crate::extract::html::dom;

/// The article's part of a page.
pub(super) enum Root<'a> {
    Node(NodeRef<'a>),
    /// A part that was cut out and cleaned, as HTML.
    Cut(String),
}

/// Of all words in paragraphs, how many in a hundred an element must hold to be the article.
const MOST: usize = 75;

/// Finds the article.
pub(super) fn root(document: &Document) -> Root<'_> {
    let Some(body) = document.body() else { return Root::Node(document.root()) };
    if let Some(node) = marked(&body) {
        return Root::Node(node);
    }
    if is_bare(&body) {
        return Root::Node(body);
    }
    match readable(document) {
        Some(html) => Root::Cut(html),
        None => Root::Node(body),
    }
}

/// The only `article` or `main`, if most of the page's paragraphs stand in it; of a page
/// without paragraphs, most of its text.
fn marked<'a>(body: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let measure =
        if dom::prose(body) > 0 { dom::prose } else { |node: &NodeRef| dom::text(node).len() };
    let all = measure(body);
    ["article", "main"].into_iter().find_map(|name| {
        let mut found = dom::all(body, name).filter(|node| measure(node) * 100 >= MOST * all);
        let node = found.next()?;
        (found.next().is_none() && all > 0).then_some(node)
    })
}

/// A page with nothing but an article on it: a saved file, not a page of a site.
fn is_bare(body: &NodeRef) -> bool {
    !body.descendants_it().filter_map(|node| dom::name(&node)).any(|name| {
        matches!(
            &*name,
            "nav" | "aside" | "footer" | "form" | "header" | "button" | "main" | "article"
        )
    }) && {
        let links: usize = dom::all(body, "a").map(|a| dom::text(&a).len()).sum();
        links * 3 < dom::text(body).len()
    }
}

fn readable(document: &Document) -> Option<String> {
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let mut readability = Readability::with_document(document.clone(), None, Some(config)).ok()?;
    readability.parse().ok().map(|article| article.content.to_string())
}
