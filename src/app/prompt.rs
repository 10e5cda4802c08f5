//! `Prompt`: one line that the reader types, and what it is for.

use tui_input::{Input, InputRequest};

use crate::article::Place;
use crate::config::key::{Key, KeyCode};
use crate::story::{SourceKey, StoryId};
use crate::text::sanitize::SafeText;

/// A line being typed.
#[derive(Debug, Clone)]
pub struct Prompt {
    pub purpose: Purpose,
    pub input: Input,
    /// What was typed before it was completed.
    stem: Option<String>,
}

/// What a line is typed for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// Words to find in the article; where the reader stood before.
    Find { before: Place },
    /// Words that titles must hold; what they were before.
    Filter { before: String },
    /// The tags of a story, separated by spaces or commas.
    Tags(StoryId),
    /// A note about a story.
    Note(StoryId),
    /// The address of a site or a feed to subscribe to.
    Add,
    /// Another address of a feed.
    Address(SourceKey),
    /// Another name of a feed; empty: as it calls itself.
    Name(SourceKey),
    /// The folder of a feed; empty: none.
    Folder(SourceKey),
    /// A file of feeds to take along.
    Import,
}

/// What a key did to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The text is another now.
    Changed,
    /// The cursor moved, or nothing happened.
    Same,
    Accepted,
    Cancelled,
}

impl Prompt {
    /// A prompt with a text in it to begin with.
    pub fn new(purpose: Purpose, text: &str) -> Self {
        Self { purpose, input: Input::new(text.to_owned()), stem: None }
    }

    /// What stands before the line.
    pub fn label(&self) -> &'static str {
        match self.purpose {
            Purpose::Find { .. } | Purpose::Filter { .. } => "/",
            Purpose::Tags(_) => "Tags: ",
            Purpose::Note(_) => "Note: ",
            Purpose::Add => "Add site or feed: ",
            Purpose::Address(_) => "New address: ",
            Purpose::Name(_) => "Name: ",
            Purpose::Folder(_) => "Folder: ",
            Purpose::Import => "Import from file: ",
        }
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Typed {
        self.stem = None;
        match key {
            Key { code: KeyCode::Enter, .. } => Typed::Accepted,
            Key { code: KeyCode::Esc, .. }
            | Key { code: KeyCode::Char('c' | 'g'), ctrl: true, .. } => Typed::Cancelled,
            Key { code: KeyCode::Backspace, .. } if self.text().is_empty() => Typed::Cancelled,
            _ => edit(&mut self.input, key),
        }
    }

    /// Completes the line to the next name that begins with it, round and round.
    pub fn complete<'a>(&mut self, names: impl Iterator<Item = &'a SafeText>) -> Typed {
        let text = self.text().to_owned();
        let stem = self.stem.get_or_insert_with(|| text.clone()).to_lowercase();
        let mut fits: Vec<&str> = names.map(SafeText::as_str).collect();
        fits.retain(|name| name.to_lowercase().starts_with(&stem));
        let next = fits.iter().position(|name| *name == text).map_or(0, |at| at + 1);
        match fits.get(next % fits.len().max(1)) {
            Some(name) => {
                self.input = Input::new((*name).to_owned());
                Typed::Changed
            }
            None => Typed::Same,
        }
    }

    /// Takes a pasted text, its line breaks as spaces.
    pub fn paste(&mut self, text: &str) -> Typed {
        paste(&mut self.input, text)
    }
}

/// Puts a pasted text into a line.
pub(super) fn paste(input: &mut Input, text: &str) -> Typed {
    let text = SafeText::line(text.trim());
    for c in text.chars() {
        input.handle(InputRequest::InsertChar(c));
    }
    if text.is_empty() { Typed::Same } else { Typed::Changed }
}

/// Lets a key edit a line, by the keys that shells share.
pub(super) fn edit(input: &mut Input, key: Key) -> Typed {
    let request = match (key.code, key.ctrl, key.alt) {
        (KeyCode::Char(c), false, false) => InputRequest::InsertChar(c),
        (KeyCode::Backspace, false, false) | (KeyCode::Char('h'), true, false) => {
            InputRequest::DeletePrevChar
        }
        (KeyCode::Delete, false, false) | (KeyCode::Char('d'), true, false) => {
            InputRequest::DeleteNextChar
        }
        (KeyCode::Char('w'), true, false) | (KeyCode::Backspace, _, _) => {
            InputRequest::DeletePrevWord
        }
        (KeyCode::Char('d'), false, true) | (KeyCode::Delete, _, _) => InputRequest::DeleteNextWord,
        (KeyCode::Char('u'), true, false) => InputRequest::DeleteLine,
        (KeyCode::Char('k'), true, false) => InputRequest::DeleteTillEnd,
        (KeyCode::Left, false, false) | (KeyCode::Char('b'), true, false) => {
            InputRequest::GoToPrevChar
        }
        (KeyCode::Right, false, false) | (KeyCode::Char('f'), true, false) => {
            InputRequest::GoToNextChar
        }
        (KeyCode::Left, _, _) | (KeyCode::Char('b'), false, true) => InputRequest::GoToPrevWord,
        (KeyCode::Right, _, _) | (KeyCode::Char('f'), false, true) => InputRequest::GoToNextWord,
        (KeyCode::Home, _, _) | (KeyCode::Char('a'), true, false) => InputRequest::GoToStart,
        (KeyCode::End, _, _) | (KeyCode::Char('e'), true, false) => InputRequest::GoToEnd,
        _ => return Typed::Same,
    };
    match input.handle(request) {
        Some(change) if change.value => Typed::Changed,
        Some(_) | None => Typed::Same,
    }
}
