//! `Headlines`: which story a headline means.
//!
//! An article names another by its headline, seldom by its address. Four ways to
//! tell are tried in order, the surest first, and where two stories answer alike,
//! none does: to show the wrong story is worse than to show none. Everything here
//! is decided from titles, sources and addresses; no index and no file is asked.

mod near;
mod sites;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use crate::related::address::{self, Address};
use crate::related::terms::terms;
use crate::story::StoryId;
use crate::text::fold::fold;

use near::Near;
use sites::Sites;

/// A title of so many terms is not said by chance of two different stories, so that
/// it may be recognized in another source than the one that names it.
const SAYS_ENOUGH: usize = 5;

/// A part of a title must have so many terms to stand for the whole.
const SEGMENT_SAYS_ENOUGH: usize = 3;

/// A story that can be meant.
#[derive(Debug, Clone, Copy)]
pub struct Headline<'a> {
    pub story: StoryId,
    pub title: &'a str,
    /// What its source is called.
    pub source: &'a str,
    pub url: Option<&'a str>,
}

/// What an article says of the story it means.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<'a> {
    pub title: &'a str,
    pub url: Option<&'a str>,
    /// The source of the article that says it.
    pub from_source: Option<&'a str>,
}

/// By what a headline was recognized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// The same address.
    Address,
    /// The same title.
    Title,
    /// The same title but for the name of the site before or after it.
    Segment,
    /// Nearly the same title, from the same source.
    Fuzzy,
}

impl How {
    /// The word in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Title => "title",
            Self::Segment => "segment",
            Self::Fuzzy => "fuzzy",
        }
    }
}

/// A title in the form in which two that differ only in how they were typed are equal.
pub fn folded(title: &str) -> String {
    fold(title)
}

/// Of a hundred words of the title that has fewer, how many the other has too.
pub fn overlap(one: &str, other: &str) -> usize {
    let (one, other) = (terms(&fold(one)), terms(&fold(other)));
    let fewer = one.len().min(other.len());
    let common = one.iter().filter(|term| other.binary_search(term).is_ok()).count();
    (common * 100).checked_div(fewer).unwrap_or(0)
}

/// The number of a story here.
type Index = u32;
/// The number of a source here.
type SourceIndex = u32;

/// The headlines of a library, ready to be asked.
#[derive(Debug, Default)]
pub struct Headlines {
    stories: Vec<Entry>,
    /// By folded name.
    sources: HashMap<String, SourceIndex>,
    sites: Sites,
    by_address: HashMap<String, Vec<Index>>,
    /// By folded title, and by the folded parts that can stand for it.
    by_title: HashMap<String, Vec<Index>>,
    near: Near,
}

#[derive(Debug)]
struct Entry {
    story: StoryId,
    source: SourceIndex,
    /// The part of its address after `#`.
    fragment: Option<String>,
    /// Its folded title.
    title: String,
}

