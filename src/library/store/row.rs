//! A story's rows as the values that they stand for. Whatever is in the file, text passes
//! the door of [`SafeText`] again, and what cannot be read is left out.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::ValueRef;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::article::PubDate;
use crate::feed::{Content, Enclosure, Entry};
use crate::story::{Source, SourceKey};
use crate::text::sanitize::SafeText;

/// The order date's place in a story's number: its seconds stand above these bits.
const SECOND: i64 = 1 << 20;

/// The numbers that stories of a second may have.
pub(super) fn numbers_of(date: Timestamp) -> RangeInclusive<i64> {
    let first = date.as_second() * SECOND;
    first..=first + (SECOND - 1)
}

/// The numbers of the second before.
pub(super) fn numbers_before(numbers: &RangeInclusive<i64>) -> RangeInclusive<i64> {
    numbers.start() - SECOND..=numbers.end() - SECOND
}

/// The order date of a story's number.
pub(super) fn date_of(number: i64) -> Timestamp {
    Timestamp::from_second(number.div_euclid(SECOND)).unwrap_or_default()
}

/// The date that lists show of a story.
pub(super) fn published(number: i64) -> PubDate {
    PubDate::Instant(date_of(number))
}

/// The source of two columns, its key and its name.
pub(super) fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    let key = text(row, 0)?.unwrap_or_default();
    Ok(Source { key: SourceKey::new(&key), name: title(row, 1)? })
}

pub(super) fn seconds(time: Option<Timestamp>) -> Option<i64> {
    time.map(Timestamp::as_second)
}

pub(super) fn time(seconds: Option<i64>) -> Option<Timestamp> {
    seconds.and_then(|seconds| Timestamp::from_second(seconds).ok())
}

/// Text of a column, whatever is in it; nothing for null.
pub(super) fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            Some(String::from_utf8_lossy(bytes).into_owned())
        }
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => None,
    })
}

/// A title, as one line.
pub(super) fn title(row: &Row<'_>, column: usize) -> rusqlite::Result<SafeText> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) => SafeText::title(&String::from_utf8_lossy(bytes)),
        ValueRef::Blob(_) | ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => {
            SafeText::default()
        }
    })
}

/// What has no column of its own.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Rest {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<SafeText>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<SafeText>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<Enclosure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<SafeText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<Url>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Url>,
    /// If it is not the link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Url>,
}

impl Rest {
    /// Its JSON; none where there is nothing to keep.
    pub(super) fn of(entry: &Entry) -> Option<String> {
        let rest = Self {
            authors: entry.authors.clone(),
            tags: entry.tags.clone(),
            enclosures: entry.enclosures.clone(),
            language: entry.language.clone(),
            comments: entry.comments.clone(),
            image: entry.image.clone(),
            base: entry.base.clone().filter(|base| entry.link.as_ref() != Some(base)),
        };
        serde_json::to_string(&rest).ok().filter(|json| json != "{}")
    }

    pub(super) fn from_json(json: Option<String>) -> Self {
        json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
    }
}

/// The kind of a content, and its text.
pub(super) fn content_columns(content: &Content) -> (i64, Option<&str>) {
    match content {
        Content::None => (0, None),
        Content::Html(html) => (1, Some(html)),
        Content::Text(text) => (2, Some(text)),
    }
}

/// The content of two columns that follow each other.
pub(super) fn content(row: &Row<'_>, kind: usize) -> rusqlite::Result<Content> {
    let written = text(row, kind + 1)?;
    Ok(match (row.get::<_, i64>(kind)?, written) {
        (1, Some(html)) => Content::Html(html),
        (2, Some(text)) => Content::Text(text),
        (_, _) => Content::None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_as_dates_are() {
        for second in [-62_135_596_800, -1, 0, 1, 1_800_000_000, 253_402_207_200] {
            let date = Timestamp::from_second(second).unwrap();
            let numbers = numbers_of(date);
            assert_eq!(date_of(*numbers.start()), date);
            assert_eq!(date_of(*numbers.end()), date);
            let later = Timestamp::from_second(second + 1).unwrap_or(date);
            assert!(later == date || numbers_of(later).start() > numbers.end());
        }
    }
}
