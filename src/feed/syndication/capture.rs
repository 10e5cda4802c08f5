//! The text of an element while it is read, and how it is meant.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::names::Field;
use super::scope::Scope;
use crate::feed::xml::{attribute, split_name};
use crate::feed::{entity, markup};

/// What the text of an element is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    /// HTML as a text.
    Html,
    /// HTML as elements of the document.
    Markup,
    /// HTML or text, encoded by RFC 4648.
    Base64,
    /// The document does not say.
    Unknown,
}

impl Form {
    /// The form that a tag names: `type` of Atom 1.0, `type` and `mode` of Atom 0.3.
    pub fn of(attributes: &str) -> Self {
        if attributes.is_empty() {
            return Self::Unknown;
        }
        let media = attribute(attributes, "type").unwrap_or_default().trim().to_ascii_lowercase();
        let media = media.split(';').next().unwrap_or_default();
        let by_type = match media {
            "text" | "text/plain" => Self::Text,
            "html" | "text/html" => Self::Html,
            "xhtml" => Self::Markup,
            name if name.ends_with("+xml") || name.ends_with("/xml") => Self::Markup,
            // RFC 4287, 4.1.3.3: what is no text is packed.
            name if name.contains('/') && !name.starts_with("text/") => Self::Base64,
            _ => Self::Unknown,
        };
        match attribute(attributes, "mode").map(str::trim) {
            Some("base64") => Self::Base64,
            Some("escaped") if by_type == Self::Markup => Self::Html,
            Some(_) | None => by_type,
        }
    }
}

/// Elements of HTML that have no end tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// An element whose text is read.
#[derive(Debug)]
pub(super) struct Capture<'a> {
    /// As written, with its prefix: what closes it.
    pub name: &'a str,
    pub field: Field,
    pub attributes: &'a str,
    pub form: Form,
    pub scope: Scope<'a>,
    /// Elements of the same name that are open inside of it.
    nested: usize,
    text: Cow<'a, str>,
    /// White space that counts only if something follows.
    space: &'a str,
}

impl<'a> Capture<'a> {
    pub fn new(name: &'a str, field: Field, attributes: &'a str, scope: Scope<'a>) -> Self {
        let form = Form::of(attributes);
        Self { name, field, attributes, form, scope, nested: 0, text: Cow::Borrowed(""), space: "" }
    }

    /// Adds text. Its references are resolved, but among elements stay as they are.
    pub fn text(&mut self, text: &'a str) {
        if self.form == Form::Markup || !text.contains('&') {
            return self.piece(text);
        }
        self.flush();
        let out = self.text.to_mut();
        out.reserve(text.len());
        entity::decode_into(text, out);
    }

    /// Adds a piece. If it is the only one it is not copied.
    fn piece(&mut self, text: &'a str) {
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            if !self.text.is_empty() {
                self.flush();
                self.space = text;
            }
        } else if self.text.is_empty() {
            self.text = Cow::Borrowed(text);
        } else {
            self.flush();
            self.text.to_mut().push_str(text);
        }
    }

    fn flush(&mut self) {
        if !self.space.is_empty() {
            self.text.to_mut().push_str(self.space);
            self.space = "";
        }
    }

    /// Adds a CDATA section, which among elements is text of HTML.
    pub fn data(&mut self, text: &'a str) {
        if self.form == Form::Markup && text.contains(['<', '&']) {
            self.flush();
            let out = self.text.to_mut();
            for c in text.chars() {
                match c {
                    '<' => out.push_str("&lt;"),
                    '&' => out.push_str("&amp;"),
                    c => out.push(c),
                }
            }
        } else {
            self.piece(text);
        }
    }

    /// Adds a reference. Among elements it stays one; elsewhere it is resolved.
    pub fn reference(&mut self, name: &'a str) {
        self.flush();
        let out = self.text.to_mut();
        if self.form == Form::Markup || !entity::resolve(name, out) {
            out.push('&');
            out.push_str(name);
            out.push(';');
        }
    }

    /// Adds the tag of an element of HTML, as HTML writes it.
    pub fn open(&mut self, name: &'a str, attributes: &'a str, empty: bool) {
        let (_, local) = split_name(name);
        self.flush();
        let out = self.text.to_mut();
        out.push('<');
        out.push_str(local);
        out.push_str(attributes);
        out.push('>');
        if empty {
            if !VOID.iter().any(|void| void.eq_ignore_ascii_case(local)) {
                out.push_str("</");
                out.push_str(local);
                out.push('>');
            }
        } else if name == self.name {
            self.nested += 1;
        }
    }

    /// Adds an end tag; true if it ends the element itself.
    pub fn close(&mut self, name: &str) -> bool {
        if name == self.name {
            if self.nested == 0 {
                return true;
            }
            self.nested -= 1;
        }
        let (_, local) = split_name(name);
        self.flush();
        let out = self.text.to_mut();
        out.push_str("</");
        out.push_str(local);
        out.push('>');
        false
    }

    /// The text with its form: [`Form::Text`], [`Form::Html`] or [`Form::Unknown`].
    pub fn finish(self) -> (Cow<'a, str>, Form) {
        match self.form {
            Form::Markup => (self.text, Form::Html),
            Form::Base64 => {
                let packed: String = self.text.split_ascii_whitespace().collect();
                match STANDARD.decode(packed).ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
                    Some(text) => (Cow::Owned(text), Form::Unknown),
                    None => (self.text, Form::Unknown),
                }
            }
            Form::Text | Form::Html | Form::Unknown => (self.text, self.form),
        }
    }
}

/// A text of one line: a title, a name, an address.
pub(super) fn line(text: &str, form: Form) -> Cow<'_, str> {
    match form {
        Form::Text => Cow::Borrowed(text),
        Form::Html | Form::Markup => markup::text(text),
        Form::Base64 | Form::Unknown => markup::text_of_either(text),
    }
}
