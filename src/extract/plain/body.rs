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
        let headings = find_headings(all, &self.article.byline);
        let mut blocks = Vec::new();
        let mut rest = all;
        while let Some((unit, after)) = rest.split_first() {
            let at = all.len() - rest.len();
            let is_heading = headings.get(&at).copied().unwrap_or(false);
            rest = after;
            if let Some(taken) = self.related(unit, after, &mut blocks) {
                rest = after.get(taken..).unwrap_or_default();
                continue;
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
                        run_length(run, |offset| headings.get(&(at + offset)) == Some(&true));
                    let run = run.get(..length).unwrap_or_default();
                    rest = all.get(at + length..).unwrap_or_default();
                    if unit.kind == Kind::Row { table(run) } else { list(run, 0) }
                }
            };
            blocks.push(block);
        }
        blocks
    }

    /// Takes a line that names another story, and the line below where the label stands
    /// alone. Says how many further units it took.
    fn related(
        &mut self,
        unit: &Unit<'_>,
        after: &[Unit<'_>],
        blocks: &mut Vec<Block>,
    ) -> Option<usize> {
        if !matches!(unit.kind, Kind::Text | Kind::Bullet | Kind::Row | Kind::Quote) {
            return None;
        }
        if let Some((label, title)) = label::related(&unit.text) {
            self.push_related(label, title, blocks);
            return Some(0);
        }
        let alone = label::label(&unit.text).filter(|_| unit.text.ends_with([':', '：']))?;
        let short = |unit: &&Unit<'_>| {
            unit.text.chars().count() <= 150 && label::label(&unit.text).is_none()
        };
        let item = |unit: &&Unit<'_>| unit.kind == Kind::Bullet && short(unit);
        let line = |unit: &&Unit<'_>| unit.kind == Kind::Text && unit.lines == 1 && short(unit);
        let titles = after.iter().take_while(item).count();
        let titles = titles.max(usize::from(after.first().as_ref().is_some_and(line)));
        for title in after.iter().take(titles) {
            self.push_related(alone, &title.text, blocks);
        }
        (titles > 0).then_some(titles)
    }

    fn push_related(&mut self, label: &str, title: &str, blocks: &mut Vec<Block>) {
        let id = RelatedId(self.article.related.len() as u32);
        let (label, title) = (SafeText::title(label), SafeText::title(title));
        self.article.related.push(Related { label, title, url: None });
        blocks.push(Block::Related(id));
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

/// For the index of each unit that is no related line, whether it is a heading.
fn find_headings(all: &[Unit<'_>], names: &[SafeText]) -> HashMap<usize, bool> {
    let prose: Vec<(usize, &Unit<'_>)> =
        all.iter().enumerate().filter(|(_, unit)| label::related(&unit.text).is_none()).collect();
    let units: Vec<&Unit<'_>> = prose.iter().map(|(_, unit)| *unit).collect();
    prose.iter().map(|(at, _)| *at).zip(heading::find(&units, names)).collect()
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
fn run_length(run: &[Unit<'_>], is_heading: impl Fn(usize) -> bool) -> usize {
    let Some(first) = run.first() else { return 0 };
    let same = |offset: &usize| {
        let Some(unit) = run.get(*offset) else { return false };
        match (first.kind, unit.kind) {
            _ if *offset > 0 && is_heading(*offset) => false,
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
