//! XML as feeds have it: a stream of tokens that goes on where a parser of well-formed
//! documents stops.
//!
//! Nothing is copied and nothing is kept: tokens borrow from the document, and which tag
//! closes which is for the reader of the tokens to say. What is no markup though it begins
//! with `<` is text; a tag whose quotes do not pair ends at its first `>`.

use memchr::memchr;
use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

/// A piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A tag that opens an element; `empty` if it closes it too.
    Open {
        name: &'a str,
        attributes: &'a str,
        empty: bool,
    },
    Close(&'a str),
    /// Text, references as written.
    Text(&'a str),
    /// What stands between `&` and `;`.
    Reference(&'a str),
    /// A CDATA section.
    Data(&'a str),
}

/// Attributes that are looked at in one tag.
const MAX_ATTRIBUTES: usize = 64;

/// Entities that are kept of a DOCTYPE, bytes of each, and bytes that all references to
/// them may come to.
const MAX_DECLARED: usize = 64;
const MAX_ENTITY: usize = 256;
const MAX_EXPANDED: usize = 64 * 1024;

/// How many times its length may be read of a document in looking for ends of broken markup.
const PATIENCE: usize = 8;

/// Reads the tokens of a document.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where in the text the reader began.
    base: usize,
    /// Bytes that were read in vain.
    wasted: usize,
    /// Where the first broken markup stands.
    pub broken: Option<usize>,
    /// What the DOCTYPE declares, and how many bytes of it were used.
    declared: Vec<(&'a str, &'a str)>,
    expanded: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut cursor = Self {
            text,
            reader: reader(""),
            base: 0,
            wasted: 0,
            broken: None,
            declared: Vec::new(),
            expanded: 0,
        };
        cursor.begin(0);
        cursor
    }

    /// Begins to read at a place.
    fn begin(&mut self, at: usize) {
        let rest = self.text.get(at..).unwrap_or_default();
        // The reader skips a byte order mark without counting it.
        let unmarked = rest.trim_start_matches('\u{feff}');
        self.base = at + (rest.len() - unmarked.len());
        self.reader = reader(unmarked);
    }

    /// Where the next token begins.
    pub fn at(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX - self.base)
    }

    /// Line and column of a place, counted from 1.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        let line = before.split(|byte| *byte == b'\n').count();
        let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let column = String::from_utf8_lossy(last).chars().count() + 1;
        (line, column)
    }

    /// Keeps the entities that a DOCTYPE declares, as far as each is a short plain text.
    fn declare(&mut self, doctype: &'a str) {
        for declaration in doctype.split("<!ENTITY").skip(1).take(MAX_DECLARED) {
            let Some((name, rest)) = declaration.trim_start().split_once(char::is_whitespace)
            else {
                continue;
            };
            let rest = rest.trim_start();
            let Some(quote @ ('"' | '\'')) = rest.chars().next() else { continue };
            if let Some((value, _)) = rest.get(1..).and_then(|rest| rest.split_once(quote))
                && value.len() <= MAX_ENTITY
                && !value.contains(['&', '<', '%'])
            {
                self.declared.push((name, value));
            }
        }
    }

    /// A reference: to what the document declares, or to be resolved by whoever reads it.
    fn reference(&mut self, name: &'a str) -> Token<'a> {
        let declared = self.declared.iter().find(|(known, _)| *known == name);
        match declared.filter(|_| self.expanded < MAX_EXPANDED) {
            Some((_, value)) => {
                self.expanded += value.len();
                Token::Text(value)
            }
            None => Token::Reference(name),
        }
    }

    /// Goes on reading at a place behind which nothing was kept; nothing where that happened
    /// too often.
    fn restart(&mut self, at: usize) -> Option<()> {
        self.wasted += self.at().saturating_sub(at) + 1;
        self.begin(at);
        (self.wasted <= self.text.len().saturating_mul(PATIENCE)).then_some(())
    }

    /// The text from a place to the next markup. The reader has stopped at its first
    /// reference; of escaped HTML that is a small part.
    fn text_to_markup(&mut self, at: usize, here: usize) -> &'a str {
        let rest = self.text.get(here..).unwrap_or_default();
        let more = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        if more > 0 {
            self.begin(here + more);
        }
        self.text.get(at..here + more).unwrap_or_default()
    }

    /// The `<` at a place is no markup.
    fn no_markup(&mut self, at: usize) -> Option<Token<'a>> {
        self.broken.get_or_insert(at);
        self.restart(at + 1)?;
        self.text.get(at..=at).map(Token::Text)
    }

    /// The markup at a place has no end. A tag ends where the next `<` or `>` stands then.
    fn open_ended(&mut self, at: usize) -> Option<Token<'a>> {
        self.broken.get_or_insert(at);
        let inner = self.text.get(at + 1..)?;
        let end = inner.find(['<', '>']);
        match end.filter(|_| inner.starts_with(|c: char| c.is_alphabetic() || c == '/')) {
            Some(end) => {
                let behind = usize::from(inner.as_bytes().get(end) == Some(&b'>'));
                self.restart(at + 1 + end + behind)?;
                self.named(at, inner.get(..end)?)
            }
            None => self.no_markup(at),
        }
    }

    /// A tag whose text goes from `at` to the place of the reader.
    fn tag(&mut self, at: usize) -> Option<Token<'a>> {
        let whole = self.text.get(at..self.at())?;
        let inner = whole.get(1..whole.len() - 1)?;
        let mut inner = inner;
        if inner.contains('<') && !pairs(inner) {
            // `<` may not stand in an attribute; a quote is missing here, or a `>`.
            self.broken.get_or_insert(at);
            let end = inner.find(['<', '>'])?;
            let behind = usize::from(inner.as_bytes().get(end) == Some(&b'>'));
            inner = inner.get(..end)?;
            self.restart(at + 1 + end + behind)?;
        }
        self.named(at, inner)
    }

    /// The tag whose text between `<` and `>` is given.
    fn named(&mut self, at: usize, inner: &'a str) -> Option<Token<'a>> {
        if let Some(name) = inner.strip_prefix('/') {
            return Some(Token::Close(name.split_whitespace().next().unwrap_or_default()));
        }
        let (inner, empty) = match inner.strip_suffix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at_checked(end)?;
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return self.no_markup(at);
        }
        Some(Token::Open { name, attributes, empty })
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

/// Whether the quotes of a tag pair: each opens a value or closes it.
fn pairs(tag: &str) -> bool {
    let name = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
    let named = tag.get(..name).is_some_and(|name| !name.contains('<'));
    named
        && Attributes::html(tag, name).with_checks(false).all(|attribute| {
            attribute.is_ok_and(|found| !found.key.as_ref().contains(['"', '\'', '<']))
        })
}

impl<'a> Iterator for Cursor<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let at = self.at();
            let event = self.reader.read_event();
            let here = self.at();
            return match event {
                Ok(Event::Eof) => None,
                Ok(Event::Text(_)) if here == at => continue,
                Ok(Event::Text(_) | Event::GeneralRef(_)) if self.declared.is_empty() => {
                    Some(Token::Text(self.text_to_markup(at, here)))
                }
                Ok(Event::Text(_)) => self.text.get(at..here).map(Token::Text),
                Ok(Event::GeneralRef(_)) => {
                    self.text.get(at + 1..here - 1).map(|name| self.reference(name))
                }
                Ok(Event::CData(_)) => self.text.get(at + 9..here - 3).map(Token::Data),
                Ok(Event::Start(_) | Event::Empty(_) | Event::End(_)) => self.tag(at),
                Ok(Event::DocType(_)) => {
                    self.declare(self.text.get(at..here).unwrap_or_default());
                    continue;
                }
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => continue,
                // What was read is wrong in itself, but has an end.
                Err(quick_xml::Error::IllFormed(_)) => {
                    self.broken.get_or_insert(at);
                    continue;
                }
                Err(_) => {
                    self.wasted += self.text.len().saturating_sub(at);
                    self.open_ended(at)
                }
            };
        }
    }
}

