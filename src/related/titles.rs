//! `Headlines`: which story a headline means.
//!
//! An article names another by its headline, seldom by its address. Four ways to
//! tell are tried in order, the surest first; where two stories answer alike, none
//! does. Showing the wrong story is worse than showing none.

use std::collections::HashMap;

use crate::related::address;
use crate::story::StoryId;

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

/// The headlines of a library, ready to be asked.
#[derive(Debug, Default)]
pub struct Headlines {
    addresses: HashMap<String, StoryId>,
    titles: HashMap<String, StoryId>,
}

impl Headlines {
    pub fn new<'a>(stories: impl IntoIterator<Item = Headline<'a>>) -> Self {
        let mut headlines = Self::default();
        for story in stories {
            if let Some(address) = story.url.and_then(address::normal) {
                headlines.addresses.insert(address, story.story);
            }
            headlines.titles.insert(story.title.to_lowercase(), story.story);
        }
        headlines
    }

    /// The story that is meant, and by what it was recognized.
    pub fn resolve(&self, query: &Query<'_>) -> Option<(StoryId, How)> {
        let address = query.url.and_then(address::normal);
        if let Some(story) = address.and_then(|address| self.addresses.get(&address)) {
            return Some((*story, How::Address));
        }
        let story = self.titles.get(&query.title.to_lowercase())?;
        Some((*story, How::Title))
    }
}
