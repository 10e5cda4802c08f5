//! How each kind of block becomes lines. One function a kind.

use super::flow::{Flow, Measure, Row};
use super::page::{Edge, Page, blanks, sign};
use super::table::table;
use super::{Gutter, HeadingAt, Sign, Target, Voice};
use crate::article::{Block, Image, Level, ListItem, Position, RelatedId, Span};
use crate::text::address::shown;
use crate::text::sanitize::SafeText;
use crate::text::seams::chunk;
use crate::text::width::{short_address, width};
use crate::text::wrap::Fit;

/// Columns from one tab stop of code to the next.
const TAB: usize = 4;

/// Lays out the blocks of the body, each with a position of its own.
pub(super) fn body(page: &mut Page<'_>, blocks: &[Block]) {
    sequence(page, blocks, gap, |page, index| {
        page.position = Position { block: index as u32, offset: 0 };
    });
}

/// Lays out the blocks of a quote or of a list's item; their texts stand on lines of
/// their own in the text of the block around them.
fn nested(page: &mut Page<'_>, blocks: &[Block], gap: fn(&Block, &Block) -> usize) {
    sequence(page, blocks, gap, |page, index| page.position.offset += u32::from(index > 0));
}

/// Lays out blocks one below the other. A block without lines asks for no empty ones.
fn sequence(
    page: &mut Page<'_>,
    blocks: &[Block],
    gap: fn(&Block, &Block) -> usize,
    move_to: fn(&mut Page<'_>, usize),
) {
    let mut before = None;
    for (index, block) in blocks.iter().enumerate() {
        move_to(page, index);
        if let Some(before) = before {
            page.space(gap(before, block) + usize::from(page.shape.airy));
        }
        let lines = page.layout.lines.len();
        lay_out(page, block);
        if page.layout.lines.len() > lines {
            before = Some(block);
        }
    }
}

/// Empty lines between two blocks.
fn gap(before: &Block, after: &Block) -> usize {
    use Level::{Minor, Part, Section};
    if matches!(after, Block::Heading { level: Section, .. }) {
        return 2;
    }
    // Tables and pictures are never set close.
    let alone = matches!(after, Block::Table(_) | Block::Image(_));
    let together = matches!(before, Block::Heading { level: Part | Minor, .. }) && !alone
        || matches!((before, after), (Block::Related(_), Block::Related(_)));
    usize::from(!together)
}

fn lay_out(page: &mut Page<'_>, block: &Block) {
    match block {
        Block::Heading { level, text } => heading(page, *level, text),
        Block::Paragraph(spans) => paragraph(page, spans),
        Block::List { start, items } => list(page, *start, items),
        Block::Quote(blocks) => {
            page.within(Edge::Bar(Sign::QuoteBar), |page| nested(page, blocks, gap));
        }
        Block::Code { text, .. } => {
            page.within(Edge::Bar(Sign::CodeBar), |page| code(page, text));
        }
        Block::Image(picture) => image(page, picture),
        Block::Table(rows) => table(page, rows),
        Block::Embed { title, url } => {
            let address =
                url.as_ref().map(|url| SafeText::line(&short_address(&shown(url), page.room())));
            embed(page, title, address.as_ref());
        }
        Block::Related(id) => related(page, *id),
        Block::Rule => rule(page),
    }
}

fn heading(page: &mut Page<'_>, level: Level, spans: &[Span]) {
    let flow = Flow::of(spans, page.position.offset, Voice::Heading(level), page.shape);
    let position = page.position;
    let lines = page.layout.lines.len();
    page.flow_in(&flow, Measure { fit: Fit::Balanced, ..page.measure() });
    if page.depth() == 0 {
        mark_heading(page, level, flow.text(), lines, position);
    }
}

/// Notes where a heading stands, whose lines come after the first `lines` lines and an
/// empty line or two.
pub(super) fn mark_heading(
    page: &mut Page<'_>,
    level: Level,
    text: &SafeText,
    lines: usize,
    position: Position,
) {
    let mut added = page.layout.lines.iter_mut().enumerate().skip(lines);
    let Some((line, first)) = added.find(|(_, line)| !line.runs.is_empty()) else {
        return;
    };
    if level == Level::Section {
        first.gutter = Gutter::Section;
    }
    page.layout.headings.push(HeadingAt { line, level, text: text.trimmed(), position });
}

fn paragraph(page: &mut Page<'_>, spans: &[Span]) {
    let flow = Flow::of(spans, page.position.offset, Voice::Text, page.shape);
    page.paragraph(&flow);
}

fn list(page: &mut Page<'_>, start: Option<u32>, items: &[ListItem]) {
    let last = start.map(|start| u64::from(start) + items.len().saturating_sub(1) as u64);
    let digits = last.map_or(0, |last| last.to_string().len());
    let loose = items
        .iter()
        .any(|item| item.0.windows(2).any(|pair| !matches!(pair, [_, Block::List { .. }])));
    let bullet = Sign::Bullet(page.bullets.min(2));
    let (top, mut first) = (page.layout.lines.len(), true);
    for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.0.is_empty()) {
        page.position.offset += u32::from(!std::mem::take(&mut first));
        if page.layout.lines.len() > top {
            page.space(usize::from(loose) + usize::from(page.shape.airy));
        }
        let edge = match start {
            Some(start) => Edge::Marker {
                text: SafeText::line(&format!("{}.", u64::from(start) + index as u64)),
                voice: Voice::Text,
                width: digits + 2,
            },
            None => Edge::Marker { text: bullet.glyph(), voice: Voice::Sign(bullet), width: 2 },
        };
        let deeper = u8::from(start.is_none());
        page.bullets = page.bullets.saturating_add(deeper);
        // A list under its item's words needs no empty line.
        let gap = if loose { gap } else { |_: &Block, _: &Block| 0 };
        page.within(edge, |page| nested(page, &item.0, gap));
        page.bullets = page.bullets.saturating_sub(deeper);
    }
}

