//! Breaking text into lines.
//!
//! A paragraph is broken as a whole, so that its lines end as evenly as they can
//! (Knuth and Plass, "Breaking paragraphs into lines", 1981; by textwrap). This
//! module knows bytes and cells, and nothing of voices and links: whoever styles
//! text cuts its runs by the ranges given here.

use std::ops::Range;

use hypher::Lang;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

use super::seams::{Word, words};

/// Paragraphs longer than this, in bytes, are broken line by line: nobody sees the
/// difference in such a wall of text, and it takes a third of the time.
const OPTIMAL_UP_TO: usize = 64 << 10;

/// What an uneven line costs, in squares of its missing cells.
const PENALTIES: Penalties = Penalties {
    nline_penalty: 1000,
    // More than any gap: a line too long is no way out.
    overflow_penalty: 1_000_000,
    short_last_line_fraction: 4,
    short_last_line_penalty: 25,
    hyphen_penalty: 150,
};

/// How the ends of lines are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The fewest lines, as even as they can be.
    Optimal,
    /// The fewest lines, all about as long as each other: for headlines.
    Balanced,
    /// Each line as full as it can be.
    First,
}

/// Which bytes of a text stand on a line. The blanks at its end are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub range: Range<usize>,
    /// A hyphen that the text does not have stands at the end.
    pub hyphen: bool,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        real(self.cells)
    }

    fn whitespace_width(&self) -> f64 {
        real(self.blanks)
    }

    fn penalty_width(&self) -> f64 {
        f64::from(u8::from(self.hyphen))
    }
}

/// Text in rows of at most `max` cells; only a single cluster may be wider. A line feed
/// ends a row. Words are hyphenated where a language is given. Text without anything
/// to show has no rows; an empty line between others has an empty one.
pub fn wrap(text: &str, max: usize, fit: Fit, language: Option<Lang>) -> Vec<Row> {
    let text = text.trim_end();
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let words = words(line, max.max(1), language);
        if !words.is_empty() {
            let lines = arrange(&words, max.max(1), fit, line.len());
            rows.extend(lines.into_iter().filter_map(|line| row(line, start, max)));
        } else if !rows.is_empty() {
            rows.push(Row { range: start..start, hyphen: false });
        }
        start += line.len() + 1;
    }
    rows
}

fn row(words: &[Word], start: usize, max: usize) -> Option<Row> {
    let (first, last) = (words.first()?, words.last()?);
    let hyphen = last.hyphen && cells(words) <= max;
    Some(Row { range: start + first.start..start + last.end, hyphen })
}

/// Cells of a line, with its hyphen.
fn cells(words: &[Word]) -> usize {
    let last = words.last().map_or(0, |word| usize::from(word.hyphen));
    let blanks = words.last().map_or(0, |word| word.blanks);
    words.iter().map(|word| word.cells + word.blanks).sum::<usize>() - blanks + last
}

fn arrange(words: &[Word], max: usize, fit: Fit, bytes: usize) -> Vec<&[Word]> {
    let first_fit = |max: usize| wrap_first_fit(words, &[real(max)]);
    match fit {
        Fit::First => first_fit(max),
        Fit::Balanced => {
            let rows = first_fit(max).len();
            // The narrowest measure that needs no more rows.
            let (mut low, mut high) = (1, max);
            while low < high {
                let middle = low.midpoint(high);
                if first_fit(middle).len() > rows { low = middle + 1 } else { high = middle }
            }
            first_fit(high)
        }
        Fit::Optimal if bytes > OPTIMAL_UP_TO => first_fit(max),
        // Where a word is hyphenated it may still come out a cell too wide.
        Fit::Optimal => wrap_optimal_fit(words, &[real(max)], &PENALTIES)
            .ok()
            .filter(|lines| lines.iter().all(|line| line.len() == 1 || cells(line) <= max))
            .unwrap_or_else(|| first_fit(max)),
    }
}