/// The attributes of a tag, values as written.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut all = Attributes::html(text, 0);
    all.with_checks(false);
    all.take(MAX_ATTRIBUTES).filter_map(|attribute| {
        let attribute = attribute.ok()?;
        let value = match attribute.value {
            std::borrow::Cow::Borrowed(value) => value,
            std::borrow::Cow::Owned(_) => return None,
        };
        Some((attribute.key.into_inner(), value))
    })
}

/// The value of an attribute, whatever the case of its name.
pub(super) fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    attributes(text).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The part of a name behind its prefix, and the prefix.
pub(super) fn split_name(name: &str) -> (&str, &str) {
    match name.rsplit_once(':') {
        Some((prefix, local)) => (prefix, local),
        None => ("", name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let tokens = Cursor::new(text).map(|token| match token {
            Token::Open { name, attributes, empty } => {
                let slash = if empty { "/" } else { "" };
                format!("({name}{attributes}{slash}")
            }
            Token::Close(name) => format!("{name})"),
            Token::Text(text) => format!("'{text}'"),
            Token::Reference(name) => format!("&{name}"),
            Token::Data(text) => format!("[{text}]"),
        });
        tokens.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tokens_of_a_clean_document() {
        for (text, expected) in [
            ("", ""),
            ("<a b='1'>x &amp; y</a>", "(a b='1' 'x &amp; y' a)"),
            ("<a/><b c = \"d>e\" />", "(a/ (b c = \"d>e\" /"),
            ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b '>'>]><a><!-- <b> --></a >", "(a a)"),
            ("<a><![CDATA[<b>]]></a>", "(a [<b>] a)"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn broken_markup_is_text_or_ends_early() {
        for (text, expected) in [
            ("<a>1 < 2 <3</a>", "(a '1 ' '<' ' 2 ' '<' '3' a)"),
            ("<a>x & y &z</a>", "(a 'x & y &z' a)"),
            ("<a>x", "(a 'x'"),
            ("<a>x<b", "(a 'x' '<' 'b'"),
            ("<a>x<", "(a 'x' '<'"),
            ("<a><!-- b <c/>", "(a '<' '!-- b ' (c/"),
            ("<a><![CDATA[b</a>", "(a '<' '![CDATA[b' a)"),
            ("<a b=\"c>d</a><e f=\"g\"/>", "(a b=\"c 'd' a) (e f=\"g\"/"),
            ("<a <b>c</b></a>", "(a  (b 'c' b) a)"),
            ("<a>b</a<c/>", "(a 'b' a) (c/"),
            ("<a b='<c>'/>", "(a b='<c>'/"),
            ("</>", ")"),
            ("\u{feff}<a><\u{feff}b &amp;</a>", "(a '<' 'b &amp;' a)"),
            ("<>", "'<' '>'"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn declared_texts_are_used_and_cannot_explode() {
        let doctype =
            "<!DOCTYPE a [<!ENTITY b 'text'><!ENTITY c \"&b;&b;\"><!ENTITY d SYSTEM 'e'>]>";
        assert_eq!(read(&format!("{doctype}<a>&b;&c;&d;</a>")), "(a 'text' &c &d a)");
        let bomb =
            format!("<!DOCTYPE a [<!ENTITY b '{}'>]>{}", "x".repeat(256), "&b;".repeat(10_000));
        assert!(read(&bomb).len() < 2 * MAX_EXPANDED + bomb.len());
    }

    #[test]
    fn many_broken_tags_do_not_take_long() {
        for broken in ["<!-- <a b=\"", "<a b='", "<a b='<c>", "</a b=\"x", "<a <b c='"] {
            assert!(Cursor::new(&broken.repeat(100_000)).count() > 0, "{broken}");
        }
    }

    #[test]
    fn attributes_are_read_as_they_are_written() {
        let tag = " a='1' B=\"2\" c=3 d  e = '5'";
        assert_eq!(attribute(tag, "a"), Some("1"));
        assert_eq!(attribute(tag, "b"), Some("2"));
        assert_eq!(attribute(tag, "c"), Some("3"));
        assert_eq!(attribute(tag, "e"), Some("5"));
        assert_eq!(attribute(tag, "f"), None);
    }
}
