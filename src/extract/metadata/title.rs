//! Which of a page's titles is the headline, without the site's name.

use std::collections::HashSet;

use dom_query::Document;
use unicode_segmentation::UnicodeSegmentation as _;

use super::Meta;
use crate::extract::html::dom;
use crate::extract::same::same_words;

/// Signs between a headline and a site's name.
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " · ", " » ", " « ", " :: ", " • "];

/// Words of the longest name of a site, where only the separator tells it.
const MAX_SITE_WORDS: usize = 4;

/// Words of the shortest headline, where only the separator tells it.
const MIN_WORDS: usize = 4;

/// Longer words that a headline shares with another title of its page.
const MIN_SHARED: usize = 3;

/// The headline.
///
/// A heading of the first level that says the same as one of the page's other titles is
/// it, as the page prints it. Otherwise the titles count in order of trust.
pub(super) fn choose(
    document: &Document,
    meta: &Meta,
    described: Option<&str>,
    site: Option<&str>,
) -> String {
    let root = document.root();
    let tag = dom::all(&root, "title").map(|node| collapsed(&node.text())).find(|t| !t.is_empty());
    let shared =
        meta.first(&["og:title", "twitter:title", "dc.title", "title"]).map(|t| collapsed(&t));
    let h1s: Vec<String> =
        dom::all(&root, "h1").map(|h1| dom::text(&h1)).filter(|t| !t.is_empty()).collect();
    let titles: Vec<&str> =
        [described, shared.as_deref(), tag.as_deref()].into_iter().flatten().collect();
    let confirmed = h1s.iter().find(|h1| {
        titles
            .iter()
            .any(|title| same_words(title, h1) || parts(title).any(|part| same_words(part, h1)))
    });
    if let Some(h1) = confirmed {
        return h1.clone();
    }
    // Titles for search engines are often other words than the headline's, but not all.
    if let [h1] = h1s.as_slice()
        && titles.iter().any(|title| shared_words(title, h1) >= MIN_SHARED)
    {
        return h1.clone();
    }
    if let Some(title) = described.or(shared.as_deref()) {
        return without_site(title, site).unwrap_or(title).to_owned();
    }
    match (tag, h1s.as_slice()) {
        (Some(tag), _) => {
            let title = without_site(&tag, site).or_else(|| without_suffix(&tag)).unwrap_or(&tag);
            title.to_owned()
        }
        (None, [h1, ..]) => h1.clone(),
        (None, []) => String::new(),
    }
}

/// How many longer words two titles share.
fn shared_words(a: &str, b: &str) -> usize {
    let words = |text: &str| -> HashSet<String> {
        let words = text.unicode_words().filter(|word| word.len() > 3);
        words.map(str::to_lowercase).collect()
    };
    words(a).intersection(&words(b)).count()
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before each separator, and after each.
fn parts(title: &str) -> impl Iterator<Item = &str> {
    SEPARATORS.iter().flat_map(move |sign| {
        title.match_indices(*sign).flat_map(move |(at, _)| {
            [title.get(..at), title.get(at + sign.len()..)].into_iter().flatten().map(str::trim)
        })
    })
}

/// The title without the name of its site at either end.
fn without_site<'a>(title: &'a str, site: Option<&str>) -> Option<&'a str> {
    let site = site?;
    SEPARATORS.iter().find_map(|sign| {
        let end = title.rsplit_once(sign).filter(|(_, end)| same_words(end, site));
        let start = || title.split_once(sign).filter(|(start, _)| same_words(start, site));
        end.map(|(headline, _)| headline).or_else(|| start().map(|(_, headline)| headline))
    })
}

/// The title without what looks like the name of a site at its end.
fn without_suffix(title: &str) -> Option<&str> {
    let last = SEPARATORS.iter().filter_map(|sign| title.rfind(sign).map(|at| (at, sign.len())));
    let (at, length) = last.max()?;
    let (headline, suffix) = (title.get(..at)?, title.get(at + length..)?);
    let words = |text: &str| text.split_whitespace().count();
    (words(headline) >= MIN_WORDS && words(suffix) <= MAX_SITE_WORDS).then_some(headline)
}
