//! The words of an entry's HTML as far as a count and a comparison need them.
//!
//! No HTML parser: what it yields is never shown. What is shown goes through
//! `extract::html`.

use memchr::{memchr, memchr3};

use crate::article;

/// The pieces of text between the tags of a fragment of HTML, entities as written.
/// Scripts, styles and comments are not seen.
#[derive(Debug, Clone)]
pub(super) struct Visible<'a> {
    rest: &'a str,
    /// Whether to look for blocks, which takes longer.
    blocks: bool,
    /// Whether the tag of a block stood before the last piece.
    pub broke: bool,
}

/// Elements that stand inside of a line; all others begin one.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "tt", "u", "var", "wbr",
];

fn is_block(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.bytes().take(12).position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(12);
    let name = name.get(..end).unwrap_or_default();
    !INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name))
}

/// Elements whose text nobody reads.
const UNSEEN: [(&str, &str); 2] = [("<script", "</script"), ("<style", "</style")];

impl<'a> Visible<'a> {
    pub fn new(html: &'a str) -> Self {
        Self { rest: html, blocks: false, broke: false }
    }

    /// The same, and tells in `broke` where a block begins.
    pub fn with_blocks(html: &'a str) -> Self {
        Self { blocks: true, ..Self::new(html) }
    }

    /// Moves behind the tag that `rest` begins with; a `<` that begins none is text.
    fn skip_tag(&mut self) -> bool {
        let rest = self.rest;
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            return true;
        }
        let second = rest.as_bytes().get(1);
        if !second.is_some_and(|byte| byte.is_ascii_alphabetic() || b"/!?".contains(byte)) {
            return false;
        }
        let unseen = UNSEEN.iter().filter(|_| matches!(second, Some(b's' | b'S')));
        for (open, close) in unseen {
            if rest.get(..open.len()).is_some_and(|start| start.eq_ignore_ascii_case(open))
                && let Some(end) = find_ignoring_case(rest, close)
            {
                self.rest = rest.get(end..).unwrap_or_default();
            }
        }
        self.broke |= self.blocks && is_block(self.rest);
        self.rest = self.rest.get(tag_end(self.rest)..).unwrap_or_default();
        true
    }
}

/// Bytes in which a quote in a tag must end.
const MAX_QUOTED: usize = 4096;

/// Where the tag ends that a text begins with: behind its first `>` outside of quotes, or
/// behind its first one if the quotes do not pair.
fn tag_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(rest) = bytes.get(at..) {
        let Some(next) = memchr3(b'>', b'"', b'\'', rest) else { break };
        let here = at + next;
        at = here + 1;
        let byte = bytes.get(here).copied().unwrap_or_default();
        if byte == b'>' {
            return at;
        }
        // A quote opens a value only behind `=`.
        let before = bytes.get(..here).unwrap_or_default().trim_ascii_end();
        if before.last() == Some(&b'=') {
            let value = bytes.get(at..(at + MAX_QUOTED).min(bytes.len())).unwrap_or_default();
            match memchr(byte, value) {
                Some(length) => at += length + 1,
                None => break,
            }
        }
    }
    memchr(b'>', bytes).map_or(text.len(), |end| end + 1)
}

/// Where an ASCII text stands in another, whatever its case.
fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|at| {
        text.get(*at..at + what.len()).is_some_and(|found| found.eq_ignore_ascii_case(what))
    })
}

impl<'a> Iterator for Visible<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.broke = false;
        while self.rest.starts_with('<') && self.skip_tag() {}
        if self.rest.is_empty() {
            return None;
        }
        // A `<` that begins no tag is part of the text that it begins.
        let from = usize::from(self.rest.starts_with('<'));
        let end = self.rest.as_bytes().get(from..).and_then(|rest| memchr(b'<', rest));
        let end = end.map_or(self.rest.len(), |end| end + from);
        let (text, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(text)
    }
}

/// Words and ideographs of a text, counted as `Article::words` does, but for speed without
/// Unicode's rules for marks inside words.
#[derive(Debug, Default)]
pub(super) struct Count {
    words: usize,
    ideographs: usize,
}

