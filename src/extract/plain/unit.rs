//! A text cut into units: paragraphs, list items, quotes, preformatted parts.
//!
//! Undoes hard wrapping, and knows the signs that plain text has for structure. What a
//! unit means in an article is not decided here.

use std::borrow::Cow;

use crate::article::Level;
use crate::extract::{byline, date, label};
use crate::text::width::width;

/// A part of a text that stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit<'a> {
    pub kind: Kind,
    /// Without the signs that made its kind. Several lines for code and quotes only.
    pub text: Cow<'a, str>,
    /// Columns that it stands to the right of the text's own margin.
    pub indent: usize,
    /// How many lines of the text it was written on.
    pub lines: usize,
    /// Its first line as written, with the signs.
    pub written: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph, a heading, a headline: what has no sign of its own.
    Text,
    /// An item behind `-`, `*`, `•` and their like.
    Bullet,
    /// An item behind a number: `1.`, `(2)`.
    Number(u32),
    /// Lines behind `>`, without it.
    Quote,
    /// Lines that are set in and are no prose.
    Code,
    /// A row of a table: `| a | b |`.
    Row,
    /// A line of signs that parts the text.
    Rule,
    /// A line that is underlined, or that begins with `##`.
    Heading(Level),
}

/// Lines at the beginning that may be a date line, which is never a part of a paragraph.
const HEAD_LINES: usize = 16;

/// Columns that set preformatted text off, as in Markdown.
const CODE_INDENT: usize = 4;

/// Columns of the widest text that counts as hard-wrapped.
const MAX_WRAP: usize = 100;

/// A text in units, and the width to which it is hard-wrapped, if it is.
#[derive(Debug, Default)]
pub struct Cut<'a> {
    pub units: Vec<Unit<'a>>,
    pub wrap: Option<usize>,
}

/// Cuts a text into units. Where the text is too short to tell whether it is wrapped,
/// `around` is the width of the text around it.
pub fn cut(text: &str, around: Option<usize>) -> Cut<'_> {
    let lines = lines(text);
    let wrap = wrap_width(&lines).or(around);
    let mut units = Vec::new();
    for block in lines.split(|line| line.text.is_empty()).filter(|block| !block.is_empty()) {
        for part in block.chunk_by(|a, b| a.is_quoted() == b.is_quoted()) {
            read_block(part, wrap, &mut units);
        }
    }
    Cut { units, wrap }
}

/// A line without its indentation and its end.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    indent: usize,
    /// It is among the first lines that are not empty.
    head: bool,
}

impl Line<'_> {
    fn is_quoted(&self) -> bool {
        self.text.starts_with('>')
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut seen = 0;
    // Line feeds, the carriage returns of old, form feeds, and Unicode's own two.
    let ends = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    let mut lines: Vec<Line<'_>> = text
        .split("\r\n")
        .flat_map(|line| line.split(ends))
        .map(|line| {
            let trimmed = line.trim();
            let blank = line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
            let indent = blank.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
            seen += usize::from(!trimmed.is_empty());
            Line { text: trimmed, indent, head: seen <= HEAD_LINES }
        })
        .collect();
    let margin = lines.iter().filter(|line| !line.text.is_empty()).map(|line| line.indent).min();
    for line in &mut lines {
        line.indent = line.indent.saturating_sub(margin.unwrap_or(0));
    }
    lines
}

/// The width to which a text was broken, if its line breaks are those of an editor.
///
/// An editor breaks a line where the next word did not fit. So nearly every break inside
/// of a block must be such a one; where most are not, each line is a paragraph.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let mut breaks: Vec<(usize, usize)> = Vec::new();
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let running = |line: &Line<'_>| {
            !line.text.is_empty() && line.indent < CODE_INDENT && !is_rule(line.text)
        };
        let starts = next.is_quoted() || marker(next.text).is_some();
        if running(line) && running(next) && !starts && !stands_alone(line) && !stands_alone(next) {
            breaks.push((line.indent + width(line.text), first_word(next.text)));
        }
    }
    if breaks.len() < 3 {
        return None;
    }
    let mut widths: Vec<usize> = breaks.iter().map(|(width, _)| *width).collect();
    widths.sort_unstable();
    // A few lines may run over: addresses cannot be broken.
    let wrap = *widths.get(widths.len() * 49 / 50)?;
    if wrap > MAX_WRAP {
        return None;
    }
    let forced = breaks.iter().filter(|(width, word)| !fits(*width, *word, wrap)).count();
    (forced * 3 >= breaks.len() * 2).then_some(wrap)
}

/// Whether the next word would have stood on this line too, with room to spare.
fn fits(width: usize, word: usize, wrap: usize) -> bool {
    width + 1 + word + wrap / 12 <= wrap
}

