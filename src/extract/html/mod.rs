//! HTML to an [`Article`]: a whole page, an article's file, or the body of a feed's entry.
//!
//! Finding the article on a page full of other things is `page`'s task, and what the
//! page says about itself is `metadata`'s. Here elements become blocks.

mod dom;
mod element;
mod flow;
mod line;
mod media;
mod nesting;
mod table;
mod walk;

#[cfg(test)]
mod tests;

use dom_query::Document;
use url::Url;

use crate::article::{Article, Block, Link, Related};
use crate::extract::{Extracted, Hints};
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

use line::Voice;
use walk::Reader;

/// Reads a whole page or an article's file.
pub fn read(html: &str, _hints: &Hints) -> Extracted {
    fragment(html, None)
}

/// Reads HTML that is all article, such as the body of a feed's entry. Relative addresses
/// start at `base`. The article has blocks, links and related lines, and nothing else.
pub fn fragment(html: &str, base: Option<&Url>) -> Extracted {
    let reader = Reader { base: base.cloned(), ..Reader::default() };
    let body = body(html, reader);
    (
        Article {
            blocks: body.blocks,
            links: body.links,
            related: body.related,
            ..Article::default()
        },
        body.warnings,
    )
}

/// The parts of an article that its markup holds.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The first h1, where a headline was wanted.
    pub headline: SafeText,
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    pub related: Vec<Related>,
    pub warnings: Vec<Warning>,
}

fn body(html: &str, mut reader: Reader) -> Body {
    let html = nesting::bounded(html);
    reader.flattened = matches!(html, std::borrow::Cow::Owned(_));
    let document = Document::fragment(html.as_ref());
    let blocks = reader.blocks(&document.root(), &Voice::default(), 0);
    let warnings = if reader.flattened {
        vec![Warning::new(
            "Part of the page nests too deep to be read; its text was kept, its structure not.",
        )]
    } else {
        Vec::new()
    };
    Body {
        headline: SafeText::title(&reader.headline),
        blocks,
        links: reader.links,
        related: reader.related,
        warnings,
    }
}
