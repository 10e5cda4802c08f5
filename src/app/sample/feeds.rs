//! The sample's feeds, and the file that they stand in.

use std::sync::Arc;

use jiff::SignedDuration;
use url::Url;

use super::{Options, World, app, article, now};
use crate::app::effect::Effect;
use crate::app::feeds::{Candidate, FeedInfo, FeedStep, NewFeed};
use crate::app::message::{Found, Message, Refreshed, Shelf, Subscribed};
use crate::app::sources::{FeedState, SourceRow};
use crate::article::PubDate;
use crate::config::subscriptions::edit::FeedChange;
use crate::story::{Source, SourceKey, Story, StoryId};
use crate::text::address::shown;
use crate::text::sanitize::SafeText;

impl World {
    /// Does to `feeds.toml` what the machine wishes, and tells of it.
    pub(super) fn change_feeds(&mut self, effect: &Effect) -> Vec<Message> {
        let mut subscribed = Vec::new();
        let before = self.feeds.clone();
        let step = match effect {
            Effect::Subscribe(new, clock) => {
                for NewFeed { url, title, folder } in new {
                    let mut feed = feed(url.as_str(), folder.as_deref());
                    if let Some(title) = title {
                        feed.source =
                            Arc::new(Source { name: title.clone(), ..(*feed.source).clone() });
                    }
                    subscribed.push(feed.source.key.clone());
                    self.feeds.push(feed);
                }
                Some(FeedStep { clock: *clock, what: "Subscribed".into() })
            }
            Effect::Unsubscribe(key, step) => {
                self.feeds.retain(|feed| feed.source.key != *key);
                Some(step.clone())
            }
            Effect::TakeBackFeeds(clock) => {
                let at = self.feed_steps.iter().position(|(step, _)| step.clock == *clock).unwrap();
                self.feeds = self.feed_steps.remove(at).1;
                None
            }
            Effect::EditFeed { key, change, step } => {
                let feed = self.feeds.iter_mut().find(|feed| feed.source.key == *key).unwrap();
                match change.clone() {
                    FeedChange::Title(title) => {
                        let name = title.clone().unwrap_or_else(|| "itself".into());
                        feed.source = Arc::new(Source { name, ..(*feed.source).clone() });
                        feed.title = title;
                    }
                    FeedChange::Folder(folder) => feed.folder = folder,
                    FeedChange::Paused(paused) => feed.paused = paused,
                    FeedChange::Hidden(hidden) => feed.hidden = hidden,
                    FeedChange::Notify(notify) => feed.notify = notify,
                    FeedChange::Address(url) => feed.url = shown(&url),
                }
                Some(step.clone())
            }
            _ => return Vec::new(),
        };
        self.feed_steps.extend(step.map(|step| (step, before)));
        let steps = self.feed_steps.iter().map(|(step, _)| step.clone());
        let mut told =
            vec![Message::Feeds(self.feeds.clone()), Message::FeedSteps(steps.collect())];
        if !subscribed.is_empty() {
            let new = Subscribed { keys: subscribed, ..Subscribed::default() };
            told.push(Message::Subscribed(new));
        }
        told
    }

    /// A sample that is subscribed to four feeds in two folders, with two stories of each.
    pub fn with_feeds(options: &Options) -> World {
        let mut app = app(options, None);
        // Fetching at the start is a test of its own.
        app.config.refresh_on_start &= options.config.contains("refresh_on_start");
        let mut world = World::empty(app);
        world.feeds = feeds();
        world.send(Message::Feeds(world.feeds.clone()));
        world.publish(Shelf::Edition);
        let stories =
            (0..4).chain(0..4).zip(0..).map(|(feed, hours)| world.story_of(feed, hours)).collect();
        world.send(Message::Stories(stories));
        world
    }

    /// A stored story of one of the feeds, so many hours old.
    pub fn story_of(&mut self, feed: usize, hours: i64) -> Found {
        let source = self.feeds[feed].source.clone();
        let title = format!("{} of {hours} hours ago", source.name);
        let story = Story {
            id: StoryId::new(source.key.as_str(), &title),
            title: SafeText::title(&title),
            source,
            published: Some(PubDate::Instant(now() - SignedDuration::from_hours(hours))),
            minutes: 2,
            details: None,
        };
        self.stored.insert(story.id, article(&title, "A few words."));
        Found { story, shelf: Shelf::Stored }
    }

    /// The lines of the source pane: depth, name, count.
    pub fn source_lines(&self) -> Vec<String> {
        let line = |row: &SourceRow| {
            let indent = "  ".repeat(row.indent.into());
            let sign = match (row.folded, row.state) {
                (Some(true), _) => "> ",
                (Some(false), _) => "v ",
                (None, FeedState::Failing) => "! ",
                (None, FeedState::Paused) => "- ",
                (None, FeedState::Hidden) => "~ ",
                (None, FeedState::Well) => "",
            };
            format!("{indent}{sign}{} {}", row.name, row.count)
        };
        self.app.sources.rows.iter().map(line).collect()
    }
}

/// The same in a window with room for everything.
pub fn wide() -> World {
    World::with_feeds(&Options { size: (200, 60), ..Options::default() })
}

/// A feed that was found at an address.
pub fn candidate(url: &str, title: &str) -> Candidate {
    Candidate { url: url.parse().unwrap(), title: title.into(), kind: "RSS".into() }
}

/// The end of a refresh.
pub fn refreshed(asked: usize, failed: usize, new: usize) -> Message {
    Message::Refreshed(Refreshed { asked, failed, new, ..Refreshed::default() })
}

/// A feed of an address, called by its host.
pub fn feed(url: &str, folder: Option<&str>) -> FeedInfo {
    let url = Url::parse(url).unwrap();
    let host = url.host_str().unwrap().trim_end_matches(".example");
    let key = SourceKey::new(&format!("{}{}", url.host_str().unwrap(), url.path()));
    FeedInfo {
        source: Arc::new(Source { key, name: host.into() }),
        url: url.as_str().into(),
        title: None,
        folder: folder.map(SafeText::line),
        tags: Vec::new(),
        hidden: false,
        paused: false,
        notify: false,
        health: Box::default(),
    }
}

/// The feeds of the sample.
pub fn feeds() -> Vec<FeedInfo> {
    vec![
        feed("https://herald.example/feed", Some("News")),
        feed("https://courier.example/rss", Some("News/World")),
        feed("https://lathe.example/atom.xml", Some("Craft")),
        feed("https://pebble.example/feed.json", None),
    ]
}
