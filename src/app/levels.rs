//! Going from view to view, into a narrower one, one step out, and in again; and leaving
//! what is in front.

use crate::command::Motion;
use crate::story::StoryId;

use super::App;
use super::effect::Effect;
use super::geometry::Focus;
use super::view::View;

/// Where the list was before it showed a narrower view, and what it was before a step out.
#[derive(Debug, Clone, Default)]
pub(super) struct Levels {
    outer: Option<(View, Option<StoryId>)>,
    inner: Option<View>,
}

impl App {
    /// Shows another view in the list.
    pub(super) fn show_view(&mut self, view: View, effects: &mut Vec<Effect>) {
        if view.is_narrow() && !self.stories.view.is_narrow() {
            let selected = self.stories.selected_id(&self.catalog);
            self.levels.outer = Some((self.stories.view.clone(), selected));
        }
        self.levels.inner = None;
        self.stories.view = view;
        self.stories.filter.clear();
        self.stories.selected = 0;
        self.stories.top = 0;
        self.focus = Focus::List;
        self.rebuild();
        // A list that is asked for anew has what is new.
        self.take_in_news(effects);
        self.stories.motion(Motion::Top, 1, 1);
        self.show_cursor();
        self.sources.select(&self.stories.view, &self.feeds);
    }

    /// Goes from a feed, a folder, a search back to the view that it was chosen in, to the
    /// story that the cursor was on. Says whether there was such a step.
    pub(super) fn step_out(&mut self, effects: &mut Vec<Effect>) -> bool {
        if !self.stories.view.is_narrow() {
            return false;
        }
        let inner = self.stories.view.clone();
        let (view, story) = self.levels.outer.take().unwrap_or((View::All, None));
        self.show_view(view, effects);
        if let Some(story) = story {
            self.stories.select(story, &self.catalog);
            self.show_cursor();
        }
        self.levels.inner = Some(inner);
        true
    }

    /// Takes the last step out back. Says whether there was one.
    pub(super) fn step_in(&mut self, effects: &mut Vec<Effect>) -> bool {
        let Some(inner) = self.levels.inner.take() else { return false };
        self.show_view(inner, effects);
        true
    }

    /// One level back: what is being looked for, zen, the article, a filter. Says whether
    /// there was a level to leave.
    pub(super) fn leave(&mut self, effects: &mut Vec<Effect>) -> bool {
        match self.focus {
            Focus::Article => {
                if let Some(open) = &mut self.reader.open
                    && (open.find.is_some() || open.focused.is_some())
                {
                    (open.find, open.focused) = (None, None);
                } else if self.zen {
                    self.zen = false;
                    self.reshape();
                } else {
                    self.keep_place(effects);
                    self.focus = Focus::List;
                    self.show_cursor();
                }
            }
            Focus::Sources => self.focus = Focus::List,
            Focus::List if !self.stories.filter.is_empty() => {
                self.stories.filter.clear();
                self.rebuild();
            }
            Focus::List => return false,
        }
        true
    }
}
