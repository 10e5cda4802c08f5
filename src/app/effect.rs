//! `Effect`: everything that the machine may ask of the world.
//!
//! An effect is a value: a test reads it, and `runtime/effects.rs` alone carries it out.

use url::Url;

use crate::reading::Mark;
use crate::reading::session::Session;
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

/// A wish of the machine. Nothing has happened yet when it is made.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read a story's article; the answer carries the same generation.
    LoadArticle { story: StoryId, generation: u64 },
    /// Write marks to the journal.
    Record(Vec<Mark>),
    /// Write a story's article to a file among the saved ones, with what the reader added.
    Save { story: StoryId, tags: Vec<SafeText>, note: Option<SafeText> },
    /// Take a story's file away from among the saved ones.
    Unsave(StoryId),
    /// Remember the screen and the way back for the next start.
    KeepSession(Box<Session>),
    /// Open an address with the reader's browser.
    Open(Url),
    /// Put text on the clipboard.
    Copy(String),
    /// Stop, as the shell's job control does.
    Suspend,
    /// Forget what is on the screen and draw all of it.
    Redraw,
    /// End the program.
    Quit,
}
