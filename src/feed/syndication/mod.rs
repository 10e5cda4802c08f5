//! RSS and Atom of every version to a [`Feed`].
//!
//! One pass over the tokens, with a stack of open elements instead of a tree, so that
//! nothing in a document can cost more than its length. An element that nobody closes ends
//! where its parent ends or where the next entry begins; an end tag that closes nothing is
//! dropped. `names` says what elements mean, `capture` reads texts, `scope` knows addresses
//! and namespaces, `draft` keeps the best of what an entry says.

mod capture;
mod draft;
mod field;
mod names;
mod scope;

use url::Url;

use super::xml::{Cursor, Token, attribute, split_name};
use super::{Feed, MAX_ENTRIES, NotAFeed, Parsed};
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

use capture::{Capture, Form};
use draft::Draft;
use names::{Element, Field};
use scope::{Scope, Scopes};

/// Elements that may be open at once; what nests deeper is read as if it did not nest.
const MAX_DEPTH: usize = 128;

/// What the elements inside of an element belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Feed,
    Entry,
    Person,
    /// To nothing that is kept.
    Nowhere,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Open<'a> {
    /// As written, with its prefix.
    name: &'a str,
    place: Place,
    scope: Scope<'a>,
    /// A new entry of the feed began here.
    entry: bool,
}

/// A person while their element is open.
#[derive(Debug, Default)]
struct Person<'a> {
    text: String,
    name: Option<SafeText>,
    email: Option<SafeText>,
    /// Its element, for what closes it.
    element: &'a str,
}

#[derive(Debug)]
struct Mapper<'a> {
    feed: Feed,
    scopes: Scopes<'a>,
    stack: Vec<Open<'a>>,
    capture: Option<Capture<'a>>,
    draft: Option<Draft<'a>>,
    person: Option<Person<'a>>,
    /// Authors of the feed, who wrote the entries that name nobody.
    authors: Vec<SafeText>,
    /// The first element, if it was none of a feed.
    stranger: Option<&'a str>,
    /// `sy:updatePeriod` in minutes, and how many times in it.
    period: Option<u32>,
    frequency: Option<u32>,
    /// Entries beyond those that are taken.
    left_out: usize,
}

/// Reads a document of XML.
pub(super) fn read(text: &str, url: Option<&Url>) -> Result<Parsed, NotAFeed> {
    let mut cursor = Cursor::new(text);
    let mut mapper = Mapper::new(url);
    for token in cursor.by_ref() {
        mapper.token(token);
    }
    let mut warnings = Vec::new();
    if let Some(at) = cursor.broken {
        let (line, column) = cursor.place(at);
        let sentence = format!("column {column}: the XML is broken here and was mended");
        warnings.push(Warning::at(line, sentence));
    }
    if cursor.at() < text.len() {
        warnings.push(Warning::new("the XML is too broken to be read to its end"));
    }
    if mapper.feed.format.is_empty() {
        return Err(not_a_feed(&mapper, &cursor));
    }
    if mapper.draft.is_some() {
        let (line, column) = cursor.place(text.len());
        let sentence =
            format!("column {column}: the feed is cut off in an entry, which was left out");
        warnings.push(Warning::at(line, sentence));
    }
    if mapper.left_out > 0 {
        let sentence = format!(
            "the feed has {} entries; the first {MAX_ENTRIES} were taken",
            MAX_ENTRIES + mapper.left_out
        );
        warnings.push(Warning::new(sentence));
    }
    Ok((mapper.finish(), warnings))
}

fn not_a_feed(mapper: &Mapper<'_>, cursor: &Cursor<'_>) -> NotAFeed {
    let sentence = match (mapper.stranger, cursor.broken) {
        (Some(name), _) if name.eq_ignore_ascii_case("html") => {
            "this is a web page, not a feed; look on it for a link to its feed".to_owned()
        }
        (Some(name), _) => {
            format!("this is no feed: its first element is {name}, not rss, feed or RDF")
        }
        (None, Some(at)) => {
            let (line, column) = cursor.place(at);
            format!("this is no feed: line {line}, column {column} is broken before it begins")
        }
        (None, None) => "this is no feed: there is no element in it".to_owned(),
    };
    NotAFeed(SafeText::title(&sentence))
}

impl<'a> Mapper<'a> {
    fn new(url: Option<&Url>) -> Self {
        Self {
            feed: Feed::default(),
            scopes: Scopes::new(url.cloned()),
            stack: Vec::new(),
            capture: None,
            draft: None,
            person: None,
            authors: Vec::new(),
            stranger: None,
            period: None,
            frequency: None,
            left_out: 0,
        }
    }

    fn token(&mut self, token: Token<'a>) {
        match token {
            Token::Open { name, attributes, empty } => {
                self.open(name, attributes, empty);
            }
            Token::Close(name) => self.close(name),
            Token::Text(text) => {
                if let Some(capture) = &mut self.capture {
                    capture.text(text);
                } else if let Some(person) = &mut self.person {
                    super::entity::decode_into(text, &mut person.text);
                }
            }
            Token::Data(text) => {
                if let Some(capture) = &mut self.capture {
                    capture.data(text);
                } else if let Some(person) = &mut self.person {
                    person.text.push_str(text);
                }
            }
            Token::Reference(name) => {
                if let Some(capture) = &mut self.capture {
                    capture.reference(name);
                } else if let Some(person) = &mut self.person {
                    super::entity::resolve(name, &mut person.text);
                }
            }
        }
    }

