//! Stories that several sources have: one becomes a story of another feed too.
//!
//! It is in the lists of all of them and counted in each, and is one story all the same:
//! what is done with it anywhere is done everywhere.

use std::sync::Arc;

use crate::command::Motion;
use crate::story::{Source, StoryId};

use super::App;
use super::effect::Effect;
use super::foot::Known;

impl App {
    /// Stories are of other sources too. Those that the list has for this join it; nothing
    /// moves under the cursor.
    pub(super) fn shared(&mut self, pairs: &[(StoryId, Arc<Source>)], effects: &mut Vec<Effect>) {
        let (mut counted, mut joining) = (false, Vec::new());
        for (story, source) in pairs {
            if self.catalog.has(*story, &source.key) {
                continue;
            }
            let Some(place) = self.catalog.place(*story) else {
                self.catalog.share(*story, source);
                continue;
            };
            self.sources.counts.leave_out(place, &self.catalog, &self.reading);
            self.catalog.share(*story, source);
            self.sources.counts.add(place..place + 1, &self.catalog, &self.reading);
            counted = true;
            if self.stories.row_of(*story, &self.catalog).is_none() {
                joining.push(place);
            }
        }
        if counted {
            self.sources.list(&self.catalog, &self.feeds);
        }
        if !joining.is_empty() {
            self.join(joining, effects);
        }
        // A refresh of our own tells at its end.
        if self.news.progress.is_none() {
            self.notify(effects);
        }
    }

    /// Gives rows to those of some stories that belong to the list from now on.
    fn join(&mut self, mut places: Vec<u32>, effects: &mut Vec<Effect>) {
        if self.stories.rows.is_empty() && self.stories.filter.is_empty() {
            self.news.fill_from_now_on();
        }
        // Of several more sources, they are named with each.
        places.sort_unstable();
        places.dedup();
        let height = self.stories.selected.saturating_sub(self.stories.top);
        let Self { catalog, feeds, reading, now, zone, .. } = self;
        let known = Known { catalog, feeds, reading, now: *now, zone };
        self.stories.extend(places.into_iter(), known);
        if self.news.is_filling() {
            self.stories.motion(Motion::Top, 1, 1);
            self.show_cursor();
            self.preview_top(effects);
        } else {
            self.stories.top = self.stories.selected.saturating_sub(height);
            self.show_cursor();
        }
    }
}
