//! `SafeText`: the one door through which text from outside enters.
//!
//! A `SafeText` holds no control character, no bidi control, no invisible tag and
//! no pile of combining marks, so it may be printed, logged, put in a file name or
//! in a window title. It is made after all decoding (XML, HTML, JSON, percent).
//! Nothing else in the program takes characters out of text.
//!
//! Two invisible characters are spelling and stay: the joiners between two letters of
//! Arabic or Indic script, where a word reads differently without them, and the joiner
//! inside an emoji. Emoji spelled with tags (the flag of Scotland) lose them.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use unicode_width::UnicodeWidthChar as _;

use super::width::clusters;

/// Characters without a cell of their own that may follow one that has a cell.
const MAX_MARKS: usize = 8;

/// Bytes of a title.
const MAX_TITLE: usize = 1000;

/// Text that is safe to print. Line feeds and tabs occur only where it was made by
/// [`SafeText::multiline`].
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SafeText(String);

impl SafeText {
    /// One line: every line break and tab becomes a space. Spaces are kept as they are.
    pub fn line(text: &str) -> Self {
        Self(clean(text, false))
    }

    /// Several lines: line feeds and tabs stay, for code and notes.
    pub fn multiline(text: &str) -> Self {
        Self(clean(text, true))
    }

    /// A title: one line, white space collapsed and trimmed, at most 1,000 bytes.
    pub fn title(text: &str) -> Self {
        let line = clean(text, false);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.len() <= MAX_TITLE {
            return Self(line);
        }
        let room = MAX_TITLE - '…'.len_utf8();
        let ends = clusters(&line).scan(0, |end, cluster| {
            *end += cluster.len();
            Some(*end)
        });
        let end = ends.take_while(|end| *end <= room).last().unwrap_or(0);
        // What joined two letters joins nothing at the end.
        let joiners = [' ', '\u{200c}', '\u{200d}'];
        let cut = line.get(..end).unwrap_or_default().trim_end_matches(joiners);
        Self(format!("{cut}…"))
    }

    /// Names as one line, with commas between: `Ann Reed, Bo Lind`. None of none.
    pub fn list(names: &[Self]) -> Option<Self> {
        let list = names.iter().map(Self::as_str).collect::<Vec<_>>().join(", ");
        (!list.is_empty()).then_some(Self(list))
    }

    /// Whether text holds nothing that nobody sees. It need not be like safe text in
    /// other ways.
    pub fn is_safe(text: &str) -> bool {
        text.chars().all(|c| is_plain(c) || !is_invisible(c))
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

    /// A part of safe text is safe, and may be borrowed: the bytes of `range`, or nothing
    /// where it cuts a character.
    pub fn part(&self, range: std::ops::Range<usize>) -> SafeStr<'_> {
        SafeStr(self.0.get(range).unwrap_or_default())
    }

    /// A part of safe text is safe: the bytes of `range`, or nothing where it cuts a character.
    #[must_use]
    pub fn slice(&self, range: std::ops::Range<usize>) -> Self {
        Self(self.0.get(range).unwrap_or_default().to_owned())
    }
}

/// A part of a [`SafeText`] that somebody else holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SafeStr<'a>(&'a str);

impl<'a> SafeStr<'a> {
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// A copy of its own.
    pub fn to_text(self) -> SafeText {
        SafeText(self.0.to_owned())
    }
}

impl Deref for SafeStr<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl fmt::Debug for SafeStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

impl fmt::Display for SafeStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.0, f)
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

/// Lets text through the door; `lines` tells whether line feeds and tabs may pass.
fn clean(text: &str, lines: bool) -> String {
    let plain = text.find(|c| !is_plain(c)).unwrap_or(text.len());
    let (head, tail) = text.split_at_checked(plain).unwrap_or(("", text));
    let mut out = String::with_capacity(text.len());
    out.push_str(head);
    let mut kept =
        Kept { base: head.chars().next_back(), last: head.chars().next_back(), marks: 0 };
    let mut chars = tail.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if let Some(c) = kept.fate(c, next, lines) {
            out.push(c);
            kept.note(c);
        }
    }
    out
}