/// Columns of the part of a line that cannot be broken: its first word or ideograph.
fn first_word(text: &str) -> usize {
    let word = text.split_whitespace().next().unwrap_or_default();
    match word.chars().next() {
        Some(c) if is_wide(c) => 2,
        _ => width(word),
    }
}

/// Scripts that set no spaces between words.
fn is_wide(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(2) && c.is_alphabetic()
}

fn read_block<'a>(block: &[Line<'a>], wrap: Option<usize>, units: &mut Vec<Unit<'a>>) {
    if block.iter().all(Line::is_quoted) {
        let text: Vec<&str> = block.iter().map(|line| unquoted(line.text)).collect();
        units.push(Unit::new(Kind::Quote, text.join("\n"), block));
        return;
    }
    let in_list =
        units.last().is_some_and(|unit| matches!(unit.kind, Kind::Bullet | Kind::Number(_)));
    let set_in = block.iter().all(|line| line.indent >= CODE_INDENT && marker(line.text).is_none());
    if set_in && !in_list && !units.is_empty() && !block.iter().any(stands_alone) {
        let prose = block.iter().filter(|line| is_prose(line.text)).count() * 2 > block.len();
        let margin = block.iter().map(|line| line.indent).min().unwrap_or(0);
        let text: Vec<Cow<'_, str>> = block
            .iter()
            .map(|line| match line.indent - margin {
                0 => Cow::Borrowed(line.text),
                more => Cow::Owned(format!("{:more$}{}", "", line.text)),
            })
            .collect();
        let kind = if prose { Kind::Quote } else { Kind::Code };
        units.push(Unit::new(kind, text.join("\n"), block));
        return;
    }
    let mut previous: Option<&Line<'a>> = None;
    let mut open = false;
    for line in block {
        let joined = open && previous.is_some_and(|previous| goes_on(previous, line, wrap, units));
        let inside = previous.is_some();
        match units.last_mut().filter(|_| inside) {
            Some(unit) if joined => unit.join(line.text),
            Some(unit) if unit.is_underlined(line.text) => {
                unit.kind = Kind::Heading(level_of(line.text));
            }
            _ => units.push(Unit::of(line)),
        }
        open = units.last().is_some_and(Unit::may_go_on);
        previous = Some(line);
    }
}

