//! What a text looks like around each of its short lines: lengths, runs, repetitions.
//!
//! Measures, and judges nothing.

use std::collections::HashMap;

use super::furniture;
use super::unit::{Kind, Unit};
use crate::extract::date;
use crate::text::sanitize::SafeText;

/// Characters of the longest line that can be a heading.
const MAX_HEADING: usize = 120;

/// What is known of a text as a whole, and of the shape of each line.
pub struct Scene<'a> {
    units: &'a [&'a Unit<'a>],
    shapes: Vec<Shape>,
    /// How often each short line occurs.
    repeats: HashMap<String, usize>,
    /// How often short lines end with the same two words.
    endings: HashMap<String, usize>,
    /// The part of all lines that are short and end no sentence.
    short_share: f32,
    /// The middle length of all units, in characters.
    median: usize,
}

/// What is measured of each line.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a measurement of its own")]
pub struct Shape {
    pub chars: usize,
    /// It can be a heading by its kind and length.
    pub candidate: bool,
    /// It ends with the sign of a sentence's end.
    pub ends: bool,
    pub colon: bool,
    /// A candidate without the end of a sentence.
    pub short: bool,
    /// Where the run of short lines that it stands in begins and ends.
    pub run: (usize, usize),
}

/// The line that is judged, with its neighbors.
pub struct Line<'a> {
    pub text: &'a str,
    pub words: Vec<&'a str>,
    pub kind: Kind,
    pub shape: Shape,
    pub previous: Option<(&'a Unit<'a>, Shape)>,
    pub next: Option<(&'a Unit<'a>, Shape)>,
    pub after_next: Option<Shape>,
    pub run: usize,
    pub place_in_run: usize,
    pub left_in_run: usize,
    pub repeats: usize,
    pub same_ending: usize,
    pub short_share: f32,
    pub median: usize,
}

impl<'a> Scene<'a> {
    /// `names` are those of the writers: a short line with one of them is a credit.
    pub fn new(units: &'a [&'a Unit<'a>], names: &[SafeText]) -> Self {
        let mut shapes: Vec<Shape> = units.iter().map(|unit| Shape::of(unit)).collect();
        for (shape, unit) in shapes.iter_mut().zip(units).filter(|(shape, _)| shape.candidate) {
            shape.candidate = !names.iter().any(|name| unit.text.contains(name.as_str()));
            shape.short &= shape.candidate;
        }
        mark_runs(&mut shapes);
        let mut repeats = HashMap::new();
        let mut endings = HashMap::new();
        for (unit, shape) in units.iter().zip(&shapes) {
            if shape.candidate {
                *repeats.entry(fold(&unit.text)).or_insert(0) += 1;
                if let Some(ending) = ending(&unit.text) {
                    *endings.entry(ending).or_insert(0) += 1;
                }
            }
        }
        let short = shapes.iter().filter(|shape| shape.short).count();
        let mut lengths: Vec<usize> = shapes.iter().map(|shape| shape.chars).collect();
        lengths.sort_unstable();
        let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
        let short_share = count(short * 1000 / units.len().max(1)) / 1000.0;
        Self { units, shapes, repeats, endings, short_share, median }
    }

    /// The line of a unit, if it can be a heading at all.
    pub fn line(&self, at: usize) -> Option<Line<'a>> {
        let unit = self.units.get(at)?;
        let shape = *self.shapes.get(at)?;
        if !shape.candidate {
            return None;
        }
        let neighbor = |at: usize| Some((*self.units.get(at)?, *self.shapes.get(at)?));
        let text: &'a str = &unit.text;
        Some(Line {
            text,
            words: text.split_whitespace().collect(),
            kind: unit.kind,
            shape,
            previous: at.checked_sub(1).and_then(neighbor),
            next: neighbor(at + 1),
            after_next: self.shapes.get(at + 2).copied(),
            run: if shape.short { shape.run.1 - shape.run.0 } else { 0 },
            place_in_run: at.saturating_sub(shape.run.0),
            left_in_run: shape.run.1.saturating_sub(at + 1),
            repeats: self.repeats.get(&fold(text)).copied().unwrap_or(1),
            same_ending: ending(text)
                .and_then(|ending| self.endings.get(&ending).copied())
                .unwrap_or(0),
            short_share: self.short_share,
            median: self.median,
        })
    }
}

impl Shape {
    fn of(unit: &Unit<'_>) -> Self {
        let text: &str = &unit.text;
        let chars = text.chars().take(1000).count();
        let last =
            text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '*', '_', '」', '』']);
        let ends = last.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟']);
        let colon = text.ends_with([':', '：']);
        let candidate = unit.lines == 1
            && matches!(unit.kind, Kind::Text | Kind::Number(_))
            && (1..=MAX_HEADING).contains(&chars)
            && text.chars().any(char::is_alphabetic)
            && !furniture::is_credit(text)
            && !furniture::is_button(text)
            && !date::says_when(text);
        Self { chars, candidate, ends, colon, short: candidate && !ends && !colon, run: (0, 0) }
    }
}

/// Says of each short line how far its run of short lines goes.
fn mark_runs(shapes: &mut [Shape]) {
    let mut at = 0;
    while at < shapes.len() {
        let run = shapes.iter().skip(at).take_while(|shape| shape.short).count();
        for shape in shapes.iter_mut().skip(at).take(run.max(1)) {
            shape.run = (at, at + run.max(1));
        }
        at += run.max(1);
    }
}

/// The last two words of a line of three or more.
fn ending(text: &str) -> Option<String> {
    let mut words = text.split_whitespace().rev();
    let (last, before) = (words.next()?, words.next()?);
    words.next()?;
    Some(format!("{before} {last}").to_lowercase())
}

/// Letters and digits alone, lowercase: what makes two lines the same.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A count as a number to weigh with; no count that is weighed is large.
pub fn count(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
