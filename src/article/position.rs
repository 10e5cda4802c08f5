//! `Position` and `Place`: where a reader stands, whatever the width.

use serde::{Deserialize, Serialize};

use super::{Article, Block};
use crate::text::cut::beginning;

/// A point in the text: a top-level block and a byte of its [`Block::text`].
///
/// A block at or past the end of the article is the foot (related stories, links).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Position {
    pub block: u32,
    pub offset: u32,
}

/// A position that survives a re-extracted text: it also says what stood there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place {
    #[serde(rename = "b")]
    pub block: u32,
    #[serde(rename = "o")]
    pub offset: u32,
    /// The first words from the position on, at most [`QUOTE`] bytes.
    #[serde(rename = "q", default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Rows from the top of the page down to the position: blank ones have no text of their
    /// own. In the head of an article, whose rows are all at the first position, less than
    /// nothing: the rows that are out of sight.
    #[serde(rename = "l", default, skip_serializing_if = "is_zero")]
    pub lead: i16,
    /// How far through the article, in thousandths.
    #[serde(rename = "f", default)]
    pub fraction: u16,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(lead: &i16) -> bool {
    *lead == 0
}

/// Bytes of a place's quote.
const QUOTE: usize = 48;

impl Place {
    /// The place of a position in an article.
    pub fn of(article: &Article, position: Position, fraction: u16) -> Self {
        let text = article.blocks.get(position.block as usize).map(Block::text).unwrap_or_default();
        let tail = text.get(position.offset as usize..).unwrap_or_default();
        let quote = tail.char_indices().take_while(|(at, c)| at + c.len_utf8() <= QUOTE);
        let end = quote.last().map_or(0, |(at, c)| at + c.len_utf8());
        let quote = tail.get(..end).unwrap_or_default().to_owned();
        Self { block: position.block, offset: position.offset, quote, lead: 0, fraction }
    }

    /// The position as it was when the place was taken.
    pub fn position(&self) -> Position {
        Position { block: self.block, offset: self.offset }
    }

    /// Where the place is in an article, which may have been extracted anew: there if
    /// the quote still stands there, else where the nearest block holds the quote,
    /// else the old block as far as it exists.
    pub fn find(&self, article: &Article) -> Position {
        let here = Position { block: self.block, offset: self.offset };
        if self.quote.is_empty() {
            return self.clamped(article);
        }
        let texts: Vec<String> = article.blocks.iter().map(Block::text).collect();
        let stands = texts
            .get(self.block as usize)
            .and_then(|text| text.get(self.offset as usize..))
            .is_some_and(|tail| tail.starts_with(&self.quote));
        if stands {
            return here;
        }
        let nearest = texts
            .iter()
            .enumerate()
            .filter_map(|(block, text)| text.find(&self.quote).map(|at| (block as u32, at as u32)))
            .min_by_key(|(block, at)| (block.abs_diff(self.block), at.abs_diff(self.offset)));
        match nearest {
            Some((block, offset)) => Position { block, offset },
            None => self.clamped(article),
        }
    }

    fn clamped(&self, article: &Article) -> Position {
        let block = self.block.min(article.blocks.len().saturating_sub(1) as u32);
        let offset = if block == self.block { self.offset } else { 0 };
        let text = article.blocks.get(block as usize).map(Block::text).unwrap_or_default();
        Position { block, offset: beginning(&text, offset as usize).len() as u32 }
    }
}