impl Headlines {
    /// Learns the headlines of a library. Two with the same id are one story.
    pub fn new<'a>(library: impl IntoIterator<Item = Headline<'a>>) -> Self {
        let library: Vec<_> = library.into_iter().collect();
        let sites = Sites::new(library.iter().map(|headline| (headline.source, headline.title)));
        let mut headlines = Self { sites, ..Self::default() };
        let titles: Vec<_> = library.iter().map(|headline| headlines.add(headline)).collect();
        headlines.near = Near::new(&titles);
        headlines
    }

    /// Adds all but the terms, and returns those with the source.
    fn add(&mut self, headline: &Headline<'_>) -> (SourceIndex, Vec<String>) {
        let index = self.stories.len() as Index;
        let source = self.sources.len() as SourceIndex;
        let source = *self.sources.entry(fold(headline.source)).or_insert(source);
        let address = headline.url.and_then(address::normal);
        let (page, fragment) = address.map(|address| (address.page, address.fragment)).unzip();
        // Many stories may give the address of a whole site, and none is meant by it.
        if let Some(page) = page.filter(|page| page.contains(['/', '?'])) {
            self.by_address.entry(page).or_default().push(index);
        }
        let title = Title::new(headline.title, headline.source, &self.sites);
        if !title.folded.is_empty() {
            for key in title.keys() {
                self.by_title.entry(key.to_owned()).or_default().push(index);
            }
        }
        let fragment = fragment.flatten();
        self.stories.push(Entry { story: headline.story, source, fragment, title: title.folded });
        (source, title.terms)
    }

    /// The story that is meant, and by what it was recognized.
    pub fn resolve(&self, query: &Query<'_>) -> Option<(StoryId, How)> {
        let title = Title::new(query.title, query.from_source.unwrap_or_default(), &self.sites);
        let from = match query.from_source {
            Some(source) => {
                self.sources.get(&fold(source)).map_or(Asker::Stranger, |at| Asker::Source(*at))
            }
            None => Asker::Anyone,
        };
        let address = query.url.and_then(address::normal);
        let (index, how) = address
            .and_then(|address| self.at(&address, &title, from))
            .map(|index| (index, How::Address))
            .or_else(|| self.called(&title, from))?;
        Some((self.entry(index)?.story, how))
    }

    /// The story at an address.
    fn at(&self, address: &Address, title: &Title, from: Asker) -> Option<Index> {
        let mut here = self.by_address.get(&address.page)?.clone();
        // Parts of one page can be stories of their own.
        let fragment = |index: &Index| self.entry(*index)?.fragment.as_ref();
        here.retain(|index| match (fragment(index), &address.fragment) {
            (Some(one), Some(other)) => one == other,
            (None, _) | (_, None) => true,
        });
        self.narrow(&mut here, |entry| entry.fragment == address.fragment);
        self.narrow(&mut here, |entry| entry.title == title.folded);
        self.narrow(&mut here, |entry| from == Asker::Source(entry.source));
        let first = *here.first()?;
        // The same page, told of by several sources, is one story.
        let sources: HashSet<_> =
            here.iter().filter_map(|at| Some(self.entry(*at)?.source)).collect();
        (self.is_one(&here) || sources.len() == here.len()).then_some(first)
    }

    /// The story with a title, by what is left of the ways to tell.
    fn called(&self, title: &Title, from: Asker) -> Option<(Index, How)> {
        if title.folded.is_empty() {
            return None;
        }
        let mut stories = self.by_title.get(&title.folded).cloned().unwrap_or_default();
        stories.retain(|index| self.entry(*index).is_some_and(|at| at.title == title.folded));
        match self.pick(&stories, from) {
            Picked::One(index) => return Some((index, How::Title)),
            Picked::Several => return None,
            Picked::None => {}
        }
        // Elsewhere a whole title will do, but no part of one, and no short one.
        if from != Asker::Anyone
            && title.terms.len() >= SAYS_ENOUGH
            && let Picked::One(index) = self.pick(&stories, Asker::Anyone)
        {
            return Some((index, How::Title));
        }
        for key in title.keys() {
            match self.by_title.get(key).map_or(Picked::None, |stories| self.pick(stories, from)) {
                Picked::One(index) => return Some((index, How::Segment)),
                Picked::Several => return None,
                Picked::None => {}
            }
        }
        // Across sources, what is nearly the same title is too often another story.
        let Asker::Source(source) = from else { return None };
        self.near.find(source, &title.terms).map(|index| (index, How::Fuzzy))
    }

    /// The one story of a source among those with the same words.
    fn pick(&self, stories: &[Index], from: Asker) -> Picked {
        let mut stories = stories.to_vec();
        stories.retain(|index| {
            from == Asker::Anyone
                || self.entry(*index).is_some_and(|entry| from == Asker::Source(entry.source))
        });
        match stories.first() {
            Some(index) if self.is_one(&stories) => Picked::One(*index),
            Some(_) => Picked::Several,
            None => Picked::None,
        }
    }

    /// Keeps the stories that fit, unless none does.
    fn narrow(&self, stories: &mut Vec<Index>, fits: impl Fn(&Entry) -> bool) {
        let fits = |index: &Index| self.entry(*index).is_some_and(&fits);
        if stories.len() > 1 && stories.iter().any(fits) {
            stories.retain(fits);
        }
    }

    /// Whether they are all the same story.
    fn is_one(&self, stories: &[Index]) -> bool {
        let mut ids = stories.iter().filter_map(|index| Some(self.entry(*index)?.story));
        ids.next().is_some_and(|first| ids.all(|id| id == first))
    }

    fn entry(&self, index: Index) -> Option<&Entry> {
        self.stories.get(index as usize)
    }
}

/// Who names a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    /// Nobody says.
    Anyone,
    /// A source that has no stories here.
    Stranger,
    Source(SourceIndex),
}

/// What came of choosing among stories with the same words.
enum Picked {
    One(Index),
    /// Of the source that is meant, so that nothing else can be surer.
    Several,
    None,
}

/// A title as it is compared.
struct Title {
    folded: String,
    /// Without the name of the site, folded.
    bare: String,
    /// The longest part, folded, where it can stand for the whole.
    part: Option<String>,
    /// Of the bare title.
    terms: Vec<String>,
}

impl Title {
    fn new(title: &str, source: &str, sites: &Sites) -> Self {
        let folded = fold(title);
        let parts = sites.without(title, source);
        let [_, _, ..] = parts.as_slice() else {
            // The usual title: one part, or one and the name of its site.
            let bare = parts.first().map_or_else(|| folded.clone(), |part| fold(part));
            let terms = terms(&bare);
            return Self { folded, bare, part: None, terms };
        };
        let bare = fold(&parts.join(" "));
        let bare_terms = terms(&bare);
        let part = parts.iter().map(|part| fold(part)).max_by_key(String::len).filter(|part| {
            let said = terms(part).len();
            said >= SEGMENT_SAYS_ENOUGH && said * 2 > bare_terms.len()
        });
        Self { folded, bare, part, terms: bare_terms }
    }

    /// What it may be recognized by, each once, the longest first.
    fn keys(&self) -> impl Iterator<Item = &str> {
        let bare = Some(self.bare.as_str()).filter(|bare| *bare != self.folded);
        [Some(self.folded.as_str()), bare, self.part.as_deref()].into_iter().flatten()
    }
}
