//! `News`: how far a refresh is, and what it brought. What is said of that is in `outcome`.
//!
//! What arrives waits until the reader asks for it, so that nothing moves under the cursor.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::command::{Command, FeedCommand, Motion};
use crate::feed::health::Health;
use crate::story::{SourceKey, Story, StoryId};
use crate::text::number::{counted, grouped};

use super::App;
use super::effect::Effect;
use super::feeds::{FeedInfo, Which};
use super::geometry::Focus;
use super::message::{Found, Refreshed, Shelf, Subscribed};
use super::notices::NoticeKind;
use super::told::Told;

/// What is new, and what is being looked for.
#[derive(Debug, Clone, Default)]
pub struct News {
    /// Feeds that were asked, of how many, while a refresh goes on.
    pub progress: Option<(usize, usize)>,
    /// The reader asked for it, and is told what came of it.
    pub asked: bool,
    /// What was subscribed to just now.
    subscribed: Option<Subscribed>,
    /// Stories that have arrived and are not in the list yet.
    waiting: Vec<Found>,
    /// Where each of them waits.
    places: HashMap<StoryId, usize>,
    /// Stories that say something else than when they were read.
    updated: HashSet<StoryId>,
    /// New stories that may have to be told of.
    pub(super) told: Told,
    /// When the last refresh ended.
    pub(super) last: Option<Timestamp>,
    /// The last refresh reached nobody.
    pub(super) offline: bool,
    /// The list filled by itself, and no key was pressed since: it may go on filling.
    untouched: bool,
}

impl News {
    /// How many stories wait to be asked for.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether a story says something else than when it was read.
    pub fn is_updated(&self, story: StoryId) -> bool {
        self.updated.contains(&story)
    }

    /// The story was opened: what it says now has been seen.
    pub fn seen(&mut self, story: StoryId) {
        self.updated.remove(&story);
    }

    /// A key was pressed: from now on the list moves only when it is told to.
    pub fn touch(&mut self) {
        self.untouched = false;
    }

    /// Subscriptions are to be told of together with what they bring; none, no more.
    pub fn subscribed(&mut self, new: Option<Subscribed>) {
        self.subscribed = new;
    }

    /// The list was empty: until a key is pressed, what comes goes into it.
    pub(super) fn fill_from_now_on(&mut self) {
        self.untouched = true;
    }

    /// Whether what comes goes into the list.
    pub(super) fn is_filling(&self) -> bool {
        self.untouched
    }

    fn wait(&mut self, found: Found) {
        let place = *self.places.entry(found.story.id).or_insert(self.waiting.len());
        match self.waiting.get_mut(place) {
            Some(waiting) => *waiting = found,
            None => self.waiting.push(found),
        }
    }

    /// A story that waits.
    pub(super) fn waiting_story(&self, story: StoryId) -> Option<&Found> {
        self.waiting.get(*self.places.get(&story)?)
    }

    fn take(&mut self) -> Vec<Found> {
        self.places.clear();
        std::mem::take(&mut self.waiting)
    }
}

impl App {
    /// Asks for what is new, if that is not being done already.
    pub(super) fn refresh(&mut self, which: Which, force: bool, effects: &mut Vec<Effect>) {
        if !self.feeds.are_known() {
            self.notices
                .say_here(self.now, "Your feeds are still being read; try again in a moment.");
            return;
        }
        if self.feeds.is_empty() {
            let key = self.hint(Command::Feeds(FeedCommand::Add));
            self.notices.say_here(self.now, format!("There are no feeds yet; {key} adds one."));
            return;
        }
        if let Some((done, total)) = self.news.progress {
            let stop = self.hint(Command::Feeds(FeedCommand::StopRefresh));
            let so_far = format!("Fetching {done} of {total} already; {stop} stops it.");
            self.notices.say(self.now, so_far);
            return;
        }
        let total = match &which {
            Which::All => self.feeds.iter().filter(|feed| !feed.paused).count(),
            Which::Feeds(keys) => keys.len(),
        };
        // What an earlier refresh said would hide how far this one is.
        if self.notices.current().is_some_and(|notice| notice.kind == NoticeKind::Message) {
            self.notices.unsay();
        }
        self.news.progress = Some((0, total));
        self.news.asked = true;
        effects.push(Effect::Refresh { which, force });
    }

    /// The same for the feeds of what is shown.
    pub(super) fn refresh_shown(&mut self, effects: &mut Vec<Effect>) {
        let view = match self.focus {
            Focus::Sources => self.sources.chosen(),
            Focus::List | Focus::Article => None,
        };
        let view = view.unwrap_or(&self.stories.view);
        let which = match (view.feed(), view.folder()) {
            (Some(key), _) => Which::Feeds(vec![key.clone()]),
            (None, Some(folder)) => Which::Feeds(self.feeds.within(folder)),
            (None, None) => Which::All,
        };
        self.refresh(which, true, effects);
    }

    /// A refresh is over: says what came of it, and tells of what was to be told of.
    pub(super) fn refreshed(&mut self, result: Refreshed, effects: &mut Vec<Effect>) {
        self.news.progress = None;
        self.news.offline = result.offline;
        if !result.offline && result.failed < result.asked {
            self.news.last = Some(self.now);
        }
        self.fill(effects);
        self.notify(effects);
        self.news.told.clear();
        // What comes of itself disturbs nobody, and an error stays until it has been read.
        if std::mem::take(&mut self.news.asked)
            && self.notices.current().is_none_or(|notice| notice.kind == NoticeKind::Message)
        {
            let outcome = self.outcome(result);
            // What can be taken back is not covered by what came of it.
            let sentence = match self.news.subscribed.take() {
                None => outcome,
                Some(new) => format!("{} {outcome}", self.subscription(&new)),
            };
            self.notices.say(self.now, sentence);
        }
    }

