//! Subscribing: an address becomes candidates, candidates become feeds.

use url::Url;

use crate::command::{AppCommand, Command, FeedCommand};
use crate::config::starter;
use crate::config::subscriptions::edit::FeedChange;
use crate::feed::discover::asked as told;
use crate::story::SourceKey;
use crate::text::address::shown;
use crate::text::number::{counted, grouped};
use crate::text::sanitize::SafeText;

use super::App;
use super::effect::Effect;
use super::feed_change::brief;
use super::feeds::{Candidate, NewFeed, Which};
use super::message::{Failure, Subscribed};
use super::popup::{Choice, Item, Popup};
use super::prompt::{Prompt, Purpose};

/// Candidates that are offered at most: each has a digit.
const OFFERED: usize = 9;

/// A search for feeds that goes on, or whose result could not be shown yet.
#[derive(Debug, Clone)]
pub(super) struct Search {
    asked: String,
    /// The feed that is to be had at what is found.
    replaces: Option<SourceKey>,
    found: Option<Vec<Candidate>>,
}

impl App {
    /// Asks for the address of a site or a feed.
    pub(super) fn ask_for_address(&mut self, text: &str) {
        self.prompt = Some(Prompt::new(Purpose::Add, text));
    }

    /// Looks for the feeds of what was typed.
    pub(super) fn look_for(
        &mut self,
        text: &str,
        replaces: Option<SourceKey>,
        effects: &mut Vec<Effect>,
    ) {
        let asked = text.trim().to_owned();
        if asked.is_empty() {
            return;
        }
        self.notices.say(self.now, format!("Looking for feeds at {}", told(&asked)));
        effects.push(Effect::FindFeeds(asked.clone()));
        self.search = Some(Search { asked, replaces, found: None });
    }

    /// The feeds at an address have been found, or have not.
    pub(super) fn found_feeds(
        &mut self,
        asked: &str,
        result: Result<Vec<Candidate>, Failure>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(search) = self.search.as_mut().filter(|search| search.asked == asked) else {
            return; // The reader has asked for another since.
        };
        match result {
            Ok(found) if !found.is_empty() => {
                search.found = Some(found);
                self.notices.unsay();
                self.offer_candidates(effects);
            }
            Ok(_) => {
                self.search = None;
                self.notices.fail(format!("No feed was found at {}.", told(asked)));
            }
            Err(Failure(sentence)) => {
                self.search = None;
                self.notices.fail(sentence);
            }
        }
    }