fn code(page: &mut Page<'_>, text: &SafeText) {
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let start = page.position.offset;
        let end = start + line.len() as u32;
        if lines.peek().is_some() || !line.is_empty() {
            let flow = code_line(line, start);
            let cuts =
                if page.shape.wrap_code { code_cuts(flow.text(), page.room()) } else { Vec::new() };
            for row in flow.cut_at(&cuts) {
                page.push(row, false);
            }
        }
        page.position.offset = end + u32::from(lines.peek().is_some());
    }
}

/// Where a line of code is cut to fit into `room` cells: behind a blank in the second half
/// of a row if there is one, else anywhere.
fn code_cuts(line: &str, room: usize) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while let Some(rest) = line.get(start..) {
        let Some(full) = chunk(rest, room) else { break };
        let blank = rest.get(..full).and_then(|row| row.rfind(' ')).map(|at| at + 1);
        start += blank.filter(|at| at * 2 > full).unwrap_or(full);
        cuts.push(start);
    }
    cuts
}

/// A line of code, its tabs as blanks up to the next stop.
fn code_line(line: &str, offset: u32) -> Flow {
    let mut flow = Flow::at(offset);
    let mut column = 0;
    for (index, part) in line.split('\t').enumerate() {
        if index > 0 {
            let stop = TAB - column % TAB;
            flow.instead(&SafeText::line(&" ".repeat(stop)), 1, Voice::Code);
            column += stop;
        }
        flow.source(&SafeText::line(part), Voice::Code);
        column += width(part);
    }
    flow
}

fn image(page: &mut Page<'_>, image: &Image) {
    let caption = Flow::of(&image.caption, page.position.offset, Voice::Caption, page.shape);
    let alt = image.alt.trim();
    let said = alt.is_empty() || alt == caption.text().trim();
    page.within(Edge::caption(), |page| {
        if said && !caption.is_blank() {
            let mut flow = Flow::at(page.position.offset);
            flow.words(&SafeText::line("Image: "), Voice::Caption, None);
            flow.spans(&image.caption, Voice::Caption, page.shape);
            page.flow(&flow);
        } else {
            let words = if said { "Image".to_owned() } else { format!("Image: {alt}") };
            let mut flow = Flow::at(page.position.offset);
            // What is to be seen and what was written below it are two voices.
            flow.words(&SafeText::line(&words), Voice::Note, None);
            page.flow(&flow);
            page.flow(&caption);
        }
    });
}

fn embed(page: &mut Page<'_>, title: &SafeText, address: Option<&SafeText>) {
    let mut flow = Flow::at(page.position.offset);
    if title.trim().is_empty() {
        if let Some(address) = address {
            flow.words(address, Voice::Caption, None);
        }
        flow.pass(title.len() as u32);
    } else {
        flow.source(title, Voice::Caption);
    }
    page.within(Edge::caption(), |page| page.flow(&flow));
}

fn related(page: &mut Page<'_>, id: RelatedId) {
    let Some(story) = page.article.related.get(id.0 as usize) else { return };
    let mut flow = Flow::at(page.position.offset);
    if !story.label.trim().is_empty() {
        flow.words(&SafeText::line(&format!("{}: ", story.label.trim())), Voice::Note, None);
    }
    flow.words(&story.title.trimmed(), Voice::Text, Some(Target::Related(id)));
    let sign = Sign::Related;
    let edge = Edge::Marker { text: sign.glyph(), voice: Voice::Sign(sign), width: 2 };
    page.within(edge, |page| page.flow(&flow));
}

fn rule(page: &mut Page<'_>) {
    let star = || sign(Sign::Rule.glyph(), Voice::Sign(Sign::Rule));
    let runs = if page.room() < 5 {
        vec![star()]
    } else {
        let before = (page.room() - 5) / 2;
        let stars = [star(), blanks(1), star(), blanks(1), star()];
        (before > 0).then(|| blanks(before)).into_iter().chain(stars).collect()
    };
    page.push(Row { runs, begins: Vec::new(), offset: page.position.offset }, false);
}
