//! Text as it is compared: what two people write differently of the same words (case,
//! accents, quotation marks, width) is folded away.
//!
//! Knows no language: no stems, no synonyms.

use nucleo_matcher::chars::normalize;

/// The words of a text in lower case without accents or punctuation, with a space
/// between them. Equal for titles that differ only in how they were typed.
pub fn fold(text: &str) -> String {
    words(text, true)
}

/// The same for finding words: what is elided is a word of its own, so that `école` is in
/// `l'école` and `harbor` in `harbor's`.
pub fn fold_words(text: &str) -> String {
    words(text, false)
}

fn words(text: &str, apostrophes_join: bool) -> String {
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
        } else if !(apostrophes_join && is_apostrophe(c) || is_combining(c)) {
            gap = true;
        }
    }
    out
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
pub fn is_unspaced(c: char) -> bool {
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
    fn what_is_elided_can_be_found_by_itself() {
        assert_eq!(fold_words("L’École d'été: harbor's"), "l ecole d ete harbor s");
    }
}
