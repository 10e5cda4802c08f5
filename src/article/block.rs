//! `Block`: the parts that an article is made of.

use url::Url;

use super::span::{RelatedId, Span};
use crate::text::sanitize::SafeText;

/// One part of an article, as its author structured it.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Heading {
        level: Level,
        text: Vec<Span>,
    },
    Paragraph(Vec<Span>),
    List {
        /// The number of the first item, or nothing for bullets.
        start: Option<u32>,
        items: Vec<ListItem>,
    },
    Quote(Vec<Block>),
    Code {
        language: Option<SafeText>,
        text: SafeText,
    },
    Image(Image),
    Table(Table),
    /// A film, a map, a post: what stands elsewhere and can be opened there.
    Embed {
        title: SafeText,
        url: Option<Url>,
    },
    /// A line such as "Read more: …" that names another story.
    Related(RelatedId),
    Rule,
}

/// The blocks of one list item.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem(pub Vec<Block>);

/// How deep a heading stands below the headline. The headline itself is no block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A section: h2.
    Section,
    /// A part of a section: h3.
    Part,
    /// Anything below: h4 and deeper.
    Minor,
}

impl Level {
    /// The level as HTML and Markdown number it: 2, 3, 4.
    pub fn number(self) -> u8 {
        match self {
            Self::Section => 2,
            Self::Part => 3,
            Self::Minor => 4,
        }
    }
}

/// A picture, by its address. Its bytes are fetched by whoever shows it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Image {
    pub url: Option<Url>,
    /// What the picture shows, for those who do not see it.
    pub alt: SafeText,
    pub caption: Vec<Span>,
    /// Pixels, where the page says.
    pub size: Option<(u32, u32)>,
}

/// A table; every row has as many cells as the widest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub caption: Vec<Span>,
    /// The heads of the columns; empty where the table has none.
    pub head: Row,
    pub rows: Vec<Row>,
}

/// The cells of one row.
pub type Row = Vec<Cell>;

/// One cell's text.
pub type Cell = Vec<Span>;

impl Block {
    /// The text of the block, nested parts on lines of their own. The offsets of a
    /// [`super::Position`] are bytes of this text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.write_text(&mut out);
        out
    }

    fn write_text(&self, out: &mut String) {
        match self {
            Self::Heading { text, .. } | Self::Paragraph(text) => Span::join_into(text, out),
            Self::List { items, .. } => {
                lines(out, items.iter().flat_map(|item| &item.0), |block, out| {
                    block.write_text(out);
                });
            }
            Self::Quote(blocks) => lines(out, blocks, Block::write_text),
            Self::Code { text, .. } => out.push_str(text),
            Self::Image(image) => Span::join_into(&image.caption, out),
            Self::Table(table) => {
                let head = (!table.head.is_empty()).then_some(&table.head);
                if !table.caption.is_empty() {
                    Span::join_into(&table.caption, out);
                    out.push('\n');
                }
                lines(out, head.into_iter().chain(&table.rows), |row, out| {
                    for (index, cell) in row.iter().enumerate() {
                        if index > 0 {
                            out.push('\t');
                        }
                        Span::join_into(cell, out);
                    }
                });
            }
            Self::Embed { title, .. } => out.push_str(title),
            Self::Related(_) | Self::Rule => {}
        }
    }
}

/// Writes each thing on a line of its own.
fn lines<T>(out: &mut String, things: impl IntoIterator<Item = T>, write: impl Fn(T, &mut String)) {
    for (index, thing) in things.into_iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        write(thing, out);
    }
}
