//! How a table becomes lines: in columns where they fit or can be made to fit, else
//! each row as a card of keys and values.

use super::flow::{Flow, Measure, Row};
use super::page::{Edge, Page, blanks, sign};
use super::{Run, Sign, Voice};
use crate::article::{Cell, Table};
use crate::text::sanitize::SafeText;
use crate::text::wrap::Fit;

/// Blanks between two columns.
const BETWEEN: usize = 2;

/// A column that is made narrower keeps at least this many cells.
const NARROWEST: usize = 8;

/// A row that would take more lines than this reads better as a card.
const HIGHEST: usize = 6;

/// The same where most columns are narrower than their text, so that the eye has to go
/// down and up again in one after the other.
const HIGHEST_CUT: usize = 3;

/// Lays out a table.
pub(super) fn table(page: &mut Page<'_>, table: &Table) {
    if !table.caption.is_empty() {
        let flow = Flow::of(&table.caption, page.position.offset, Voice::Caption, page.shape);
        page.within(Edge::caption(), |page| page.flow(&flow));
        page.position.offset += 1;
    }
    let grid = Grid::new(table, page);
    page.space(usize::from(!table.caption.is_empty()));
    match grid.widths(page.room()).and_then(|widths| grid.lines(&widths)) {
        Some(lines) => grid.columns(page, lines),
        None => grid.cards(page),
    }
    page.position.offset = grid.end;
}

/// The cells of a table, ready to be measured.
struct Grid {
    head: Option<Vec<Flow>>,
    rows: Vec<Vec<Flow>>,
    numeric: Vec<bool>,
    /// Where the table's text ends.
    end: u32,
}

/// How a table stands in columns.
struct Widths {
    /// Cells of each column.
    columns: Vec<usize>,
    /// Lines of the highest row that is still read as one.
    highest: usize,
}

/// The lines of one row of a table: its cells' lines side by side.
type Lines = Vec<Row>;

impl Grid {
    fn new(table: &Table, page: &Page<'_>) -> Self {
        let mut at = page.position.offset;
        let mut started = false;
        let mut row = |cells: &[Cell], voice: Voice| -> Vec<Flow> {
            at += u32::from(std::mem::replace(&mut started, true));
            let mut flows = Vec::with_capacity(cells.len());
            for (index, cell) in cells.iter().enumerate() {
                at += u32::from(index > 0);
                let flow = Flow::of(cell, at, voice, page.shape);
                at = flow.end();
                flows.push(flow);
            }
            flows
        };
        let head = (!table.head.is_empty()).then(|| row(&table.head, Voice::TableHead));
        let rows: Vec<Vec<Flow>> = table.rows.iter().map(|cells| row(cells, Voice::Text)).collect();
        let columns = head.iter().chain(&rows).map(Vec::len).max().unwrap_or(0);
        let numeric = (0..columns)
            .map(|column| {
                let mut filled =
                    rows.iter().filter_map(|row| row.get(column)).filter(|f| !f.is_blank());
                let some = filled.clone().next().is_some();
                some && filled.all(|flow| is_number(flow.text()))
            })
            .collect();
        Self { head, rows, numeric, end: at }
    }

    fn all_rows(&self) -> impl Iterator<Item = &Vec<Flow>> {
        self.head.iter().chain(&self.rows)
    }

    /// The widths of the columns, if all of them can stand side by side.
    fn widths(&self, room: usize) -> Option<Widths> {
        let columns = self.numeric.len();
        let room = room.checked_sub(BETWEEN * columns.saturating_sub(1))?;
        let widest = |column: usize, of: fn(&Flow) -> usize| {
            self.all_rows().filter_map(|row| row.get(column)).map(of).max().unwrap_or(0)
        };
        let natural: Vec<usize> = (0..columns).map(|c| widest(c, Flow::natural_width)).collect();
        if natural.iter().sum::<usize>() <= room {
            return Some(Widths { highest: HIGHEST, columns: natural });
        }
        let least: Vec<usize> = natural
            .iter()
            .zip(&self.numeric)
            .enumerate()
            .map(|(column, (natural, numeric))| {
                let word = widest(column, Flow::longest_word).max(NARROWEST);
                if *numeric { *natural } else { word.min(*natural) }
            })
            .collect();
        if least.iter().sum::<usize>() > room {
            return None;
        }
        // The highest level to which the wide columns can be cut so that all fit.
        let cut = |level: usize| -> Vec<usize> {
            natural.iter().zip(&least).map(|(wide, least)| level.clamp(*least, *wide)).collect()
        };
        let level = (1..=room).rev().find(|level| cut(*level).iter().sum::<usize>() <= room)?;
        let columns = cut(level);
        let narrowed = columns.iter().zip(&natural).filter(|(width, wide)| width < wide).count();
        let highest = if narrowed * 2 > columns.len() { HIGHEST_CUT } else { HIGHEST };
        Some(Widths { columns, highest })
    }

