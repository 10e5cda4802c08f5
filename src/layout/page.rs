//! `Page`: a layout being made, line after line.
//!
//! Keeps what the lines of nested blocks have in common: the bars, bullets and blanks
//! on their left, the empty lines between them, and where in the text they stand.

use hypher::Lang;

use super::flow::{Flow, Measure, Row, cells};
use super::{Gutter, Layout, Line, Run, Shape, Sign, Target, TargetAt, Voice};
use crate::article::{Article, Marks, Position};
use crate::text::sanitize::SafeText;
use crate::text::wrap::Fit;

/// Cells that nesting leaves to the text: where bars and bullets would leave less,
/// they are left out.
const LEAST_ROOM: usize = 6;

/// See the module.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub article: &'a Article,
    pub shape: Shape,
    /// The language to hyphenate in.
    pub language: Option<Lang>,
    /// How paragraphs are broken.
    pub fit: Fit,
    pub layout: Layout,
    /// The top-level block that is laid out, and where in its text.
    pub position: Position,
    /// The number of the foot's row that is laid out.
    pub number: u16,
    /// How many bulleted lists are open.
    pub bullets: u8,
    edges: Vec<Edge>,
    gap: Option<Gap>,
}

/// What stands left of the lines of a nested block, with a blank behind it.
#[derive(Debug)]
pub(super) enum Edge {
    /// A bar, on every line.
    Bar(Sign),
    /// A bullet or a number, set from the right, on the first line; blanks on the others.
    Marker { text: SafeText, voice: Voice, width: usize },
    /// The same after its first line.
    Blanks(usize),
}

impl Edge {
    /// What stands before a caption.
    pub fn caption() -> Self {
        let sign = Sign::Caption;
        Self::Marker { text: sign.glyph(), voice: Voice::Sign(sign), width: 2 }
    }

    fn width(&self) -> usize {
        match self {
            Self::Bar(_) => 2,
            Self::Marker { width, .. } | Self::Blanks(width) => *width,
        }
    }
}

/// Empty lines to come before the next line.
#[derive(Debug, Clone, Copy)]
struct Gap {
    lines: usize,
    /// How many edges reach through them.
    depth: usize,
}

impl<'a> Page<'a> {
    pub fn new(article: &'a Article, shape: Shape, language: Option<Lang>, fit: Fit) -> Self {
        Self {
            article,
            shape,
            language,
            fit,
            layout: Layout::default(),
            position: Position::default(),
            number: 0,
            bullets: 0,
            edges: Vec::new(),
            gap: None,
        }
    }

    /// Cells that are left to the text.
    pub fn room(&self) -> usize {
        let edges: usize = self.edges.iter().map(Edge::width).sum();
        usize::from(self.shape.width).saturating_sub(edges).max(1)
    }

    /// How many edges stand on the left.
    pub fn depth(&self) -> usize {
        self.edges.len()
    }

    /// The measure of running text.
    pub fn measure(&self) -> Measure {
        Measure { cells: self.room(), fit: self.fit, language: self.language }
    }

    /// Does something with an edge on the left, if there is room for it.
    pub fn within(&mut self, edge: Edge, inside: impl FnOnce(&mut Self)) {
        let depth = self.edges.len();
        if self.room() >= edge.width() + LEAST_ROOM {
            self.edges.push(edge);
        }
        inside(self);
        self.edges.truncate(depth);
    }

    /// Asks for empty lines before the next line.
    pub fn space(&mut self, lines: usize) {
        let (before, depth) = self.gap.map_or((0, usize::MAX), |gap| (gap.lines, gap.depth));
        let depth = depth.min(self.edges.len());
        self.gap = Some(Gap { lines: lines.max(before), depth });
    }

    /// Adds a paragraph of running text, and moves on past it.
    pub fn paragraph(&mut self, flow: &Flow) {
        let right_to_left = flow.right_to_left();
        for (index, row) in flow.rows(self.measure()).into_iter().enumerate() {
            if self.shape.airy && index > 0 {
                self.space(1);
            }
            self.push(row, right_to_left);
        }
        self.position.offset = flow.end();
    }