    /// Offers what was found, once nothing else is in front of the reader.
    pub(super) fn offer_candidates(&mut self, effects: &mut Vec<Effect>) {
        if self.prompt.is_some() || self.popup.is_some() || self.labels.is_some() {
            return;
        }
        let Some(search) = self.search.take_if(|search| search.found.is_some()) else { return };
        let Search { asked, replaces, found } = search;
        let found = found.unwrap_or_default();
        if let Some(key) = replaces {
            return self.offer_replacements(&key, found, effects);
        }
        let (known, mut new): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|candidate| self.has(&candidate.url));
        if let ([], [known, ..]) = (&*new, &*known) {
            let key = self.hint(Command::Feeds(FeedCommand::GoToSources));
            let said = format!("You have {} already; {key} leads to it.", title_of(known));
            self.notices.say(self.now, said);
            return;
        }
        if let [only] = &*new {
            let feed = self.wanted(only);
            effects.push(Effect::Subscribe(vec![feed], self.tick()));
            return;
        }
        new.truncate(OFFERED);
        let items = new.iter().enumerate().map(|(at, candidate)| {
            let text = format!("{} {}", at + 1, title_of(candidate));
            let item = Item::new(&text, &candidate.kind, Choice::Subscribe(self.wanted(candidate)));
            item.saying(&address_beside(candidate))
        });
        let items = items.collect();
        let hint = "1-9, Space choose · Enter subscribe · Esc close";
        self.popup = Some(Popup::new(&format!("Feeds of {}", told(&asked)), hint, items).several());
    }

    /// Offers other addresses for a feed.
    fn offer_replacements(
        &mut self,
        key: &SourceKey,
        found: Vec<Candidate>,
        effects: &mut Vec<Effect>,
    ) {
        if let [only] = &*found {
            let change = FeedChange::Address(only.url.clone());
            return self.edit_feed(key, change, effects);
        }
        let items = found.into_iter().take(OFFERED).map(|candidate| {
            let choice = Choice::Replace(key.clone(), candidate.url.clone());
            let item = Item::new(&title_of(&candidate), &candidate.kind, choice);
            item.saying(&address_beside(&candidate))
        });
        let title = format!("Where is {} now?", self.feeds.name(key));
        self.popup = Some(Popup::new(&title, "Enter take it · Esc leave it", items.collect()));
    }

    /// Whether a feed of this address is subscribed to.
    fn has(&self, url: &Url) -> bool {
        let url = shown(url);
        self.feeds.iter().any(|feed| feed.url == url)
    }

    /// A candidate as a feed, in the folder that is shown.
    fn wanted(&self, candidate: &Candidate) -> NewFeed {
        NewFeed {
            url: candidate.url.clone(),
            title: None,
            folder: self.stories.view.folder().cloned(),
        }
    }

    /// Feeds have been subscribed to: they are fetched at once, and can be taken back.
    pub(super) fn subscribed(&mut self, new: Subscribed, effects: &mut Vec<Effect>) {
        let keys = new.keys.clone();
        if keys.is_empty() {
            return;
        }
        self.notices.say(self.now, self.subscription(&new));
        self.news.subscribed(Some(new));
        // A refresh that goes on does not know them: the rim takes them after it.
        let (_, total) = self.news.progress.unwrap_or_default();
        let done = self.news.progress.map_or(0, |(done, _)| done);
        self.news.progress = Some((done, total + keys.len()));
        self.news.asked = true;
        effects.push(Effect::Refresh { which: Which::Feeds(keys), force: true });
    }

    /// What was subscribed to, as a sentence without its end.
    fn subscribed_to(&self, keys: &[SourceKey]) -> String {
        let what = match keys {
            [only] => brief(self.feeds.name(only)),
            many => counted(many.len(), "feed", "feeds"),
        };
        format!("Subscribed to {what}")
    }

    /// The same, how to take it back, and what else there was.
    pub(super) fn subscription(&self, new: &Subscribed) -> String {
        let Subscribed { keys, known, left_out } = new;
        let undo = self.hint(Command::App(AppCommand::Undo));
        let subscribed = format!("{}; {undo} takes it back.", self.subscribed_to(keys));
        let known = match known {
            0 => None,
            1 => Some("1 was there already.".to_owned()),
            many => Some(format!("{} were there already.", grouped(*many))),
        };
        let parts = [Some(subscribed), known, left_out.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Offers the feeds that come with the program, by topic.
    pub(super) fn starters(&mut self) {
        let mut items = Vec::new();
        for topic in starter::topics() {
            let head = items.len();
            let feeds = topic.feeds.iter().filter(|feed| !self.has(&feed.url));
            items.extend(feeds.map(|feed| {
                let folder = Some(topic.name.clone());
                let new =
                    NewFeed { url: feed.url.clone(), title: Some(feed.title.clone()), folder };
                let item = Item::new(&feed.title, &feed.language, Choice::Subscribe(new));
                item.saying(&feed.about)
            }));
            if items.len() > head {
                items.insert(head, Item::head(&topic.name));
            }
        }
        if items.is_empty() {
            self.notices.say(self.now, "You have all of the starter feeds.");
            return;
        }
        let hint = "Space choose · Enter subscribe · / narrow · Esc close";
        self.popup = Some(Popup::new("Feeds to start with", hint, items).several());
    }

    /// Asks for a file of feeds.
    pub(super) fn ask_for_file(&mut self) {
        self.prompt = Some(Prompt::new(Purpose::Import, ""));
    }
}

/// The address of a candidate, where its title does not say it.
fn address_beside(candidate: &Candidate) -> SafeText {
    if candidate.title.is_empty() { SafeText::default() } else { shown(&candidate.url) }
}

/// What a candidate is called: by its title, else by its address.
fn title_of(candidate: &Candidate) -> SafeText {
    if candidate.title.is_empty() { shown(&candidate.url) } else { candidate.title.clone() }
}