    /// The lines of all rows in columns of the given widths, unless one is too high.
    fn lines(&self, widths: &Widths) -> Option<Vec<Lines>> {
        self.all_rows()
            .map(|row| {
                let lines = self.side_by_side(row, &widths.columns);
                (lines.len() <= widths.highest).then_some(lines)
            })
            .collect()
    }

    fn side_by_side(&self, row: &[Flow], widths: &[usize]) -> Lines {
        let mut lines: Lines = Vec::new();
        let mut left = 0;
        for ((cell, width), numeric) in row.iter().zip(widths).zip(&self.numeric) {
            let measure = Measure { cells: *width, fit: Fit::Optimal, language: None };
            for (index, part) in cell.rows(measure).into_iter().enumerate() {
                if lines.len() == index {
                    lines.push(Row { offset: u32::MAX, ..Row::default() });
                }
                let Some(line) = lines.get_mut(index) else { continue };
                let taken = taken(&line.runs);
                let before =
                    if *numeric { width.saturating_sub(self::taken(&part.runs)) } else { 0 };
                let pad = (left + before).saturating_sub(taken);
                if pad > 0 {
                    line.runs.push(blanks(pad));
                }
                line.begins.extend(part.begins.iter().map(|begin| line.runs.len() + begin));
                line.runs.extend(part.runs);
                line.offset = line.offset.min(part.offset);
            }
            left += width + BETWEEN;
        }
        lines
    }

    fn columns(&self, page: &mut Page<'_>, rows: Vec<Lines>) {
        let width = rows.iter().flatten().map(|line| taken(&line.runs)).max().unwrap_or(0);
        let mut rows = rows.into_iter();
        let head = self.head.as_ref().and_then(|_| rows.next()).unwrap_or_default();
        if let Some(offset) = head.last().map(|line| line.offset) {
            for line in head {
                page.push(line, false);
            }
            let rule = SafeText::line(&"─".repeat(width));
            let runs = vec![sign(rule, Voice::Sign(Sign::TableRule))];
            page.push(Row { runs, begins: Vec::new(), offset }, false);
        }
        for line in rows.flatten() {
            page.push(line, false);
        }
    }

    /// A card a row: `key: value` for each column. The first card says all keys.
    fn cards(&self, page: &mut Page<'_>) {
        let none = Vec::new();
        let heads = self.head.as_ref().unwrap_or(&none);
        let rows = if self.rows.is_empty() { std::slice::from_ref(&none) } else { &self.rows };
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                page.space(1);
            }
            for column in 0..self.numeric.len() {
                let key = heads.get(column).filter(|key| !key.is_blank());
                let value = row.get(column).filter(|value| !value.is_blank());
                let mut card = Flow::at(value.map_or(page.position.offset, Flow::start));
                if let Some(key) = key.filter(|_| index == 0 || value.is_some()) {
                    card.append(key, index == 0);
                    card.words(&SafeText::line(": "), Voice::TableHead, None);
                }
                if let Some(value) = value {
                    card.append(value, true);
                }
                page.flow(&card);
            }
        }
    }
}

fn taken(runs: &[Run]) -> usize {
    runs.iter().map(|run| usize::from(run.width)).sum()
}

/// Whether a cell is a number, with its unit of money, share or sign.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.contains(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " \u{a0}\u{202f}.,'%‰+-−–±~$€£¥()/:".contains(c))
}
