//! OPML 1 and 2 (<http://opml.org/spec2.opml>): lists of feeds, in and out.
//!
//! A [`Document`] holds every attribute of every outline, also those that nobody here
//! knows, and writes them all back. What a list means for the reader's subscriptions is
//! `import`'s question.

#[cfg(test)]
mod tests;
mod write;

use super::xml::{Cursor, Token};
use super::{NotAFeed, decode, entity, xml};
use crate::extract::Hints;
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

/// An OPML document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Attributes of the root besides `version`: the namespaces that others' attributes use.
    pub attributes: Vec<(String, String)>,
    /// The elements of the head and their text, in order.
    pub head: Vec<(String, String)>,
    pub outlines: Vec<Outline>,
}

/// An outline: a feed, or a folder of outlines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Every attribute, decoded, in order. Those of the specification are spelled as it
    /// does, however they were written.
    pub attributes: Vec<(String, String)>,
    /// Nested no deeper than [`MAX_DEPTH`] where they were read.
    pub children: Vec<Outline>,
}

/// How deep folders nest. What is deeper stands in the last of them.
pub const MAX_DEPTH: usize = 32;

/// Outlines that are taken of one document.
const MAX_OUTLINES: usize = 100_000;

/// The attributes that the specification and its lists of feeds know.
const KNOWN: &[&str] = &[
    "text",
    "title",
    "type",
    "xmlUrl",
    "htmlUrl",
    "url",
    "description",
    "language",
    "version",
    "category",
    "created",
    "isComment",
    "isBreakpoint",
];

impl Outline {
    /// The value of an attribute, as it was written.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// What it is called: `title`, else `text`. Empty where it says neither.
    pub fn title(&self) -> SafeText {
        let said = ["title", "text"].iter().filter_map(|name| self.get(name));
        said.map(SafeText::title).find(|title| !title.is_empty()).unwrap_or_default()
    }

    /// The address of its feed, as written, trimmed; a folder has none.
    pub fn address(&self) -> Option<&str> {
        // Some programs write a feed's address where that of a link belongs.
        let feed = self.get("type").is_some_and(|kind| {
            ["rss", "atom", "feed"].iter().any(|feed| kind.trim().eq_ignore_ascii_case(feed))
        });
        let said = self.get("xmlUrl").or_else(|| feed.then(|| self.get("url"))?);
        said.map(str::trim).filter(|address| !address.is_empty())
    }

    fn of(attributes: &str) -> Self {
        Self { attributes: decoded(attributes), children: Vec::new() }
    }
}

impl Document {
    /// Every outline with a feed's address, in order, and the titles of the folders that it
    /// stands in, joined by `/`. What stands in a feed stands in the feed's folder.
    pub fn feeds(&self) -> Vec<(SafeText, &Outline)> {
        let mut found = Vec::new();
        let mut left: Vec<(SafeText, &Outline)> = Vec::new();
        let root = SafeText::default();
        left.extend(self.outlines.iter().rev().map(|outline| (root.clone(), outline)));
        while let Some((folder, outline)) = left.pop() {
            let inner = if outline.address().is_some() {
                found.push((folder.clone(), outline));
                folder
            } else {
                inside(&folder, &outline.title())
            };
            left.extend(outline.children.iter().rev().map(|child| (inner.clone(), child)));
        }
        found
    }
}

/// The folder of a name in another.
fn inside(folder: &SafeText, name: &SafeText) -> SafeText {
    match (folder.is_empty(), name.is_empty()) {
        (true, _) => name.clone(),
        (_, true) => folder.clone(),
        (false, false) => SafeText::line(&format!("{folder}/{name}")),
    }
}

/// The attributes of a tag; of several of one name, the first.
fn decoded(attributes: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (name, value) in xml::attributes(attributes) {
        let known = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(name));
        let name = known.copied().unwrap_or(name);
        if is_name(name) && !found.iter().any(|(other, _)| other == name) {
            // XML 1.0, 3.3.3: line ends in a value are spaces; those written as numbers are not.
            let value = value.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
            found.push((name.to_owned(), entity::decode(&value).into_owned()));
        }
    }
    found
}

/// Whether a text may be the name of an attribute or an element (Namespaces in XML 1.0, 4,
/// but for the rarest letters).
fn is_name(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    let mut parts = text.split(':');
    parts.clone().count() <= 2 && parts.all(part)
}

