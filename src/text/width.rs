//! How many cells text takes, and how it is cut and padded to fit.
//!
//! The unit is the grapheme cluster, and a cluster takes the cells that ratatui
//! gives it, so that what is measured here is what is drawn there. Terminals differ
//! on a few emoji; no table of terminals is kept.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// The cells that text takes in a terminal.
pub fn width(text: &str) -> usize {
    if is_printable_ascii(text) {
        return text.len();
    }
    clusters(text).map(cluster_width).sum()
}

/// The cells of one grapheme cluster, as ratatui 0.30 counts them: those of
/// `unicode-width`, except that a cluster with a control character is not drawn at all,
/// and that a halfwidth katakana sound mark takes a cell more.
pub fn cluster_width(cluster: &str) -> usize {
    let mut chars = cluster.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && let Some(cells) = simple_width(c)
    {
        return cells;
    }
    if cluster.contains(char::is_control) {
        return 0;
    }
    let sound_marks = cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    cluster.width() + sound_marks
}

/// The cells of a character that joins with no other of its kind to a cluster: the
/// letters and signs of most European and East Asian text.
fn simple_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '\u{a1}'..='\u{a8}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' => Some(1),
        '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a0}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

/// The grapheme clusters of text, in order. The same as `graphemes(true)` of
/// `unicode-segmentation`, and much faster where the text is simple.
pub fn clusters(text: &str) -> Clusters<'_> {
    Clusters { rest: text }
}

/// See [`clusters`].
#[derive(Debug, Clone)]
pub struct Clusters<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let mut chars = self.rest.chars();
        let first = chars.next()?;
        let simple = |c| simple_width(c).is_some();
        let end = if simple(first) && chars.next().is_none_or(simple) {
            first.len_utf8()
        } else {
            self.rest.graphemes(true).next().map_or(self.rest.len(), str::len)
        };
        let (cluster, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(cluster)
    }
}

/// The longest start of text that takes at most `max` cells, by whole clusters.
pub fn prefix(text: &str, max: usize) -> &str {
    let (mut used, mut end) = (0, 0);
    for cluster in clusters(text) {
        used += cluster_width(cluster);
        if used > max {
            break;
        }
        end += cluster.len();
    }
    text.get(..end).unwrap_or(text)
}

/// The longest end of text that takes at most `max` cells, by whole clusters.
pub fn suffix(text: &str, max: usize) -> &str {
    let mut spare = width(text).saturating_sub(max);
    let mut start = 0;
    for cluster in clusters(text) {
        if spare == 0 {
            break;
        }
        spare = spare.saturating_sub(cluster_width(cluster));
        start += cluster.len();
    }
    text.get(start..).unwrap_or_default()
}

/// Text cut to `max` cells on a cluster boundary, with `…` where something was cut.
pub fn ellipsis(text: &str, max: usize) -> String {
    if width(text) <= max {
        return text.to_owned();
    }
    let Some(room) = max.checked_sub(1) else { return String::new() };
    format!("{}…", prefix(text, room).trim_end())
}

/// Text cut in its middle to `max` cells, for addresses: the front, which holds the
/// host, keeps two thirds of the room, and the end the rest.
pub fn middle_ellipsis(text: &str, max: usize) -> String {
    if width(text) <= max {
        return text.to_owned();
    }
    let Some(room) = max.checked_sub(1) else { return String::new() };
    let tail = suffix(text, room / 3);
    let head = prefix(text, room - width(tail));
    format!("{head}…{tail}")
}

/// An address for people: without scheme, without `www.` and without a final slash,
/// cut in its middle to `max` cells.
pub fn short_address(address: &str, max: usize) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    middle_ellipsis(rest.strip_suffix('/').unwrap_or(rest), max)
}

/// Text in exactly `cells` cells, from the left: cut with `…`, or followed by blanks.
pub fn fit_left(text: &str, cells: usize) -> String {
    let mut out = ellipsis(text, cells);
    pad(&mut out, cells);
    out
}

/// Adds blanks until text takes `cells` cells.
pub fn pad(text: &mut String, cells: usize) {
    let missing = cells.saturating_sub(width(text));
    text.extend(std::iter::repeat_n(' ', missing));
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth as _;

    #[test]
    fn measures_clusters() {
        let cases = [
            ("", 0),
            ("plain", 5),
            ("naïve", 5),
            ("nai\u{308}ve", 5),
            ("日本の新聞", 10),
            ("ｶﾞｷﾞ", 6),
            ("👩‍🚀", 2),
            ("🇫🇷 🇯🇵", 5),
            ("❤️", 2),
            ("a\u{7}b\nc", 3),
            ("می\u{200c}خواهم", 7),
        ];
        for (text, cells) in cases {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn cuts_on_cluster_boundaries() {
        let cases = [
            ("short", 5, "short"),
            ("shorter", 5, "shor…"),
            ("one two", 5, "one…"),
            ("日本の新聞", 6, "日本…"),
            ("日本の新聞", 5, "日本…"),
            ("👩‍🚀👩‍🚀", 3, "👩‍🚀…"),
            ("any", 1, "…"),
            ("any", 0, ""),
        ];
        for (text, max, expected) in cases {
            assert_eq!(ellipsis(text, max), expected, "{text:?} in {max}");
        }
    }

    #[test]
    fn keeps_the_host_of_an_address() {
        let cases = [
            ("https://www.example.org/", 20, "example.org"),
            ("https://example.org/2026/11/a-long-way-home.html", 24, "example.org/2026…me.html"),
            ("example.org/2026", 4, "ex…6"),
        ];
        for (text, max, expected) in cases {
            assert_eq!(short_address(text, max), expected, "{text:?} in {max}");
        }
    }

    #[test]
    fn fits_and_pads() {
        assert_eq!(fit_left("ab", 4), "ab  ");
        assert_eq!(fit_left("日本語", 5), "日本…");
        assert_eq!(fit_left("日本語", 4), "日… ");
    }

    proptest! {
        #[test]
        fn clusters_are_graphemes(text in ".{0,40}|[ -\u{3ff}\u{2000}-\u{30ff}\u{ff00}-\u{ffff}]{0,40}") {
            prop_assert_eq!(
                clusters(&text).collect::<Vec<_>>(),
                text.graphemes(true).collect::<Vec<_>>()
            );
        }

        #[test]
        fn a_cluster_is_as_wide_as_ratatui_draws_it(
            text in "[^\\p{Cc}]{0,40}|[ -~\u{a0}-\u{3ff}\u{2000}-\u{30ff}\u{ff00}-\u{ffff}]{0,40}",
        ) {
            for cluster in text.graphemes(true) {
                prop_assert_eq!(cluster_width(cluster), usize::from(cluster.cell_width()));
            }
        }

        #[test]
        fn nothing_is_wider_than_asked(text in ".{0,40}", max in 0_usize..50) {
            prop_assert!(width(&ellipsis(&text, max)) <= max);
            prop_assert!(width(&middle_ellipsis(&text, max)) <= max);
            prop_assert_eq!(width(&fit_left(&text, max)), max);
        }
    }
}
