//! Markdown to an [`Article`](crate::article::Article): front matter, `CommonMark`, and GitHub's tables and strikethrough.

use crate::extract::{Extracted, Hints, html};

/// Reads a Markdown document.
pub fn read(text: &str, hints: &Hints) -> Extracted {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, pulldown_cmark::Parser::new(text));
    html::fragment(&out, hints.url.as_ref())
}
