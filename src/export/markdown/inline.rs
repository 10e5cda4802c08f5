//! Spans as Markdown's inline text.
//!
//! Emphasis is written with asterisks and underscores only where they certainly mean it:
//! between words in the Latin sense. Elsewhere (inside a word, next to punctuation, in
//! scripts without spaces) the rules of `CommonMark` would read them as characters, and
//! the HTML element stands in.

use crate::article::{Link, Marks, Span};

/// Where inline text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// May have lines of its own, and begins one.
    Paragraph,
    /// A heading, a caption: one line, and not at the beginning of it.
    Line,
    /// One line between bars.
    Cell,
}

/// The marks in the order in which they enclose each other.
const MARKS: [Mark; 7] = [
    Mark { has: |m| m.strong, sign: Some("**"), element: "strong" },
    Mark { has: |m| m.emphasis, sign: Some("_"), element: "em" },
    Mark { has: |m| m.deleted, sign: Some("~~"), element: "del" },
    Mark { has: |m| m.highlight, sign: None, element: "mark" },
    Mark { has: |m| m.superscript, sign: None, element: "sup" },
    Mark { has: |m| m.subscript, sign: None, element: "sub" },
    Mark { has: |m| m.code, sign: Some("`"), element: "code" },
];

struct Mark {
    has: fn(&Marks) -> bool,
    sign: Option<&'static str>,
    element: &'static str,
}

/// Spans as inline Markdown.
pub(super) fn inline(spans: &[Span], links: &[Link], place: Place) -> String {
    let mut writer = Writer { out: String::new(), place };
    let mut at = 0;
    while let Some(span) = spans.get(at) {
        let same = |other: &&Span| other.link == span.link;
        let length = spans.get(at..).unwrap_or_default().iter().take_while(same).count();
        let group = spans.get(at..at + length).unwrap_or_default();
        at += length;
        let after = spans.get(at).and_then(|span| span.text.chars().next());
        if let Some(link) = span.link.and_then(|id| links.get(id.0 as usize)) {
            // An exclamation mark before a link would make a picture of it.
            if writer.out.ends_with('!') {
                writer.out.pop();
                writer.out.push_str("\\!");
            }
            writer.out.push('[');
            let start = writer.out.len();
            writer.marked(group, &MARKS, start, None);
            writer.out.push_str("](");
            writer.out.push_str(&address(link.url.as_str()));
            writer.out.push(')');
        } else {
            let start = if writer.out.is_empty() { 0 } else { usize::MAX };
            writer.marked(group, &MARKS, start, after);
        }
    }
    writer.out
}

/// Text without marks.
pub(super) fn literal(text: &str, place: Place) -> String {
    let mut writer = Writer { out: String::new(), place };
    writer.text(text, None);
    writer.out
}

/// An address as the target of a link.
pub(super) fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len() + 2);
    let brackets = url.contains(['(', ')']) || url.is_empty();
    out.push_str(if brackets { "<" } else { "" });
    for (at, c) in url.char_indices() {
        let entity = || {
            let rest = url.get(at + 1..).unwrap_or_default();
            rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#')
                && rest
                    .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#')
                    .starts_with(';')
        };
        if matches!(c, '\\' | '<' | '>' | '|') || (c == '&' && entity()) {
            out.push('\\');
        }
        out.push(c);
    }
    out.push_str(if brackets { ">" } else { "" });
    out
}

struct Writer {
    out: String,
    place: Place,
}

