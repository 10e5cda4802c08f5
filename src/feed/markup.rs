//! The bare text of HTML: of titles and names, and of bodies where only words count.
//!
//! Titles of feeds are text, or HTML, or nobody knows. A body that is to be read goes
//! through `extract::html`, which keeps its structure.

use std::borrow::Cow;

use super::entity;
use super::visible::Visible;

/// The elements of HTML that occur in titles and summaries. Other words in angle brackets
/// are words: "The <blink> tag".
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "article",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "nobr",
    "object",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Whether a tag of HTML stands in a text.
pub(super) fn has_tags(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        if is_tag(after) {
            return true;
        }
        rest = after;
    }
    false
}

/// Whether what follows a `<` is the rest of a tag of HTML.
fn is_tag(after: &str) -> bool {
    let after = after.strip_prefix('/').unwrap_or(after);
    let end = after.bytes().take(12).position(|byte| !byte.is_ascii_alphanumeric());
    let Some(name) = end.and_then(|end| after.get(..end)) else { return false };
    let ends = after.as_bytes().get(name.len());
    ends.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
        && ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(name))
}

/// The text of HTML: tags out, references resolved, a line break between blocks.
pub(crate) fn text(html: &str) -> Cow<'_, str> {
    if !html.contains('<') {
        return entity::decode(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut visible = Visible::with_blocks(html);
    while let Some(text) = visible.next() {
        if visible.broke && !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&entity::decode(text));
    }
    Cow::Owned(out)
}

/// The text of what may be HTML and may be text.
pub(super) fn text_of_either(text: &str) -> Cow<'_, str> {
    if has_tags(text) { self::text(text) } else { entity::decode(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_told_from_text() {
        for (source, expected) in [
            ("Plain", "Plain"),
            ("R&amp;D &lt;now&gt;", "R&D <now>"),
            ("<b>Bold</b> &amp; <a href='x'>linked</a>", "Bold & linked"),
            ("The <blink> tag", "The <blink> tag"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("Line<br/>break", "Line\nbreak"),
        ] {
            assert_eq!(text_of_either(source), expected, "{source}");
        }
    }
}
