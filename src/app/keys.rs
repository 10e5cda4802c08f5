//! `Keys`: the keys pressed so far become a command, or wait for more.

use crate::command::{Command, KeyContext};
use crate::config::key::{Key, KeyCode};
use crate::config::keymap::{Keymap, Lookup};

/// Digits and keys that have not become a command yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    pressed: Vec<Key>,
    count: Option<usize>,
}

/// What a key led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A command, and the number typed before it.
    Command(Command, Option<usize>),
    /// More is needed.
    Wait,
    /// The keys mean nothing here.
    Nothing,
}

/// The largest count: larger than any list, small enough to multiply.
const MAX_COUNT: usize = 999_999;

impl Keys {
    /// Takes a key.
    pub fn press(&mut self, key: Key, context: KeyContext, keymap: &Keymap) -> Outcome {
        if let Some(digit) = digit(key)
            && self.pressed.is_empty()
            && (digit > 0 || self.count.is_some())
        {
            let count = self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
            self.count = Some(count.min(MAX_COUNT));
            return Outcome::Wait;
        }
        // Esc takes back what was begun, and does nothing else.
        if key == Key::plain(KeyCode::Esc) && self.pending().is_some() {
            self.clear();
            return Outcome::Wait;
        }
        self.pressed.push(key);
        match keymap.lookup(context, &self.pressed) {
            Lookup::Command(command) => {
                let count = self.count;
                self.clear();
                Outcome::Command(command, count)
            }
            Lookup::Wait => Outcome::Wait,
            Lookup::None => {
                self.clear();
                Outcome::Nothing
            }
        }
    }

    /// What has been typed and waits: "12", "g".
    pub fn pending(&self) -> Option<String> {
        if self.pressed.is_empty() && self.count.is_none() {
            return None;
        }
        let mut text = self.count.map(|count| count.to_string()).unwrap_or_default();
        for key in &self.pressed {
            text.push_str(&key.to_string());
        }
        Some(text)
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

fn digit(key: Key) -> Option<usize> {
    match key {
        Key { code: KeyCode::Char(c), ctrl: false, alt: false, .. } => {
            c.to_digit(10).map(|digit| digit as usize)
        }
        _ => None,
    }
}