impl Count {
    /// Minutes to read so much; at least 1.
    pub fn minutes(&self) -> u16 {
        u16::try_from(article::minutes(self.words, self.ideographs)).unwrap_or(u16::MAX)
    }

    /// Counts a piece of text more, which ends a word.
    pub fn add(&mut self, text: &str) {
        let mut inside = false;
        for (number, chunk) in text.as_bytes().chunks(CHUNK).enumerate() {
            inside = if chunk.is_ascii() {
                self.add_ascii(chunk, inside)
            } else {
                self.add_any(text, number * CHUNK, chunk, inside)
            };
        }
    }

    /// Counts ASCII characters; `inside` is whether a word goes on in them, and it is told
    /// whether one goes on behind them. Compilers make this loop one over many bytes at once.
    fn add_ascii(&mut self, chunk: &[u8], inside: bool) -> bool {
        let begins = |(before, byte): (&u8, &u8)| u8::from(is_letter(*byte) & !is_letter(*before));
        let next = chunk.get(1..).unwrap_or_default();
        let begun: u8 = chunk.iter().zip(next).map(begins).sum();
        let first = chunk.first().is_some_and(|byte| is_letter(*byte) && !inside);
        self.words += usize::from(begun) + usize::from(first);
        chunk.last().is_some_and(|byte| is_letter(*byte))
    }

    /// Counts any characters: those of `text` that begin in a chunk of it.
    fn add_any(&mut self, text: &str, from: usize, chunk: &[u8], mut inside: bool) -> bool {
        for (at, byte) in chunk.iter().enumerate() {
            let letter = match byte {
                0..0x80 => is_letter(*byte),
                // Of a character that has been counted.
                0x80..0xc0 => continue,
                0xc0.. => {
                    let rest = text.get(from + at..);
                    let c = rest.and_then(|rest| rest.chars().next()).unwrap_or_default();
                    let ideograph = article::is_ideographic(c);
                    self.ideographs += usize::from(ideograph);
                    !ideograph && (c.is_alphanumeric() || c == '’')
                }
            };
            self.words += usize::from(letter && !inside);
            inside = letter;
        }
        inside
    }
}

/// Bytes that are counted at a time: few enough for a sum in a byte, so that many such sums
/// fit into a register.
const CHUNK: usize = 128;

/// Whether an ASCII character is a part of words; of entities too, which stand for letters.
#[inline]
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | matches!(byte, b'\'' | b'&' | b';' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_comments_and_scripts_are_not_seen() {
        for (html, seen) in [
            ("", ""),
            ("plain", "plain"),
            ("<p>one</p><p>two</p>", "one|two"),
            ("a <b>b</b><!-- c > --> d <", "a |b| d |<"),
            ("1 < 2 <3", "1 |< 2 |<3"),
            ("x<script>if (a < b) {}</script>y<STYLE>p{}</STYLE >z", "x|y|z"),
            ("cut <a href=", "cut "),
            ("a<img alt=\"b > c\">d<img alt=\"e>f", "a|d|f"),
        ] {
            assert_eq!(Visible::new(html).collect::<Vec<_>>().join("|"), seen, "{html}");
        }
    }

    #[test]
    fn words_are_counted_as_an_article_counts_them() {
        for (text, expected) in [
            ("The ferry sails, at 10:05, today's last.", (8, 0)),
            ("caf&eacute; Über", (2, 0)),
            ("市議会は火曜日 ok", (1, 7)),
        ] {
            let count = |text: &str| {
                let mut count = Count::default();
                count.add(text);
                (count.words, count.ideographs)
            };
            assert_eq!(count(text), expected, "{text}");
            // Wherever it stands in a longer text.
            for before in 0..2 * CHUNK {
                let longer = format!("{}{text}", " ".repeat(before));
                assert_eq!(count(&longer), expected, "{text}");
                let longer = format!("{} {text}", "x".repeat(before + 1));
                assert_eq!(count(&longer), (expected.0 + 1, expected.1), "{text}");
            }
        }
    }
}
