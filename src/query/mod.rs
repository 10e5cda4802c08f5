//! The search language: what a reader types becomes a tree, is printed back the same, and
//! is asked of one story after another.
//!
//! Terms beside each other must all match; `OR` binds looser; `-not`, `"a phrase"`,
//! `begin*` and parentheses are as in mail, and so are fields such as `title:` and
//! `is:unread`. Nothing is an error: what looks like a field and is none is plain text,
//! and [`Query::unknown`] tells it. No clock is read here, and no index is known.

mod matcher;
mod parse;
mod print;
mod term;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use matcher::{Matcher, Subject};
pub use term::{Age, Field, Form, Has, Is, Moment, Sort, Term, Unit};

/// A search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    root: Node,
    sort: Option<Sort>,
    unknown: Vec<String>,
}

/// What a query asks. No `And` stands directly in an `And`, no `Or` in an `Or`, no `Not`
/// in a `Not`, and only the empty query's `And` has fewer than two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Term(Term),
}

impl Query {
    /// The query of a text. Whatever it is, it is one.
    pub fn parse(text: &str) -> Self {
        parse::query(text)
    }

    /// The tree, for whoever has an index.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Whether it asks for nothing, so that everything matches.
    pub fn is_empty(&self) -> bool {
        self.root == Node::And(Vec::new())
    }

    /// What looks like a field and is none, as typed: it is searched for as text.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(String::as_str)
    }

    /// How what matches is to be put in order.
    pub fn sort(&self) -> Option<Sort> {
        self.sort
    }

    /// The query as of now: `newer:` and `older:` count back from there, and days begin
    /// where the reader is.
    pub fn at(&self, now: Timestamp, zone: &TimeZone) -> Matcher {
        Matcher::new(&self.root, now, zone)
    }
}