    /// Adds a flow, and moves on past its text.
    pub fn flow(&mut self, flow: &Flow) {
        self.flow_in(flow, self.measure());
    }

    /// Adds a flow at a measure of its own, and moves on past its text.
    pub fn flow_in(&mut self, flow: &Flow, measure: Measure) {
        let right_to_left = flow.right_to_left();
        for row in flow.rows(measure) {
            self.push(row, right_to_left);
        }
        self.position.offset = flow.end();
    }

    /// Adds a line.
    pub fn push(&mut self, row: Row, right_to_left: bool) {
        let offset = self.layout.lines.last().map_or(row.offset, |line| {
            // Cells of a table may stand in another order than their text.
            let before = line.position;
            if before.block == self.position.block {
                before.offset.max(row.offset)
            } else {
                row.offset
            }
        });
        let position = Position { offset, ..self.position };
        self.fill_gap(position);
        let mut runs = self.left();
        let added = runs.len();
        runs.extend(row.runs);
        let line = self.layout.lines.len();
        for begin in row.begins {
            let before = runs.iter().take(added + begin).map(|run| run.width);
            let Some(target) = runs.get(added + begin).and_then(|run| run.target) else { continue };
            let number = self.number_of(target);
            let column = before.fold(0, u16::saturating_add);
            self.layout.targets.push(TargetAt { target, line, column, number });
        }
        let width = runs.iter().map(|run| usize::from(run.width)).sum::<usize>();
        let overflow = width > usize::from(self.shape.width);
        self.layout.lines.push(Line {
            position,
            gutter: Gutter::Empty,
            runs,
            overflow,
            right_to_left,
        });
    }

    /// Adds empty lines that were asked for.
    fn fill_gap(&mut self, position: Position) {
        let Some(gap) = self.gap.take() else { return };
        for _ in 0..gap.lines {
            let mut runs = Vec::new();
            for edge in self.edges.iter().take(gap.depth) {
                match edge {
                    Edge::Bar(sign) => runs.extend(bar(*sign)),
                    Edge::Marker { width, .. } | Edge::Blanks(width) => runs.push(blanks(*width)),
                }
            }
            while runs.last().is_some_and(|run| run.text.trim().is_empty()) {
                runs.pop();
            }
            self.layout.lines.push(Line { position, runs, ..Line::default() });
        }
    }

    /// What stands left of the next line.
    fn left(&mut self) -> Vec<Run> {
        let mut runs = Vec::new();
        for edge in &mut self.edges {
            match edge {
                Edge::Bar(sign) => runs.extend(bar(*sign)),
                Edge::Blanks(width) => runs.push(blanks(*width)),
                Edge::Marker { text, voice, width } => {
                    let mark = sign(text.clone(), *voice);
                    let before = width.saturating_sub(usize::from(mark.width) + 1);
                    if before > 0 {
                        runs.push(blanks(before));
                    }
                    runs.extend([mark, blanks(1)]);
                    *edge = Edge::Blanks(*width);
                }
            }
        }
        runs
    }

    fn number_of(&self, target: Target) -> u16 {
        match target {
            Target::Link(id) => u16::try_from(id.0).unwrap_or(u16::MAX).saturating_add(1),
            Target::Related(_) => 0,
            Target::Foot(_, _) => self.number,
        }
    }
}

/// A run of layout's own.
pub(super) fn sign(text: SafeText, voice: Voice) -> Run {
    let width = cells(&text);
    Run { text, width, voice, marks: Marks::default(), target: None, source: 0..0 }
}

/// A run of blanks.
pub(super) fn blanks(width: usize) -> Run {
    sign(SafeText::line(&" ".repeat(width)), Voice::Text)
}

fn bar(bar: Sign) -> [Run; 2] {
    [sign(bar.glyph(), Voice::Sign(bar)), blanks(1)]
}
