//! An entry while its elements come in: of what is said more than once, the best is kept.

use std::borrow::Cow;

use jiff::Timestamp;
use url::Url;

use super::capture::Form;
use super::names::Source;
use crate::feed::{Content, Enclosure, Entry, markup};
use crate::text::sanitize::SafeText;

/// Tags and names that are taken of one entry.
const MAX_LIST: usize = 200;

/// Files that are taken of one entry.
const MAX_FILES: usize = 50;

/// A value, and how much it is believed.
#[derive(Debug)]
pub(super) struct Best<T> {
    rank: u8,
    value: Option<T>,
}

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self { rank: 0, value: None }
    }
}

impl<T> Best<T> {
    /// Takes a value that is believed more than what there is.
    pub fn offer(&mut self, rank: u8, value: Option<T>) {
        if value.is_some() && (self.value.is_none() || rank > self.rank) {
            *self = Self { rank, value };
        }
    }

    /// Takes a value that is believed as much: of equals, the last counts.
    pub fn replace(&mut self, rank: u8, value: Option<T>) {
        if value.is_some() && (self.value.is_none() || rank >= self.rank) {
            *self = Self { rank, value };
        }
    }

    pub fn take(self) -> Option<T> {
        self.value
    }
}

/// A text and where its addresses begin.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub text: Cow<'a, str>,
    pub form: Form,
    pub base: Option<Url>,
}

/// An entry whose end was not reached yet.
#[derive(Debug, Default)]
pub(super) struct Draft<'a> {
    pub id: Option<String>,
    pub title: Best<SafeText>,
    pub link: Best<Url>,
    pub published: Best<Timestamp>,
    pub updated: Best<Timestamp>,
    /// `dc:date`, which stands for what is missing.
    pub dated: Option<Timestamp>,
    pub authors: Vec<SafeText>,
    author_rank: Option<Source>,
    pub body: Best<Body<'a>>,
    pub tags: Vec<SafeText>,
    pub enclosures: Vec<Enclosure>,
    pub language: Option<SafeText>,
    pub comments: Option<Url>,
    pub image: Best<Url>,
    /// Where `xml:base` says that the addresses of the entry begin.
    pub base: Option<Url>,
}

impl<'a> Draft<'a> {
    /// Adds an author; those of a better source replace the others.
    pub fn author(&mut self, source: Source, name: SafeText) {
        if name.is_empty() || self.author_rank > Some(source) {
            return;
        }
        if self.author_rank < Some(source) {
            self.authors.clear();
            self.author_rank = Some(source);
        }
        add(&mut self.authors, name);
    }

    pub fn tag(&mut self, name: &str) {
        let name = SafeText::title(name);
        if !name.is_empty() {
            add(&mut self.tags, name);
        }
    }

    pub fn enclosure(&mut self, file: Enclosure) {
        let known = self.enclosures.iter().any(|known| known.url == file.url);
        if !known && self.enclosures.len() < MAX_FILES {
            self.enclosures.push(file);
        }
    }

    /// Offers a text as what the entry says. A text without a character is none, and of
    /// two from one kind of source the first counts.
    pub fn body(&mut self, rank: u8, body: Body<'a>) {
        self.body.offer(rank, Some(body).filter(|body| !body.text.trim().is_empty()));
    }

    /// Offers a summary as what the entry says; of equals the longest counts.
    pub fn summary(&mut self, rank: u8, body: Body<'a>) {
        let known = self.body.value.as_ref().map_or(0, |known| known.text.len());
        if self.body.rank == rank && body.text.trim().len() > known {
            self.body = Best::default();
        }
        self.body(rank, body);
    }

    /// The entry; `base` is where its addresses begin if it does not say so itself.
    pub fn finish(self, base: Option<&Url>) -> Entry {
        let body = self.body.take();
        let body_base = body.as_ref().and_then(|body| body.base.clone());
        let dated = self.dated;
        let updated = self.updated.take();
        Entry {
            id: self.id,
            title: self.title.take().unwrap_or_default(),
            link: self.link.take(),
            published: self.published.take().or(dated),
            updated,
            authors: self.authors,
            content: body.map(content).unwrap_or_default(),
            tags: self.tags,
            enclosures: self.enclosures,
            language: self.language,
            comments: self.comments,
            image: self.image.take(),
            base: body_base.or(self.base).or_else(|| base.cloned()),
        }
    }
}

fn add(list: &mut Vec<SafeText>, name: SafeText) {
    if list.len() < MAX_LIST && !list.contains(&name) {
        list.push(name);
    }
}

fn content(body: Body<'_>) -> Content {
    let Body { text, form, .. } = body;
    let html = match form {
        Form::Text => false,
        Form::Html | Form::Markup => true,
        // Text without a tag or a reference reads the same as HTML, but for its lines.
        Form::Base64 | Form::Unknown => text.contains('&') || markup::has_tags(&text),
    };
    let text = text.into_owned();
    if html { Content::Html(text) } else { Content::Text(text) }
}
