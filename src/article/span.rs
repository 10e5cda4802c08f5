//! `Span`: a run of text in one voice. Flat: marks, not nesting.
//!
//! A line break can fall inside emphasis inside a link. With nested inlines every
//! consumer walks a tree to learn the voice of a character; with spans it reads a field.

use crate::text::sanitize::SafeText;

/// Which of [`super::Article::links`] a span leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(pub u32);

/// Which of [`super::Article::related`] a line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelatedId(pub u32);

/// A run of text in one voice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    pub text: SafeText,
    pub marks: Marks,
    pub link: Option<LinkId>,
}

/// The voice of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "marks are independent of each other")]
pub struct Marks {
    pub emphasis: bool,
    pub strong: bool,
    pub code: bool,
    pub deleted: bool,
    /// Marked as relevant: the HTML element `mark`.
    pub highlight: bool,
    pub superscript: bool,
    pub subscript: bool,
}

impl Span {
    /// Text without marks and without a link, through the door.
    pub fn plain(text: &str) -> Self {
        Self { text: SafeText::line(text), ..Self::default() }
    }

    /// The text of all spans.
    pub fn join(spans: &[Span]) -> String {
        let mut out = String::new();
        Self::join_into(spans, &mut out);
        out
    }

    pub(super) fn join_into(spans: &[Span], out: &mut String) {
        for span in spans {
            out.push_str(&span.text);
        }
    }
}
