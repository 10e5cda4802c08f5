//! Addresses that are opened to be read once, and not subscribed to.

use url::Url;

use crate::command::{AppCommand, Command, FeedCommand};
use crate::text::address::shown;
use crate::text::number::counted;
use crate::text::sanitize::SafeText;

use super::App;
use super::effect::Effect;
use super::message::{Failure, Found, Shelf, Visited};
use super::view::View;

/// What is being fetched, and what came last.
#[derive(Debug, Clone, Default)]
pub(super) struct Visits {
    under_way: Vec<Url>,
    last: Option<Url>,
}

impl App {
    /// Opens an address.
    pub(super) fn visit(&mut self, url: Url, effects: &mut Vec<Effect>) {
        self.notices.say(self.now, format!("Fetching {url}"));
        self.visits.under_way.push(url.clone());
        effects.push(Effect::Visit(url));
    }

    /// Whether something is being fetched.
    pub fn is_fetching(&self) -> bool {
        self.news.progress.is_some() || !self.visits.under_way.is_empty()
    }

    /// What is being fetched to be read, in a few words.
    pub(super) fn visiting(&self) -> Option<String> {
        match &*self.visits.under_way {
            [] => None,
            [only] => Some(format!("Fetching {}", only.host_str().unwrap_or_default())),
            many => Some(format!("Fetching {}", counted(many.len(), "address", "addresses"))),
        }
    }

    /// Something has come from an address, or nothing has. It is opened if nothing else is.
    pub(super) fn visited(
        &mut self,
        asked: &Url,
        result: Result<Visited, Failure>,
        effects: &mut Vec<Effect>,
    ) {
        let asked_at = self.visits.under_way.iter().position(|url| url == asked);
        asked_at.map(|at| self.visits.under_way.remove(at));
        let (url, feed, stories) = match result {
            Ok(Visited::Page(story)) => (asked.clone(), None, vec![story]),
            Ok(Visited::Feed { url, name, stories }) => (url, Some(name), stories),
            Err(Failure(sentence)) => return self.notices.fail(sentence),
        };
        self.visits.last = Some(url);
        let (count, first) = (stories.len(), stories.first().map(|story| story.id));
        let title = stories.first().map(|story| story.title.clone()).unwrap_or_default();
        let found = stories.into_iter().map(|story| Found { story, shelf: Shelf::Given });
        self.add(found.collect());
        let is_free = self.stories.view == View::Given && self.reader.story().is_none();
        if is_free && let Some(first) = first {
            // What was named in the call comes before what the last run left.
            self.restoring = None;
            if count == 1 {
                self.open(first, effects);
            } else {
                self.stories.select(first, &self.catalog);
                if self.panes().article.is_some() {
                    self.preview(first, effects);
                }
                self.show_cursor();
            }
        }
        match feed {
            Some(name) => {
                let stories = if count == 0 {
                    "No stories".to_owned()
                } else {
                    counted(count, "story", "stories")
                };
                let add = self.hint(Command::Feeds(FeedCommand::Add));
                self.notices.say(self.now, format!("{stories} of {name}; {add} subscribes to it."));
            }
            None if is_free => self.notices.unsay(),
            None => {
                let choose = self.hint(Command::App(AppCommand::ChooseView));
                let place = View::Given.title(&self.feeds).into_owned();
                let sentence = format!("“{title}” has come; {choose} shows it under “{place}”.");
                self.notices.say(self.now, sentence);
            }
        }
    }

    /// The address that may be meant when one is to be subscribed to.
    pub(super) fn address_to_add(&self) -> SafeText {
        let last = self.visits.last.as_ref().filter(|_| self.stories.view == View::Given);
        last.map(shown).unwrap_or_default()
    }

    /// The whole address, where the text is one that was offered without its password.
    pub(super) fn whole_address(&self, text: &str) -> String {
        let last = self.visits.last.as_ref().filter(|url| *shown(url) == *text.trim());
        last.map_or_else(|| text.to_owned(), Url::to_string)
    }
}
