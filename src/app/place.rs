//! Moving about, and the place in an article, which is written down.

use jiff::SignedDuration;

use crate::article::{Place, Position};
use crate::command::Motion;
use crate::reading::session::Stop;
use crate::reading::{Change, Wish};
use crate::story::StoryId;

use super::App;
use super::effect::Effect;
use super::geometry::Focus;

/// How long after the last movement a place is written down.
const PLACE_DELAY: SignedDuration = SignedDuration::from_secs(2);

impl App {
    /// Moves what has the focus: a cursor, or the page.
    pub(super) fn go(&mut self, motion: Motion, count: usize) {
        let (page, (height, tall)) = (self.page(), self.list_height());
        match self.focus {
            Focus::Sources => self.sources.motion(motion, count, height),
            Focus::List => {
                self.stories.motion(motion, count, if tall { height / 2 } else { height });
                self.show_cursor();
            }
            Focus::Article => {
                if let Some(open) = &mut self.reader.open {
                    open.motion(motion, count, page);
                    self.moved();
                }
            }
        }
    }

    /// Where the reader stands now.
    pub(super) fn here(&self) -> Option<Stop> {
        let page = self.page();
        self.reader.open.as_ref().map(|open| Stop { story: open.story, place: open.place(page) })
    }

    /// Where the reader left a story that is not finished.
    pub(super) fn kept_place(&self, story: StoryId) -> Option<Place> {
        let place = self.reading.get(story).place?;
        (place.fraction < 1000).then(|| place.clone())
    }

    /// The page was moved: the place is to be written down soon.
    pub(super) fn moved(&mut self) {
        self.place_due = self.now.checked_add(PLACE_DELAY).ok();
    }

    /// Writes the place in the open article down, if it is another than before.
    pub(super) fn keep_place(&mut self, effects: &mut Vec<Effect>) {
        self.place_due = None;
        let Some(Stop { story, place }) = self.here() else { return };
        let before = self.reading.get(story).place;
        // A story that was only looked at at its top has no place yet.
        let untouched = before.is_none() && place.fraction == 0;
        if untouched
            || before == Some(&place)
            || self.place_kept.as_ref() == Some(&(story, place.clone()))
        {
            return;
        }
        // A short story that is in sight as a whole is finished without having been moved.
        if before.is_none() && place.position() == Position::default() && place.fraction == 1000 {
            return;
        }
        self.place_kept = Some((story, place.clone()));
        let wish = Wish { story, change: Change::Place(place), about: self.about(story) };
        let mark = self.reading.mark(self.now, wish);
        self.merge(std::slice::from_ref(&mark));
        effects.push(Effect::Record(vec![mark]));
    }
}
