//! `Told`: new stories that are to be told of outside of the screen, because their feed or a
//! saved search asks for it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::config::subscriptions::SavedSearch;
use crate::query::Matcher;
use crate::story::{Source, StoryId};
use crate::text::number::counted;
use crate::text::sanitize::SafeText;

use super::App;
use super::catalog::Listed;
use super::effect::Effect;
use super::searched::Searched;

/// What may have to be told of.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What has come and was not told of. Nobody asked for most of it, but a feed that has
    /// it too may follow.
    fresh: HashSet<StoryId>,
}

impl Told {
    /// A story has come.
    pub(super) fn add(&mut self, story: StoryId) {
        self.fresh.insert(story);
    }

    /// What has come is not new any more.
    pub(super) fn clear(&mut self) {
        self.fresh.clear();
    }
}

impl App {
    /// Whether any new stories are to be told of.
    pub(super) fn tells_of_some(&self) -> bool {
        self.feeds.iter().any(|feed| feed.notify)
            || self.feeds.searches().any(|search| search.notify)
    }

    /// Tells of what has come: how many stories, and how many by each name.
    pub(super) fn notify(&mut self, effects: &mut Vec<Effect>) {
        let searches = self.feeds.searches().filter(|search| search.notify);
        let searches: Vec<(&SavedSearch, Matcher)> = searches
            .filter_map(|search| {
                Some((search, self.feeds.matcher(&search.name, self.now, &self.zone)?))
            })
            .collect();
        let mut counts: BTreeMap<SafeText, usize> = BTreeMap::new();
        let mut told = Vec::new();
        for story in &self.news.told.fresh {
            let names = self.asking_for(*story, &searches);
            told.extend(names.first().map(|_| *story));
            for name in names {
                *counts.entry(name).or_default() += 1;
            }
        }
        if told.is_empty() {
            return;
        }
        for story in &told {
            self.news.told.fresh.remove(story);
        }
        let title = counted(told.len(), "new story", "new stories");
        let part = |(name, count): (&SafeText, &usize)| match counts.len() {
            1 => name.to_string(),
            _ => format!("{name} {count}"),
        };
        let parts: Vec<String> = counts.iter().map(part).collect();
        let body = SafeText::title(&parts.join(", "));
        effects.push(Effect::Notify { title: SafeText::title(&title), body });
    }

    /// The names of the feeds and searches for which a new story is to be told of.
    fn asking_for(
        &self,
        story: StoryId,
        searches: &[(&SavedSearch, Matcher)],
    ) -> BTreeSet<SafeText> {
        let (catalog, feeds, reading) = (&self.catalog, &self.feeds, &self.reading);
        let waiting = self.news.waiting_story(story).map(Listed::from);
        let Some(listed) = waiting.or_else(|| catalog.get(story)) else { return BTreeSet::new() };
        let sources: Vec<&Source> = match catalog.place(story) {
            Some(place) => {
                catalog.sources_of(place).filter_map(|number| catalog.named(number)).collect()
            }
            None => std::iter::once(listed.source).chain(catalog.further(story)).collect(),
        };
        let sources = sources.iter().copied();
        let notifying = sources.clone().filter_map(|source| feeds.get(&source.key));
        let notifying = notifying.filter(|feed| feed.notify).map(|feed| &feed.source.name);
        let searched = Searched { story: &listed, sources, feeds, reading };
        let matching = searches.iter().filter(|(_, matcher)| matcher.matches(&searched));
        notifying.chain(matching.map(|(search, _)| &search.name)).cloned().collect()
    }
}
