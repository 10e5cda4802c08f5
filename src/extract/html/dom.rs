//! Small questions to a node of the document tree.

use dom_query::{LocalName, NodeRef};
use url::Url;

/// The element's name; nothing for text, comments and the rest.
pub(in crate::extract) fn name(node: &NodeRef) -> Option<LocalName> {
    node.element_ref().map(|element| element.name.local.clone())
}

/// An attribute that says something.
pub(in crate::extract) fn attr(node: &NodeRef, name: &str) -> Option<String> {
    let value = node.attr(name)?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Whether a class of the element passes the test.
pub(in crate::extract) fn any_class(node: &NodeRef, test: impl Fn(&str) -> bool) -> bool {
    node.class().is_some_and(|classes| classes.split_ascii_whitespace().any(test))
}

/// Whether the page itself keeps the element from sight.
pub(in crate::extract) fn is_hidden(node: &NodeRef) -> bool {
    if node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|value| &*value == "true") {
        return true;
    }
    node.attr("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// The elements of a name below a node, in order.
pub(in crate::extract) fn all<'a>(
    node: &NodeRef<'a>,
    wanted: &'static str,
) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
    let tree = node.tree;
    let ids = tree.descendant_ids_of_it(&node.id);
    ids.filter_map(|id| tree.get(&id)).filter(move |node| node.has_name(wanted))
}

/// The text of a node with white space collapsed, without what is no text to a reader.
pub(in crate::extract) fn text(node: &NodeRef) -> String {
    let mut out = String::new();
    let own = node.is_text().then_some(*node);
    for node in own.into_iter().chain(node.descendants_it()).filter(NodeRef::is_text) {
        let inside = node.parent().and_then(|parent| name(&parent));
        if inside.is_some_and(|name| matches!(&*name, "script" | "style" | "template" | "title")) {
            continue;
        }
        for word in node.text().split_inclusive(char::is_whitespace) {
            let (word, spaced) = match word.trim_end() {
                trimmed if trimmed.len() < word.len() => (trimmed, true),
                whole => (whole, false),
            };
            out.push_str(word);
            if spaced && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Bytes of text in paragraphs.
pub(in crate::extract) fn prose(node: &NodeRef) -> usize {
    all(node, "p").map(|p| text(&p).len()).sum()
}

/// A number of pixels: `640`, `640px`.
pub(in crate::extract) fn pixels(node: &NodeRef, name: &str) -> Option<u32> {
    let value = attr(node, name)?;
    let digits = value.strip_suffix("px").unwrap_or(&value).trim();
    digits.split('.').next().and_then(|whole| whole.parse().ok())
}

/// An address in a document, made absolute. Same-page anchors lead nowhere for a reader.
pub(in crate::extract) fn resolve(base: Option<&Url>, address: &str) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') {
        return None;
    }
    let url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    match url.scheme() {
        "http" | "https" => url.has_host().then_some(url),
        "mailto" => Some(url),
        // What the world wrote does not point into the reader's own files.
        "file" => base.is_none_or(|base| base.scheme() == "file").then_some(url),
        _ => None,
    }
}