/// What came through the door last.
struct Kept {
    /// The last character that takes a cell.
    base: Option<char>,
    last: Option<char>,
    /// How many came since that take none.
    marks: usize,
}

impl Kept {
    /// What a character becomes, if anything.
    fn fate(&self, c: char, next: Option<char>, lines: bool) -> Option<char> {
        match c {
            '\r' if next == Some('\n') => None,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                Some(if lines { '\n' } else { ' ' })
            }
            '\t' => Some(if lines { '\t' } else { ' ' }),
            _ if is_plain(c) => Some(c),
            '\u{200c}' | '\u{200d}' => self.joins(c, next).then_some(c),
            _ if is_invisible(c) => None,
            _ if is_variation(c) => {
                let varied = self.last.is_some_and(|c| !c.is_whitespace() && !is_variation(c));
                (varied && self.marks < MAX_MARKS).then_some(c)
            }
            _ => (takes_a_cell(c) || self.marks < MAX_MARKS).then_some(c),
        }
    }

    fn note(&mut self, c: char) {
        self.last = Some(c);
        if is_plain(c) || c.is_whitespace() || takes_a_cell(c) {
            self.base = Some(c);
            self.marks = 0;
        } else {
            self.marks += 1;
        }
    }

    /// Whether a joiner or a non-joiner means something where it stands: a joiner
    /// between two emoji, and both between two letters of a script that is spelled with
    /// them, as Persian and the languages of India are.
    fn joins(&self, joiner: char, next: Option<char>) -> bool {
        let (Some(base), Some(last), Some(next)) = (self.base, self.last, next) else {
            return false;
        };
        let emoji = joiner == '\u{200d}'
            && is_pictograph(base)
            && (last == base || is_variation(last))
            && is_pictograph(next);
        let letter = is_joined_script(base) && base.is_alphabetic();
        let before = letter && is_joined_script(last);
        let after = is_joined_script(next) && next.is_alphabetic() && takes_a_cell(next);
        (emoji || before && after) && self.marks < MAX_MARKS
    }
}

/// Characters of everyday text, that need no second look: all take a cell at least.
fn is_plain(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{391}'..='\u{3ff}'
        | '\u{400}'..='\u{482}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}')
}

/// Characters that nobody sees, and some of which rule how others are seen: C0, DEL,
/// C1, soft hyphens, fillers, zero-width, bidi and shorthand controls, tags, and what
/// Unicode calls no characters at all.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Variation selectors, which choose between two forms of the character before them.
fn is_variation(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2190}'..='\u{23ff}' | '\u{2b00}'..='\u{2bff}')
}

