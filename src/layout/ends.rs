//! What stands above the text of an article and below it.

use super::block::mark_heading;
use super::flow::{Flow, Measure, Row};
use super::page::{Edge, Page, blanks};
use super::{Foot, FootGroup, FootRow, Head, Target, Voice};
use crate::article::{Level, Position};
use crate::text::sanitize::SafeText;
use crate::text::width::width;
use crate::text::wrap::Fit;

/// Between two items of the line under the headline.
const BETWEEN: &str = " · ";

/// Digits for which the numbers of the foot leave room at least.
const DIGITS: usize = 2;

/// Headline, standfirst, and the line that whispers.
pub(super) fn head(page: &mut Page<'_>, head: &Head) {
    let article = page.article;
    let balanced = Measure { fit: Fit::Balanced, ..page.measure() };
    page.flow_in(&words(&article.title, Voice::Headline), balanced);
    if let Some(standfirst) = &article.standfirst {
        page.flow(&words(standfirst, Voice::Standfirst));
    }
    for line in meta(&head.meta, page.room()) {
        page.flow(&words(&line, Voice::Meta));
    }
}

/// The groups of related rows and links.
pub(super) fn foot(page: &mut Page<'_>, foot: &Foot) {
    let numbers = foot.groups.iter().flat_map(|group| &group.rows).map(|row| row.number);
    let digits = numbers.max().map_or(0, |most| most.to_string().len()).max(DIGITS);
    let mut heading: Option<&SafeText> = None;
    for (index, group) in foot.groups.iter().enumerate() {
        let block = page.article.blocks.len() + index;
        page.position = Position { block: block as u32, offset: 0 };
        if heading != Some(&group.heading) {
            heading = Some(&group.heading);
            page.space(2);
            section(page, &group.heading);
            page.space(1);
        }
        rows(page, group, index as u16, digits);
    }
}

fn section(page: &mut Page<'_>, heading: &SafeText) {
    let lines = page.layout.lines.len();
    let position = page.position;
    page.flow(&words(heading, Voice::Heading(Level::Section)));
    mark_heading(page, Level::Section, heading, lines, position);
}

/// The rows of a group. The foot has no text of its own to be measured in bytes: the
/// offset of its lines counts them, the reason being the first.
fn rows(page: &mut Page<'_>, group: &FootGroup, index: u16, digits: usize) {
    page.position.offset = 1;
    if let Some(reason) = &group.reason {
        page.flow(&words_at(page, reason, Voice::Note, None));
    }
    for (row_index, row) in group.rows.iter().enumerate() {
        page.position.offset = row_index as u32 + 2;
        page.number = row.number;
        let number = SafeText::line(&format!("{:>digits$} ", row.number));
        let edge = Edge::Marker { text: number, voice: Voice::Note, width: digits + 2 };
        let target = Target::Foot(index, row_index as u16);
        page.within(edge, |page| foot_row(page, row, target));
    }
}

fn foot_row(page: &mut Page<'_>, row: &FootRow, target: Target) {
    let room = page.room();
    let text = words_at(page, &row.text, Voice::Text, Some(target));
    let mut lines = text.rows(page.measure());
    let notes = words_at(page, &row.note, Voice::Note, None).rows(page.measure());
    for note in notes {
        let wide = cells(&note);
        // At least two blanks stand between a text and its note.
        if let Some(line) = lines.last_mut().filter(|line| cells(line) + 2 + wide <= room) {
            line.runs.push(blanks(room - cells(line) - wide));
            line.runs.extend(note.runs);
        } else {
            let before = room.saturating_sub(wide);
            let pad = (before > 0).then(|| blanks(before));
            lines.push(Row { runs: pad.into_iter().chain(note.runs).collect(), ..note });
        }
    }
    let right_to_left = text.right_to_left();
    for line in lines {
        page.push(line, right_to_left);
    }
}

/// The items of the line under the headline, broken between items where one line is
/// not enough.
fn meta(items: &[SafeText], room: usize) -> Vec<SafeText> {
    let mut lines: Vec<SafeText> = Vec::new();
    for item in items.iter().filter(|item| !item.trim().is_empty()) {
        match lines.last_mut().filter(|line| width(line) + width(BETWEEN) + width(item) <= room) {
            Some(line) => {
                line.push(&SafeText::line(BETWEEN));
                line.push(item);
            }
            None => lines.push(item.clone()),
        }
    }
    lines
}

fn words(text: &SafeText, voice: Voice) -> Flow {
    let mut flow = Flow::default();
    flow.words(text, voice, None);
    flow
}

fn words_at(page: &Page<'_>, text: &SafeText, voice: Voice, target: Option<Target>) -> Flow {
    let mut flow = Flow::at(page.position.offset);
    flow.words(text, voice, target);
    flow
}

fn cells(row: &Row) -> usize {
    row.runs.iter().map(|run| usize::from(run.width)).sum()
}
