//! `feeds.toml`: what the reader subscribes to, with saved searches and rules.
//!
//! The file is the reader's own and is edited by hand. Whatever is wrong in it is a
//! [`Warning`] with its line and costs no more than that line; a feed without a sound
//! address or command does not count. [`edit`] changes the text and leaves every byte
//! alone that a change is not about. Nothing here reads a file.

pub mod edit;
mod value;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use url::Url;

use super::file::Section;
use crate::query::Query;
use crate::story::SourceKey;
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

use value::{Attributes, Command, Filed, Headers, Interval, Name, Tags, WebAddress};

/// Everything in `feeds.toml`, in the order written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subscriptions {
    /// Each key once.
    pub feeds: Vec<Subscription>,
    pub searches: Vec<SavedSearch>,
    pub rules: Vec<Rule>,
    /// The text is TOML throughout. Where it is not, feeds may be missing that the reader
    /// has not removed: what was known before is better, and nothing may write the file.
    pub sound: bool,
}

/// One `[[feed]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "settings are on or off, each for itself")]
pub struct Subscription {
    /// Whose stories they are, for ever: `id` in the file, else [`key_of`] its address.
    pub key: SourceKey,
    pub origin: Origin,
    /// The reader's own title, before that of the feed.
    pub title: Option<SafeText>,
    /// Folders in folders are joined by `/`.
    pub folder: Option<SafeText>,
    pub tags: Vec<SafeText>,
    /// In no list but its own.
    pub hidden: bool,
    /// Not asked until the reader says so.
    pub paused: bool,
    /// How often to ask, if the feed's own habits are not to decide.
    pub interval: Option<Duration>,
    /// Fetch the page of each story, for feeds that tell only its beginning.
    pub full_text: bool,
    /// Say when there are new stories.
    pub notify: bool,
    /// Sent with each request. Names are tokens and values hold no control characters.
    pub headers: Vec<(String, String)>,
    pub username: Option<String>,
    /// Its first line of output is the password. No shell sees it.
    pub password_command: Option<Vec<String>>,
    pub proxy: Option<Url>,
    /// Attributes of the OPML outline that it was imported from and that mean nothing
    /// here. An export has them again.
    pub opml: Vec<(String, String)>,
    /// Where it stands in the file, counted from 1.
    pub line: usize,
}

/// Where a feed's document comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// `url`: `http` or `https`.
    Address(Url),
    /// `command`: a program and its arguments, which prints the document. No shell sees it.
    Command(Vec<String>),
}

/// One `[[search]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedSearch {
    pub name: SafeText,
    pub query: Query,
    pub notify: bool,
}

/// One `[[rule]]`: what is done with new stories that match.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub name: SafeText,
    pub query: Query,
    pub action: SafeText,
}

impl Origin {
    /// The key of a feed that has no `id`.
    pub fn key(&self) -> SourceKey {
        match self {
            Self::Address(url) => key_of(url),
            Self::Command(argv) => {
                let argv = serde_json::Value::from(argv.clone());
                SourceKey::new(&format!("command:{argv}"))
            }
        }
    }
}

impl Subscription {
    /// What lists call it: by the reader's title, else by the feed's `own`, else by its host
    /// or by the words of its command.
    pub fn name(&self, own: Option<&SafeText>) -> SafeText {
        let own = own.filter(|title| !title.is_empty());
        self.title.as_ref().or(own).cloned().unwrap_or_else(|| match &self.origin {
            Origin::Address(url) => SafeText::title(url.host_str().unwrap_or(url.as_str())),
            Origin::Command(argv) => SafeText::title(&argv.join(" ")),
        })
    }
}

/// The key of a feed at an address: the address without scheme, user, fragment, default
/// port and closing `/`. So `http` and `https` are one feed, and no more than that.
pub fn key_of(url: &Url) -> SourceKey {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    SourceKey::new(&format!("{host}{port}{path}{query}"))
}

impl Subscriptions {
    /// The feed of a key.
    pub fn get(&self, key: &SourceKey) -> Option<&Subscription> {
        self.feeds.iter().find(|feed| feed.key == *key)
    }

    /// Whose stories lists show, of all sources that have some: the feeds that are not
    /// hidden, and what was imported without one.
    pub fn visible<'a>(
        &self,
        stored: impl IntoIterator<Item = &'a SourceKey>,
    ) -> HashSet<SourceKey> {
        let feeds = self.feeds.iter().filter(|feed| !feed.hidden).map(|feed| feed.key.clone());
        let imported = stored.into_iter().filter(|key| key.is_site());
        feeds.chain(imported.cloned()).collect()
    }
}

