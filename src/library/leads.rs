//! The stored stories that an article may lead to, by its links and the headlines that it
//! names: few, found by the indexes of the store, so that a hundred thousand titles need
//! not be in memory. Which of them is meant is for [`Headlines`] to say.

use super::store::{Reader, StoreError};
use crate::article::Article;
use crate::related::titles::{Headline, Headlines};
use crate::story::{Story, StoryId};

/// Links that are looked up. An article with more of them is a list.
pub(super) const LINKS: usize = 500;

/// The latest stories of the article's own source, among which a headline may be told from
/// nearly the same words.
pub(super) const LATEST: usize = 1_000;

/// What the store knows about where an article leads.
#[derive(Debug, Default)]
pub(super) struct Leads {
    /// The article's own story.
    pub own: Option<Story>,
    pub headlines: Headlines,
}

impl Leads {
    pub(super) fn find(
        reader: &Reader,
        id: StoryId,
        article: &Article,
    ) -> Result<Self, StoreError> {
        let own = reader.story(id)?;
        let mut found: Vec<(Story, Option<&str>)> = Vec::new();
        let named = article.related.iter().filter_map(|related| related.url.as_ref());
        for url in article.links.iter().take(LINKS).map(|link| &link.url).chain(named) {
            let here = reader.at_address(url)?.into_iter();
            found.extend(here.map(|story| (story, Some(url.as_str()))));
        }
        for related in &article.related {
            found.extend(reader.titled(&related.title)?.into_iter().map(|story| (story, None)));
        }
        if let Some(own) = own.as_ref().filter(|_| !article.related.is_empty()) {
            let latest = reader.latest_of(&own.source.key, LATEST)?;
            found.extend(latest.into_iter().map(|story| (story, None)));
        }
        // A headline or a link that means the very article it stands in means something
        // else: its page, or another story.
        found.retain(|(story, _)| own.as_ref().is_none_or(|own| own.id != story.id));
        let headlines = Headlines::new(found.iter().map(|(story, url)| Headline {
            story: story.id,
            title: &story.title,
            source: &story.source.name,
            url: *url,
        }));
        Ok(Self { own, headlines })
    }
}
