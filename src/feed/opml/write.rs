//! An OPML document as text: OPML 2.0, whatever it was read from.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::{Document, Outline, is_name};
use crate::text::sanitize::SafeText;

impl Document {
    /// The document as OPML 2.0: every outline has a `text`, every feed a `type`, and all
    /// other attributes stand as they are. What XML cannot hold is left out.
    pub fn to_xml(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml");
        attribute(&mut out, "version", "2.0");
        for (name, value) in &self.attributes {
            attribute(&mut out, name, value);
        }
        out.push_str(">\n  <head>\n");
        for (name, text) in self.head.iter().filter(|(name, _)| is_name(name)) {
            let text = escape(legal(text.trim())).into_owned();
            out.extend(["    <", name, ">", &visible(&text), "</", name, ">\n"]);
        }
        out.push_str("  </head>\n  <body>\n");
        for outline in &self.outlines {
            outline.write(&mut out, 2);
        }
        out.push_str("  </body>\n</opml>\n");
        out
    }
}

impl Outline {
    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        out.push_str(&indent);
        out.push_str("<outline");
        // Readers of version 2 rely on these; those of version 1 left them out.
        if self.get("text").is_none() {
            let name = self.get("title").filter(|title| !title.is_empty()).or(self.get("xmlUrl"));
            attribute(out, "text", name.unwrap_or_default());
        }
        if self.get("xmlUrl").is_some() && self.get("type").is_none() {
            attribute(out, "type", "rss");
        }
        for (name, value) in &self.attributes {
            attribute(out, name, value);
        }
        if self.children.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push_str(">\n");
        for child in &self.children {
            child.write(out, depth + 1);
        }
        out.push_str(&indent);
        out.push_str("</outline>\n");
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    if !is_name(name) {
        return;
    }
    let value = escape(legal(value)).replace('\n', "&#10;").replace('\t', "&#9;");
    out.extend([" ", name, "=\"", &visible(&value), "\""]);
}

/// What nobody sees, and a terminal may obey, as references: the same text to whoever reads XML.
fn visible(text: &str) -> Cow<'_, str> {
    if SafeText::is_safe(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if SafeText::is_safe(c.encode_utf8(&mut [0; 4])) {
            out.push(c);
        } else {
            // Writing to a text cannot fail.
            let _ = write!(out, "&#{};", u32::from(c));
        }
    }
    out.into()
}

/// The text without the characters that XML 1.0 has no way to write (2.2).
fn legal(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}
