//! `Table`: where a `[[feed]]` and its fields stand in the text.
//!
//! The parser tells; nothing here changes anything.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::parse;
use super::EditError;
use super::line::{blank_line_at_end, blank_line_at_start, line_end, line_start};
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
        Self::all(text, |other| other == key).into_iter().next()
    }

    /// The tables of the feeds with the keys that are meant, in their order.
    pub fn all(text: &str, is_meant: impl Fn(&SourceKey) -> bool) -> Vec<Result<Self, EditError>> {
        let feeds = parse(text).0.feeds.into_iter().filter(|feed| is_meant(&feed.key));
        // The line of a feed is that of its first field.
        let lines: HashSet<usize> = feeds.map(|feed| feed.line).collect();
        let mut end = 0;
        let starts = text.split_inclusive('\n').zip(1..).filter_map(|(line, number)| {
            let start = end;
            end += line.len();
            lines.contains(&number).then_some(start)
        });
        let starts: HashSet<usize> = starts.collect();
        let Ok(root) = DeTable::parse(text) else { return Vec::new() };
        let root = root.into_inner();
        let feeds = root.iter().find(|(name, _)| name.get_ref() == "feed");
        let tables: Vec<&DeTable> = match feeds.map(|(_, tables)| tables.get_ref()) {
            Some(DeValue::Array(tables)) => {
                tables.iter().filter_map(|table| table.get_ref().as_table()).collect()
            }
            Some(table) => table.as_table().into_iter().collect(),
            None => Vec::new(),
        };
        let found = tables.into_iter().filter_map(|table| {
            let first = table.keys().map(|name| name.span().start).min()?;
            let is_its = starts.contains(&line_start(text, first));
            is_its.then(|| Self::new(text, table, first))
        });
        found.collect()
    }

    /// All that goes with the table when it is taken out of its text.
    pub fn whole(&self, text: &str) -> Range<usize> {
        let mut range = self.header..line_end(text, self.end);
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        // Of the blank lines around it one is enough.
        let blank_before = blank_line_at_end(before);
        if after.is_empty() {
            range.start -= blank_before;
        } else if blank_before > 0 || before.is_empty() {
            range.end += blank_line_at_start(after);
        }
        range
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
