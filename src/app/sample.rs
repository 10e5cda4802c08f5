//! A small world for tests: a handful of stories, a machine, and a world that answers it.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::article::{
    Article, Block, Level, Link, LinkId, ListItem, PubDate, Related, RelatedId, Span,
};
use crate::config::Config;
use crate::config::key::{Key, KeySequence};
use crate::config::keymap::Keymap;
use crate::config::subscriptions::edit::FeedChange;
use crate::config::theme::{Background, ColorDepth, Display, Theme};
use crate::reading::{DeviceId, ReadingState, UndoStack};
use crate::story::{Details, Source, SourceKey, Story, StoryId};
use crate::text::sanitize::SafeText;

use super::effect::Effect;
use super::feeds::{FeedInfo, FeedStep, Which};
use super::geometry::Size;
use super::message::{Failure, Found, Loaded, Message, Shelf};
use super::{App, Setup, update};

pub mod feeds;

/// A machine and a world that answers its wishes at once.
#[derive(Debug)]
pub struct World {
    pub app: App,
    pub stored: HashMap<StoryId, Article>,
    /// What the machine asked for, but for articles, which it was given.
    pub log: Vec<Effect>,
    /// What `feeds.toml` holds.
    pub feeds: Vec<FeedInfo>,
    /// What was unsubscribed.
    /// What was done to the feeds, and what they were before.
    pub feed_steps: Vec<(FeedStep, Vec<FeedInfo>)>,
    now: Timestamp,
}

/// Half past two in the afternoon of the day on which the sample's stories are read.
pub fn now() -> Timestamp {
    "2026-11-25T14:30:00Z".parse().unwrap()
}

/// An article of a few lines: `## ` and `### ` begin headings, `- ` items, `> ` quotes,
/// `Read more: ` names a story, and `[words](address)` is a link.
pub fn article(title: &str, text: &str) -> Article {
    let mut article = Article { title: title.into(), ..Article::default() };
    article.byline = vec!["The Desk".into()];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let block = if let Some(text) = line.strip_prefix("## ") {
            Block::Heading { level: Level::Section, text: vec![Span::plain(text)] }
        } else if let Some(text) = line.strip_prefix("### ") {
            Block::Heading { level: Level::Part, text: vec![Span::plain(text)] }
        } else if let Some(text) = line.strip_prefix("- ") {
            let item = ListItem(vec![Block::Paragraph(vec![Span::plain(text)])]);
            Block::List { start: None, items: vec![item] }
        } else if let Some(text) = line.strip_prefix("> ") {
            Block::Quote(vec![Block::Paragraph(vec![Span::plain(text)])])
        } else if let Some(text) = line.strip_prefix("``` ") {
            Block::Code { language: None, text: text.into() }
        } else if let Some(title) = line.strip_prefix("Read more: ") {
            let id = RelatedId(article.related.len() as u32);
            let related = Related { label: "Read more".into(), title: title.into(), url: None };
            article.related.push(related);
            Block::Related(id)
        } else {
            Block::Paragraph(spans(line, &mut article.links))
        };
        article.blocks.push(block);
    }
    article
}

fn spans(text: &str, links: &mut Vec<Link>) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let (words, after) = after.split_once("](").unwrap();
        let (address, after) = after.split_once(')').unwrap();
        let id = LinkId(links.len() as u32);
        links.push(Link { url: Url::parse(address).unwrap(), text: words.into() });
        spans.push(Span::plain(before));
        spans.push(Span { link: Some(id), ..Span::plain(words) });
        rest = after;
    }
    spans.push(Span::plain(rest));
    spans
}

/// The stories of the sample: a title, the hours since it was published, its text.
fn pieces() -> Vec<(&'static str, i64, Article)> {
    let long: Vec<String> = (1..=40)
        .map(|n| format!("Paragraph {n} of the long read says a little more about the tide."))
        .collect();
    let long = long.join("\n") + "\n";
    vec![
        (
            "Harbor lights go out at nine",
            1,
            article(
                "Harbor lights go out at nine",
                "The harbor is dark tonight, and the [council](https://council.example/lights) says why.
                ## What changed
                The lamps were old. The [report](https://council.example/report) runs to nine pages.
                Read more: A long read about the tide
                ## What happens next
                - New lamps in spring
                Read more: The ferry that never came",
            ),
        ),
        (
            "A long read about the tide",
            3,
            article(
                "A long read about the tide",
                &format!("## The morning\n{long}## The evening\n{long}### Late\nThe end of the tide."),
            ),
        ),
        ("灯台の新しい光", 5, article("灯台の新しい光", "港の灯台に新しい光がともった。")),
        (
            "Yesterday's market in short",
            26,
            article("Yesterday's market in short", "Fish was dear.\n> Dear, and good.\n``` eel = 3"),
        ),
        ("An old story", 24 * 40, article("An old story", "It was long ago.")),
    ]
}

/// Settings of a test, changed by a text of `config.toml`.
pub fn config(text: &str) -> Config {
    let (config, warnings) = Config::parse(text);
    assert_eq!(warnings, [], "the test's own settings");
    config
}

/// What is different about a sample world.
#[derive(Debug)]
pub struct Options {
    pub size: (u16, u16),
    pub config: String,
    pub depth: ColorDepth,
    pub accessible: bool,
    pub ascii: bool,
    pub reorders: bool,
    pub shelf: Shelf,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            size: (80, 24),
            config: String::new(),
            depth: ColorDepth::None,
            accessible: false,
            ascii: false,
            reorders: false,
            shelf: Shelf::Edition,
        }
    }
}

