//! `Flow`: styled words on their way into lines.
//!
//! A flow is the text as it will be shown, and for each piece of it the voice, the
//! target and the bytes of the block's text that it stands for. What layout adds
//! (link numbers, backticks, keys of cards) stands for no bytes.

use std::ops::Range;

use hypher::Lang;

use super::script::{subscript, superscript};
use super::{Run, Shape, Target, Voice};
use crate::article::{LinkId, Marks, Span};
use crate::text::sanitize::SafeText;
use crate::text::seams::longest_word;
use crate::text::width::{clusters, width};
use crate::text::wrap::{Fit, wrap};

/// Styled words of one paragraph, heading or cell.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: SafeText,
    pieces: Vec<Piece>,
    /// Where in the block's text the next span stands.
    at: u32,
    /// Bytes that the last piece took over from spans behind it.
    absorbed: usize,
}

/// A piece of a flow, up to where the next one begins.
#[derive(Debug)]
struct Piece {
    start: usize,
    source: Range<u32>,
    voice: Voice,
    marks: Marks,
    target: Option<Target>,
}

/// A line of a flow.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub runs: Vec<Run>,
    /// The runs with which a target begins.
    pub begins: Vec<usize>,
    /// Where in the block's text the line begins.
    pub offset: u32,
}

/// How the lines of a flow are broken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub cells: usize,
    pub fit: Fit,
    pub language: Option<Lang>,
}

impl Flow {
    /// An empty flow whose first span stands at `offset` of the block's text.
    pub fn at(offset: u32) -> Self {
        Self { at: offset, ..Self::default() }
    }

    /// The flow of spans alone.
    pub fn of(spans: &[Span], offset: u32, voice: Voice, shape: Shape) -> Self {
        let mut flow = Self::at(offset);
        flow.spans(spans, voice, shape);
        flow
    }

    /// Adds spans, which stand for their bytes.
    pub fn spans(&mut self, spans: &[Span], voice: Voice, shape: Shape) {
        let mut last = Marks::default();
        for (index, span) in spans.iter().enumerate() {
            let next = spans.get(index + 1);
            let target = span.link.map(Target::Link);
            let style = Style { voice, marks: span.marks, target };
            if shape.plain {
                self.fences(last, span.marks, style);
            }
            if span.marks.superscript && !span.marks.code {
                self.raised(span, "^", superscript, style);
            } else if span.marks.subscript && !span.marks.code {
                self.raised(span, "_", subscript, style);
            } else {
                self.verbatim(&span.text, style);
            }
            if shape.plain && next.is_none() {
                self.fences(span.marks, Marks::default(), style);
            }
            if let Some(LinkId(id)) = span.link
                && shape.link_numbers
                && next.is_none_or(|next| next.link != span.link)
            {
                let number = SafeText::line(&format!("[{}]", u64::from(id) + 1));
                self.add(&number, 0, Style { voice: Voice::Note, marks: Marks::default(), target });
            }
            last = span.marks;
        }
    }

    /// Adds words that stand for no bytes.
    pub fn words(&mut self, text: &SafeText, voice: Voice, target: Option<Target>) {
        self.add(text, 0, Style { voice, marks: Marks::default(), target });
    }

    /// Adds words that stand for their bytes, in one voice.
    pub fn source(&mut self, text: &SafeText, voice: Voice) {
        self.verbatim(text, Style { voice, marks: Marks::default(), target: None });
    }

    /// Adds what stands for a number of bytes other than its own: a tab as blanks.
    pub fn instead(&mut self, shown: &SafeText, bytes: u32, voice: Voice) {
        self.add(shown, bytes, Style { voice, marks: Marks::default(), target: None });
    }

    /// Adds another flow; what repeats words that stand elsewhere already stands for no
    /// bytes and leads nowhere.
    pub fn append(&mut self, other: &Flow, first_time: bool) {
        let join = self.text.len();
        self.text.push(&other.text);
        self.pieces.extend(other.pieces.iter().map(|piece| Piece {
            start: join + piece.start,
            source: if first_time { piece.source.clone() } else { self.at..self.at },
            target: piece.target.filter(|_| first_time),
            ..*piece
        }));
        self.at = if first_time { other.at } else { self.at };
    }

