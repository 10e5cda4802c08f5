//! The words that introduce another story: "Read more:", "Lire aussi :", "相关阅读：".
//!
//! A table by language and one rule. The rule asks for a label at the start of a short
//! line and a separator after it, so that prose which begins with the same words
//! ("Read more than one book") stays prose. Nothing here knows where the line stands.

mod words;

use words::{STRONG, WEAK};

/// Bytes of the longest line that can name a story: a label and a long headline.
const MAX_LINE: usize = 600;

/// Characters of the longest label, with room.
const MAX_LABEL: usize = 48;

/// The label and the headline of a line that names another story, as written, without the
/// separator; nothing if it is some other line.
///
/// `Read more: Ferry to run all winter` gives `("Read more", "Ferry to run all winter")`.
pub fn related(line: &str) -> Option<(&str, &str)> {
    let line = bare(line)?;
    let (label, separator, title) = split(line)?;
    let known = is_strong(label) || (separator == Separator::Colon && is_weak(label));
    (known && is_headline(title)).then_some((label, title))
}

/// Whether the line is nothing but a label, so that the headline stands on the next line:
/// "Read more:", "Related stories". A word that is also an ordinary one needs its colon.
pub fn is_label(line: &str) -> bool {
    label(line).is_some()
}

/// The label that a line consists of, without its colon.
pub fn label(line: &str) -> Option<&str> {
    let line = bare(line)?;
    let plain = line.trim_end_matches([':', '：', '»', '›', '→', '…', ']', ')', '|']).trim_end();
    let colon = line.get(plain.len()..).is_some_and(|rest| rest.contains([':', '：']));
    (is_strong(plain) || (colon && is_weak(plain))).then_some(plain)
}

/// The line without the signs that sites set before a label: bars, bullets, arrows.
fn bare(line: &str) -> Option<&str> {
    if line.len() > MAX_LINE {
        return None;
    }
    let signs = [
        '|', '>', '»', '›', '→', '▶', '►', '▸', '•', '●', '■', '*', '-', '–', '—', '[', '(', '【',
        '✦', '+',
    ];
    let line = line.trim().trim_start_matches(|c: char| c.is_whitespace() || signs.contains(&c));
    (!line.is_empty()).then_some(line)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Colon,
    /// A dash, a bar or an arrow: also found in prose.
    Sign,
}

/// Splits at the first separator that stands where a label may end.
fn split(line: &str) -> Option<(&str, Separator, &str)> {
    let end = line.char_indices().nth(MAX_LABEL).map_or(line.len(), |(at, _)| at);
    let (at, sign) = line.get(..end)?.char_indices().find(|&(at, c)| {
        let spaced = || line.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
        match c {
            ':' | '：' | '|' | '»' | '›' | '>' | '→' | '▶' | '►' | '】' | ']' => true,
            '-' | '–' | '—' => spaced(),
            _ => false,
        }
    })?;
    let separator = if matches!(sign, ':' | '：') { Separator::Colon } else { Separator::Sign };
    let title = line.get(at + sign.len_utf8()..)?;
    let title = title.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, ':' | '：' | '|' | '»' | '›' | '>' | '→' | '-' | '–' | '—' | '*')
    });
    Some((line.get(..at)?.trim_end(), separator, title.trim_end().trim_end_matches('*')))
}

/// A headline has letters, and is no address alone: an address is a link, and no title.
fn is_headline(title: &str) -> bool {
    title.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

fn is_strong(label: &str) -> bool {
    fold(label).is_some_and(|label| STRONG.iter().any(|group| group.contains(&label.as_str())))
}

fn is_weak(label: &str) -> bool {
    fold(label).is_some_and(|label| WEAK.contains(&label.as_str()))
}

/// Lowercase, one kind of apostrophe, one space between words.
fn fold(label: &str) -> Option<String> {
    if label.len() > 4 * MAX_LABEL {
        return None;
    }
    let lower = label.to_lowercase().replace(['’', '‘', '`'], "'");
    let folded = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_and_a_headline_make_a_related_line() {
        for (line, label, title) in [
            ("Read More: Ferry to run all winter", "Read More", "Ferry to run all winter"),
            ("READ ALSO: Ferry stays", "READ ALSO", "Ferry stays"),
            ("| Read: Ferry stays", "Read", "Ferry stays"),
            ("Don’t Miss: Ferry stays", "Don’t Miss", "Ferry stays"),
            ("Lire aussi\u{a0}: Le bac reste", "Lire aussi", "Le bac reste"),
            ("Lesen Sie auch – Die Fähre bleibt", "Lesen Sie auch", "Die Fähre bleibt"),
            ("READ MORE | Ferry: the long way home", "READ MORE", "Ferry: the long way home"),
            ("相关阅读：渡轮冬季照常运行", "相关阅读", "渡轮冬季照常运行"),
            ("【関連記事】冬も運航へ", "関連記事", "冬も運航へ"),
            ("Читайте также: Паром останется", "Читайте также", "Паром останется"),
            ("اقرأ أيضا: العبارة تبقى", "اقرأ أيضا", "العبارة تبقى"),
        ] {
            assert_eq!(related(line), Some((label, title)), "{line}");
        }
    }

    #[test]
    fn prose_that_begins_with_the_same_words_is_prose() {
        for line in [
            "Read more than one book a year",
            "More than half: the figures",
            "Related to this is the harbor",
            "Read - if you can - the second page",
            "Recommended by: ",
            "See also the harbor report: it is long",
            "https://example.org/read-more",
        ] {
            assert_eq!(related(line), None, "{line}");
        }
    }

    #[test]
    fn a_label_may_stand_alone() {
        for (line, alone) in [
            ("Read more:", true),
            ("Related stories", true),
            ("Related:", true),
            ("関連記事：", true),
            ("Read more »", true),
            ("Related", false),
            ("More", false),
            ("Read more: Ferry stays", false),
            ("", false),
        ] {
            assert_eq!(is_label(line), alone, "{line}");
        }
    }

    #[test]
    fn labels_are_written_as_they_are_compared() {
        for label in STRONG.iter().copied().flatten().chain(WEAK) {
            assert_eq!(fold(label).as_deref(), Some(*label));
        }
    }
}
