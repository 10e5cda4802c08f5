//! Dates as newspapers print them, in the larger languages and in metadata.
//!
//! A date is read only from text that is nothing but a date line: a word that the
//! tables do not know makes it prose. Relative times ("two hours ago") are no dates,
//! since nothing here knows what time it is.
//!
//! Policy, where a date can be read in two ways:
//! - `3/4/2024` is 3 April, as most of the world writes, unless only the other order
//!   exists (`2/26/2024`) or a zone of the United States stands beside it.
//! - A clock time without a zone is dropped: the day is certain, the instant is not.
//! - `IST` is India's time, `BST` Britain's, `CST` North America's.

mod civil;
mod reader;
#[cfg(test)]
mod tests;
mod token;
pub(crate) mod words;

use reader::Reader;
use token::tokens;

use crate::article::PubDate;

/// What a date line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateLine<'a> {
    /// The date given as that of publication, or given without a word.
    pub published: Option<PubDate>,
    /// The date given as that of the last change.
    pub updated: Option<PubDate>,
    /// What stands before the date and a comma: "LONDON, 3 March 2024".
    pub place: Option<&'a str>,
}

/// Bytes of the longest line that can be a date line.
const MAX_LINE: usize = 200;

/// Words of the longest place in a date line.
const MAX_PLACE: usize = 4;

/// The date that a text consists of: metadata, an attribute, a cell. RFC 3339, ISO 8601,
/// RFC 2822 and what people write.
pub fn parse(text: &str) -> Option<PubDate> {
    // To the second where the text is exact; people's dates have no seconds.
    if let Ok(exact) = text.parse() {
        return Some(exact);
    }
    let line = line(text)?;
    if line.place.is_some() { None } else { line.published.or(line.updated) }
}

/// Reads a line that is nothing but a date line: dates, times, zones, weekdays and the
/// words that introduce them, with or without a place before a comma.
pub fn line(text: &str) -> Option<DateLine<'_>> {
    if text.len() > MAX_LINE || !text.chars().any(char::is_numeric) {
        return None;
    }
    let tokens = tokens(text);
    let mut found = DateLine::default();
    let mut reader = Reader::new(&tokens);
    if let Some(read) = reader.all() {
        found.published = read.0;
        found.updated = read.1;
    } else {
        let (place, rest) = text.split_once(',').or_else(|| text.split_once('—'))?;
        let place = place.trim();
        if !is_place(place) {
            return None;
        }
        let read = line(rest).filter(|read| read.place.is_none())?;
        found = DateLine { place: Some(place), ..read };
    }
    (found.published.is_some() || found.updated.is_some()).then_some(found)
}

/// Whether a line says nothing but when: a date, a clock time, a weekday, or several.
pub fn says_when(text: &str) -> bool {
    text.len() <= MAX_LINE
        && text.chars().any(char::is_numeric)
        && Reader::new(&tokens(text)).all().is_some()
}

/// A place is a few words, each a name.
fn is_place(text: &str) -> bool {
    let mut words = 0;
    text.split_whitespace().all(|word| {
        words += 1;
        word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’' | '/'))
    }) && (1..=MAX_PLACE).contains(&words)
}
