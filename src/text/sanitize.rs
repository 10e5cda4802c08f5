//! `SafeText`: the one door through which text from outside enters.
//!
//! A `SafeText` holds no control character, no bidi control, no invisible tag and
//! no pile of combining marks, so it may be printed, logged, put in a file name or
//! in a window title. It is made after all decoding (XML, HTML, JSON, percent).
//! Nothing else in the program takes characters out of text.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use unicode_segmentation::UnicodeSegmentation as _;

/// Combining marks and joined code points that one cluster may carry.
const MAX_MARKS: usize = 8;

/// Text that is safe to print. Line feeds and tabs occur only where it was made by
/// [`SafeText::multiline`].
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SafeText(String);

impl SafeText {
    /// One line: every line break and tab becomes a space. Spaces are kept as they are.
    pub fn line(text: &str) -> Self {
        Self(clean(text, false).into_owned())
    }

    /// Several lines: line feeds and tabs stay, for code and notes.
    pub fn multiline(text: &str) -> Self {
        Self(clean(text, true).into_owned())
    }

    /// A title: one line, white space collapsed and trimmed, at most 1,000 bytes.
    pub fn title(text: &str) -> Self {
        let line = clean(text, false);
        let mut out = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if out.len() > 1000 {
            let mut end = 997;
            while !out.is_char_boundary(end) {
                end -= 1;
            }
            out.truncate(end);
            out.push('…');
        }
        Self(out)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }

    /// Adds text that is safe already.
    pub fn push(&mut self, text: &SafeText) {
        self.0.push_str(&text.0);
    }

    /// Both ends without white space.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        Self(self.0.trim().to_owned())
    }

    /// A part of safe text is safe: the bytes of `range`, or nothing where it cuts a character.
    #[must_use]
    pub fn slice(&self, range: std::ops::Range<usize>) -> Self {
        Self(self.0.get(range).unwrap_or_default().to_owned())
    }
}

impl Deref for SafeText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl From<&str> for SafeText {
    /// The same as [`SafeText::line`].
    fn from(text: &str) -> Self {
        Self::line(text)
    }
}

impl serde::Serialize for SafeText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for SafeText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        Ok(Self::multiline(&text))
    }
}

/// What a character becomes at the door.
enum Fate {
    Keep,
    Space,
    Drop,
}

fn clean(text: &str, lines: bool) -> Cow<'_, str> {
    // Printable ASCII is the usual case and needs no second look.
    if text.bytes().all(|b| (0x20..0x7f).contains(&b) || (lines && (b == b'\n' || b == b'\t'))) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        let mut marks = 0;
        let emoji = cluster.chars().any(is_pictograph);
        for (index, c) in cluster.chars().enumerate() {
            match fate(c, lines, emoji) {
                Fate::Space => out.push(' '),
                Fate::Drop => {}
                Fate::Keep => {
                    if index > 0 && unicode_width::UnicodeWidthChar::width(c) == Some(0) {
                        marks += 1;
                        if marks > MAX_MARKS {
                            continue;
                        }
                    }
                    out.push(c);
                }
            }
        }
    }
    Cow::Owned(out)
}

fn fate(c: char, lines: bool, emoji: bool) -> Fate {
    match c {
        '\n' | '\t' if lines => Fate::Keep,
        '\n' | '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            if lines && c == '\r' { Fate::Drop } else { Fate::Space }
        }
        // A joiner means something inside an emoji, and nothing anywhere else.
        '\u{200d}' if emoji => Fate::Keep,
        // C0, DEL and C1; soft hyphen; invisible and bidi controls; tag characters.
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => Fate::Drop,
        _ => Fate::Keep,
    }
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2190}'..='\u{21ff}' | '\u{2b00}'..='\u{2bff}')
}
