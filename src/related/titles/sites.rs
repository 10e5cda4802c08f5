//! `Sites`: which parts of a title are the name of the site and not the headline.

use std::collections::HashMap;

use crate::related::terms::segments;
use crate::text::fold::fold;

/// A part that begins or ends so many titles of a source is no headline.
const REPEATED: u32 = 2;

/// Shorter names are part of too many words.
const SHORTEST_NAME: usize = 3;

/// What the titles of each source begin and end with.
#[derive(Debug, Default)]
pub(super) struct Sites {
    /// How often, by folded source and folded segment.
    ends: HashMap<String, HashMap<String, u32>>,
}

impl Sites {
    /// Learns from titles, each after its source.
    pub fn new<'a>(titles: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut sites = Self::default();
        for (source, title) in titles {
            if let [first, .., last] = segments(title).as_slice() {
                let ends = sites.ends.entry(fold(source)).or_default();
                *ends.entry(fold(first)).or_default() += 1;
                *ends.entry(fold(last)).or_default() += 1;
            }
        }
        sites
    }

    /// The segments of a title without the names of its site at both ends.
    pub fn without<'a>(&self, title: &'a str, source: &str) -> Vec<&'a str> {
        let mut parts = segments(title);
        while let [_, .., last] = parts.as_slice()
            && self.is_site(last, source)
        {
            parts.pop();
        }
        while let [first, _, ..] = parts.as_slice()
            && self.is_site(first, source)
        {
            parts.remove(0);
        }
        parts
    }

    fn is_site(&self, segment: &str, source: &str) -> bool {
        let ends = self.ends.get(&fold(source));
        let segment = fold(segment);
        if ends.and_then(|ends| ends.get(&segment)).is_some_and(|times| *times >= REPEATED) {
            return true;
        }
        let (segment, source) = (segment.replace(' ', ""), name(source));
        let (short, long) =
            if segment.len() < source.len() { (&segment, &source) } else { (&source, &segment) };
        // A headline may name its own site: it says much more besides.
        short.chars().count() >= SHORTEST_NAME
            && long.contains(short.as_str())
            && long.len() <= 2 * short.len()
    }
}

/// What a source is called, in one word; of a host name, its longest label.
fn name(source: &str) -> String {
    let label = source.split('.').max_by_key(|label| label.len());
    let host = !source.contains(char::is_whitespace);
    fold(label.filter(|_| host).unwrap_or(source)).replace(' ', "")
}
