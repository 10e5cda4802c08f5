//! `Layout`: an article broken into lines at a width. Knows no color.
//!
//! A layout turns positions into lines and back, and knows where headings and links
//! stand. It is made once for a width and kept; drawing reads it.

mod block;
pub mod cache;
mod ends;
mod flow;
mod page;
mod script;
mod table;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::article::{Article, Level, LinkId, Marks, Position, RelatedId};
use crate::text::sanitize::SafeText;
use crate::text::seams::hyphenation;
use crate::text::wrap::Fit;

use page::Page;

/// What a layout depends on beside the article itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the reader's own")]
pub struct Shape {
    /// Cells of a line of text; the gutter stands to the left of it and is not counted.
    pub width: u16,
    /// Break long lines of code instead of letting them run past the edge.
    pub wrap_code: bool,
    /// Show `[12]` after the words of link 12.
    pub link_numbers: bool,
    /// Break words by the rules of the article's language where lines are short.
    pub hyphenate: bool,
    /// A blank row between lines.
    pub airy: bool,
    /// Keep backticks and other marks that stand for a voice the terminal cannot show.
    pub plain: bool,
}

/// An article in lines.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    pub lines: Vec<Line>,
    /// Headings, also those of the foot, in order.
    pub headings: Vec<HeadingAt>,
    /// Everything that can be focused and followed, in order of its first line.
    pub targets: Vec<TargetAt>,
}

/// One row of the reading pane.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Where the line begins in the text.
    pub position: Position,
    /// What stands in the two cells left of the text.
    pub gutter: Gutter,
    pub runs: Vec<Run>,
    /// The line goes on past the right edge (code that is not wrapped).
    pub overflow: bool,
    /// The line is set from the right: its paragraph is written right to left.
    pub right_to_left: bool,
}

/// The mark in the gutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gutter {
    #[default]
    Empty,
    /// `§` before a section heading.
    Section,
}

/// A piece of a line in one voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub text: SafeText,
    /// Cells that it takes.
    pub width: u16,
    pub voice: Voice,
    pub marks: Marks,
    /// What opens when it is followed.
    pub target: Option<Target>,
    /// Which bytes of its block's text these are; empty for signs that layout added.
    pub source: Range<u32>,
}

/// What a run is, so that a theme can say how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Voice {
    #[default]
    Text,
    Headline,
    Standfirst,
    /// Byline, dates, minutes: what whispers.
    Meta,
    Heading(Level),
    Code,
    Caption,
    TableHead,
    /// A sign that layout added, one cell wide; a run repeats it over its width.
    Sign(Sign),
    /// The introducing words of a related line, and the notes of the foot.
    Note,
}

/// Signs that the face draws as one cell each, in Unicode or in ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// The bar of a quote: `▎`.
    QuoteBar,
    /// The bullet of a list by its depth: `•`, `◦`, `▪`.
    Bullet(u8),
    /// The bar left of code: `│`.
    CodeBar,
    /// A line under a table's head: `─`.
    TableRule,
    /// Before a caption or a picture that is not shown: `▸`.
    Caption,
    /// Before a related line: `→`.
    Related,
    /// One star of the line between parts: `*`.
    Rule,
}

impl Sign {
    /// The sign in Unicode, one cell wide.
    pub fn glyph(self) -> SafeText {
        SafeText::line(match self {
            Self::QuoteBar => "▎",
            Self::Bullet(0) => "•",
            Self::Bullet(1) => "◦",
            Self::Bullet(_) => "▪",
            Self::CodeBar => "│",
            Self::TableRule => "─",
            Self::Caption => "▸",
            Self::Related => "→",
            Self::Rule => "*",
        })
    }
}

/// What a reader can follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A link of the article's text.
    Link(LinkId),
    /// A related line in the text.
    Related(RelatedId),
    /// A row of the foot: group and row.
    Foot(u16, u16),
}

/// Where a heading stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingAt {
    pub line: usize,
    pub level: Level,
    pub text: SafeText,
    pub position: Position,
}

/// Where something that can be followed stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetAt {
    pub target: Target,
    pub line: usize,
    /// The first cell of it in its line, counted from the left edge of the text.
    pub column: u16,
    /// The number on the screen: of a link, counted from 1; of a row of the foot, its own.
    /// 0 for a related line in the text, which shows none.
    pub number: u16,
}

/// What stands below the text: related stories, links.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Foot {
    pub groups: Vec<FootGroup>,
}

/// Rows under one heading of the foot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FootGroup {
    /// The section heading; groups with the same heading in a row share it.
    pub heading: SafeText,
    /// Why these rows are here: "Linked in this article". None for the links section.
    pub reason: Option<SafeText>,
    pub rows: Vec<FootRow>,
}

/// A row of the foot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FootRow {
    pub number: u16,
    pub text: SafeText,
    /// Set at the right: source, age, "read", "not stored".
    pub note: SafeText,
}

/// What stands above the text, ready to be read: it depends on the reader's time zone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Head {
    /// Byline, date, minutes, host, in the order to be shown, joined by ` · `.
    pub meta: Vec<SafeText>,
}

/// Below this measure words are hyphenated, where the article says its language.
const HYPHENATED_BELOW: u16 = 56;

/// Lays an article out.
pub fn lay_out(article: &Article, head: &Head, foot: &Foot, shape: Shape) -> Layout {
    let narrow = shape.hyphenate && shape.width < HYPHENATED_BELOW;
    let language = article.language.as_deref().filter(|_| narrow);
    let mut page = Page::new(article, shape, language.and_then(hyphenation), Fit::Optimal);
    ends::head(&mut page, head);
    page.space(1);
    block::body(&mut page, &article.blocks);
    ends::foot(&mut page, foot);
    page.layout
}

impl Layout {
    /// The line on which a position is shown: the last line that begins at or before it.
    /// The very first position is the top, headline included.
    pub fn line_of(&self, position: Position) -> usize {
        if position == Position::default() {
            return 0;
        }
        self.lines.partition_point(|line| line.position <= position).saturating_sub(1)
    }

    /// The position at which a line begins; past the end, that of the last line.
    pub fn position_of(&self, line: usize) -> Position {
        let last = self.lines.len().saturating_sub(1);
        self.lines.get(line.min(last)).map(|line| line.position).unwrap_or_default()
    }
}