/// The machine before any story has come.
pub fn app(options: &Options, session: Option<crate::reading::session::Session>) -> App {
    let config = config(&options.config);
    let (keymap, _) = Keymap::new(config.keys.preset, &config.keys.changes);
    let device = DeviceId::from_bytes([7; 12]);
    App::new(Setup {
        now: now(),
        zone: TimeZone::UTC,
        size: Size { width: options.size.0, height: options.size.1 },
        config,
        keymap,
        theme: ("terminal".to_owned(), Theme::default()),
        display: Display {
            depth: options.depth,
            background: Background::Dark,
            accessible: options.accessible,
        },
        ascii: options.ascii,
        reorders: options.reorders,
        reading: ReadingState::new(device),
        undo: UndoStack::new(device),
        session,
        given: options.shelf == Shelf::Given,
    })
}

/// The sample at a size.
pub fn world(width: u16, height: u16) -> World {
    world_with(&Options { size: (width, height), ..Options::default() })
}

/// The sample as the options say.
pub fn world_with(options: &Options) -> World {
    let mut world = World::empty(app(options, None));
    world.publish(options.shelf);
    world
}

impl World {
    /// A world in which nothing is published yet.
    pub fn empty(app: App) -> Self {
        Self {
            app,
            stored: HashMap::new(),
            log: Vec::new(),
            feeds: Vec::new(),
            feed_steps: Vec::new(),
            now: now(),
        }
    }

    /// Publishes the sample's stories.
    pub fn publish(&mut self, place: Shelf) {
        let found = self.find(place);
        self.send(Message::Stories(found));
        self.send(Message::StoriesComplete);
    }

    /// The sample's stories, as a search finds them in a place.
    pub fn find(&mut self, place: Shelf) -> Vec<Found> {
        let mut found = Vec::new();
        for (title, hours, piece) in pieces() {
            let published = now() - SignedDuration::from_hours(hours);
            let story = Story {
                id: StoryId::new("sample", title),
                title: SafeText::title(title),
                source: Arc::new(match place {
                    Shelf::Edition => {
                        let key = SourceKey::new(SourceKey::EDITION);
                        Source { key, name: "Gazette".into() }
                    }
                    Shelf::Given | Shelf::Stored | Shelf::Kept => Source::site("Gazette".into()),
                }),
                published: Some(PubDate::Instant(published)),
                minutes: piece.minutes() as u16,
                details: Some(Box::new(Details {
                    url: Url::parse(&format!("https://gazette.example/{hours}")).ok(),
                    ..Details::default()
                })),
            };
            self.stored.insert(story.id, piece);
            found.push(Found { story, shelf: place });
        }
        found
    }

    /// Sends a message, answers what it asks for, and goes on until nothing is asked.
    pub fn send(&mut self, message: Message) {
        let mut messages = vec![message];
        while let Some(message) = messages.pop() {
            for effect in update(&mut self.app, self.now, message) {
                match effect {
                    Effect::LoadArticle { story, generation } => {
                        let result = self.load(story);
                        messages.push(Message::Article { story, generation, result });
                    }
                    other => {
                        // In the order of coming, as from the rim.
                        messages.splice(0..0, self.change_feeds(&other).into_iter().rev());
                        self.log.push(other);
                    }
                }
            }
        }
    }

    fn load(&self, story: StoryId) -> Result<Loaded, Failure> {
        let Some(article) = self.stored.get(&story) else {
            return Err(Failure("That story is gone.".to_owned()));
        };
        let named = |title: &str| {
            self.stored.iter().find(|(_, article)| *article.title == *title).map(|(id, _)| *id)
        };
        Ok(Loaded {
            links: article.links.iter().map(|_| None).collect(),
            related: article.related.iter().map(|related| named(&related.title)).collect(),
            article: Arc::new(article.clone()),
        })
    }

