//! `Article`: a story as its author structured it. What it says, not how it looks.
//!
//! An article knows no color and no width. Everything that shows one (layout,
//! search, export) reads the same flat spans.

mod block;
mod date;
mod position;
mod span;

pub use block::{Block, Cell, Image, Level, ListItem, Row, Table};
pub use date::PubDate;
pub use position::{Place, Position};
pub use span::{LinkId, Marks, RelatedId, Span};

use url::Url;

use crate::text::sanitize::SafeText;

/// A story with all that its publisher said about it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Article {
    pub title: SafeText,
    /// The sentence under the headline that says why to read on.
    pub standfirst: Option<SafeText>,
    /// Names of writers or desks, without "By".
    pub byline: Vec<SafeText>,
    pub published: Option<PubDate>,
    pub updated: Option<PubDate>,
    /// The publication's name.
    pub site: Option<SafeText>,
    /// The part of the publication: "World", "Business".
    pub section: Option<SafeText>,
    /// BCP 47, as the publisher wrote it.
    pub language: Option<SafeText>,
    pub url: Option<Url>,
    /// The lead image.
    pub image: Option<Image>,
    pub blocks: Vec<Block>,
    /// Where spans lead. Numbered from 1 on the screen, in order of occurrence.
    pub links: Vec<Link>,
    /// The stories that the article itself names, in order of occurrence.
    pub related: Vec<Related>,
}

/// An address that the text leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub url: Url,
    /// The words that carried it.
    pub text: SafeText,
}

/// Another story that the article names, with or without its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The words that introduced it, as written, without the colon: "Read more".
    pub label: SafeText,
    /// The headline of the other story.
    pub title: SafeText,
    pub url: Option<Url>,
}

impl Article {
    /// The body as plain text, a line a block, headings included, related lines left out.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            if matches!(block, Block::Related(_)) {
                continue;
            }
            let text = block.text();
            if !text.trim().is_empty() {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(&text);
            }
        }
        out
    }

    /// The headings of the body in order, with the index of their top-level block.
    pub fn headings(&self) -> impl Iterator<Item = (usize, Level, String)> {
        self.blocks.iter().enumerate().filter_map(|(index, block)| match block {
            Block::Heading { level, text } => Some((index, *level, Span::join(text))),
            Block::Paragraph(_)
            | Block::List { .. }
            | Block::Quote(_)
            | Block::Code { .. }
            | Block::Image(_)
            | Block::Table(_)
            | Block::Embed { .. }
            | Block::Related(_)
            | Block::Rule => None,
        })
    }

    /// Words of the body. An ideograph or kana counts as a word of its own.
    pub fn words(&self) -> usize {
        let text = self.plain_text();
        let (mut words, mut ideographs) = (0, 0);
        for word in unicode_segmentation::UnicodeSegmentation::unicode_words(text.as_str()) {
            let wide = word.chars().filter(|c| is_ideographic(*c)).count();
            if wide > 0 {
                ideographs += wide;
            } else {
                words += 1;
            }
        }
        words + ideographs
    }

    /// Minutes to read it, at 238 words or 500 ideographs a minute, rounded up; at least 1.
    ///
    /// The pace is Brysbaert's mean of 190 studies ("How many words do we read per
    /// minute?", Journal of Memory and Language 109, 2019).
    pub fn minutes(&self) -> usize {
        let text = self.plain_text();
        let ideographs = text.chars().filter(|c| is_ideographic(*c)).count();
        let words = self.words().saturating_sub(ideographs);
        minutes(words, ideographs)
    }
}

/// Minutes to read so many words and ideographs; at least 1.
pub(crate) fn minutes(words: usize, ideographs: usize) -> usize {
    // 119,000 is 238 × 500: one fraction for both paces.
    (words * 500 + ideographs * 238).div_ceil(119_000).max(1)
}

/// Scripts written without spaces, where a character stands for a word or a syllable.
pub(crate) fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
