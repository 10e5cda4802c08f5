//! The file of subscriptions: changing it, and seeing that others have.

use std::collections::HashSet;
use std::path::Path;

use super::desk::Desk;
use super::import;
use crate::app::feeds::{FeedStep, NewFeed, Which};
use crate::app::message::{Message, Subscribed};
use crate::config::subscriptions::edit::{EditError, FeedsText};
use crate::config::subscriptions::{Origin, Subscription, Subscriptions};
use crate::feed::discover::typed;
use crate::feeds::Loaded;
use crate::reading::Clock;
use crate::story::SourceKey;
use crate::text::address::with_credentials_of;

impl Desk {
    /// Reads the file for the first time.
    pub(super) fn read_file(&mut self) {
        match self.file.load() {
            Ok(loaded) => {
                self.stamp = loaded.stamp;
                self.complain(&loaded);
                self.subscriptions = loaded.subscriptions;
            }
            Err(error) => self.fail(&error),
        }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = SourceKey> {
        self.subscriptions.feeds.iter().map(|feed| feed.key.clone())
    }

    /// Subscribes to what the reader chose.
    pub(super) fn subscribe(&mut self, feeds: Vec<NewFeed>, clock: Clock) {
        let feeds: Vec<_> = feeds.into_iter().map(subscription).collect();
        self.add(&feeds, None, clock);
    }

    /// Subscribes to the feeds of a file.
    pub(super) fn import(&mut self, path: &Path, clock: Clock) {
        match import::read(path) {
            Ok(found) => self.add(&found.feeds, found.left_out, clock),
            Err(sentence) => self.send(Message::Failed(sentence)),
        }
    }

    /// Adds feeds to the file. `left_out` says what else there was.
    fn add(&mut self, feeds: &[Subscription], left_out: Option<String>, clock: Clock) {
        let added = self.edit(clock, |text| {
            let added = text.add(feeds)?;
            let what = match added.as_slice() {
                [only] => feeds
                    .iter()
                    .find(|feed| feed.key == *only)
                    .map_or_else(|| only.as_str().to_owned(), |feed| feed.name(None).into_string()),
                many => format!("{} feeds", many.len()),
            };
            Ok((added, format!("Subscribed to {what}")))
        });
        let Some(added) = added else { return };
        if added.is_empty() {
            let sentence = match feeds.len() {
                0 => "There are no feeds in it.",
                1 => "You are subscribed to this feed already.",
                _ => "You are subscribed to all of these feeds already.",
            };
            let sentences = [Some(sentence.to_owned()), left_out];
            let sentences: Vec<_> = sentences.into_iter().flatten().collect();
            return self.send(Message::Said(sentences.join(" ")));
        }
        let known = feeds.len().saturating_sub(added.len());
        self.send(Message::Subscribed(Subscribed { keys: added, known, left_out }));
    }

    /// Looks for the feeds of what was typed.
    pub(super) fn find(&mut self, asked: String) {
        let whole = whole(&asked, &self.subscriptions);
        self.fetcher.find(asked, whole);
    }

    /// Changes the file, and tells of what is in it then. Nothing if it was not changed.
    pub(super) fn edit<T>(
        &mut self,
        clock: Clock,
        change: impl FnOnce(&mut FeedsText) -> Result<(T, String), EditError>,
    ) -> Option<T> {
        match self.file.edit(clock, change) {
            Ok((told, loaded)) => {
                self.take(loaded);
                Some(told)
            }
            Err(error) => {
                self.fail(&error);
                self.tell_steps();
                None
            }
        }
    }

    /// Takes back the step of a clock.
    pub(super) fn take_back(&mut self, clock: Clock) {
        match self.file.take_back(clock) {
            Ok(Some(taken)) => {
                self.take(taken.loaded);
            }
            // Another program was first.
            Ok(None) => self.tell_steps(),
            Err(error) => {
                self.fail(&error);
                self.tell_steps();
            }
        }
    }

    /// Tells of what can be taken back.
    pub(super) fn tell_steps(&self) {
        match self.file.steps() {
            Ok(steps) => {
                let steps =
                    steps.into_iter().map(|step| FeedStep { clock: step.clock, what: step.what });
                self.send(Message::FeedSteps(steps.collect()));
            }
            Err(error) => self.fail(&error),
        }
    }

    /// An editor may have changed the file.
    pub(super) fn look_at_file(&mut self) {
        if self.file.stamp() == self.stamp {
            return;
        }
        match self.file.load() {
            Ok(loaded) => {
                self.complain(&loaded);
                // Half written, or broken: what was known is better.
                if !loaded.subscriptions.sound {
                    self.stamp = loaded.stamp;
                    return;
                }
                let new = self.take(loaded);
                if self.automatic && !new.is_empty() {
                    self.refresh(Which::Feeds(new), false);
                }
            }
            Err(error) => {
                self.stamp = self.file.stamp();
                self.fail(&error);
            }
        }
    }

    /// Takes note of what is in the file, and tells of it. Stories of feeds that have come
    /// back are shown again. Returns the feeds that were not there before.
    fn take(&mut self, loaded: Loaded) -> Vec<SourceKey> {
        self.stamp = loaded.stamp;
        // Its folder may have been made just now.
        self.watch.file(self.file.path());
        let before: HashSet<SourceKey> = self.keys().collect();
        self.subscriptions = loaded.subscriptions;
        self.tell_steps();
        let new: Vec<SourceKey> = self.keys().filter(|key| !before.contains(key)).collect();
        self.tell();
        if !new.is_empty() {
            self.load_of(new.iter().cloned().collect());
        }
        new
    }
}

/// What was typed, with the password of a feed of the same user on the same server: the
/// reader was shown the address without it.
fn whole(asked: &str, subscriptions: &Subscriptions) -> String {
    let url = typed(asked).filter(|url| !url.username().is_empty());
    let mut known = subscriptions.feeds.iter().filter_map(|feed| match &feed.origin {
        Origin::Address(before) => Some(with_credentials_of(url.clone()?, before)),
        Origin::Command(_) => None,
    });
    let found = known.find(|url| url.password().is_some());
    found.map_or_else(|| asked.to_owned(), String::from)
}

/// A feed that the reader wants, as the file has it.
fn subscription(feed: NewFeed) -> Subscription {
    let NewFeed { url, title, folder } = feed;
    Subscription { title, folder, ..Subscription::new(Origin::Address(url), 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_was_shown_without_its_password_is_asked_for_with_it() {
        let (subscriptions, _) = crate::config::subscriptions::parse(
            "[[feed]]\nurl = \"https://ann:pw@a.example/feed\"\n",
        );
        for (asked, expected) in [
            ("https://ann@a.example/new", "https://ann:pw@a.example/new"),
            ("https://ann:other@a.example/", "https://ann:other@a.example/"),
            ("https://bob@a.example/", "https://bob@a.example/"),
            ("https://ann@b.example/", "https://ann@b.example/"),
            ("a.example", "a.example"),
            ("no address", "no address"),
        ] {
            assert_eq!(whole(asked, &subscriptions), expected);
        }
    }
}
