//! An article as plain text at a width.

use crate::article::Article;

/// The article as plain text, no line wider than `width` cells.
pub fn article(article: &Article, width: usize) -> String {
    textwrap::fill(&article.plain_text(), width.max(1))
}
