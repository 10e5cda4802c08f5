//! Changes of feeds, and taking them back.
//!
//! What would take a step back is kept beside the file of feeds; here is only which steps
//! there are, so that they are taken back in turn with what was marked.

use crate::command::{AppCommand, Command};
use crate::config::subscriptions::edit::FeedChange;
use crate::reading::Clock;
use crate::story::SourceKey;
use crate::text::address::shown;
use crate::text::sanitize::SafeText;
use crate::text::width::ellipsis;

use super::App;
use super::effect::Effect;
use super::feeds::{FeedInfo, FeedStep};
use super::geometry::Focus;
use super::prompt::{Prompt, Purpose};
use super::view::View;

impl App {
    /// A reading of the clock for what is done now.
    pub(super) fn tick(&mut self) -> Clock {
        self.reading.tick(self.now)
    }

    /// Remembers a step that can be taken back.
    fn did(&mut self, what: &str) -> FeedStep {
        let step = FeedStep { clock: self.tick(), what: SafeText::title(what) };
        self.feed_steps.push(step.clone());
        step
    }

    /// Takes note of the steps that there are.
    pub(super) fn know_feed_steps(&mut self, steps: Vec<FeedStep>) {
        if let Some(last) = steps.last() {
            self.reading.see(last.clock);
        }
        self.feed_steps = steps;
    }

    /// Takes back the last step that was done to feeds, if nothing else was done since.
    /// Says whether there was one.
    pub(super) fn take_back_feeds(&mut self, effects: &mut Vec<Effect>) -> bool {
        let marked = self.undo.latest().map(|step| step.clock);
        let Some(step) = self.feed_steps.pop_if(|step| Some(step.clock) > marked) else {
            return false;
        };
        self.notices.say(self.now, format!("Taken back: {}", step.what));
        self.news.subscribed(None);
        effects.push(Effect::TakeBackFeeds(step.clock));
        true
    }

    /// The feed that commands are about: the one under the cursor of the sources, the one
    /// that is shown, or that of the story.
    pub(super) fn feed_in_question(&mut self) -> Option<SourceKey> {
        let key = match self.focus {
            Focus::Sources => self.sources.chosen().and_then(View::feed).cloned(),
            Focus::List | Focus::Article => self.stories.view.feed().cloned().or_else(|| {
                let story = self.catalog.get(self.subject()?)?;
                Some(story.source.key.clone())
            }),
        };
        let key = key.filter(|key| self.feeds.get(key).is_some());
        if key.is_none() {
            self.notices.say_here(self.now, "There is no feed here; go to one in the sources.");
        }
        key
    }

    /// Changes a feed, in a step that can be taken back.
    pub(super) fn edit_feed(
        &mut self,
        key: &SourceKey,
        change: FeedChange,
        effects: &mut Vec<Effect>,
    ) {
        let Some(feed) = self.feeds.get(key) else { return };
        if is_so(feed, &change) {
            return;
        }
        let what = what(feed, &change);
        let key = key.clone();
        let undo = self.hint(Command::App(AppCommand::Undo));
        self.notices.say(self.now, format!("{what}; {undo} takes it back."));
        let step = self.did(&what);
        effects.push(Effect::EditFeed { key, change, step });
    }

    pub(super) fn toggle_paused(&mut self, key: &SourceKey, effects: &mut Vec<Effect>) {
        let Some(feed) = self.feeds.get(key) else { return };
        self.edit_feed(key, FeedChange::Paused(!feed.paused), effects);
    }

    pub(super) fn unsubscribe(&mut self, key: SourceKey, effects: &mut Vec<Effect>) {
        let what = format!("Unsubscribed from {}", brief(self.feeds.name(&key)));
        let undo = self.hint(Command::App(AppCommand::Undo));
        let said = format!("{what}; {undo} takes it back.");
        self.notices.say(self.now, said);
        let step = self.did(&what);
        effects.push(Effect::Unsubscribe(key, step));
    }

    pub(super) fn ask_for_name(&mut self, key: SourceKey) {
        let name = self.feeds.name(&key).to_owned();
        self.prompt = Some(Prompt::new(Purpose::Name(key), &name));
    }

    pub(super) fn ask_for_folder(&mut self, key: SourceKey) {
        let folder = self.feeds.get(&key).and_then(|feed| feed.folder.clone());
        self.prompt = Some(Prompt::new(Purpose::Folder(key), &folder.unwrap_or_default()));
    }

    pub(super) fn rename(&mut self, key: &SourceKey, text: &str, effects: &mut Vec<Effect>) {
        let title = Some(SafeText::title(text.trim())).filter(|title| !title.is_empty());
        // The name that was there to begin with is nothing new.
        if title.as_deref() == self.feeds.get(key).map(|feed| feed.source.name.as_str()) {
            return;
        }
        self.edit_feed(key, FeedChange::Title(title), effects);
    }

    pub(super) fn move_to(&mut self, key: &SourceKey, text: &str, effects: &mut Vec<Effect>) {
        let names = text.split('/').map(str::trim).filter(|name| !name.is_empty());
        let path = SafeText::line(&names.collect::<Vec<_>>().join("/"));
        let folder = Some(path).filter(|path| !path.is_empty());
        self.edit_feed(key, FeedChange::Folder(folder), effects);
    }
}

/// A name as sentences have it: so short that what follows it is in sight.
pub(super) fn brief(name: &str) -> String {
    ellipsis(name, 32)
}

/// Whether a change changes nothing.
fn is_so(feed: &FeedInfo, change: &FeedChange) -> bool {
    match change {
        FeedChange::Title(title) => *title == feed.title,
        FeedChange::Folder(folder) => *folder == feed.folder,
        FeedChange::Paused(on) => *on == feed.paused,
        FeedChange::Hidden(on) => *on == feed.hidden,
        FeedChange::Notify(on) => *on == feed.notify,
        // What has a password may have another one.
        FeedChange::Address(url) => url.password().is_none() && *shown(url) == *feed.url,
    }
}

/// What a change does, as a sentence without its end.
fn what(feed: &FeedInfo, change: &FeedChange) -> String {
    let name = brief(&feed.source.name);
    match change {
        FeedChange::Title(Some(title)) => format!("{name} is called {} now", brief(title)),
        FeedChange::Title(None) => format!("{name} is called as it calls itself"),
        FeedChange::Folder(Some(folder)) => format!("{name} is in {folder} now"),
        FeedChange::Folder(None) => format!("{name} is in no folder now"),
        FeedChange::Paused(true) => format!("{name} is paused"),
        FeedChange::Paused(false) => format!("{name} is fetched again"),
        FeedChange::Hidden(true) => format!("{name} is hidden from the list of all"),
        FeedChange::Hidden(false) => format!("{name} shows in the list of all"),
        FeedChange::Notify(true) => format!("New stories of {name} are told of"),
        FeedChange::Notify(false) => format!("New stories of {name} are not told of"),
        FeedChange::Address(url) => format!("{name} is fetched from {} now", shown(url)),
    }
}
