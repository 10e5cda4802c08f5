//! The screen as it was left, in a file of the device beside its journal.

use std::fs;
use std::path::Path;

use super::{JournalError, files};
use crate::reading::Session;
use crate::warning::Warning;

/// The screen that was left, or a first one.
pub fn load(path: &Path, warnings: &mut Vec<Warning>) -> Session {
    let Ok(text) = fs::read(path) else { return Session::default() };
    serde_json::from_slice(&text).unwrap_or_else(|error| {
        let path = path.display();
        let message = format!("{path} is damaged ({error}): the reader starts at the front.");
        warnings.push(Warning::new(message));
        Session::default()
    })
}

/// Keeps the screen.
pub fn save(path: &Path, session: &Session) -> Result<(), JournalError> {
    let text =
        serde_json::to_vec(session).map_err(|error| JournalError::new(path, error.into()))?;
    files::write_whole(path, &text)
}