    fn scope(&self) -> Scope<'a> {
        self.stack.last().map(|open| open.scope).unwrap_or_default()
    }

    fn place(&self) -> Place {
        self.stack.last().map_or(Place::Feed, |open| open.place)
    }

    fn open(&mut self, name: &'a str, attributes: &'a str, empty: bool) {
        if self.capture.as_ref().is_some_and(|capture| self.ends(capture, name)) {
            self.finish_capture();
        } else if let Some(capture) = &mut self.capture {
            return capture.open(name, attributes, empty);
        }
        let outer = self.scope();
        let root = self.feed.format.is_empty();
        let scope = self.scopes.enter(outer, attributes, root);
        let (prefix, local) = split_name(name);
        let element = Element::of(self.scopes.vocabulary(prefix), local);
        if root && !matches!(element, Element::Root(_) | Element::Entry) {
            // Junk before the feed, or no feed at all.
            self.stranger.get_or_insert(name);
            return;
        }
        let place = self.place();
        let mut inside = Open { name, place, scope, entry: false };
        match element {
            Element::Root(root) => {
                self.root(root, attributes, scope);
                inside.place = Place::Feed;
            }
            Element::Entry => {
                self.end_entry_that_was_left_open();
                inside.place = Place::Entry;
                inside.entry = true;
                self.begin_entry(attributes, scope);
            }
            Element::Person if place == Place::Feed || place == Place::Entry => {
                self.person = Some(Person { element: name, ..Person::default() });
                inside.place = Place::Person;
            }
            Element::Apart | Element::Person => inside.place = Place::Nowhere,
            // Parts of a person's name may stand in elements.
            Element::Unknown if place != Place::Person => inside.place = Place::Nowhere,
            Element::Group | Element::Unknown => {}
            Element::File(_) | Element::Field(_) if place == Place::Nowhere => {}
            Element::File(file) => self.file(file, attributes, scope),
            Element::Field(Field::Link) if attribute(attributes, "href").is_some() => {
                self.link(attributes, scope);
            }
            Element::Field(field) => {
                self.capture = Some(Capture::new(name, field, attributes, scope));
                if empty {
                    self.finish_capture();
                }
                return;
            }
        }
        if self.stack.len() < MAX_DEPTH || inside.entry {
            self.stack.push(inside);
            if empty {
                self.pop();
            }
        }
    }

    /// Whether an element that opens inside of a text shows that the text has ended without
    /// an end tag: a new entry, or a part of the feed where only words can stand.
    fn ends(&self, capture: &Capture<'a>, name: &str) -> bool {
        let (prefix, local) = split_name(name);
        let markup = matches!(capture.field, Field::Summary(_) | Field::Body(_));
        let entry = local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry");
        if markup {
            return entry && prefix == split_name(capture.name).0;
        }
        if matches!(capture.field, Field::Title(_)) && capture.form == Form::Markup {
            return entry;
        }
        !matches!(
            Element::of(self.scopes.vocabulary(prefix), local),
            Element::Unknown | Element::Field(Field::Body(_) | Field::Name)
        )
    }

    fn close(&mut self, name: &'a str) {
        if let Some(capture) = &mut self.capture {
            let closes_parent =
                name != capture.name && self.stack.iter().any(|open| open.name == name);
            if closes_parent || capture.close(name) {
                self.finish_capture();
            }
            if !closes_parent {
                return;
            }
        }
        if let Some(at) = self.stack.iter().rposition(|open| open.name == name) {
            while self.stack.len() > at {
                self.pop();
            }
        }
    }

    /// Closes the innermost element.
    fn pop(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        if self.person.as_ref().is_some_and(|person| person.element == open.name) {
            self.finish_person();
        }
        if open.entry {
            self.finish_entry();
        }
    }

    /// An entry does not hold another: its end tag is missing.
    fn end_entry_that_was_left_open(&mut self) {
        if let Some(at) = self.stack.iter().position(|open| open.entry) {
            while self.stack.len() > at {
                self.pop();
            }
        }
    }

    fn begin_entry(&mut self, attributes: &'a str, scope: Scope<'a>) {
        if self.feed.format.is_empty() {
            self.feed.format = "RSS";
        }
        let mut draft = Draft::default();
        draft.base = self.scopes.base(scope).cloned();
        draft.language = scope.language.map(SafeText::title);
        // RSS 1.0 names the entry by its address; the oldest format of all links it so.
        draft.id = attribute(attributes, "rdf:about")
            .map(|id| super::entity::decode(id.trim()).into_owned());
        self.draft = Some(draft);
    }

    fn finish_entry(&mut self) {
        let Some(draft) = self.draft.take() else { return };
        if self.feed.entries.len() >= MAX_ENTRIES {
            self.left_out += 1;
            return;
        }
        let base = self.feed.link.as_ref().or(self.scopes.document());
        self.feed.entries.push(draft.finish(base));
    }

    fn finish(mut self) -> Feed {
        if self.feed.schedule.interval.is_none()
            && let Some(period) = self.period
        {
            self.feed.schedule.interval = Some(period / self.frequency.unwrap_or(1).max(1));
        }
        for entry in self.feed.entries.iter_mut().filter(|entry| entry.authors.is_empty()) {
            entry.authors.clone_from(&self.authors);
        }
        self.feed
    }
}
