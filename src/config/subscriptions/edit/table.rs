//! `Table`: where a `[[feed]]` and its fields stand in the text.
//!
//! The parser tells; nothing here changes anything.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::parse;
use super::EditError;
use super::line::line_start;
use crate::story::SourceKey;

/// Where a `[[feed]]` and its fields stand, in bytes.
#[derive(Debug)]
pub(super) struct Table {
    /// The start of the header's line.
    pub header: usize,
    fields: Vec<Field>,
    /// The end of its last value, also of an inner table.
    pub end: usize,
}

#[derive(Debug)]
pub(super) struct Field {
    label: String,
    pub name: Range<usize>,
    pub value: Range<usize>,
    /// It is a table, which may stand under a header of its own.
    inner: bool,
}

impl Table {
    /// The table of the first feed with a key, if there is one and it has a header.
    pub fn find(text: &str, key: &SourceKey) -> Option<Result<Self, EditError>> {
        let feed = parse(text).0.feeds.into_iter().find(|feed| feed.key == *key)?;
        let root = DeTable::parse(text).ok()?.into_inner();
        let (_, tables) = root.iter().find(|(name, _)| name.get_ref() == "feed")?;
        let tables: Vec<&DeTable> = match tables.get_ref() {
            DeValue::Array(tables) => {
                tables.iter().filter_map(|table| table.get_ref().as_table()).collect()
            }
            table => table.as_table().into_iter().collect(),
        };
        // The line of a feed is that of its first field.
        let line = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        tables.into_iter().find_map(|table| {
            let first = table.keys().map(|name| name.span().start).min()?;
            (line(first) == feed.line).then(|| Self::new(text, table, first))
        })
    }

    fn new(text: &str, table: &DeTable, first: usize) -> Result<Self, EditError> {
        let header = header_above(text, first).ok_or(EditError::ByHand)?;
        let field = |(name, value): (&Spanned<Cow<str>>, &Spanned<DeValue>)| Field {
            label: name.get_ref().to_string(),
            name: name.span(),
            value: value.span(),
            inner: value.get_ref().is_table(),
        };
        Ok(Self { header, fields: table.iter().map(field).collect(), end: end_of(table) })
    }

    pub fn field(&self, label: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.label == label)
    }

    /// The last field that stands under the feed's own header.
    pub fn last_of_its_own(&self) -> Option<&Field> {
        self.fields.iter().filter(|field| !field.inner).max_by_key(|field| field.value.end)
    }
}

/// Where the last name or value of a table ends.
fn end_of(table: &DeTable) -> usize {
    let end = |(name, value): (&Spanned<Cow<str>>, &Spanned<DeValue>)| {
        let inner = value.get_ref().as_table().map_or(0, end_of);
        name.span().end.max(value.span().end).max(inner)
    };
    table.iter().map(end).max().unwrap_or_default()
}

/// The start of the line of the `[[…]]` above a field; none where the table is written
/// between braces.
fn header_above(text: &str, field: usize) -> Option<usize> {
    let mut start = line_start(text, field);
    if !text.get(start..field)?.trim().is_empty() {
        return None;
    }
    while start > 0 {
        let end = start;
        start = line_start(text, end - 1);
        let line = text.get(start..end)?.trim();
        if line.starts_with("[[") {
            return Some(start);
        }
        if !line.is_empty() && !line.starts_with('#') {
            return None;
        }
    }
    None
}
