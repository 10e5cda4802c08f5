//! The body of a text: units become blocks.

use std::collections::HashMap;

use super::heading;
use super::unit::{Kind, Unit, cut};
use crate::article::{Article, Block, Level, ListItem, Related, RelatedId, Row, Span, Table};
use crate::extract::label;
use crate::text::sanitize::SafeText;

/// How deep quotes are read as quotes, and lists as lists.
const MAX_DEPTH: usize = 8;

/// Appends the blocks of a body to an article.
///
/// `wrap` is the width to which the text is hard-wrapped, for what is quoted in it.
pub fn read(units: &[Unit<'_>], wrap: Option<usize>, article: &mut Article) {
    let blocks = Reader { article, wrap, depth: 0 }.blocks(units);
    article.blocks = blocks;
}

struct Reader<'a> {
    article: &'a mut Article,
    wrap: Option<usize>,
    depth: usize,
}

impl Reader<'_> {
    fn blocks(&mut self, all: &[Unit<'_>]) -> Vec<Block> {
        let mentions = mentions(all);
        let headings = find_headings(all, &mentions, &self.article.byline);
        let mut blocks = Vec::new();
        let mut rest = all;
        while let Some((unit, after)) = rest.split_first() {
            let at = all.len() - rest.len();
            let is_heading = headings.get(&at).copied().unwrap_or(false);
            rest = after;
            match mentions.get(at) {
                Some(Some(Mention::Story(label, title))) => {
                    blocks.push(self.related(label, title));
                    continue;
                }
                Some(Some(Mention::Label)) => continue,
                Some(None) | None => {}
            }
            let block = match unit.kind {
                Kind::Heading(level) => Block::Heading { level, text: spans(&unit.text) },
                Kind::Text if is_heading => {
                    Block::Heading { level: Level::Section, text: spans(&unit.text) }
                }
                Kind::Number(_) if is_heading => {
                    Block::Heading { level: Level::Section, text: spans(unit.written) }
                }
                Kind::Text if is_saying(unit, after) => {
                    let (said, by) = (Block::Paragraph(spans(&unit.text)), after.first());
                    rest = after.get(1..).unwrap_or_default();
                    Block::Quote(
                        std::iter::once(said)
                            .chain(by.map(|by| Block::Paragraph(spans(&by.text))))
                            .collect(),
                    )
                }
                Kind::Text => Block::Paragraph(spans(&unit.text)),
                Kind::Rule => Block::Rule,
                Kind::Code => Block::Code { language: None, text: SafeText::multiline(&unit.text) },
                Kind::Quote => Block::Quote(self.quote(&unit.text)),
                Kind::Bullet | Kind::Number(_) | Kind::Row => {
                    let run = all.get(at..).unwrap_or_default();
                    let length =
                        run_length(run, |offset| headings.get(&(at + offset)) != Some(&false));
                    let run = run.get(..length).unwrap_or_default();
                    rest = all.get(at + length..).unwrap_or_default();
                    if unit.kind == Kind::Row { table(run) } else { list(run, 0) }
                }
            };
            blocks.push(block);
        }
        blocks
    }

    fn related(&mut self, label: &str, title: &str) -> Block {
        let id = RelatedId(self.article.related.len() as u32);
        let (label, title) = (SafeText::title(label), SafeText::title(title));
        self.article.related.push(Related { label, title, url: None });
        Block::Related(id)
    }

    fn quote(&mut self, text: &str) -> Vec<Block> {
        if self.depth == MAX_DEPTH {
            return text.lines().map(|line| Block::Paragraph(spans(line))).collect();
        }
        // The sign and its space are a part of the width.
        let wrap = self.wrap.map(|wrap| wrap.saturating_sub(2));
        let inner = cut(text, wrap);
        Reader { article: self.article, wrap: inner.wrap, depth: self.depth + 1 }
            .blocks(&inner.units)
    }
}

/// What a unit has to do with another story.
#[derive(Debug, Clone, Copy)]
enum Mention<'a> {
    /// A label and a headline.
    Story(&'a str, &'a str),
    /// A label alone; the headlines stand in the units below.
    Label,
}

