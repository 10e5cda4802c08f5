//! A plain-text article: where its headline, its date and its sections are.

use super::{Extracted, Hints};
use crate::article::{Article, Block, Span};
use crate::text::sanitize::SafeText;

/// Reads a plain text as an article.
pub fn read(text: &str, hints: &Hints) -> Extracted {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let article = Article {
        title: SafeText::title(lines.next().unwrap_or_default()),
        url: hints.url.clone(),
        blocks: lines.map(|line| Block::Paragraph(vec![Span::plain(line)])).collect(),
        ..Article::default()
    };
    (article, Vec::new())
}
