//! A text as a query. Total: every text is one.

use super::term::{Age, Field, Form, Has, Is, Moment, Sort, Term};
use super::{Node, Query};

/// Parentheses in parentheses that are looked into; deeper ones only group nothing.
const DEPTH: usize = 64;

pub(super) fn query(text: &str) -> Query {
    let mut parser = Parser { rest: text, sort: None, unknown: Vec::new() };
    let root = parser.alternatives(0);
    Query { root, sort: parser.sort, unknown: parser.unknown }
}

struct Parser<'a> {
    rest: &'a str,
    sort: Option<Sort>,
    unknown: Vec<String>,
}

impl<'a> Parser<'a> {
    /// Up to the parenthesis that closes this one, or all of the text at depth 0.
    fn alternatives(&mut self, depth: usize) -> Node {
        let (mut any, mut all) = (Vec::new(), Vec::new());
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                break;
            }
            if self.take(')') {
                if depth > 0 {
                    break;
                }
                // One too many closes nothing.
                continue;
            }
            if self.take_or() {
                any.push(and(std::mem::take(&mut all)));
                continue;
            }
            all.extend(self.one(depth));
        }
        any.push(and(all));
        or(any)
    }

    /// A term or a group, perhaps with signs of negation; none if it asks for nothing.
    fn one(&mut self, depth: usize) -> Option<Node> {
        let mut negated = false;
        while let Some(rest) = self.rest.strip_prefix('-').filter(|rest| begins(rest)) {
            (self.rest, negated) = (rest, !negated);
        }
        let node = if self.take('(') {
            // Beyond all reason the rest is no group any more, only its words.
            if depth < DEPTH { self.alternatives(depth + 1) } else { and(Vec::new()) }
        } else if self.take('"') {
            text(None, Form::Phrase, self.phrase())
        } else {
            self.word()
        };
        if node == and(Vec::new()) {
            return None;
        }
        Some(match node {
            Node::Not(inner) if negated => *inner,
            node if negated => Node::Not(Box::new(node)),
            node => node,
        })
    }

    /// A word, a field with its value, or nothing for `sort:`.
    fn word(&mut self) -> Node {
        let end = self.rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"'));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        let Some((name, value)) = word.split_once(':') else { return plain(None, word) };
        let field = Field::named(name);
        if let Some(field) = field.filter(|_| value.is_empty())
            && self.take('"')
        {
            return text(Some(field), Form::Phrase, self.phrase());
        }
        if let Some(field) = field.filter(|_| !value.is_empty()) {
            return plain(Some(field), value);
        }
        let term = match name.to_ascii_lowercase().as_str() {
            "is" => Is::named(value).map(Term::Is),
            "has" => Has::named(value).map(Term::Has),
            "after" => Moment::parse(value).map(Term::After),
            "before" => Moment::parse(value).map(Term::Before),
            "newer" => Age::parse(value).map(Term::Newer),
            "older" => Age::parse(value).map(Term::Older),
            "story" => value.parse().ok().map(Term::Story),
            "like" => value.parse().ok().map(Term::Like),
            "sort" => {
                if let Some(sort) = Sort::named(value) {
                    self.sort = Some(sort);
                    return and(Vec::new());
                }
                None
            }
            _ => None,
        };
        if let Some(term) = term {
            return Node::Term(term);
        }
        let like_a_field = !name.is_empty() && name.chars().all(char::is_alphabetic);
        if like_a_field && !value.starts_with("//") {
            self.unknown.push(word.to_owned());
        }
        plain(None, word)
    }

    /// Up to the next quotation mark, or all that is left.
    fn phrase(&mut self) -> &'a str {
        let (phrase, rest) = self.rest.split_once('"').unwrap_or((self.rest, ""));
        self.rest = rest;
        phrase.trim()
    }

    fn take(&mut self, c: char) -> bool {
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// `OR` as a word of its own.
    fn take_or(&mut self) -> bool {
        let ends =
            |rest: &&str| !rest.starts_with(|c: char| !c.is_whitespace() && !"()\"".contains(c));
        let rest = self.rest.strip_prefix("OR").filter(ends);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// Whether something begins here that a sign of negation can stand before.
fn begins(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| !c.is_whitespace() && c != ')')
}

fn plain(field: Option<Field>, word: &str) -> Node {
    match word.strip_suffix('*') {
        // As a word of its own it would mean something else when it is read again.
        None if word == "OR" && field.is_none() => text(None, Form::Phrase, word),
        None => text(field, Form::Word, word),
        Some("") => text(field, Form::Phrase, "*"),
        Some(prefix) => text(field, Form::Prefix, prefix),
    }
}

fn text(field: Option<Field>, form: Form, text: &str) -> Node {
    if text.is_empty() {
        return and(Vec::new());
    }
    Node::Term(Term::Text { field, form, text: text.to_owned() })
}

fn and(parts: Vec<Node>) -> Node {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Node::And(inner) => all.extend(inner),
            part => all.push(part),
        }
    }
    single(all).unwrap_or_else(Node::And)
}

/// An alternative that asks for nothing is not one: it is still being typed.
fn or(parts: Vec<Node>) -> Node {
    let mut any = Vec::new();
    for part in parts {
        match part {
            Node::Or(inner) => any.extend(inner),
            Node::And(inner) if inner.is_empty() => {}
            part => any.push(part),
        }
    }
    if any.is_empty() {
        return Node::And(any);
    }
    single(any).unwrap_or_else(Node::Or)
}

/// The only one of them, or all of them again.
fn single(mut nodes: Vec<Node>) -> Result<Node, Vec<Node>> {
    match nodes.pop() {
        Some(only) if nodes.is_empty() => Ok(only),
        last => {
            nodes.extend(last);
            Err(nodes)
        }
    }
}