fn real(cells: usize) -> f64 {
    f64::from(u32::try_from(cells).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::seams::hyphenation;
    use crate::text::width::{clusters, width};
    use proptest::prelude::*;

    fn show(text: &str, max: usize, fit: Fit, language: Option<Lang>) -> Vec<String> {
        let rows = wrap(text, max, fit, language);
        rows.into_iter()
            .map(|row| text[row.range].to_owned() + if row.hyphen { "-" } else { "" })
            .collect()
    }

    #[test]
    fn breaks_where_it_may() {
        let cases: &[(&str, usize, &[&str])] = &[
            ("", 10, &[]),
            ("   ", 10, &[]),
            ("one two three", 7, &["one two", "three"]),
            ("  one   two  ", 20, &["one   two"]),
            // The whole paragraph counts: the first line leaves room to the second.
            ("aa bb cc ddddd", 6, &["aa bb", "cc", "ddddd"]),
            ("a verse\nof two lines", 20, &["a verse", "of two lines"]),
            ("a\n\nb", 20, &["a", "", "b"]),
            // No-break spaces hold.
            ("about 10\u{a0}km away", 9, &["about", "10\u{a0}km", "away"]),
            ("a well-known landmark", 8, &["a well-", "known", "landmark"]),
            // Too little to gain.
            (
                "and now a line that ends before it comes to ninety-nine",
                54,
                &["and now a line that ends before it comes to", "ninety-nine"],
            ),
            ("the e-mail about COVID-19", 9, &["the", "e-mail", "about", "COVID-19"]),
            ("either client/server", 14, &["either client/", "server"]),
            // What is wider than a line is cut.
            ("see abcdefghijkl", 5, &["see", "abcde", "fghij", "kl"]),
            ("https://example.org/reports/annual", 22, &["https://example.org/", "reports/annual"]),
            // Ideographs part anywhere but before stops and after opening brackets.
            ("日本の新聞社が発表した", 8, &["日本の新", "聞社が発", "表した"]),
            ("彼は言った。「はい」と。", 10, &["彼は言っ", "た。「は", "い」と。"]),
            ("ラーメンをちょっと", 8, &["ラーメン", "をちょっ", "と"]),
            ("価格は￥1200です", 8, &["価格は", "￥1200で", "す"]),
            // Korean breaks at its blanks.
            ("도서관은 모두 열린다", 10, &["도서관은", "모두", "열린다"]),
            ("👩‍🚀👩‍🚀👩‍🚀", 4, &["👩‍🚀👩‍🚀", "👩‍🚀"]),
            // A cluster wider than the line stands alone.
            ("日本", 1, &["日", "本"]),
            ("ne\u{301}e", 2, &["ne\u{301}", "e"]),
        ];
        for (text, max, expected) in cases {
            assert_eq!(show(text, *max, Fit::First, None), *expected, "{text:?} in {max}");
        }
    }

    #[test]
    fn evens_the_lines_of_a_paragraph() {
        let text = "The council voted to keep all twelve libraries open for a year";
        assert_eq!(show(text, 26, Fit::First, None).last().unwrap(), "for a year");
        assert_eq!(show("aaa bb cc ddddd", 6, Fit::Optimal, None), ["aaa", "bb cc", "ddddd"]);
    }

    #[test]
    fn balances_headlines() {
        assert_eq!(
            show("Council votes to keep all twelve libraries open", 40, Fit::Balanced, None),
            ["Council votes to keep all", "twelve libraries open"]
        );
        assert_eq!(show("One line", 40, Fit::Balanced, None), ["One line"]);
    }

    #[test]
    fn hyphenates_in_a_known_language() {
        let english = hyphenation("en-GB");
        assert_eq!(
            show("an extensive documentation", 12, Fit::Optimal, english),
            ["an extensive", "documenta-", "tion"]
        );
        assert_eq!(show("“extensive”", 7, Fit::Optimal, english), ["“exten-", "sive”"]);
        // No room for the hyphen: no hyphen.
        assert!(show("extensive", 3, Fit::Optimal, english).iter().all(|row| width(row) <= 3));
        let address = "https://example.org/documentation/extensive";
        assert!(wrap(address, 20, Fit::Optimal, english).iter().all(|row| !row.hyphen));
        assert_eq!(hyphenation("zxx"), None);
        assert_eq!(hyphenation(""), None);
        assert!(hyphenation("DE").is_some());
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "[a-z]{1,12} ?",
            1 => "[a-z]{2,6}-[a-z]{2,6}/[a-z]{2,9} ",
            2 => "[、。「」ー日本の新聞っ]{1,8}",
            1 => "(👩‍🚀|🇫🇷|❤️|👍🏽){1,3}",
            1 => "[\u{300}-\u{310}\u{5d0}-\u{5da}\u{93e}\u{915}\u{94d}가-힣\u{a0}\n ]{1,6}",
            1 => ".{0,6}",
        ];
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn rows_fit_and_lose_nothing(
            text in text(),
            max in 1_usize..40,
            fit in prop::sample::select(vec![Fit::First, Fit::Optimal, Fit::Balanced]),
            hyphenate in any::<bool>(),
        ) {
            let language = hyphenate.then(|| hyphenation("en")).flatten();
            let mut end = 0;
            for row in wrap(&text, max, fit, language) {
                let shown = &text[row.range.clone()];
                let cells = width(shown) + usize::from(row.hyphen);
                let wide = clusters(shown).filter(|cluster| width(cluster) > 0).count();
                prop_assert!(cells <= max || wide == 1, "{shown:?}");
                prop_assert_eq!(text[end..row.range.start].trim(), "");
                end = row.range.end;
            }
            prop_assert_eq!(text[end..].trim(), "");
        }
    }
}