    /// Stories have arrived. They wait, unless there is nothing in the list that could move.
    pub(super) fn news_arrived(&mut self, found: Vec<Found>, effects: &mut Vec<Effect>) {
        if self.news.progress.is_none() {
            self.news.told.clear();
        }
        let is_asked_for = self.tells_of_some();
        for found in found {
            let id = found.story.id;
            if self.catalog.place(id).is_some() || self.news.places.contains_key(&id) {
                continue; // Another window has shown it, or another way led to it.
            }
            if is_asked_for {
                self.news.told.add(id);
            }
            self.news.wait(found);
        }
        if self.stories.rows.is_empty() && self.stories.filter.is_empty() {
            self.news.fill_from_now_on();
            self.fill(effects);
        }
        // A refresh of our own tells at its end.
        if self.news.progress.is_none() {
            self.notify(effects);
        }
    }

    /// Takes in what has arrived while nobody has done anything with a list that was empty.
    /// Not for every feed that answers: making the list anew costs something.
    fn fill(&mut self, effects: &mut Vec<Effect>) {
        if self.news.untouched {
            self.take_in_news(effects);
            self.stories.motion(Motion::Top, 1, 1);
            self.show_cursor();
            self.preview_top(effects);
        }
    }

    /// Shows the story that is the first now, unless the reader is in another.
    pub(super) fn preview_top(&mut self, effects: &mut Vec<Effect>) {
        let top = self.stories.selected_id(&self.catalog);
        if let Some(story) = top.filter(|top| self.reader.story() != Some(*top))
            && self.focus != Focus::Article
            && self.panes().article.is_some()
        {
            self.preview(story, effects);
        }
    }

    /// A refresh is so far.
    pub(super) fn refreshing(&mut self, done: usize, total: usize, effects: &mut Vec<Effect>) {
        self.news.progress = Some((done, total));
        self.fill(effects);
    }

    /// Puts what has arrived into the list, because the reader asked for it.
    pub(super) fn show_new(&mut self, effects: &mut Vec<Effect>) {
        let waiting = self.news.waiting();
        if waiting == 0 {
            self.notices.say_here(self.now, "Nothing has arrived since.");
            return;
        }
        let before = self.stories.count;
        let at_top = self.stories.top == 0;
        self.take_in_news(effects);
        if at_top {
            // Who stands at the top wants to see what comes above.
            self.stories.top = 0;
            self.show_cursor();
        }
        let shown = self.stories.count.saturating_sub(before);
        let new = counted(waiting, "new story", "new stories");
        let elsewhere = match shown {
            0 => ", none of them in this list".to_owned(),
            _ if shown < waiting => format!(", {} of them in this list", grouped(shown)),
            _ => String::new(),
        };
        self.notices.say(self.now, format!("{new}{elsewhere}."));
    }

    /// Puts what has arrived into the list. The cursor stays on its story, and the story
    /// at its height on the screen.
    pub(super) fn take_in_news(&mut self, effects: &mut Vec<Effect>) {
        let found = self.news.take();
        if found.is_empty() {
            return;
        }
        let was_empty = self.stories.rows.is_empty();
        let height = self.stories.selected.saturating_sub(self.stories.top);
        self.add(found);
        if was_empty {
            self.restore(effects);
        } else {
            self.stories.top = self.stories.selected.saturating_sub(height);
            self.show_cursor();
        }
        self.reshape();
    }

    /// Stories say something else now. They keep their places.
    pub(super) fn revised(&mut self, stories: Vec<Story>) {
        let mut known = Vec::new();
        for story in stories {
            let found = Found { story, shelf: Shelf::Stored };
            let id = found.story.id;
            if self.catalog.place(id).is_none() {
                if self.news.places.contains_key(&id) {
                    self.news.wait(found);
                }
                continue;
            }
            if self.reading.is_read(id) {
                self.news.updated.insert(id);
            }
            known.push(found);
        }
        self.catalog.add(known);
    }

    /// The feeds are these now.
    pub(super) fn know_feeds(&mut self, feeds: Vec<FeedInfo>, effects: &mut Vec<Effect>) {
        let first = !self.feeds.are_known();
        for feed in &feeds {
            self.catalog.rename(feed.source.clone());
        }
        self.feeds.replace(feeds);
        self.catalog.hide(|key| !self.feeds.shows(key));
        self.rebuild();
        self.restore(effects);
        self.show_health_again();
        if first && self.config.refresh_on_start && !self.feeds.is_empty() {
            self.refresh(Which::All, false, effects);
            self.news.asked = false;
        }
    }

    /// Something was learned from asking for feeds.
    pub(super) fn learn(&mut self, all: Vec<(SourceKey, Health)>) {
        // How far a refresh is comes now and then; each feed that has answered comes at once.
        if let Some((done, total)) = &mut self.news.progress {
            *done = (*done + all.len()).min(*total);
        }
        for (key, health) in all {
            self.feeds.learn(&key, health);
            if let Some(feed) = self.feeds.get(&key) {
                self.sources.note(feed);
            }
        }
        self.show_health_again();
    }

    /// Ids turned out to be of one story: marks of one count for the other.
    pub(super) fn adopt(&mut self, aliases: &[(StoryId, StoryId)], effects: &mut Vec<Effect>) {
        let mut marks = Vec::new();
        for (primary, other) in aliases {
            for wish in self.reading.adopt(*primary, *other) {
                let mark = self.reading.mark(self.now, wish);
                self.merge(std::slice::from_ref(&mark));
                marks.push(mark);
            }
        }
        if !marks.is_empty() {
            effects.push(Effect::Record(marks));
        }
    }
}