impl Writer {
    /// Writes spans inside the given marks. `start` is where the enclosing mark's content
    /// begins; `after` is what follows in the text.
    fn marked(&mut self, spans: &[Span], marks: &[Mark], start: usize, after: Option<char>) {
        let Some((mark, inner)) = marks.split_first() else {
            for (index, span) in spans.iter().enumerate() {
                let next = spans.get(index + 1).and_then(|span| span.text.chars().next());
                self.text(&span.text, next.or(after));
            }
            return;
        };
        let mut at = 0;
        while let Some(span) = spans.get(at) {
            let on = (mark.has)(&span.marks);
            let rest = spans.get(at..).unwrap_or_default();
            let length = rest.iter().take_while(|span| (mark.has)(&span.marks) == on).count();
            let group = spans.get(at..at + length).unwrap_or_default();
            at += length;
            let next = spans.get(at).and_then(|span| span.text.chars().next());
            let after = next.or(after);
            if !on {
                self.marked(group, inner, start, after);
            } else if mark.element == "code" {
                self.code(&Span::join(group), after);
            } else {
                self.enclosed(group, mark, inner, start, after);
            }
        }
    }

    fn enclosed(
        &mut self,
        spans: &[Span],
        mark: &Mark,
        inner: &[Mark],
        start: usize,
        after: Option<char>,
    ) {
        let first = spans.first().and_then(|span| span.text.chars().next());
        let last = spans.last().and_then(|span| span.text.chars().next_back());
        let words = [first, last].iter().flatten().all(|c| c.is_alphanumeric());
        let opens = self.out.len() == start
            || self
                .out
                .ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '‘' | '—'));
        let closes = after.is_none_or(|c| {
            c.is_whitespace() || matches!(c, ')' | '”' | '’' | '—' | '.' | ',' | ';' | ':' | '?')
        });
        match mark.sign {
            Some(sign) if words && opens && closes => {
                self.out.push_str(sign);
                let start = self.out.len();
                self.marked(spans, inner, start, None);
                self.out.push_str(sign);
            }
            _ => {
                self.out.extend(["<", mark.element, ">"]);
                self.marked(spans, inner, usize::MAX, Some('<'));
                self.out.extend(["</", mark.element, ">"]);
            }
        }
    }

    fn code(&mut self, text: &str, after: Option<char>) {
        let ticks = text.contains('`') || self.out.ends_with('`') || after == Some('`');
        let split = text.contains('\n') || (self.place == Place::Cell && text.contains('|'));
        let edges = text.starts_with(' ') || text.ends_with(' ');
        if ticks || split || edges {
            self.out.push_str("<code>");
            self.text(text, Some('<'));
            self.out.push_str("</code>");
        } else {
            self.out.push('`');
            self.out.push_str(text);
            self.out.push('`');
        }
    }

    /// Writes text so that every character stands for itself.
    fn text(&mut self, text: &str, after: Option<char>) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().or(after);
            match c {
                '\n' if self.place == Place::Paragraph => self.out.push_str("\\\n"),
                '\n' => self.out.push_str("<br>"),
                _ => {
                    if self.means_something(c, next) {
                        self.out.push('\\');
                    }
                    self.out.push(c);
                }
            }
        }
    }

    fn means_something(&self, c: char, next: Option<char>) -> bool {
        let line_begins = || {
            let line = self.out.rsplit('\n').next().unwrap_or_default();
            self.place == Place::Paragraph && line.is_empty()
        };
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => {
                let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !(word(self.out.chars().next_back()) && word(next))
            }
            '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '#' => self.place == Place::Line || line_begins(),
            '>' | '+' | '-' | '=' | ':' => line_begins(),
            '.' | ')' => {
                let line = self.out.rsplit('\n').next().unwrap_or_default();
                self.place == Place::Paragraph
                    && !line.is_empty()
                    && line.bytes().all(|b| b.is_ascii_digit())
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(literal(text, Place::Paragraph), expected);
    }

    #[test]
    fn characters_stand_for_themselves() {
        check("a * b_c _d_", "a \\* b_c \\_d\\_");
        check("1. one", "1\\. one");
        check("- a\n# b\n> c", "\\- a\\\n\\# b\\\n\\> c");
        check("AT&T &amp; <b>", "AT\\&T \\&amp; \\<b>");
        check("3.5 is #1", "3\\.5 is #1");
    }
}
