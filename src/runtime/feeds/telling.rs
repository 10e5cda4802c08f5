//! Telling the machine of the feeds that there are, and of how it stands with them.

use std::collections::HashMap;
use std::sync::Arc;

use super::desk::{Desk, Known};
use crate::app::feeds::FeedInfo;
use crate::app::message::Message;
use crate::config::subscriptions::Subscription;
use crate::feed::health::Health;
use crate::feeds::Loaded;
use crate::library::store::Reader;
use crate::refresh;
use crate::runtime::sentence::first_of;
use crate::story::{Source, SourceKey};

impl Desk {
    /// Reads how it stands with each feed.
    pub(super) fn learn(&mut self) -> HashMap<SourceKey, Health> {
        let health = match self.reader.as_ref().map(Reader::health) {
            Some(Ok(health)) => health,
            Some(Err(error)) => {
                self.fail(&error);
                return HashMap::new();
            }
            None => return HashMap::new(),
        };
        let known = |(key, health): (&SourceKey, &Health)| {
            let due = (!health.gone).then(|| health.next_check.unwrap_or_default());
            (key.clone(), Known { title: health.title.clone(), due })
        };
        self.known = health.iter().map(known).collect();
        health
    }

    /// What each feed is called.
    pub(super) fn names(&self) -> Vec<Arc<Source>> {
        let title = |feed: &Subscription| self.known.get(&feed.key).map(|known| &known.title);
        let feeds = self.subscriptions.feeds.iter();
        feeds.map(|feed| refresh::source(feed, title(feed))).collect()
    }

    /// Tells of all feeds and searches.
    pub(super) fn tell(&mut self) {
        let mut health = self.learn();
        self.told = self.names();
        let feeds = self.subscriptions.feeds.iter().zip(&self.told);
        let feeds = feeds.map(|(feed, source)| FeedInfo {
            source: source.clone(),
            url: refresh::address(&feed.origin),
            title: feed.title.clone(),
            folder: feed.folder.clone(),
            tags: feed.tags.clone(),
            hidden: feed.hidden,
            paused: feed.paused,
            notify: feed.notify,
            health: Box::new(health.remove(&feed.key).unwrap_or_default()),
        });
        self.send(Message::Feeds(feeds.collect()));
        self.send(Message::Searches(self.subscriptions.searches.clone()));
        self.show();
    }

    /// Nothing is read of other sources than these.
    pub(super) fn show(&mut self) {
        let visible = self.visible();
        self.library.show_only(Some(visible.clone()));
        if let Some(reader) = &mut self.reader {
            reader.show_only(Some(visible));
        }
    }

    /// Tells of what in the file does not count.
    pub(super) fn complain(&self, loaded: &Loaded) {
        let name = self.file.path().display();
        let warnings: Vec<String> =
            loaded.warnings.iter().map(|warning| format!("{name}: {warning}")).collect();
        if let Some(sentence) = first_of(&warnings) {
            self.send(Message::Failed(sentence));
        }
    }
}