    /// Passes over bytes of the block's text that are not shown, such as a line feed.
    pub fn pass(&mut self, bytes: u32) {
        self.at += bytes;
    }

    /// Where in the block's text the flow begins.
    pub fn start(&self) -> u32 {
        self.pieces.first().map_or(self.at, |piece| piece.source.start)
    }

    /// Where in the block's text the next span would stand.
    pub fn end(&self) -> u32 {
        self.at
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub fn text(&self) -> &SafeText {
        &self.text
    }

    /// The cells of the widest line where nothing is broken.
    pub fn natural_width(&self) -> usize {
        self.text.split('\n').map(|line| width(line.trim())).max().unwrap_or(0)
    }

    /// The cells of the widest word.
    pub fn longest_word(&self) -> usize {
        self.text.split('\n').map(longest_word).max().unwrap_or(0)
    }

    /// Whether the first letter is of a script written from right to left.
    pub fn right_to_left(&self) -> bool {
        let first = self.text.chars().find(|c| c.is_alphabetic());
        first.is_some_and(|c| {
            matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
                | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        })
    }

    /// The lines.
    pub fn rows(&self, measure: Measure) -> Vec<Row> {
        // A hyphen in a word of code would be read as a part of it.
        let code = self.pieces.iter().any(|piece| piece.marks.code);
        let language = measure.language.filter(|_| !code);
        let mut cutter = Cutter::new(self);
        wrap(&self.text, measure.cells, measure.fit, language)
            .into_iter()
            .map(|row| cutter.cut(row.range, row.hyphen))
            .collect()
    }

    /// One line, with its blanks, cut at the given bytes.
    pub fn cut_at(&self, cuts: &[usize]) -> Vec<Row> {
        let mut cutter = Cutter::new(self);
        let ends = cuts.iter().copied().chain([self.text.len()]);
        let mut start = 0;
        ends.map(|end| cutter.cut(std::mem::replace(&mut start, end)..end, false)).collect()
    }

    /// The signs that stand for voices a plain terminal cannot show.
    fn fences(&mut self, last: Marks, next: Marks, style: Style) {
        let style = Style { marks: Marks::default(), ..style };
        for (sign, before, after) in
            [("`", last.code, next.code), ("~", last.deleted, next.deleted)]
        {
            if before != after {
                self.add(&SafeText::line(sign), 0, style);
            }
        }
    }

    /// Adds raised or lowered text: in Unicode's own signs where it has them all, else
    /// after a caret or an underscore; notes such as `[1]` and `*` need neither.
    fn raised(&mut self, span: &Span, sign: &str, map: fn(char) -> Option<char>, style: Style) {
        if let Some(mapped) = span.text.chars().map(map).collect::<Option<Vec<char>>>() {
            for (c, to) in span.text.chars().zip(mapped) {
                self.add(&SafeText::line(to.encode_utf8(&mut [0; 4])), c.len_utf8() as u32, style);
            }
        } else {
            if span.text.starts_with(char::is_alphanumeric) {
                self.add(&SafeText::line(sign), 0, style);
            }
            self.verbatim(&span.text, style);
        }
    }

    fn verbatim(&mut self, text: &SafeText, style: Style) {
        let bytes = text.len() as u32;
        if text.contains('\t') {
            self.add(&SafeText::multiline(&text.replace('\t', " ")), bytes, style);
        } else {
            self.add(text, bytes, style);
        }
    }

    fn add(&mut self, text: &SafeText, bytes: u32, style: Style) {
        if text.is_empty() {
            return;
        }
        let join = self.text.len();
        self.text.push(text);
        let mut start = join;
        if bytes as usize == text.len() {
            start += self.absorb(join);
        }
        let taken = (start - join) as u32;
        self.at += bytes;
        if start < self.text.len() {
            let Style { voice, marks, target } = style;
            let source = self.at - bytes + taken..self.at;
            self.pieces.push(Piece { start, source, voice, marks, target });
        }
    }

    /// Lets the last piece take over the bytes behind `join` that continue its last
    /// cluster, so that an accent in a voice of its own is drawn where it belongs. Signs
    /// of layout end in no cluster that goes on. Gives the bytes taken.
    fn absorb(&mut self, join: usize) -> usize {
        /// Only hostile text has more.
        const MOST: usize = 64;
        let Some(last) = self.pieces.last_mut() else { return 0 };
        let verbatim = last.source.len() == join - last.start;
        let (head, tail) = (self.text.get(..join), self.text.get(join..));
        let before = head.and_then(|text| text.chars().next_back()).unwrap_or_default();
        let after = tail.and_then(|text| text.chars().next()).unwrap_or_default();
        let apart = after < '\u{300}' && before < '\u{600}';
        if !verbatim || apart || self.absorbed >= MOST {
            self.absorbed = 0;
            return 0;
        }
        let mut end = last.start;
        for cluster in clusters(self.text.get(last.start..).unwrap_or_default()) {
            if end >= join {
                break;
            }
            end += cluster.len();
        }
        let taken = end - join;
        last.source.end += taken as u32;
        self.absorbed = if taken == 0 { 0 } else { self.absorbed + taken };
        taken
    }
}

/// All that is said of a piece beside its text.
#[derive(Debug, Clone, Copy)]
struct Style {
    voice: Voice,
    marks: Marks,
    target: Option<Target>,
}

/// Cuts a flow into the runs of its lines, from first to last.
struct Cutter<'a> {
    flow: &'a Flow,
    /// The piece in which the next line begins.
    piece: usize,
    /// The target that was shown last.
    target: Option<Target>,
}

