//! A plain-text article: where its headline, its date and its sections are.
//!
//! Three steps: the text is cut into units ([`unit`]); the first of them are the head
//! ([`head`]); the others become blocks, in which [`heading`] finds the headings.
//!
//! Nothing visible is lost: every word of the text is in a block, in the standfirst, in
//! the title or in a related line, but for the lines of the head that became a date, a
//! byline, a section or a site, and the furniture around them.

mod body;
mod furniture;
mod head;
mod heading;
mod scene;
#[cfg(test)]
mod tests;
mod unit;

use super::same::same_words;
use super::{Extracted, Hints};
use crate::article::Article;

/// Reads a plain text as an article.
pub fn read(text: &str, hints: &Hints) -> Extracted {
    let cut = unit::cut(text, None);
    let head = head::read(&cut.units);
    let mut article = Article {
        title: head.title,
        standfirst: head.standfirst,
        byline: head.byline,
        published: head.published,
        updated: head.updated,
        site: head.site,
        section: head.section,
        url: hints.url.clone(),
        ..Article::default()
    };
    body::read(cut.units.get(head.length..).unwrap_or_default(), cut.wrap, &mut article);
    (article, Vec::new())
}

/// Reads a plain text whose headline is known, as feeds give it. Where the text says that
/// again, it is not a part of the body, nor is what a site sets around it.
pub fn under(headline: &str, text: &str) -> Article {
    let cut = unit::cut(text, None);
    let head = head::read(&cut.units);
    let (standfirst, from) =
        if same_words(&head.title, headline) { (head.standfirst, head.length) } else { (None, 0) };
    let mut article = Article { standfirst, ..Article::default() };
    body::read(cut.units.get(from..).unwrap_or_default(), cut.wrap, &mut article);
    article
}