/// Reads a document, however broken.
///
/// # Errors
///
/// There is no outline in it.
pub fn parse(bytes: &[u8], hints: &Hints) -> Result<(Document, Vec<Warning>), NotAFeed> {
    let (text, warning) = decode::text(bytes, hints);
    let warnings = warning.into_iter().collect();
    let mut reader = Reader { warnings, ..Reader::default() };
    let mut cursor = Cursor::new(&text);
    for token in cursor.by_ref() {
        reader.take(token);
    }
    while !reader.open.is_empty() {
        reader.close();
    }
    if let Some(at) = cursor.broken {
        let (line, column) = cursor.place(at);
        let sentence = format!("the list is damaged in column {column}; the rest of it was read");
        reader.warnings.push(Warning::at(line, sentence));
    }
    if reader.count > MAX_OUTLINES {
        let sentence =
            format!("the list has more than {MAX_OUTLINES} entries; its end was left out");
        reader.warnings.push(Warning::new(sentence));
    }
    if reader.count == 0 && !reader.root {
        let sentence = "this is no OPML: there is no outline in it; give a list of feeds that another program exported";
        return Err(NotAFeed(sentence.into()));
    }
    Ok((reader.document, reader.warnings))
}

/// Whether the beginning of a document is that of OPML rather than of a feed or a page.
///
/// Its root is called so; or it is of no known name, and there are outlines with the
/// addresses of feeds.
pub(super) fn begins(text: &str) -> bool {
    let mut opened = Cursor::new(text).filter_map(|token| match token {
        Token::Open { name, attributes, .. } => Some((xml::split_name(name).1, attributes)),
        Token::Close(_) | Token::Text(_) | Token::Reference(_) | Token::Data(_) => None,
    });
    let Some((root, attributes)) = opened.next() else { return false };
    let outline = |name: &str, attributes: &str| {
        name.eq_ignore_ascii_case("outline") && xml::attribute(attributes, "xmlUrl").is_some()
    };
    match root.to_ascii_lowercase().as_str() {
        "opml" => true,
        "rss" | "rdf" | "feed" | "channel" | "html" => false,
        _ => {
            outline(root, attributes) || opened.any(|(name, attributes)| outline(name, attributes))
        }
    }
}

/// What was read of a document so far.
#[derive(Debug, Default)]
struct Reader {
    document: Document,
    warnings: Vec<Warning>,
    /// The root was seen.
    root: bool,
    count: usize,
    /// The outlines that are open, from the outermost.
    open: Vec<Outline>,
    /// Outlines that are open beyond [`MAX_DEPTH`]; they stand closed in the last of those.
    beyond: usize,
    in_head: bool,
    /// An element of the head is open.
    in_field: bool,
}

impl Reader {
    fn take(&mut self, token: Token) {
        match token {
            Token::Open { name, attributes, empty } => {
                let (_, local) = xml::split_name(name);
                match local.to_ascii_lowercase().as_str() {
                    "outline" => self.outline(attributes, empty),
                    "opml" => {
                        self.root = true;
                        self.document.attributes = decoded(attributes);
                        self.document.attributes.retain(|(name, _)| name != "version");
                    }
                    "head" => self.in_head = !empty,
                    "body" => self.in_head = false,
                    _ => {
                        self.in_field = self.in_head && is_name(name) && !empty;
                        if self.in_field {
                            self.document.head.push((name.to_owned(), String::new()));
                        }
                    }
                }
            }
            Token::Close(name) => {
                let (_, name) = xml::split_name(name);
                if name.eq_ignore_ascii_case("outline") {
                    self.close();
                } else if name.eq_ignore_ascii_case("head") {
                    self.in_head = false;
                }
                self.in_field = false;
            }
            Token::Text(text) => self.text(&entity::decode(text)),
            Token::Data(text) => self.text(text),
            Token::Reference(name) => self.text(&entity::decode(&format!("&{name};"))),
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_field
            && let Some((_, value)) = self.document.head.last_mut()
        {
            value.push_str(text);
        }
    }

    fn outline(&mut self, attributes: &str, empty: bool) {
        self.in_head = false;
        self.in_field = false;
        self.count += 1;
        if self.count > MAX_OUTLINES {
            return;
        }
        let outline = Outline::of(attributes);
        if empty {
            self.keep(outline);
        } else if self.open.len() >= MAX_DEPTH {
            self.beyond += 1;
            self.keep(outline);
        } else {
            self.open.push(outline);
        }
    }

    /// Closes the innermost outline.
    fn close(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(outline) = self.open.pop() {
            self.keep(outline);
        }
    }

    fn keep(&mut self, outline: Outline) {
        match self.open.last_mut() {
            Some(folder) => folder.children.push(outline),
            None => self.document.outlines.push(outline),
        }
    }
}
