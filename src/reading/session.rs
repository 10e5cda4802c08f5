//! `Session`: the screen as it was left, so that the next start stands where the
//! last one ended. It belongs to one device and is no reading state: losing it costs
//! a few keys, so nothing merges it.

use serde::{Deserialize, Serialize};

use crate::article::Place;
use crate::story::StoryId;

/// What the screen showed, and the way there.
///
/// Fields that a newer version wrote are kept.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The name of what the list showed: "front", "saved".
    pub view: String,
    /// The story under the cursor of the list.
    pub selected: Option<StoryId>,
    /// The story in the reading pane.
    pub open: Option<StoryId>,
    /// Where Back leads, the nearest last.
    pub back: Vec<Stop>,
    /// Where Forward leads, the nearest last.
    pub forward: Vec<Stop>,
    /// Columns of text, where the reader changed them.
    pub measure: Option<u16>,
    /// The theme, where the reader changed it.
    pub theme: Option<String>,
    /// The article alone, without the list.
    pub zen: bool,
    /// The folders of the sources that are folded, by their paths.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub folded: Vec<String>,
    /// What a newer version knows.
    #[serde(flatten)]
    pub other: serde_json::Map<String, serde_json::Value>,
}

impl Session {
    /// The stories that it names: those on the screen, and those of the way back.
    pub fn stories(&self) -> Vec<StoryId> {
        let stops = self.back.iter().chain(&self.forward).map(|stop| stop.story);
        self.open.into_iter().chain(self.selected).chain(stops).collect()
    }
}

/// A place in a story, as Back and Forward remember it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    pub story: StoryId,
    #[serde(default)]
    pub place: Place,
}