    /// Presses keys: letters as they are, others by name in angle brackets.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        let mut rest = script;
        while let Some(c) = rest.chars().next() {
            let (name, after) = match rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
                Some((name, after)) if !name.is_empty() => (name.to_owned(), after),
                _ => (c.to_string(), rest.strip_prefix(c).unwrap()),
            };
            rest = after;
            let name = if name == " " { "space".to_owned() } else { name };
            let keys: KeySequence = name.parse().unwrap_or_else(|_| panic!("no key {name:?}"));
            let key: Key = keys.keys()[0];
            self.send(Message::Key(key));
        }
        self
    }

    /// Lets time pass, and wakes the machine when it asked to be.
    pub fn wait(&mut self, seconds: i64) -> &mut Self {
        self.now += SignedDuration::from_secs(seconds);
        if self.app.deadline().is_some_and(|deadline| deadline <= self.now) {
            self.send(Message::Tick);
        }
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.send(Message::Resize(Size { width, height }));
        self
    }

    /// The machine ends, and starts again with what it wrote down.
    #[must_use]
    pub fn restart(&mut self, options: &Options) -> World {
        self.send(Message::Hangup);
        let session = self.log.iter().rev().find_map(|effect| match effect {
            Effect::KeepSession(session) => Some((**session).clone()),
            _ => None,
        });
        let marks = self.log.iter().flat_map(|effect| match effect {
            Effect::Record(marks) => marks.clone(),
            _ => Vec::new(),
        });
        let mut app = app(options, session);
        for mark in marks {
            app.reading.apply(&mark);
            app.undo.apply(&mark);
        }
        let mut world = World::empty(app);
        world.publish(options.shelf);
        world
    }

    /// The headline of the open article.
    pub fn headline(&self) -> String {
        self.app.reader.open.as_ref().map(|open| open.article.title.to_string()).unwrap_or_default()
    }

    /// The title under the cursor of the list.
    pub fn selected(&self) -> String {
        let list = &self.app.stories;
        let story = list.story_at(list.selected, &self.app.catalog);
        story.map(|story| story.title.to_string()).unwrap_or_default()
    }

    /// The titles in the list, in order.
    pub fn titles(&self) -> Vec<String> {
        let catalog = &self.app.catalog;
        self.app.stories.ids(catalog).map(|id| catalog.get(id).unwrap().title.to_string()).collect()
    }

    /// The text of the line at the top of the reading pane.
    pub fn top_line(&self) -> String {
        let Some(open) = &self.app.reader.open else { return String::new() };
        let line = &open.layout.lines[open.top];
        line.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// What the status line says.
    pub fn said(&self) -> String {
        self.app.notices.current().map(|notice| notice.text.to_string()).unwrap_or_default()
    }

    pub fn id(&self, title: &str) -> StoryId {
        StoryId::new("sample", title)
    }

    /// What was asked for since the last look, in a few words.
    pub fn wishes(&mut self) -> String {
        let words: Vec<String> = self.log.drain(..).map(wish).collect();
        words.join(", ")
    }
}

fn wish(effect: Effect) -> String {
    match effect {
        Effect::Record(marks) => format!("record {}", marks.len()),
        Effect::Save { tags, note, .. } => {
            format!("save {} {}", tags.len(), note.unwrap_or_default()).trim_end().to_owned()
        }
        Effect::Unsave(_) => "unsave".to_owned(),
        Effect::KeepSession(_) => "session".to_owned(),
        Effect::Open(url) => format!("open {url}"),
        Effect::Copy(text) => format!("copy {text}"),
        Effect::OpenStory(_) => "open story".to_owned(),
        Effect::CopyStory(_) => "copy story".to_owned(),
        Effect::Refresh { which, force } => {
            let which = match which {
                Which::All => "all".to_owned(),
                Which::Feeds(keys) => {
                    keys.iter().map(SourceKey::as_str).collect::<Vec<_>>().join(" ")
                }
            };
            format!("refresh {which}{}", if force { ", due or not" } else { "" })
        }
        Effect::StopRefresh => "stop".to_owned(),
        Effect::FindFeeds(text) => format!("find {text}"),
        Effect::Visit(url) => format!("visit {url}"),
        Effect::Subscribe(feeds, _) => {
            let names = feeds.iter().map(|feed| {
                let folder = feed.folder.as_ref().map(|folder| format!(" in {folder}"));
                format!("{}{}", feed.url, folder.unwrap_or_default())
            });
            format!("subscribe {}", names.collect::<Vec<_>>().join(" "))
        }
        Effect::Unsubscribe(key, _) => format!("unsubscribe {}", key.as_str()),
        Effect::TakeBackFeeds(_) => "take back".to_owned(),
        Effect::EditFeed { key, change: FeedChange::Address(url), .. } => {
            format!("edit {} to {url}", key.as_str())
        }
        Effect::EditFeed { key, change, .. } => format!("edit {} {change:?}", key.as_str()),
        Effect::Import(path, _) => format!("import {}", path.display()),
        Effect::Notify { title, body } => format!("notify {title}: {body}"),
        Effect::Suspend => "suspend".to_owned(),
        Effect::Redraw => "redraw".to_owned(),
        Effect::Quit => "quit".to_owned(),
        Effect::LoadArticle { .. } => "load".to_owned(),
    }
}
