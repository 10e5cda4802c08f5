//! Titles taken apart for comparing: terms and segments of folded text.
//!
//! Knows no language but for the English plural.

use crate::text::fold::is_unspaced;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[track_caller]
    fn check_terms(text: &str, expected: &[&str]) {
        assert_eq!(terms(&fold(text)), expected);
    }

    #[track_caller]
    fn check_segments(title: &str, expected: &[&str]) {
        assert_eq!(segments(title), expected);
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
