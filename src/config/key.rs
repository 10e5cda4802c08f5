//! `Key` and `KeySequence`: keys as they are pressed, written and printed.
//!
//! A key is written with its modifiers before it, in any case: `j`, `G`, `ctrl-d`
//! or `C-d`, `alt-left`, `shift-tab`, `space`, `f5`, `<`. A sequence is keys with
//! spaces between them: `g g` is g pressed twice, and `gg` is no key. Each has one
//! way to be printed, which parses to the same again. Knows no terminal library.

use std::fmt;
use std::str::FromStr;

/// A key with the modifiers held. A letter with Shift is its capital, without `shift`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub code: KeyCode,
    pub ctrl: bool,
    pub alt: bool,
    /// Only with keys that have no capital: Tab, arrows, function keys.
    pub shift: bool,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// Every key that has a name: the code, the name printed, and other names understood.
const NAMED: &[(KeyCode, &str, &[&str])] = &[
    (KeyCode::Char(' '), "Space", &[]),
    (KeyCode::Enter, "Enter", &["return", "cr"]),
    (KeyCode::Esc, "Esc", &["escape"]),
    (KeyCode::Tab, "Tab", &[]),
    (KeyCode::Backspace, "Backspace", &["bs"]),
    (KeyCode::Delete, "Delete", &["del"]),
    (KeyCode::Insert, "Insert", &["ins"]),
    (KeyCode::Up, "Up", &[]),
    (KeyCode::Down, "Down", &[]),
    (KeyCode::Left, "Left", &[]),
    (KeyCode::Right, "Right", &[]),
    (KeyCode::Home, "Home", &[]),
    (KeyCode::End, "End", &[]),
    (KeyCode::PageUp, "PgUp", &["pageup", "page-up"]),
    (KeyCode::PageDown, "PgDn", &["pagedown", "page-down", "pgdown"]),
];

/// The highest function key that a terminal can report.
const LAST_FUNCTION_KEY: u8 = 35;

impl Key {
    /// A key without modifiers.
    pub fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A key with modifiers, in the one form that compares equal to a parsed key:
    /// a character never has `shift`, because Shift is in the character itself.
    pub fn new(code: KeyCode, ctrl: bool, alt: bool, shift: bool) -> Self {
        if let KeyCode::Char(c) = code
            && c != ' '
        {
            let c = if shift { capital(c).unwrap_or(c) } else { c };
            return Self { code: KeyCode::Char(c), ctrl, alt, shift: false };
        }
        Self { code, ctrl, alt, shift }
    }

    /// The digit that was typed, for counts and link numbers.
    pub fn digit(self) -> Option<u32> {
        let KeyCode::Char(c) = self.code else { return None };
        c.to_digit(10).filter(|_| !self.ctrl && !self.alt)
    }
}

/// The capital of a letter that has exactly one and comes back from it.
fn capital(c: char) -> Option<char> {
    let mut upper = c.to_uppercase();
    let first = upper.next()?;
    (upper.next().is_none() && first != c && small(first) == Some(c)).then_some(first)
}

/// The small letter of a capital that has exactly one.
fn small(c: char) -> Option<char> {
    let mut lower = c.to_lowercase();
    let first = lower.next()?;
    (lower.next().is_none() && first != c).then_some(first)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        if let Some((_, name, _)) = NAMED.iter().find(|(code, _, _)| *code == self.code) {
            return f.write_str(name);
        }
        if let KeyCode::F(number) = self.code {
            return write!(f, "F{number}");
        }
        let KeyCode::Char(c) = self.code else { return Ok(()) };
        // Capitals are not told apart under Ctrl unless Shift is said.
        match small(c).filter(|small| self.ctrl && capital(*small) == Some(c)) {
            Some(small) => write!(f, "Shift-{small}"),
            None => write!(f, "{c}"),
        }
    }
}

/// The text is no key, or no sequence of keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    #[error("a key is missing; write one such as j, G, Ctrl-d or Space")]
    Empty,
    #[error("{0:?} is no key; keys pressed one after the other are written with spaces: {1:?}")]
    Joined(String, String),
    #[error("{0:?} is no key; write one such as j, G, Ctrl-d, Alt-Left, PgDn or Space")]
    Unknown(String),
    #[error("{0:?} is no key; write the character that Shift gives")]
    Shifted(String),
}

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        // A minus sign that ends the text is the key itself: `-`, `Ctrl--`.
        while let Some((modifier, key)) = rest.split_once('-').filter(|(_, key)| !key.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "c" => ctrl = true,
                "alt" | "meta" | "a" | "m" => alt = true,
                "shift" | "s" => shift = true,
                _ => break,
            }
            rest = key;
        }
        let code = code(rest).ok_or_else(|| unknown(text))?;
        if let KeyCode::Char(c) = code
            && c != ' '
        {
            let c = if ctrl { small(c).unwrap_or(c) } else { c };
            if shift && capital(c).is_none() && small(c).is_none() {
                return Err(BadKey::Shifted(text.to_owned()));
            }
            return Ok(Self::new(KeyCode::Char(c), ctrl, alt, shift));
        }
        Ok(Self { code, ctrl, alt, shift })
    }
}

/// The key of a name, whatever its case, or the one character.
fn code(text: &str) -> Option<KeyCode> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_whitespace() && !c.is_control()).then_some(KeyCode::Char(c));
    }
    let lower = text.to_ascii_lowercase();
    let named = NAMED.iter().find(|(_, name, others)| {
        name.eq_ignore_ascii_case(&lower) || others.contains(&lower.as_str())
    });
    if let Some((code, _, _)) = named {
        return Some(*code);
    }
    let number = lower.strip_prefix('f')?;
    let number = number.parse().ok().filter(|n| (1..=LAST_FUNCTION_KEY).contains(n))?;
    lower.get(1..2).filter(|first| *first != "+" && *first != "0")?;
    Some(KeyCode::F(number))
}

/// What to say of text that is no key.
fn unknown(text: &str) -> BadKey {
    let letters: Vec<_> = text.chars().map(String::from).collect();
    match letters.len() {
        0 => BadKey::Empty,
        // `f36` is a key that does not exist, rather than three that do.
        2..=3 if text.chars().all(char::is_alphabetic) => {
            BadKey::Joined(text.to_owned(), letters.join(" "))
        }
        _ => BadKey::Unknown(text.to_owned()),
    }
}

/// Keys pressed one after the other; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeySequence(Vec<Key>);

impl KeySequence {
    /// Nothing where there are no keys.
    pub fn new(keys: Vec<Key>) -> Option<Self> {
        (!keys.is_empty()).then_some(Self(keys))
    }

    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// One of the two begins with the other, or they are the same.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl From<Key> for KeySequence {
    fn from(key: Key) -> Self {
        Self(vec![key])
    }
}

impl fmt::Display for KeySequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, key) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{key}")?;
        }
        Ok(())
    }
}

impl FromStr for KeySequence {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let keys = text.split_whitespace().map(str::parse).collect::<Result<Vec<_>, _>>()?;
        Self::new(keys).ok_or(BadKey::Empty)
    }
}