impl<'a> Cutter<'a> {
    fn new(flow: &'a Flow) -> Self {
        Self { flow, piece: 0, target: None }
    }

    fn cut(&mut self, range: Range<usize>, hyphen: bool) -> Row {
        let mut row = Row { offset: self.flow.at, ..Row::default() };
        let mut style = None;
        while let Some(piece) = self.flow.pieces.get(self.piece) {
            let end =
                self.flow.pieces.get(self.piece + 1).map_or(self.flow.text.len(), |p| p.start);
            if piece.start >= range.end.max(range.start + 1) {
                break;
            }
            let shown = piece.start.max(range.start)..end.min(range.end);
            if row.runs.is_empty() {
                row.offset = source(piece, end, &shown).start;
            }
            if shown.start < shown.end {
                self.push(&mut row, piece, source(piece, end, &shown), shown);
                style = Some(piece);
            }
            if end > range.end {
                break;
            }
            self.piece += 1;
        }
        if let Some(piece) = style.filter(|_| hyphen) {
            let at = row.runs.last().map_or(0, |run| run.source.end);
            row.runs.push(Run {
                text: SafeText::line("-"),
                width: 1,
                voice: piece.voice,
                marks: piece.marks,
                target: piece.target,
                source: at..at,
            });
        }
        row
    }

    fn push(&mut self, row: &mut Row, piece: &Piece, source: Range<u32>, shown: Range<usize>) {
        let text = self.flow.text.slice(shown);
        if !text.trim().is_empty() {
            if piece.target.is_some() && piece.target != self.target {
                row.begins.push(row.runs.len());
            }
            self.target = piece.target;
        }
        let Piece { voice, marks, target, .. } = *piece;
        row.runs.push(Run { width: cells(&text), text, voice, marks, target, source });
    }
}

/// The bytes of the block's text that a part of a piece stands for.
fn source(piece: &Piece, end: usize, shown: &Range<usize>) -> Range<u32> {
    if piece.source.len() != end - piece.start {
        return piece.source.clone();
    }
    let start = piece.source.start + (shown.start - piece.start) as u32;
    start..start + shown.len() as u32
}

/// The cells of a run's text.
pub(super) fn cells(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}