/// Reads the text of `feeds.toml`, and says what does not count in it, by line.
pub fn parse(text: &str) -> (Subscriptions, Vec<Warning>) {
    let mut file = Section::parse(text);
    let mut found = Subscriptions { sound: file.is_sound(), ..Subscriptions::default() };
    let mut lines = HashMap::new();
    file.each("feed", |section, line| {
        let Some(feed) = feed(section, line) else { return };
        if let Some(first) = lines.get(&feed.key) {
            let twice = "already; this second one does not count";
            section.warn(line, format!("this feed stands on line {first} {twice}"));
        } else {
            lines.insert(feed.key.clone(), line);
            found.feeds.push(feed);
        }
    });
    file.each("search", |section, line| {
        let (name, query) = named_query(section, line);
        let mut notify = false;
        section.set("notify", &mut notify);
        if let (Some(name), Some(query)) = (name, query) {
            found.searches.push(SavedSearch { name, query, notify });
        }
    });
    file.each("rule", |section, line| {
        let (name, query) = named_query(section, line);
        let mut action = None;
        section.set_some::<Name, _>("action", &mut action, |name| name.0);
        if let (Some(name), Some(query), Some(action)) = (name, query, action) {
            found.rules.push(Rule { name, query, action });
        }
    });
    let (_, warnings) = file.finish();
    (found, warnings)
}

fn named_query(section: &mut Section, line: usize) -> (Option<SafeText>, Option<Query>) {
    let (mut name, mut query) = (None, None);
    section.set_some::<Name, _>("name", &mut name, |name| name.0);
    section.set_some::<Name, _>("query", &mut query, |text| Query::parse(&text.0));
    if query.is_none() {
        section.warn(line, "a query is missing here, as in query = \"is:unread rust\"");
    }
    (name.or_else(|| query.as_ref().map(|query| SafeText::line(&query.to_string()))), query)
}

fn feed(section: &mut Section, line: usize) -> Option<Subscription> {
    let (mut url, mut command, mut id) = (None, None, None);
    let written = section.has("url") || section.has("command");
    section.set_some::<WebAddress, _>("url", &mut url, |url| url.0);
    section.set_some::<Command, _>("command", &mut command, |command| command.0);
    section.set_some::<Name, _>("id", &mut id, |id| SourceKey::new(&id.0));
    let origin = url.map(Origin::Address).or(command.map(Origin::Command));
    let mut feed = Subscription::new(origin.clone().unwrap_or(Origin::Command(Vec::new())), line);
    section.set_some::<Name, _>("title", &mut feed.title, |title| title.0);
    section.set_some::<Filed, _>("folder", &mut feed.folder, |folder| folder.0);
    let mut tags = Tags::default();
    section.set("tags", &mut tags);
    feed.tags = tags.0;
    section.set("hidden", &mut feed.hidden);
    section.set("paused", &mut feed.paused);
    section.set_some::<Interval, _>("interval", &mut feed.interval, |interval| interval.0);
    section.set("full_text", &mut feed.full_text);
    section.set("notify", &mut feed.notify);
    let mut headers = Headers::default();
    section.set("headers", &mut headers);
    feed.headers = headers.0;
    section.set_some::<Name, _>("username", &mut feed.username, |name| name.0.into_string());
    section.set_some::<Command, _>("password_command", &mut feed.password_command, |c| c.0);
    section.set_some::<value::Proxy, _>("proxy", &mut feed.proxy, |proxy| proxy.0);
    let mut opml = Attributes::default();
    section.set("opml", &mut opml);
    feed.opml = opml.0;
    if origin.is_none() && !written {
        section.warn(line, "a feed needs a url; without one it does not count");
    }
    feed.key = id.or_else(|| origin.as_ref().map(Origin::key))?;
    origin.is_some().then_some(feed)
}

impl Subscription {
    /// A feed with nothing set but where it comes from.
    pub fn new(origin: Origin, line: usize) -> Self {
        Self {
            key: origin.key(),
            origin,
            title: None,
            folder: None,
            tags: Vec::new(),
            hidden: false,
            paused: false,
            interval: None,
            full_text: false,
            notify: false,
            headers: Vec::new(),
            username: None,
            password_command: None,
            proxy: None,
            opml: Vec::new(),
            line,
        }
    }
}
