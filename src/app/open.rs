//! Opening stories, following what leads to others, and the way back.

use crate::article::Place;
use crate::layout::Target;
use crate::reading::session::{Session, Stop};
use crate::story::StoryId;

use super::App;
use super::effect::Effect;
use super::foot::Destination;
use super::geometry::Focus;
use super::message::{Failure, Loaded, Shelf};
use super::popup::{Choice, Item, Popup};
use super::reader::Open;
use super::view::View;

impl App {
    /// Opens a story as a new step of the way: the present place can be come back to.
    pub(super) fn open(&mut self, story: StoryId, effects: &mut Vec<Effect>) {
        let place = self.kept_place(story);
        if let Some(here) = self.here() {
            if here.story == story {
                self.show_article(story, effects);
                return;
            }
            self.history.leave(here.story, here.place);
        }
        self.load(story, place, effects);
        self.show_article(story, effects);
    }

    /// Opens what the cursor of the focused list is on.
    pub(super) fn open_chosen(&mut self, effects: &mut Vec<Effect>) {
        match self.focus {
            Focus::Sources => {
                if let Some(view) = self.sources.chosen().cloned() {
                    self.show_view(view, effects);
                }
            }
            Focus::List | Focus::Article => {
                if let Some(story) = self.stories.selected_id(&self.catalog) {
                    self.open(story, effects);
                }
            }
        }
    }

    /// Puts a story into the reading pane without going to it.
    pub(super) fn preview(&mut self, story: StoryId, effects: &mut Vec<Effect>) {
        let place = self.kept_place(story);
        self.load(story, place, effects);
    }

    fn show_article(&mut self, story: StoryId, effects: &mut Vec<Effect>) {
        self.focus = Focus::Article;
        self.stories.select(story, &self.catalog);
        self.show_cursor();
        self.reshape();
        self.news.seen(story);
        if self.config.reading.mark_read_on_open && !self.reading.is_read(story) {
            let what = format!("Marked {} as read", self.title_of(story));
            let wish = self.reading_wish(story, true);
            self.record(&what, vec![wish], effects);
        }
    }

    fn load(&mut self, story: StoryId, place: Option<Place>, effects: &mut Vec<Effect>) {
        self.keep_place(effects);
        let generation = self.reader.expect(story, place);
        effects.push(Effect::LoadArticle { story, generation });
    }

    /// An article has come, or has not.
    pub(super) fn arrived(
        &mut self,
        story: StoryId,
        generation: u64,
        result: Result<Loaded, Failure>,
    ) {
        if generation != self.reader.generation || self.reader.pending.is_none() {
            return;
        }
        let pending = self.reader.pending.take();
        match result {
            Ok(loaded) => {
                let place = pending.and_then(|pending| pending.place);
                self.reader.open = Some(Open::new(story, loaded, place.as_ref(), self.shape()));
                self.reader.failure = None;
                self.labels = None;
                self.reshape();
            }
            Err(Failure(sentence)) => {
                self.reader.open = None;
                self.reader.failure = Some((story, sentence));
            }
        }
    }

    /// Goes where a link, a related line or a row of the foot leads.
    pub(super) fn follow(&mut self, target: Target, effects: &mut Vec<Effect>) {
        let Some(open) = &mut self.reader.open else { return };
        open.focused = Some(target);
        let Some(destination) = open.destinations.get(target).cloned() else { return };
        match destination {
            Destination { story: Some(story), .. } => self.open(story, effects),
            Destination { named: true, .. } => self.offer(&destination),
            Destination { url: Some(url), .. } => {
                self.notices.say(self.now, format!("Opening {url}"));
                effects.push(Effect::Open(url));
            }
            Destination { url: None, .. } => {}
        }
    }

    /// A story that is named and not stored: says so, and offers what can be done.
    fn offer(&mut self, destination: &Destination) {
        let mut items = vec![Item::head(&destination.title)];
        if let Some(url) = &destination.url {
            items.push(Item::new("Open it in the browser", "", Choice::Browse(url.clone())));
            items.push(Item::new("Copy its address", "", Choice::Copy(url.to_string())));
        }
        let headline = destination.title.to_string();
        items.push(Item::new("Copy its headline", "", Choice::Copy(headline)));
        let word = longest_word(&destination.title);
        items.push(Item::new("Look for titles like it", word, Choice::Filter(word.to_owned())));
        self.popup =
            Some(Popup::new("This story is not stored here", "Enter choose · Esc stay", items));
    }

