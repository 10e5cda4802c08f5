//! What stands above and below the text: byline and date; related stories and links.
//!
//! Every row of the foot says why it is there, and knows where it leads.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::article::Article;
use crate::layout::{Foot, FootGroup, FootRow, Head, Target};
use crate::reading::ReadingState;
use crate::story::StoryId;
use crate::text::address::shown;
use crate::text::sanitize::SafeText;
use crate::text::{time, width};

use super::catalog::Catalog;
use super::feeds::Feeds;

/// Where a link, a related line or a row of the foot leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The words that lead there: a headline, or the words of a link.
    pub title: SafeText,
    /// The stored story, if there is one.
    pub story: Option<StoryId>,
    pub url: Option<Url>,
    /// It was named as a story of its own, not only linked.
    pub named: bool,
}

impl Destination {
    /// Where it leads, for the status line. Words that look like another host's address
    /// than the one they lead to are named for what they are.
    pub fn describe(&self, catalog: &Catalog) -> String {
        if let Some(story) = self.story.and_then(|id| catalog.get(id)) {
            return story.title.to_string();
        }
        let Some(url) = &self.url else { return format!("{} · not stored", self.title) };
        match url.host_str().filter(|host| pretends(&self.title, host)) {
            Some(host) => format!("! leads to {host}: {}", shown(url)),
            None => shown(url).into_string(),
        }
    }
}

/// Whether words look like an address of another host.
fn pretends(words: &str, host: &str) -> bool {
    let words = words.trim();
    let bare = words.split_once("://").map_or(words, |(_, rest)| rest);
    let named = bare.split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase();
    let is_host = named.split('.').count() > 1
        && !named.contains(char::is_whitespace)
        && named
            .rsplit('.')
            .next()
            .is_some_and(|end| end.len() >= 2 && end.chars().all(|c| c.is_ascii_alphabetic()));
    let (named, host) = (named.trim_start_matches("www."), host.trim_start_matches("www."));
    // A file name such as "notes.md" is no address: only what has a scheme, "www." or a
    // path, or the shape of the host it leads to, is taken for one.
    let looks = words.contains("://") || words.starts_with("www.") || bare.contains('/');
    is_host && looks && named != host && !host.ends_with(&format!(".{named}"))
}

/// The destinations of an article's links, related lines and foot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Destinations {
    links: Vec<Destination>,
    related: Vec<Destination>,
    groups: Vec<Vec<Destination>>,
}

impl Destinations {
    /// The key by which the terminal's own link of a target is known.
    pub fn key(&self, target: Target) -> Option<u32> {
        self.get(target)?
            .url
            .as_ref()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .map(link_key)
    }

    /// The addresses of the article, by the keys of [`Destinations::key`].
    pub fn addresses(&self) -> impl Iterator<Item = (u32, &Url)> {
        let all = self.links.iter().chain(&self.related);
        all.filter_map(|to| to.url.as_ref()).map(|url| (link_key(url), url))
    }

    pub fn get(&self, target: Target) -> Option<&Destination> {
        match target {
            Target::Link(id) => self.links.get(id.0 as usize),
            Target::Related(id) => self.related.get(id.0 as usize),
            Target::Foot(group, row) => self.groups.get(usize::from(group))?.get(usize::from(row)),
        }
    }
}

/// 24 bits of an address: FNV-1a, folded. Never zero.
fn link_key(url: &Url) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for byte in url.as_str().bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    ((hash >> 24) ^ (hash & 0x00ff_ffff)).max(1)
}

/// What lists and the foot of an article are made from.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub catalog: &'a Catalog,
    pub feeds: &'a Feeds,
    pub reading: &'a ReadingState,
    pub now: Timestamp,
    pub zone: &'a TimeZone,
}

/// What stands under the headline: byline, date, minutes, host.
pub fn head(article: &Article, minutes: usize, known: Known<'_>) -> Head {
    let mut meta = Vec::new();
    meta.extend(SafeText::list(&article.byline).map(|names| SafeText::title(&names)));
    if let Some(date) = article.published {
        meta.push(SafeText::title(&date.stamp(known.zone)));
    }
    if let Some(date) = article.updated.filter(|updated| Some(*updated) != article.published) {
        meta.push(SafeText::title(&format!("updated {}", date.stamp(known.zone))));
    }
    if !article.blocks.is_empty() {
        meta.push(SafeText::title(&time::minutes(minutes)));
    }
    let host = article.url.as_ref().and_then(Url::host_str);
    meta.extend(host.map(|host| SafeText::title(host.trim_start_matches("www."))));
    Head { meta }
}

