//! `Matcher`: a query at a moment, asked of one story after another.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Node;
use super::term::{Field, Form, Has, Is, Term};
use crate::story::{Source, StoryId};
use crate::text::fold::{fold_words, is_unspaced};

/// A story as a query sees it. Everything is asked only when a term needs it.
pub trait Subject {
    fn id(&self) -> StoryId;
    fn title(&self) -> &str;
    /// All who have it.
    fn sources(&self) -> impl Iterator<Item = &Source>;
    /// By what it stands in a list: when it was published or, if that is not known, when
    /// it was first seen.
    fn date(&self) -> Option<Timestamp>;
    fn is(&self, what: Is) -> bool;
    fn has(&self, what: Has) -> bool;
    /// The reader's tags, and those of its publisher and its feeds.
    fn tags(&self) -> Vec<Cow<'_, str>>;
    fn author(&self) -> Option<Cow<'_, str>>;
    /// BCP 47.
    fn language(&self) -> Option<Cow<'_, str>>;
    fn note(&self) -> Option<Cow<'_, str>>;
    /// The article as plain text, which may be costly.
    fn text(&self) -> Option<Cow<'_, str>>;
}

/// A query at a moment, ready to be asked of many stories.
#[derive(Debug, Clone)]
pub struct Matcher(Test);

#[derive(Debug, Clone)]
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Words(Option<Field>, Words),
    Is(Is),
    Has(Has),
    /// On or after that moment.
    From(Timestamp),
    /// Before that moment.
    Until(Timestamp),
    Story(StoryId),
    /// Nobody can tell here.
    Never,
}

impl Matcher {
    pub(super) fn new(root: &Node, now: Timestamp, zone: &TimeZone) -> Self {
        Self(test(root, now, zone))
    }

    /// Whether a story is what the query asks for. `like:` matches nothing here.
    pub fn matches(&self, subject: &impl Subject) -> bool {
        holds(&self.0, subject)
    }
}

fn test(node: &Node, now: Timestamp, zone: &TimeZone) -> Test {
    let tests = |nodes: &[Node]| nodes.iter().map(|node| test(node, now, zone)).collect();
    match node {
        Node::And(all) => Test::All(tests(all)),
        Node::Or(any) => Test::Any(tests(any)),
        Node::Not(inner) => Test::Not(Box::new(test(inner, now, zone))),
        Node::Term(term) => match term {
            Term::Text { field, form, text } => Test::Words(*field, Words::new(*form, text)),
            Term::Is(is) => Test::Is(*is),
            Term::Has(has) => Test::Has(*has),
            Term::After(moment) => Test::From(moment.begins(zone)),
            Term::Before(moment) => Test::Until(moment.begins(zone)),
            Term::Newer(age) => Test::From(age.before(now)),
            Term::Older(age) => Test::Until(age.before(now)),
            Term::Story(id) => Test::Story(*id),
            Term::Like(_) => Test::Never,
        },
    }
}

fn holds(test: &Test, subject: &impl Subject) -> bool {
    match test {
        Test::All(all) => all.iter().all(|test| holds(test, subject)),
        Test::Any(any) => any.iter().any(|test| holds(test, subject)),
        Test::Not(inner) => !holds(inner, subject),
        Test::Words(field, words) => words.in_story(*field, subject),
        Test::Is(is) => subject.is(*is),
        Test::Has(has) => subject.has(*has),
        Test::From(moment) => subject.date().is_some_and(|date| date >= *moment),
        Test::Until(moment) => subject.date().is_some_and(|date| date < *moment),
        Test::Story(id) => subject.id() == *id,
        Test::Never => false,
    }
}

/// Words one after the other, folded.
#[derive(Debug, Clone)]
struct Words {
    folded: String,
    /// The last one may go on.
    prefix: bool,
    /// Where the script has no spaces, words begin and end anywhere.
    open_start: bool,
    open_end: bool,
}

impl Words {
    fn new(form: Form, text: &str) -> Self {
        let folded = fold_words(text);
        let prefix = form == Form::Prefix;
        let open_start = folded.chars().next().is_some_and(is_unspaced);
        let open_end = prefix || folded.chars().next_back().is_some_and(is_unspaced);
        Self { folded, prefix, open_start, open_end }
    }

    fn in_story(&self, field: Option<Field>, subject: &impl Subject) -> bool {
        // Punctuation alone asks for nothing.
        if self.folded.is_empty() {
            return true;
        }
        let in_some = |text: Option<Cow<'_, str>>| text.is_some_and(|text| self.are_in(&text));
        let named = || subject.sources().any(|source| self.are_in(&source.name));
        let keyed = || subject.sources().any(|source| self.are_in(source.key.as_str()));
        let tag = || subject.tags().iter().any(|tag| self.are_tag(tag));
        match field {
            Some(Field::Title) => self.are_in(subject.title()),
            Some(Field::Source) => named() || keyed(),
            Some(Field::Tag) => tag(),
            Some(Field::Author) => in_some(subject.author()),
            Some(Field::Lang) => subject.language().is_some_and(|lang| self.begin(&lang)),
            None => {
                self.are_in(subject.title())
                    || named()
                    || in_some(subject.author())
                    || tag()
                    || in_some(subject.note())
                    || in_some(subject.text())
            }
        }
    }

    fn are_in(&self, text: &str) -> bool {
        let text = fold_words(text);
        let is_edge = |neighbor: Option<char>| neighbor.is_none_or(|c| c == ' ' || is_unspaced(c));
        text.match_indices(&self.folded).any(|(at, found)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(at + found.len()..).and_then(|after| after.chars().next());
            (self.open_start || is_edge(before)) && (self.open_end || is_edge(after))
        })
    }

    /// Whether they are a whole tag, or the beginning of one.
    fn are_tag(&self, tag: &str) -> bool {
        let tag = fold_words(tag);
        if self.prefix { tag.starts_with(&self.folded) } else { tag == self.folded }
    }

    /// Whether a text begins with them.
    fn begin(&self, text: &str) -> bool {
        let text = fold_words(text);
        let rest = text.strip_prefix(&self.folded);
        rest.is_some_and(|rest| self.prefix || rest.is_empty() || rest.starts_with(' '))
    }
}
