//! `Destinations`: the stored stories that one article after another leads to, by the
//! headlines that it names and by its links.
//!
//! For whoever goes through the whole library: what is learned of a source is kept for the
//! next article of it. One that is opened alone is for [`super::Library::opened`].

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::leads::{LATEST, LINKS};
use super::store::{Reader, StoreError};
use crate::article::Article;
use crate::related::titles::{Headline, Headlines, How, Query};
use crate::story::{SourceKey, Story, StoryId};

/// Finds where articles lead.
#[derive(Debug)]
pub struct Destinations {
    reader: Reader,
    /// The latest headlines of sources.
    latest: HashMap<SourceKey, Headlines>,
}

/// How an article leads to a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A line of it names the story's headline.
    Named,
    /// It links to the story.
    Linked,
}

impl Way {
    /// The word in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Linked => "linked",
        }
    }
}

impl Destinations {
    /// Leads to the stories of these sources that are stored in the data directory; nothing
    /// if none are.
    pub fn open(data: &Path, visible: HashSet<SourceKey>) -> Result<Option<Self>, StoreError> {
        let Some(mut reader) = Reader::open(data)? else { return Ok(None) };
        reader.show_only(Some(visible));
        Ok(Some(Self { reader, latest: HashMap::new() }))
    }

    /// Up to `most` stories, with their details, that the article of a story leads to: those
    /// that it names and then those that it links to, in its own order.
    pub fn of(
        &mut self,
        story: &Story,
        article: &Article,
        most: usize,
    ) -> Result<Vec<(Story, Way)>, StoreError> {
        let mut found: Vec<(Story, Way)> = Vec::new();
        let mut known = HashSet::from([story.id]);
        for related in &article.related {
            if found.len() >= most {
                return Ok(found);
            }
            let query = Query {
                title: &related.title,
                url: related.url.as_ref().map(url::Url::as_str),
                from_source: Some(&story.source.name),
            };
            if let Some(id) = self.named(story, related.url.as_ref(), &query)? {
                self.add(&mut found, &mut known, id, Way::Named)?;
            }
        }
        for link in article.links.iter().take(LINKS) {
            if found.len() >= most {
                return Ok(found);
            }
            let query = Query { url: Some(link.url.as_str()), ..Query::default() };
            let here = self.reader.at_address(&link.url)?;
            if let Some((id, How::Address)) = among(&here, query.url, story.id).resolve(&query) {
                self.add(&mut found, &mut known, id, Way::Linked)?;
            }
        }
        Ok(found)
    }

    /// The story that a line of a story's article names.
    fn named(
        &mut self,
        story: &Story,
        url: Option<&url::Url>,
        query: &Query<'_>,
    ) -> Result<Option<StoryId>, StoreError> {
        if let Some(url) = url {
            let here = self.reader.at_address(url)?;
            if let Some((id, How::Address)) = among(&here, query.url, story.id).resolve(query) {
                return Ok(Some(id));
            }
        }
        let same = self.reader.titled(query.title)?;
        let same = among(&same, None, story.id).resolve(query);
        let found = match same {
            Some((_, How::Title)) => same,
            // Its own source may call it nearly so.
            Some(_) | None => self.latest_of(&story.source.key)?.resolve(query).or(same),
        };
        Ok(found.map(|(id, _)| id))
    }

    fn latest_of(&mut self, source: &SourceKey) -> Result<&Headlines, StoreError> {
        if !self.latest.contains_key(source) {
            let stories = self.reader.latest_of(source, LATEST)?;
            let headlines = Headlines::new(stories.iter().map(|story| headline(story, None)));
            self.latest.insert(source.clone(), headlines);
        }
        Ok(self.latest.entry(source.clone()).or_default())
    }

    fn add(
        &self,
        found: &mut Vec<(Story, Way)>,
        known: &mut HashSet<StoryId>,
        id: StoryId,
        way: Way,
    ) -> Result<(), StoreError> {
        if known.insert(id) {
            found.extend(self.reader.story(id)?.map(|story| (story, way)));
        }
        Ok(())
    }
}

/// The headlines of some stories, but for the story that leads to them.
fn among(stories: &[Story], url: Option<&str>, own: StoryId) -> Headlines {
    let others = stories.iter().filter(|story| story.id != own);
    Headlines::new(others.map(|story| headline(story, url)))
}

fn headline<'a>(story: &'a Story, url: Option<&'a str>) -> Headline<'a> {
    Headline { story: story.id, title: &story.title, source: &story.source.name, url }
}
