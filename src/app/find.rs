//! `Find`: words looked for in the article that is open.
//!
//! Smart case: a needle without capitals is found in any case.

use std::ops::Range;

use crate::article::{Article, Block, Position};

/// A needle and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Find {
    pub needle: String,
    /// Matches in order: the block, and the bytes of its text.
    pub matches: Vec<(u32, Range<u32>)>,
    /// The match that the reader is on.
    pub current: usize,
}

impl Find {
    /// Looks for a needle; the current match is the first at or after `from`.
    pub fn new(article: &Article, needle: &str, from: Position) -> Self {
        let mut matches = Vec::new();
        if !needle.is_empty() {
            let any_case = !needle.chars().any(char::is_uppercase);
            for (index, block) in article.blocks.iter().enumerate() {
                let text = match block {
                    Block::Related(id) => article
                        .related
                        .get(id.0 as usize)
                        .map(|related| related.title.as_str().to_owned())
                        .unwrap_or_default(),
                    Block::Heading { .. }
                    | Block::Paragraph(_)
                    | Block::List { .. }
                    | Block::Quote(_)
                    | Block::Code { .. }
                    | Block::Image(_)
                    | Block::Table(_)
                    | Block::Embed { .. }
                    | Block::Rule => block.text(),
                };
                let found = occurrences(&text, needle, any_case);
                matches.extend(found.into_iter().map(|range| (index as u32, range)));
            }
        }
        let at =
            |(block, range): &(u32, Range<u32>)| Position { block: *block, offset: range.start };
        let current = matches.iter().position(|found| at(found) >= from).unwrap_or(0);
        Self { needle: needle.to_owned(), matches, current }
    }

    /// Goes to the next match, or the one before, round the ends.
    pub fn step(&mut self, forward: bool, count: usize) {
        let len = self.matches.len();
        if len > 0 {
            let by = count % len;
            self.current = (self.current + if forward { by } else { len - by }) % len;
        }
    }

    /// Which match the reader is on, of how many.
    pub fn describe(&self) -> String {
        match self.matches.len() {
            0 => format!("“{}” is not in this article.", self.needle),
            all => format!("“{}”: {} of {all}", self.needle, self.current + 1),
        }
    }

    /// Where the current match is.
    pub fn position(&self) -> Option<Position> {
        let (block, range) = self.matches.get(self.current)?;
        Some(Position { block: *block, offset: range.start })
    }

    /// The matches of a block, and whether each is the current one.
    pub fn in_block(&self, block: u32) -> impl Iterator<Item = (Range<u32>, bool)> + '_ {
        let first = self.matches.partition_point(|(b, _)| *b < block);
        self.matches
            .iter()
            .enumerate()
            .skip(first)
            .take_while(move |(_, (b, _))| *b == block)
            .map(|(index, (_, range))| (range.clone(), index == self.current))
    }
}

/// Where a needle occurs in a text, as byte ranges that do not overlap.
fn occurrences(text: &str, needle: &str, any_case: bool) -> Vec<Range<u32>> {
    if !any_case {
        return text
            .match_indices(needle)
            .map(|(at, found)| at as u32..(at + found.len()) as u32)
            .collect();
    }
    // Lower case may be longer or shorter than the original, so each of its bytes
    // remembers the bytes of the character that it came from.
    let mut lower = String::with_capacity(text.len());
    let mut origin: Vec<(u32, u32)> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        for l in c.to_lowercase() {
            lower.push(l);
            origin.resize(lower.len(), (at as u32, (at + c.len_utf8()) as u32));
        }
    }
    let needle = needle.to_lowercase();
    lower
        .match_indices(&needle)
        .filter_map(|(at, found)| {
            let start = origin.get(at)?.0;
            let end = origin.get(at + found.len() - 1)?.1;
            Some(start..end)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    fn article(texts: &[&str]) -> Article {
        let blocks = texts.iter().map(|text| Block::Paragraph(vec![Span::plain(text)])).collect();
        Article { blocks, ..Article::default() }
    }

    #[test]
    fn finds_in_any_case_unless_a_capital_is_typed() {
        let article = article(&["A port, the Port.", "PORT"]);
        let all = Find::new(&article, "port", Position::default());
        assert_eq!(all.matches, [(0, 2..6), (0, 12..16), (1, 0..4)]);
        let one = Find::new(&article, "Port", Position::default());
        assert_eq!(one.matches, [(0, 12..16)]);
    }

    #[test]
    fn ranges_are_of_the_original_where_lower_case_is_longer() {
        // The capital I with a dot is three bytes in lower case.
        let article = article(&["İİ port"]);
        let find = Find::new(&article, "port", Position::default());
        assert_eq!(find.matches, [(0, 5..9)]);
    }

    #[test]
    fn starts_at_the_place_and_goes_round() {
        let article = article(&["a", "a", "a"]);
        let mut find = Find::new(&article, "a", Position { block: 1, offset: 0 });
        assert_eq!(find.current, 1);
        find.step(true, 2);
        assert_eq!(find.current, 0);
        find.step(false, 1);
        assert_eq!(find.current, 2);
    }
}
