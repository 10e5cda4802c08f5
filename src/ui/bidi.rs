//! Right-to-left text on terminals that draw every cell where it is put: the cells of a
//! row are put into the order in which they are seen, and Arabic letters into the forms
//! that join (UAX #9; the presentation forms of Unicode 3.0).
//!
//! Terminals that order text themselves are never sent this: it would be turned twice.

use std::ops::Range;

use ar_reshaper::config::{LigaturesFlags, ReshaperConfig};
use ar_reshaper::{ArabicReshaper, Language};
use ratatui::buffer::{Buffer, Cell};
use unicode_bidi::{BidiInfo, Level};

use crate::text::width::width;

/// What follows has a direction of its own, up to the mark that ends it (UAX #9).
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Whether a text has letters that are written from right to left.
pub fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// Puts the cells of a row into the order in which they are seen. `right_to_left` is the
/// direction of the paragraph.
pub fn reorder(buffer: &mut Buffer, x: u16, y: u16, cells: u16, right_to_left: bool) {
    let row: Vec<Cell> =
        (x..x.saturating_add(cells)).map_while(|x| buffer.cell((x, y)).cloned()).collect();
    let mut symbols: Vec<&str> = Vec::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(cell) = row.get(at) {
        // A wide symbol has the cells behind it as well.
        let end = (at + width(cell.symbol()).max(1)).min(row.len());
        symbols.push(cell.symbol());
        places.push(at..end);
        at = end;
    }
    let Some(seen) = seen(&symbols, right_to_left) else { return };
    let mut to = x;
    for (index, symbol) in seen {
        for (offset, from) in places.get(index).cloned().unwrap_or_default().enumerate() {
            if let (Some(cell), Some(old)) = (buffer.cell_mut((to, y)), row.get(from)) {
                *cell = old.clone();
                if offset == 0 {
                    cell.set_symbol(&symbol);
                }
            }
            to += 1;
        }
    }
}

/// The symbols of a row as they are seen from left to right: which one each is, and in
/// which form. Nothing where the order stays.
fn seen(symbols: &[&str], right_to_left: bool) -> Option<Vec<(usize, String)>> {
    let text = symbols.concat();
    if !right_to_left && !has_right_to_left(&text) {
        return None;
    }
    let level = if right_to_left { Level::rtl() } else { Level::ltr() };
    let (isolated, places) = isolated(symbols);
    let bidi = BidiInfo::new(&isolated, Some(level));
    let level_at = |at: &usize| bidi.levels.get(*at).copied().unwrap_or(level);
    let levels: Vec<Level> = places.iter().map(level_at).collect();
    let forms = forms(symbols, &text);
    let order = BidiInfo::reorder_visual(&levels);
    let seen = order.into_iter().filter_map(|index| {
        let form = forms.get(index)?;
        let turned = levels.get(index)?.is_rtl();
        Some((index, if turned { mirrored(form).to_owned() } else { form.clone() }))
    });
    Some(seen.collect())
}

/// The text of a row, and where each symbol is in it. What stands between dots is a fact of
/// its own: a day is not torn from its month by the name before it.
fn isolated(symbols: &[&str]) -> (String, Vec<usize>) {
    let is_dot = |at: Option<usize>| at.is_some_and(|at| symbols.get(at) == Some(&"·"));
    let mut text = String::new();
    if symbols.windows(3).any(|three| three == [" ", "·", " "]) {
        text.push(FIRST_STRONG_ISOLATE);
    }
    let mut places = Vec::with_capacity(symbols.len());
    for (at, symbol) in symbols.iter().enumerate() {
        let is_blank = *symbol == " ";
        if is_blank && is_dot(at.checked_add(1)) {
            text.push(POP_ISOLATE);
        }
        places.push(text.len());
        text.push_str(symbol);
        if is_blank && is_dot(at.checked_sub(1)) {
            text.push(FIRST_STRONG_ISOLATE);
        }
    }
    (text, places)
}

/// The symbols, Arabic letters in the forms in which they join.
fn forms(symbols: &[&str], text: &str) -> Vec<String> {
    let mut config = ReshaperConfig::new(Language::Arabic, LigaturesFlags::none());
    (config.delete_harakat, config.delete_tatweel) = (false, false);
    let joined = ArabicReshaper::new(config).reshape(text);
    if joined.chars().count() != text.chars().count() {
        return symbols.iter().map(|symbol| (*symbol).to_owned()).collect();
    }
    let mut letters = joined.chars();
    symbols.iter().map(|symbol| letters.by_ref().take(symbol.chars().count()).collect()).collect()
}

/// A bracket as it looks in text that is turned.
fn mirrored(symbol: &str) -> &str {
    match symbol {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "{" => "}",
        "}" => "{",
        "<" => ">",
        ">" => "<",
        "«" => "»",
        "»" => "«",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, right_to_left: bool) -> String {
        let symbols: Vec<String> = text.chars().map(String::from).collect();
        let symbols: Vec<&str> = symbols.iter().map(String::as_str).collect();
        seen(&symbols, right_to_left).map_or_else(
            || text.to_owned(),
            |seen| seen.into_iter().map(|(_, form)| form).collect(),
        )
    }

    #[test]
    fn hebrew_is_turned_and_numbers_and_latin_words_are_not() {
        assert_eq!(shown("שלום", true), "םולש");
        assert_eq!(shown("אב 1844 (ab) גד", true), "דג (ab) 1844 בא");
        assert_eq!(shown("one אב two", false), "one בא two");
        assert_eq!(shown("one two", false), "one two");
    }

    #[test]
    fn facts_between_dots_are_not_torn() {
        assert_eq!(shown("אב · 25 Nov · c.d", true), "c.d · 25 Nov · בא");
        assert_eq!(shown("Wire · אב 3", true), "3 בא · Wire");
        assert_eq!(shown("ab · אב · 25 c", false), "ab · בא · 25 c");
    }

    #[test]
    fn arabic_letters_take_the_forms_that_join() {
        // Beginning, middle and end of a word of three letters.
        assert_eq!(shown("ببب", true), "\u{fe90}\u{fe92}\u{fe91}");
        // A letter alone is written as it is.
        assert_eq!(shown("د", true).chars().count(), 1);
    }

    #[test]
    fn a_row_keeps_its_styles_and_its_wide_characters() {
        use ratatui::style::{Color, Style};
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 8, 1));
        buffer.set_string(1, 0, "אב", Style::new().fg(Color::Red));
        buffer.set_string(3, 0, " 日", Style::new());
        reorder(&mut buffer, 1, 0, 5, true);
        let text: String = (0..8).map(|x| buffer[(x, 0)].symbol()).collect();
        assert_eq!(text.trim_end(), " 日  בא");
        assert_eq!(buffer[(5, 0)].fg, Color::Red);
    }
}
