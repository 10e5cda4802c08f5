//! Pictures of every kind of block, and what holds of every layout. Here: how articles
//! are written down for them, and how a picture is checked.

mod blocks;
mod ends;
mod properties;
mod words;

use super::*;
use crate::article::{Block, Image, Link, ListItem, Related, Span, Table};

/// Spans of a line in a notation of these tests alone: `*strong*`, `` `code` ``,
/// `~deleted~`, `^raised^`, `_lowered_`, `[link]`; links are numbered as they come.
fn spans(text: &str, links: &mut u32) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut span = Span::default();
    let mut flush = |span: &mut Span, text: &mut String| {
        if !text.is_empty() {
            span.text = SafeText::multiline(text);
            text.clear();
            out.push(span.clone());
        }
    };
    let mut words = String::new();
    for c in text.chars() {
        if "*`~^_[]".contains(c) {
            flush(&mut span, &mut words);
        }
        match c {
            '*' => span.marks.strong ^= true,
            '`' => span.marks.code ^= true,
            '~' => span.marks.deleted ^= true,
            '^' => span.marks.superscript ^= true,
            '_' => span.marks.subscript ^= true,
            '[' => span.link = Some(LinkId(*links)),
            ']' => {
                span.link = None;
                *links += 1;
            }
            c => words.push(c),
        }
    }
    flush(&mut span, &mut words);
    out
}

/// An article being written down by a test.
#[derive(Default)]
struct Draft {
    article: Article,
    links: u32,
    foot: Foot,
    meta: Vec<SafeText>,
}

impl Draft {
    fn spans(&mut self, text: &str) -> Vec<Span> {
        spans(text, &mut self.links)
    }

    fn block(mut self, make: impl FnOnce(&mut Self) -> Block) -> Self {
        let block = make(&mut self);
        self.article.blocks.push(block);
        self
    }

    fn p(self, text: &str) -> Self {
        self.block(|draft| Block::Paragraph(draft.spans(text)))
    }

    fn heading(self, level: Level, text: &str) -> Self {
        self.block(|draft| Block::Heading { level, text: draft.spans(text) })
    }

    fn lay_out(mut self, shape: Shape) -> Layout {
        let Ok(url) = "https://example.org/".parse::<url::Url>() else { panic!("no address") };
        self.article.links =
            (0..self.links).map(|_| Link { url: url.clone(), text: SafeText::default() }).collect();
        lay_out(&self.article, &Head { meta: self.meta }, &self.foot, shape)
    }
}

fn draft() -> Draft {
    Draft::default()
}

fn p(text: &str) -> Block {
    Block::Paragraph(spans(text, &mut 0))
}

fn item(blocks: impl IntoIterator<Item = Block>) -> ListItem {
    ListItem(blocks.into_iter().collect())
}

fn bullets(items: impl IntoIterator<Item = ListItem>) -> Block {
    Block::List { start: None, items: items.into_iter().collect() }
}

fn numbers(start: u32, items: impl IntoIterator<Item = ListItem>) -> Block {
    Block::List { start: Some(start), items: items.into_iter().collect() }
}

fn code(text: &str) -> Block {
    Block::Code { language: None, text: SafeText::multiline(text) }
}

fn table(head: &[&str], rows: &[&[&str]]) -> Block {
    let row = |cells: &[&str]| cells.iter().map(|cell| spans(cell, &mut 0)).collect();
    let rows = rows.iter().map(|cells| row(cells)).collect();
    Block::Table(Table { caption: Vec::new(), head: row(head), rows })
}

const fn shape(width: u16) -> Shape {
    Shape {
        width,
        wrap_code: false,
        link_numbers: false,
        plain: false,
        hyphenate: true,
        airy: false,
    }
}

/// What a reader sees: gutter, runs, and `›` where a line goes on.
fn picture(layout: &Layout, width: u16) -> String {
    let mut out = String::new();
    for line in &layout.lines {
        let mut row = match line.gutter {
            Gutter::Empty => "  ".to_owned(),
            Gutter::Section => "§ ".to_owned(),
        };
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        if line.right_to_left {
            let cells = crate::text::width::width(&text);
            row.extend(std::iter::repeat_n(' ', usize::from(width).saturating_sub(cells)));
        }
        row.push_str(&text);
        if line.overflow {
            row.push('›');
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

/// The picture of a draft, each line behind a bar that keeps its blanks.
#[track_caller]
fn check(draft: Draft, shape: Shape, expected: &str) {
    let shown = picture(&draft.lay_out(shape), shape.width);
    let shown = shown.trim_matches('\n');
    let expected: Vec<&str> =
        expected.lines().filter_map(|line| line.trim_start().strip_prefix('|')).collect();
    assert_eq!(shown, expected.join("\n"), "\n{shown}\n");
}