    /// One stop back or forward.
    pub(super) fn travel(&mut self, back: bool, effects: &mut Vec<Effect>) {
        let here = self.here();
        let stop = if back { self.history.back(here) } else { self.history.forward(here) };
        let Some(Stop { story, place }) = stop else {
            let end = if back { "Nothing to go back to." } else { "Nothing to go forward to." };
            self.notices.say_here(self.now, end);
            return;
        };
        if self.reader.open.as_ref().is_some_and(|open| open.story == story) {
            let page = self.page();
            if let Some(open) = &mut self.reader.open {
                open.return_to(&place, page);
            }
        } else {
            self.load(story, Some(place), effects);
        }
        self.focus = Focus::Article;
        self.stories.select(story, &self.catalog);
        self.show_cursor();
        self.reshape();
    }

    /// Opens the next or the previous story of the list.
    pub(super) fn neighbor(&mut self, down: bool, unread: bool, effects: &mut Vec<Effect>) {
        let wanted = |id| !unread || !self.reading.is_read(id);
        let next = self.stories.seek(&self.catalog, down, wanted);
        let Some(next) = next.or_else(|| {
            // Unread stories above are found too, once none is left below.
            let mut ids = self.stories.ids(&self.catalog);
            let selected = self.stories.selected_id(&self.catalog);
            let free = |id: &StoryId| !self.reading.is_read(*id) && Some(*id) != selected;
            if !unread {
                None
            } else if down {
                ids.find(free)
            } else {
                ids.rfind(free)
            }
        }) else {
            let what = if unread {
                "Nothing unread is left in this list."
            } else {
                "This is the end of the list."
            };
            self.notices.say_here(self.now, what);
            return;
        };
        match self.focus {
            Focus::Article => self.open(next, effects),
            Focus::List | Focus::Sources => {
                self.stories.select(next, &self.catalog);
                self.show_cursor();
            }
        }
    }

    /// Puts the screen back as the last run left it, once its stories are there.
    pub(super) fn restore(&mut self, effects: &mut Vec<Effect>) {
        let Some(session) = self.restoring.clone() else { return };
        let first = session == Session::default();
        if self.stories.view != View::Given
            && let Some(view) = View::from_key(&session.view).filter(|view| *view != View::Given)
            && view != self.stories.view
        {
            self.stories.view = view;
            self.rebuild();
        }
        self.zen = session.zen;
        let known = |id: &StoryId| self.catalog.get(*id).is_some();
        let open = session.open.filter(known);
        let selected = session.selected.filter(known);
        if (session.open.is_some() && open.is_none()
            || session.selected.is_some() && selected.is_none())
            && !self.complete
        {
            return; // The story may still come.
        }
        // The edition is often found before what was named.
        let named_may_come =
            self.stories.view == View::Given && self.stories.count == 0 && !self.complete;
        if self.catalog.is_empty() || named_may_come {
            return;
        }
        self.restoring = None;
        if self.stories.view == View::Given {
            self.open_given(effects);
            return;
        }
        if let Some(id) = selected {
            self.stories.select(id, &self.catalog);
        }
        self.sources.select(&self.stories.view, &self.feeds);
        if let Some(story) = open {
            // The very place, also in a story that was read to its end.
            let place = self.reading.get(story).place.cloned();
            self.load(story, place, effects);
            self.show_article(story, effects);
        } else if let Some(story) = self.stories.selected_id(&self.catalog) {
            self.preview(story, effects);
            // A first start has the first story of the edition open: it says what to do.
            let is_of_edition =
                self.catalog.get(story).is_some_and(|story| story.shelf == Shelf::Edition);
            if first && is_of_edition && self.panes().article.is_none() {
                self.show_article(story, effects);
            }
        }
        self.show_cursor();
    }

    /// What was named on the command line is what the reader wants to see.
    fn open_given(&mut self, effects: &mut Vec<Effect>) {
        self.sources.select(&View::Given, &self.feeds);
        let Some(story) = self.stories.selected_id(&self.catalog) else { return };
        if self.stories.count == 1 || self.panes().article.is_some() {
            self.preview(story, effects);
        }
        if self.stories.count == 1 {
            self.show_article(story, effects);
        }
        self.show_cursor();
    }

    /// The title of a story in quotes, as sentences name it.
    pub(super) fn title_of(&self, story: StoryId) -> String {
        let title = self.catalog.get(story).map(|story| story.title.as_str());
        format!("“{}”", title.unwrap_or_default())
    }
}

/// The word of a headline that is most worth looking for: the first of the longest.
fn longest_word(title: &str) -> &str {
    let words = title.split(|c: char| !c.is_alphanumeric());
    words.rev().max_by_key(|word| word.chars().count()).unwrap_or_default()
}