/// Arabic and its kin, and the scripts of India and Sri Lanka.
fn is_joined_script(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{77f}' | '\u{8a0}'..='\u{dff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn takes_a_cell(c: char) -> bool {
    c.width().is_some_and(|cells| cells > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lets_through_what_is_text() {
        let cases = [
            "plain",
            "naïve café — “quoted” … 10\u{a0}km",
            "日本の新聞、葛\u{e0100}城",
            "👩‍🚀 👨🏽‍❤️‍💋‍👨🏽 ❤️‍🔥 🏳️‍🌈 🇫🇷 1️⃣",
            "می\u{200c}خواهم",
            "क्\u{200d}ष श्री\u{200c}मान ක්\u{200d}ර",
            "e\u{301} a\u{308}\u{304}",
            "شَدَّة",
        ];
        for text in cases {
            assert_eq!(SafeText::line(text).as_str(), text);
        }
    }

    #[test]
    fn names_are_listed_in_one_line() {
        assert_eq!(SafeText::list(&[]), None);
        assert_eq!(SafeText::list(&["Ann Reed".into()]), Some("Ann Reed".into()));
        assert_eq!(SafeText::list(&["Ann".into(), "Bo".into()]), Some("Ann, Bo".into()));
    }

    #[test]
    fn keeps_out_what_is_not() {
        let cases = [
            ("a\u{1b}[31mred\u{7}\u{9b}2J\u{7f}", "a[31mred2J"),
            ("evil\u{202e}gpj.exe\u{2066}\u{200f}\u{61c}", "evilgpj.exe"),
            ("zero\u{200b}width\u{feff}\u{2060}\u{ad}\u{34f}\u{3164}", "zerowidth"),
            ("tag\u{e0041}\u{e007f}ged", "tagged"),
            // Joiners alone, at an edge, between Latin letters, or one too many.
            ("\u{200d}a\u{200d}b\u{200c}c\u{200d}", "abc"),
            ("🙂\u{200d}", "🙂"),
            ("👩\u{200d}\u{200d}🚀", "👩\u{200d}🚀"),
            ("می\u{200c} خواهم", "می خواهم"),
            // A selector selects between forms of something, once.
            ("\u{fe0f}a \u{fe0f}❤\u{fe0f}\u{fe0f}\u{fe01}", "a ❤\u{fe0f}"),
            ("one\ntwo\r\nthree\rfour\u{2028}five\tsix\u{85}", "one two three four five six "),
        ];
        for (text, expected) in cases {
            assert_eq!(SafeText::line(text).as_str(), expected, "{text:?}");
        }
        let pile = format!("Z{}!", "\u{301}".repeat(90));
        assert_eq!(SafeText::line(&pile).as_str(), format!("Z{}!", "\u{301}".repeat(8)));
    }

    #[test]
    fn keeps_lines_and_tabs_where_asked() {
        let text = "one\r\n\ttwo\rthree\u{2029}four\u{1b}\u{b}";
        assert_eq!(SafeText::multiline(text).as_str(), "one\n\ttwo\nthree\nfour\n");
    }

    #[test]
    fn titles_are_one_short_line() {
        assert_eq!(SafeText::title("  A\n long\t\tway  ").as_str(), "A long way");
        let long = SafeText::title(&"👩‍🚀 ".repeat(400));
        assert!(long.len() <= MAX_TITLE && long.ends_with("👩‍🚀…"), "{long}");
    }

    proptest! {
        #[test]
        fn holds(text in text()) {
            let line = SafeText::line(&text);
            let lines = SafeText::multiline(&text);
            let title = SafeText::title(&text);
            // What went through the door once goes through again unchanged.
            prop_assert_eq!(&SafeText::line(&line), &line);
            prop_assert_eq!(&SafeText::multiline(&lines), &lines);
            prop_assert_eq!(&SafeText::title(&title), &title);
            prop_assert!(title.len() <= MAX_TITLE);

            for (text, breaks) in [(&line, false), (&title, false), (&lines, true)] {
                let odd = |c: char| is_invisible(c) && !matches!(c, '\u{200c}' | '\u{200d}');
                let odd = text.find(|c| odd(c) && !(breaks && matches!(c, '\n' | '\t')));
                prop_assert_eq!(odd, None, "{:?}", text);
                let marks = |c: char| !takes_a_cell(c) && !c.is_whitespace();
                let piles = text.split(|c| !marks(c)).map(|pile| pile.chars().count());
                prop_assert!(piles.max() <= Some(MAX_MARKS), "{:?}", text);
            }

            // Nothing that is seen is lost.
            let seen = |text: &str| -> String {
                text.chars().filter(|c| takes_a_cell(*c) && !c.is_whitespace() && !is_invisible(*c)).collect()
            };
            prop_assert_eq!(seen(&line), seen(&text));
            prop_assert_eq!(seen(&lines), seen(&text));
        }
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-z é日]{1,6}",
            "[\u{0}-\u{20}\u{7f}-\u{ad}\u{200b}-\u{202e}\u{2060}-\u{206f}\u{feff}]{1,3}",
            "[\u{600}-\u{670}\u{900}-\u{950}\u{200c}\u{200d}\u{300}-\u{310}]{1,12}",
            "[\u{1f466}-\u{1f469}\u{1f3fb}\u{2764}\u{fe0f}\u{200d}\u{1f1e6}\u{1f1e7}]{1,8}",
            "[\u{e0000}-\u{e0200}\u{1160}\u{3164}\u{fe00}-\u{fe0f}]{1,3}",
            ".{0,4}",
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }
}