/// Whether a line is the next line of the unit that the previous line is in.
fn goes_on(previous: &Line<'_>, line: &Line<'_>, wrap: Option<usize>, units: &[Unit<'_>]) -> bool {
    if stands_alone(previous) || stands_alone(line) || is_rule(line.text) {
        return false;
    }
    let Some(unit) = units.last() else { return false };
    let item = matches!(unit.kind, Kind::Bullet | Kind::Number(_));
    let forced = wrap.is_some_and(|wrap| {
        !fits(previous.indent + width(previous.text), first_word(line.text), wrap)
    });
    match marker(line.text) {
        // A dash or a number at the beginning of a wrapped line of prose is no sign.
        Some((Kind::Row | Kind::Quote | Kind::Heading(_), _)) => false,
        Some(_) => forced && !item && unit.kind == Kind::Text && line.indent == previous.indent,
        None if item => forced || line.indent > unit.indent,
        None => forced && line.indent <= previous.indent + 1,
    }
}

/// A line that is never a part of a paragraph.
fn stands_alone(line: &Line<'_>) -> bool {
    label::related(line.text).is_some()
        || (line.head && (date::line(line.text).is_some() || byline::read(line.text).is_some()))
}

impl<'a> Unit<'a> {
    fn new(kind: Kind, text: String, block: &[Line<'a>]) -> Self {
        let indent = block.first().map_or(0, |line| line.indent);
        let written = block.first().map_or("", |line| line.text);
        Self { kind, text: Cow::Owned(text), indent, lines: block.len(), written }
    }

    /// The unit that a line begins.
    fn of(line: &Line<'a>) -> Self {
        let (kind, text) = if is_rule(line.text) {
            (Kind::Rule, line.text)
        } else {
            marker(line.text).unwrap_or((Kind::Text, line.text))
        };
        Self { kind, text: Cow::Borrowed(text), indent: line.indent, lines: 1, written: line.text }
    }

    fn may_go_on(&self) -> bool {
        match self.kind {
            Kind::Text | Kind::Bullet | Kind::Number(_) => true,
            Kind::Quote | Kind::Code | Kind::Row | Kind::Rule | Kind::Heading(_) => false,
        }
    }

    /// Adds a line, with a space where the script has spaces.
    fn join(&mut self, line: &str) {
        let wide = |c: Option<char>| {
            c.is_some_and(|c| unicode_width::UnicodeWidthChar::width(c) == Some(2))
        };
        let text = self.text.to_mut();
        let hyphen = text.strip_suffix('-').is_some_and(|rest| rest.ends_with(char::is_alphabetic))
            && line.starts_with(char::is_lowercase);
        let unspaced = wide(text.chars().next_back()) && wide(line.chars().next());
        if !hyphen && !unspaced {
            text.push(' ');
        }
        text.push_str(line);
        self.lines += 1;
    }

    /// Whether the line below is an underline, of about the length of this one.
    fn is_underlined(&self, line: &str) -> bool {
        let first = line.chars().next();
        let (length, over) = (line.chars().count(), width(&self.text));
        self.kind == Kind::Text
            && self.lines == 1
            && matches!(first, Some('=' | '-' | '~'))
            && line.chars().all(|c| Some(c) == first)
            && length >= 3
            && length * 2 >= over
            && length <= over + 4
    }
}

fn level_of(underline: &str) -> Level {
    if underline.starts_with('=') { Level::Section } else { Level::Part }
}

/// The sign at the beginning of a line, and what stands behind it.
fn marker(line: &str) -> Option<(Kind, &str)> {
    let first = line.chars().next()?;
    let rest = line.get(first.len_utf8()..)?;
    match first {
        '>' => Some((Kind::Quote, unquoted(line))),
        '|' if line.len() > 1 && line.ends_with('|') => Some((Kind::Row, line)),
        '#' => {
            let rest = line.trim_start_matches('#');
            let level = match line.len() - rest.len() {
                1 | 2 => Level::Section,
                3 => Level::Part,
                4..=6 => Level::Minor,
                _ => return None,
            };
            let text = rest.trim().trim_end_matches('#').trim_end();
            (rest.starts_with(' ') && !text.is_empty()).then_some((Kind::Heading(level), text))
        }
        '-' | '*' | '+' | '–' | '•' | '·' | '∙' | '‣' | '▪' | '▫' | '■' | '□' | '●' | '○' | '◦'
        | '◆' | '◇' | '►' | '▶' | '➤' | '→' | '✓' | '✔' | '✅' => {
            let text = rest.trim_start_matches('\u{fe0f}');
            let tight = matches!(first, '•' | '▪' | '●' | '○' | '■' | '✅' | '✔' | '✓');
            let item = tight || text.starts_with(char::is_whitespace);
            let text = text.trim_start();
            (item && !text.is_empty()).then_some((Kind::Bullet, text))
        }
        _ => number(line),
    }
}

/// A line without one `>` and the space behind it.
fn unquoted(line: &str) -> &str {
    let rest = line.strip_prefix('>').unwrap_or(line);
    rest.strip_prefix(' ').unwrap_or(rest)
}

/// `1. text`, `1) text`, `(1) text`, `1、text`.
fn number(line: &str) -> Option<(Kind, &str)> {
    let open = line.strip_prefix('(');
    let line = open.unwrap_or(line);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let value: u32 =
        line.get(..digits).filter(|digits| (1..=3).contains(&digits.len()))?.parse().ok()?;
    let rest = line.get(digits..)?;
    let sign = rest.chars().next()?;
    let rest = rest.get(sign.len_utf8()..)?;
    let text = rest.trim_start();
    let spaced = match sign {
        '.' | ')' => rest.starts_with(char::is_whitespace) && (sign == ')' || open.is_none()),
        '、' | '．' => open.is_none(),
        _ => false,
    };
    (spaced && !text.is_empty()).then_some((Kind::Number(value), text))
}

/// A line of nothing but three or more of the signs that part a text.
fn is_rule(line: &str) -> bool {
    let mut signs = 0;
    let mut first = None;
    line.chars().filter(|c| !c.is_whitespace()).all(|c| {
        signs += 1;
        let same = *first.get_or_insert(c) == c;
        same && matches!(
            c,
            '*' | '-' | '_' | '=' | '~' | '#' | '–' | '—' | '─' | '•' | '·' | '⁂' | '+'
        )
    }) && (signs >= 3 || line == "⁂")
}

/// Words, with the signs of sentences and not those of code.
fn is_prose(line: &str) -> bool {
    let (mut letters, mut code) = (0, 0);
    for c in line.chars() {
        letters +=
            usize::from(c.is_alphabetic() || c == ' ' || matches!(c, ',' | '.' | '\'' | '’'));
        code +=
            usize::from(matches!(c, '{' | '}' | ';' | '=' | '<' | '>' | '$' | '\\' | '|' | '_'));
    }
    code == 0 && letters * 20 >= line.chars().count() * 19 && line.split_whitespace().count() >= 4
}
