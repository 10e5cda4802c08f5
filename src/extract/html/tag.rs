//! The tags of a text of HTML, one after the other, and what kinds of elements there are.
//!
//! No parser: it sees no tree, and knows of an element no more than its name.

/// A tag: where it is written, and what.
pub(super) struct Tag<'a> {
    pub start: usize,
    pub end: usize,
    pub name: &'a str,
    pub closes: bool,
    /// How many attributes it has, at most.
    pub attributes: usize,
    /// Written with a slash before the end, which means something in SVG and `MathML` only.
    pub empty: bool,
}

/// The next tag, comments and declarations passed over.
pub(super) fn next_tag(html: &str, mut at: usize) -> Option<Tag<'_>> {
    loop {
        let start = at + html.get(at..)?.find('<')?;
        let rest = html.get(start + 1..)?;
        if let Some(comment) = rest.strip_prefix("!--") {
            at = comment.find("-->").map_or(html.len(), |end| start + 4 + end + 3);
            continue;
        }
        let closes = rest.starts_with('/');
        let name = rest.get(usize::from(closes)..)?;
        let length = name
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<'))
            .unwrap_or(name.len());
        let name = name.get(..length)?;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = start + 1;
            continue;
        }
        let from = start + 1 + usize::from(closes) + length;
        let (end, attributes) = end_of_tag(html, from)?;
        let empty = html.get(from..end).is_some_and(|tail| tail.ends_with("/>"));
        return Some(Tag { start, end, name, closes, attributes, empty });
    }
}

/// Where a tag ends: at the first `>` outside quotes; and how many attributes it has, at most.
fn end_of_tag(html: &str, from: usize) -> Option<(usize, usize)> {
    let mut quote = None;
    let mut before = b' ';
    let (mut attributes, mut apart) = (0, true);
    for (offset, byte) in html.get(from..)?.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some((from + offset + 1, attributes)),
            // A quote opens a value only behind an equals sign.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => (quote, apart) = (None, true),
            (None, b'/') => apart = true,
            (None, _) if byte.is_ascii_whitespace() => apart = true,
            (None, _) => {
                attributes += usize::from(apart);
                apart = false;
            }
            (Some(_), _) => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    None
}

/// Where the content of an element ends that is text, whatever it looks like.
pub(super) fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find("</")) {
        at += found + 2;
        let closes =
            html.get(at..at + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
        if closes {
            return at - 2;
        }
    }
    html.len()
}

/// Elements whose content is text, whatever it looks like.
pub(super) fn is_raw(name: &str) -> bool {
    ["script", "style", "textarea", "title", "xmp"].iter().any(|raw| raw.eq_ignore_ascii_case(name))
}

/// Elements whose content is text or not, by settings and places that are not followed here.
pub(super) fn is_perhaps_raw(name: &str) -> bool {
    ["iframe", "noembed", "noframes", "noscript"].iter().any(|raw| raw.eq_ignore_ascii_case(name))
}

/// Elements that are begun again in each block that they reach into.
pub(super) fn is_formatting(name: &str) -> bool {
    const FORMATTING: [&str; 14] = [
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
        "u",
    ];
    FORMATTING.iter().any(|formatting| formatting.eq_ignore_ascii_case(name))
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'6'])
}

/// Elements that an end tag of another kind does not close, of those that are counted (the
/// standard's "special" ones).
pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 41] = [
        "address",
        "applet",
        "article",
        "aside",
        "blockquote",
        "button",
        "center",
        "details",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "header",
        "hgroup",
        "iframe",
        "listing",
        "main",
        "marquee",
        "menu",
        "nav",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "ol",
        "plaintext",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "template",
        "textarea",
        "ul",
        "xmp",
    ];
    is_heading(name) || BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(name))
}

/// Void elements, and elements that end where the next of their kind begins.
pub(super) fn is_uncounted(name: &str) -> bool {
    const UNCOUNTED: [&str; 32] = [
        "area", "base", "body", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "head",
        "hr", "html", "img", "input", "li", "link", "meta", "option", "p", "param", "rp", "rt",
        "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ];
    UNCOUNTED.iter().any(|uncounted| uncounted.eq_ignore_ascii_case(name))
}
