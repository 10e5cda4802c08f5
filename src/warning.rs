//! `Warning`: a complaint about outside data, and where it was found.
//!
//! A parser never fails on what the world wrote: it returns what it could read
//! and a list of these. Nothing here decides whether a warning is shown.

use std::fmt;

/// What was odd in a feed, a page, a text or a settings file, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// A sentence for a reader of news, without the final full stop's context.
    pub message: String,
    /// The line the complaint is about, counted from 1, where it is known.
    pub line: Option<usize>,
}

impl Warning {
    /// A complaint about the whole of the data.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), line: None }
    }

    /// A complaint about one line, counted from 1.
    pub fn at(line: usize, message: impl Into<String>) -> Self {
        Self { message: message.into(), line: Some(line) }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}
