//! The feeds that a first start offers to choose from.
//!
//! A list that is built in, by topic. Nothing of it is subscribed to here.

use serde::Deserialize;
use url::Url;

use crate::text::sanitize::SafeText;

/// The list, as it is built in.
const LIST: &str = include_str!("../../assets/starter-feeds.toml");

/// A feed that is offered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Starter {
    pub url: Url,
    /// Its own name, in its own language.
    pub title: SafeText,
    /// `World`, `Science`, …
    pub topic: SafeText,
    /// BCP 47.
    pub language: SafeText,
    /// What it is, in a line, in its own language.
    pub about: SafeText,
}

/// A topic and its feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    pub name: SafeText,
    pub feeds: Vec<Starter>,
}

#[derive(Debug, Default, Deserialize)]
struct List {
    feed: Vec<Starter>,
}

/// The feeds by topic, both in the order of the list.
pub fn topics() -> Vec<Topic> {
    let list: List = toml::from_str(LIST).unwrap_or_default();
    let mut topics: Vec<Topic> = Vec::new();
    for feed in list.feed {
        match topics.iter_mut().find(|topic| topic.name == feed.topic) {
            Some(topic) => topic.feeds.push(feed),
            None => topics.push(Topic { name: feed.topic.clone(), feeds: vec![feed] }),
        }
    }
    topics
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_feed_is_complete_secure_and_offered_once() {
        let list: List = toml::from_str(LIST).unwrap();
        assert!(list.feed.len() >= 60, "{}", list.feed.len());
        let mut seen = HashSet::new();
        for feed in &list.feed {
            assert_eq!(feed.url.scheme(), "https", "{feed:?}");
            assert!(seen.insert(feed.url.as_str()), "{feed:?}");
            assert!(seen.insert(feed.title.as_str()), "{feed:?}");
            for text in [&feed.title, &feed.topic, &feed.about] {
                assert!(!text.is_empty() && *text == SafeText::title(text), "{feed:?}");
            }
            assert!(feed.about.chars().count() <= 80, "{feed:?}");
            let code =
                feed.language.len() == 2 && feed.language.chars().all(|c| c.is_ascii_lowercase());
            assert!(code, "{feed:?}");
        }
    }

    #[test]
    fn topics_stand_together_and_many_languages_are_spoken() {
        let topics = topics();
        let names: HashSet<&str> = topics.iter().map(|topic| topic.name.as_str()).collect();
        assert_eq!(names.len(), topics.len());
        assert!(topics.iter().all(|topic| topic.feeds.len() >= 3), "{topics:?}");
        let feeds = topics.iter().flat_map(|topic| &topic.feeds);
        let languages: HashSet<&str> = feeds.map(|feed| feed.language.as_str()).collect();
        for language in ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja", "zh", "ar"] {
            assert!(languages.contains(language), "{language}");
        }
    }
}
