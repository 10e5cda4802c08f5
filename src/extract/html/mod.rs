//! HTML to an [`Article`]: a whole page, an article's file, or the body of a feed's entry.
//!
//! Finding the article on a page full of other things is `page`'s task, and what the
//! page says about itself is `metadata`'s. Here elements become blocks.

pub mod bookmarks;
pub(super) mod dom;
mod element;
mod flow;
mod line;
pub mod links;
mod media;
mod nesting;
mod reader;
mod table;
mod tag;
mod walk;

#[cfg(test)]
pub(super) mod tests;

use dom_query::{Document, NodeRef};
use url::Url;

use crate::article::{Article, Block, Link, Related, Span};
use crate::extract::page::{self, Root};
use crate::extract::same::same_words;
use crate::extract::{Extracted, Hints, metadata};
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

use line::Voice;
use reader::Reader;

/// Reads a whole page or an article's file.
pub fn read(html: &str, hints: &Hints) -> Extracted {
    let bounded = nesting::bounded(html);
    let document = Document::from(bounded.html.as_ref());
    let base = base(&document, hints.url.as_ref());
    let about = metadata::read(&document, base.as_ref());
    let from_web = hints.url.as_ref().is_some_and(|url| url.scheme() != "file");
    let url = if from_web { hints.url.clone() } else { about.canonical.clone() };
    let mut reader = Reader {
        base: if from_web { base } else { about.canonical.clone().or(base) },
        headline: about.title.to_string(),
        standfirst: about.standfirst.as_deref().unwrap_or_default().to_owned(),
        byline: about.byline.clone(),
        dates: about.published.into_iter().chain(about.updated).collect(),
        whole_page: true,
        flattened: bounded.flattened,
        cut: bounded.cut,
        ..Reader::default()
    };
    let blocks = match page::root(&document) {
        Root::Node(node) => reader.article(&node),
        Root::Cut(html) => reader.article(&Document::fragment(html.as_str()).root()),
    };
    let body = Body::of(blocks, reader);
    let mut article = Article {
        title: about.title,
        standfirst: about.standfirst,
        byline: about.byline,
        published: about.published,
        updated: about.updated,
        site: about.site,
        section: about.section,
        language: about.language,
        url: url.or_else(|| hints.url.clone()),
        image: about.image,
        blocks: body.blocks,
        links: body.links,
        related: body.related,
    };
    if article.standfirst.is_none() {
        article.standfirst = set_off(&mut article.blocks, about.description.as_ref());
    }
    (article, body.warnings)
}

/// Where the relative addresses of a document start.
fn base(document: &Document, url: Option<&Url>) -> Option<Url> {
    let said = document.base_uri().and_then(|href| dom::resolve(url, &href));
    said.or_else(|| url.cloned())
}

/// Takes a first paragraph that is set apart from the rest and says what the page's
/// description says. A plain first paragraph is the article's own first sentence, even
/// where the description repeats it.
fn set_off(blocks: &mut Vec<Block>, description: Option<&SafeText>) -> Option<SafeText> {
    let description = description?;
    let first = blocks.first()?;
    let spans = if let Block::Heading { text, .. } = first {
        text
    } else if let Block::Paragraph(text) = first
        && text.iter().all(|span| span.marks.strong || span.marks.emphasis)
    {
        text
    } else {
        return None;
    };
    let plain = spans.iter().all(|span| span.link.is_none());
    if plain && same_words(&Span::join(spans), description) {
        blocks.remove(0);
        return Some(description.clone());
    }
    None
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

/// Reads HTML that is all article and may begin with its headline: a heading of the first
/// level, or whatever says the same as `headline` where that is known.
pub(super) fn document_body(html: &str, base: Option<&Url>, headline: &str) -> Body {
    body(
        html,
        Reader {
            base: base.cloned(),
            headline: headline.to_owned(),
            wants_headline: headline.is_empty(),
            ..Reader::default()
        },
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

impl Reader {
    /// Reads the article's part of a page.
    fn article(&mut self, node: &NodeRef) -> Vec<Block> {
        self.prose = dom::prose(node);
        self.blocks(node, &Voice::default(), 0)
    }
}

impl Body {
    fn of(blocks: Vec<Block>, reader: Reader) -> Self {
        let deep = "Part of the page nests too deep; its text was kept, its structure was not.";
        let long = "The page has more parts than any article; its end was left out.";
        let found = [(reader.flattened, deep), (reader.cut, long)];
        let found = found.into_iter().filter(|(found, _)| *found);
        let warnings = found.map(|(_, sentence)| Warning::new(sentence)).collect();
        Self {
            headline: SafeText::title(&reader.headline),
            blocks,
            links: reader.links,
            related: reader.related,
            warnings,
        }
    }
}

fn body(html: &str, mut reader: Reader) -> Body {
    let bounded = nesting::bounded(html);
    (reader.flattened, reader.cut) = (bounded.flattened, bounded.cut);
    let document = Document::fragment(bounded.html.as_ref());
    let blocks = reader.blocks(&document.root(), &Voice::default(), 0);
    Body::of(blocks, reader)
}
