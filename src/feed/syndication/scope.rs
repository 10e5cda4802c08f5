//! What holds inside of an element: where addresses begin, the language, the namespaces.

use url::Url;

use super::names::Vocabulary;
use crate::feed::address::resolve;
use crate::feed::xml::attributes;

/// Namespaces that are declared at once.
const MAX_BINDINGS: usize = 128;

/// Addresses that `xml:base` may give in one document.
const MAX_BASES: usize = 20_000;

/// What holds inside of an element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scope<'a> {
    /// The number of the address that `xml:base` gave, counted from 1; 0 if none did.
    pub base: usize,
    pub language: Option<&'a str>,
    /// How many declarations of namespaces are in force.
    bindings: usize,
}

/// The scopes of a document.
#[derive(Debug, Default)]
pub(super) struct Scopes<'a> {
    /// Where the document came from.
    document: Option<Url>,
    bases: Vec<Url>,
    bindings: Vec<(&'a str, Vocabulary)>,
}

impl<'a> Scopes<'a> {
    pub fn new(document: Option<Url>) -> Self {
        Self { document, ..Self::default() }
    }

    /// The scope of an element inside another.
    pub fn enter(&mut self, outer: Scope<'a>, tag: &'a str, root: bool) -> Scope<'a> {
        let mut scope = outer;
        self.bindings.truncate(outer.bindings);
        if !(tag.contains("xml") || root && tag.contains("BASE")) {
            return scope;
        }
        for (key, value) in attributes(tag) {
            if let Some(prefix) = key.strip_prefix("xmlns")
                && (prefix.is_empty() || prefix.starts_with(':'))
            {
                if self.bindings.len() < MAX_BINDINGS {
                    let prefix = prefix.trim_start_matches(':');
                    let own = root && prefix.is_empty();
                    self.bindings.push((prefix, Vocabulary::of_address(value, own)));
                }
            } else if key == "xml:lang" {
                scope.language = Some(value.trim()).filter(|value| !value.is_empty());
            } else if key == "xml:base" || (root && key == "BASE") {
                let begin = self.base(outer).or(self.document.as_ref());
                if let Some(base) = resolve(begin, value)
                    && self.bases.len() < MAX_BASES
                {
                    self.bases.push(base);
                    scope.base = self.bases.len();
                }
            }
        }
        scope.bindings = self.bindings.len();
        scope
    }

    /// The vocabulary of a prefix in the scope that was entered last.
    pub fn vocabulary(&self, prefix: &str) -> Vocabulary {
        let bound = self.bindings.iter().rev().find(|(known, _)| *known == prefix);
        bound.map_or_else(|| Vocabulary::of_prefix(prefix), |(_, vocabulary)| *vocabulary)
    }

    /// The address that `xml:base` gives.
    pub fn base(&self, scope: Scope<'a>) -> Option<&Url> {
        self.bases.get(scope.base.checked_sub(1)?)
    }

    pub fn document(&self) -> Option<&Url> {
        self.document.as_ref()
    }
}
