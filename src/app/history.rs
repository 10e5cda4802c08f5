//! `History`: the way back, and forward again, through the articles that were read.

use crate::article::Place;
use crate::reading::session::{Session, Stop};
use crate::story::StoryId;

/// Stops that are kept in each direction.
const LIMIT: usize = 200;

/// Where the reader was before, and where he came back from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    pub back: Vec<Stop>,
    pub forward: Vec<Stop>,
}

impl History {
    /// Leaves a place for a new story: what lay ahead is forgotten.
    pub fn leave(&mut self, story: StoryId, place: Place) {
        self.forward.clear();
        push(&mut self.back, Stop { story, place });
    }

    /// Goes one stop back, from `here`.
    pub fn back(&mut self, here: Option<Stop>) -> Option<Stop> {
        travel(&mut self.back, &mut self.forward, here)
    }

    /// Goes one stop forward, from `here`.
    pub fn forward(&mut self, here: Option<Stop>) -> Option<Stop> {
        travel(&mut self.forward, &mut self.back, here)
    }
}

impl From<&Session> for History {
    fn from(session: &Session) -> Self {
        Self { back: session.back.clone(), forward: session.forward.clone() }
    }
}

fn travel(from: &mut Vec<Stop>, to: &mut Vec<Stop>, here: Option<Stop>) -> Option<Stop> {
    let stop = from.pop()?;
    if let Some(here) = here {
        push(to, here);
    }
    Some(stop)
}

fn push(stops: &mut Vec<Stop>, stop: Stop) {
    // The same place twice in a row is one stop.
    if stops.last() != Some(&stop) {
        stops.push(stop);
    }
    if stops.len() > LIMIT {
        stops.remove(0);
    }
}