/// For each unit, how it names another story.
fn mentions<'a>(all: &'a [Unit<'a>]) -> Vec<Option<Mention<'a>>> {
    let mut found: Vec<Option<Mention<'a>>> = Vec::with_capacity(all.len());
    while let Some(unit) = all.get(found.len()) {
        let after = all.get(found.len() + 1..).unwrap_or_default();
        if !matches!(unit.kind, Kind::Text | Kind::Bullet | Kind::Row) {
            found.push(None);
        } else if let Some((label, title)) = label::related(&unit.text) {
            found.push(Some(Mention::Story(label, title)));
        } else if let Some(label) =
            label::label(&unit.text).filter(|_| unit.text.ends_with([':', '：']))
        {
            let titles = after.get(..headlines(after)).unwrap_or_default();
            found.push((!titles.is_empty()).then_some(Mention::Label));
            found.extend(titles.iter().map(|title| Some(Mention::Story(label, &title.text))));
        } else {
            found.push(None);
        }
    }
    found
}

/// How many of the units below a label are headlines: a whole list, or one line.
fn headlines(after: &[Unit<'_>]) -> usize {
    let short = |unit: &Unit<'_>| {
        unit.text.chars().count() <= 150
            && label::related(&unit.text).is_none()
            && !label::is_label(&unit.text)
    };
    let items = after.iter().take_while(|unit| unit.kind == Kind::Bullet && short(unit)).count();
    let line =
        after.first().is_some_and(|unit| unit.kind == Kind::Text && unit.lines == 1 && short(unit));
    items.max(usize::from(line))
}

/// For the index of each unit that names no other story, whether it is a heading.
fn find_headings(
    all: &[Unit<'_>],
    mentions: &[Option<Mention<'_>>],
    names: &[SafeText],
) -> HashMap<usize, bool> {
    let prose = all.iter().enumerate().zip(mentions).filter(|(_, mention)| mention.is_none());
    let (places, units): (Vec<usize>, Vec<&Unit<'_>>) = prose.map(|(unit, _)| unit).unzip();
    places.into_iter().zip(heading::find(&units, names)).collect()
}

/// Whether a paragraph is wholly in quotation marks and the next says, behind a dash, whose
/// words they are. Quotations of the text itself have no such line.
fn is_saying(unit: &Unit<'_>, after: &[Unit<'_>]) -> bool {
    let marks = unit.text.starts_with(['"', '“', '„', '«', '»', '「'])
        && unit.text.ends_with(['"', '”', '“', '»', '«', '」']);
    let named = after.first().is_some_and(|by| {
        by.kind == Kind::Text
            && by.text.starts_with(['—', '―'])
            && by.text.chars().count() <= 80
            && !by.text.ends_with(['.', '!', '?', ','])
    });
    marks && named
}

/// How many units from the first on are of one list or table.
fn run_length(run: &[Unit<'_>], is_other: impl Fn(usize) -> bool) -> usize {
    let Some(first) = run.first() else { return 0 };
    let same = |offset: &usize| {
        let Some(unit) = run.get(*offset) else { return false };
        match (first.kind, unit.kind) {
            _ if *offset > 0 && is_other(*offset) => false,
            (Kind::Row, kind) => kind == Kind::Row,
            (_, Kind::Bullet | Kind::Number(_)) => {
                unit.indent > first.indent
                    || std::mem::discriminant(&first.kind) == std::mem::discriminant(&unit.kind)
            }
            _ => false,
        }
    };
    (0..run.len()).take_while(same).count().max(1)
}

/// A list of items; those that are set in further are lists within.
fn list(run: &[Unit<'_>], depth: usize) -> Block {
    let start = match run.first().map(|unit| unit.kind) {
        Some(Kind::Number(number)) => Some(number),
        _ => None,
    };
    let margin = run.first().map_or(0, |unit| unit.indent);
    let mut items: Vec<ListItem> = Vec::new();
    let mut rest = run;
    while let Some((unit, after)) = rest.split_first() {
        rest = after;
        let deeper = after.iter().take_while(|unit| unit.indent > margin).count();
        let mut blocks = vec![Block::Paragraph(spans(&unit.text))];
        if depth < MAX_DEPTH && deeper > 0 {
            blocks.push(list(after.get(..deeper).unwrap_or_default(), depth + 1));
            rest = after.get(deeper..).unwrap_or_default();
        }
        items.push(ListItem(blocks));
    }
    Block::List { start, items }
}

/// A table of `| a | b |` rows; the row of dashes below the first makes it the head.
fn table(run: &[Unit<'_>]) -> Block {
    let mut rows: Vec<Row> = run.iter().map(|unit| cells(&unit.text)).collect();
    let is_divider = |row: &Row| {
        !row.is_empty()
            && row.iter().all(|cell| {
                let text = Span::join(cell);
                text.contains('-') && text.chars().all(|c| matches!(c, '-' | ':' | ' '))
            })
    };
    let mut head = Row::new();
    if rows.get(1).is_some_and(is_divider) {
        head = rows.remove(0);
        rows.remove(0);
    }
    let columns = rows.iter().chain([&head]).map(Vec::len).max().unwrap_or(0);
    for row in rows.iter_mut().chain((!head.is_empty()).then_some(&mut head)) {
        row.resize(columns, Vec::new());
    }
    Block::Table(Table { caption: Vec::new(), head, rows })
}

fn cells(text: &str) -> Row {
    let inner = text.trim_matches('|');
    inner.split('|').map(|cell| spans(cell.trim())).collect()
}

fn spans(text: &str) -> Vec<Span> {
    if text.is_empty() { Vec::new() } else { vec![Span::plain(text)] }
}