/// The foot of an article, and where its rows lead. `links` and `related` are the stored
/// stories that the article's own lead to.
pub fn foot(
    article: &Article,
    links: &[Option<StoryId>],
    related: &[Option<StoryId>],
    source: Option<&SafeText>,
    known: Known<'_>,
) -> (Foot, Destinations) {
    let stored = |stories: &[Option<StoryId>], index: usize| stories.get(index).copied().flatten();
    let links = article.links.iter().enumerate().map(|(index, link)| Destination {
        title: link.text.clone(),
        story: stored(links, index),
        url: Some(link.url.clone()),
        named: false,
    });
    let related = article.related.iter().enumerate().map(|(index, line)| Destination {
        title: line.title.clone(),
        story: stored(related, index),
        url: line.url.clone(),
        named: true,
    });
    let (links, related): (Vec<_>, Vec<_>) = (links.collect(), related.collect());
    let stories = stories(&related, &links);
    let mut foot = Foot::default();
    let mut groups = Vec::new();
    if !stories.is_empty() {
        // The numbers of links come first.
        let rows = (article.links.len()..).zip(&stories);
        let rows = rows.map(|(index, to)| story_row(number(index), to, source, known));
        foot.groups.push(FootGroup {
            heading: SafeText::line("Related"),
            reason: Some(SafeText::line("Linked in this article")),
            rows: rows.collect(),
        });
        groups.push(stories);
    }
    if !links.is_empty() {
        foot.groups.push(FootGroup {
            heading: SafeText::title(&format!("Links ({})", links.len())),
            reason: None,
            rows: (0..).zip(&links).map(|(index, link)| link_row(number(index), link)).collect(),
        });
        groups.push(links.clone());
    }
    (foot, Destinations { links, related, groups })
}

/// The stories that an article names, and the stored ones that it links to, each once.
fn stories(related: &[Destination], links: &[Destination]) -> Vec<Destination> {
    let mut stories: Vec<Destination> = Vec::new();
    for candidate in related.iter().chain(links.iter().filter(|link| link.story.is_some())) {
        let is_known = stories.iter().any(|other| match (candidate.story, other.story) {
            (Some(one), Some(two)) => one == two,
            (Some(_) | None, None) | (None, Some(_)) => candidate.title == other.title,
        });
        if !is_known {
            stories.push(candidate.clone());
        }
    }
    stories
}

/// The number of a row, counted from 0 over all. No reader types one of five digits.
fn number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX).saturating_add(1)
}

/// A row about a link.
fn link_row(number: u16, link: &Destination) -> FootRow {
    let address = link.url.as_ref().map(short_address).unwrap_or_default();
    FootRow { number, text: link.title.clone(), note: SafeText::title(&address) }
}

/// A row about a story. Its source is named only where it is another than the article's.
fn story_row(
    number: u16,
    destination: &Destination,
    source: Option<&SafeText>,
    known: Known<'_>,
) -> FootRow {
    let story = destination.story.and_then(|id| known.catalog.get(id));
    let (text, note) = match story {
        Some(story) => {
            let mut note = Vec::new();
            note.extend(
                Some(&story.source.name)
                    .filter(|other| Some(*other) != source)
                    .map(ToString::to_string),
            );
            note.extend(story.published.map(|date| date.age(known.now, known.zone)));
            if known.reading.is_read(story.id) {
                note.push("read".to_owned());
            }
            (story.title.to_text(), note.join(" · "))
        }
        None => (destination.title.clone(), "not stored".to_owned()),
    };
    FootRow { number, text, note: SafeText::title(&note) }
}

/// Cells of an address in the links section.
const ADDRESS: usize = 40;

/// An address as people read it: without the scheme, the host whole, the middle cut.
pub fn short_address(url: &Url) -> String {
    width::short_address(shown(url).as_str(), ADDRESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_look_like_another_address_are_told() {
        for (words, host, told) in [
            ("https://bank.example/login", "evil.example", true),
            ("www.bank.example", "evil.example", true),
            ("bank.example/login", "evil.example", true),
            ("https://bank.example", "www.bank.example", false),
            ("bank.example/login", "login.bank.example", false),
            ("the bank", "evil.example", false),
            ("notes.md", "code.example", false),
            ("and/or", "words.example", false),
            ("Version 2.0/3.0", "code.example", false),
        ] {
            assert_eq!(pretends(words, host), told, "{words} to {host}");
        }
    }
}
