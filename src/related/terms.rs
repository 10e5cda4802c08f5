//! Titles taken apart for comparing: folded text, terms, and segments.
//!
//! What two editors write differently of the same words (case, accents, quotation
//! marks, width) is folded away. Knows no language but for the English plural.

use nucleo_matcher::chars::normalize;

/// The words of a text in lower case without accents or punctuation, with a space
/// between them. Equal for titles that differ only in how they were typed.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let c = if c.is_ascii() { c } else { normalize(narrow(c)) };
        // `C++` and `C#` are not C.
        let suffix = matches!(c, '+' | '#') && !gap && !out.is_empty();
        if c.is_alphanumeric() || suffix {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            if c.is_ascii() {
                out.push(c.to_ascii_lowercase());
            } else {
                out.extend(c.to_lowercase().filter(|c| !is_combining(*c)));
            }
        } else if !is_apostrophe(c) && !is_combining(c) {
            gap = true;
        }
    }
    out
}

/// The terms of folded text: words without a plural's s, and pairs of characters
/// where the script has no spaces. Sorted, each once.
pub(super) fn terms(folded: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for word in folded.split(' ') {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let unspaced = is_unspaced(first);
            let end = rest.find(|c| is_unspaced(c) != unspaced).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            if unspaced {
                pairs(run, &mut terms);
            } else {
                terms.push(singular(run).to_owned());
            }
            rest = after;
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// A term that is a number, by which stories of a series differ.
pub(super) fn is_number(term: &str) -> bool {
    term.bytes().all(|byte| byte.is_ascii_digit())
}

/// The parts of a title between bars, guillemets, dots and spaced dashes: often a
/// headline and the name of its site.
pub(super) fn segments(title: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    let (mut rest, mut from, mut before) = (title, 0, ' ');
    while let Some(c) = rest.get(from..).and_then(|rest| rest.chars().next()) {
        let after = rest.get(from + c.len_utf8()..).and_then(|rest| rest.chars().next());
        if is_separator(before, c, after.unwrap_or(' ')) {
            let (segment, more) = rest.split_at(from);
            segments.push(segment.trim());
            rest = more.get(c.len_utf8()..).unwrap_or_default();
            (from, before) = (0, ' ');
        } else {
            from += c.len_utf8();
            before = c;
        }
    }
    segments.push(rest.trim());
    segments.retain(|segment| segment.chars().any(char::is_alphanumeric));
    segments
}

fn is_separator(before: char, c: char, after: char) -> bool {
    let spaced = before.is_whitespace() && after.is_whitespace();
    match c {
        '|' | '｜' | '»' | '«' => true,
        '-' | '_' => spaced || (is_unspaced(before) && is_unspaced(after)),
        '–' | '—' | '·' | '•' => spaced,
        _ => false,
    }
}

/// Every two neighbors, or the one character that has none.
fn pairs(run: &str, terms: &mut Vec<String>) {
    let mut neighbors = run.chars().zip(run.chars().skip(1)).peekable();
    if neighbors.peek().is_none() {
        terms.push(run.to_owned());
    }
    terms.extend(neighbors.map(|(one, other)| [one, other].iter().collect()));
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem,
        Some(_) | None => word,
    }
}

/// A full-width form as its ASCII character.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Of a script that is written without spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}'       // Thai, Lao
        | '\u{1000}'..='\u{109f}'   // Burmese
        | '\u{1780}'..='\u{17ff}'   // Khmer
        | '\u{3005}'..='\u{30ff}'   // kana
        | '\u{3400}'..='\u{9fff}'   // ideographs
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_fold(text: &str, folded: &str) {
        assert_eq!(fold(text), folded);
    }

    #[track_caller]
    fn check_terms(text: &str, expected: &[&str]) {
        assert_eq!(terms(&fold(text)), expected);
    }

    #[track_caller]
    fn check_segments(title: &str, expected: &[&str]) {
        assert_eq!(segments(title), expected);
    }

    #[test]
    fn typing_is_folded_away() {
        check_fold("  “It’s over”: what's  next?", "its over whats next");
        check_fold("Café Zoë — ÉTÉ", "cafe zoe ete");
        check_fold("Cafe\u{301} noir", "cafe noir");
        check_fold("ＡＩ革命：日本", "ai革命 日本");
        check_fold("C++ or C#, not C", "c++ or c# not c");
        check_fold("1 + 1 = #2", "1 1 2");
        check_fold("«…»", "");
    }

    #[test]
    fn terms_are_words_or_pairs_of_ideographs() {
        check_terms("New shoes, new boss", &["boss", "new", "shoe"]);
        check_terms("東京都のAI政策", &["ai", "京都", "政策", "東京", "都の"]);
        check_terms("雨", &["雨"]);
        check_terms("", &[]);
    }

    #[test]
    fn titles_fall_into_segments() {
        check_segments("Rail lines cut", &["Rail lines cut"]);
        check_segments("Rail lines cut | World | Gazette", &["Rail lines cut", "World", "Gazette"]);
        check_segments("Rail-lines cut - Gazette", &["Rail-lines cut", "Gazette"]);
        check_segments("Opinion » Rail lines — Gazette", &["Opinion", "Rail lines", "Gazette"]);
        check_segments("鉄道が運休-新聞", &["鉄道が運休", "新聞"]);
        check_segments("| Rail |", &["Rail"]);
        check_segments("a·b · c", &["a·b", "c"]);
    }
}
