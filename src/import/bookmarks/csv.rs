//! Tables with commas (RFC 4180): what Pocket and Instapaper export.

use super::{Format, Found, Item, NotAList, link, moment};
use crate::feed::Entry;
use crate::text::sanitize::SafeText;

/// What the columns of a table are called, in lower case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    format: Format,
    name: &'static str,
    /// Without these it is another table.
    needed: &'static [&'static str],
    added: &'static str,
    /// Where a story was put: unread, archive, or a folder of the reader's own.
    place: &'static str,
}

pub(super) const POCKET: Columns = Columns {
    format: Format::Pocket,
    name: "Pocket",
    needed: &["title", "url", "time_added", "status"],
    added: "time_added",
    place: "status",
};

pub(super) const INSTAPAPER: Columns = Columns {
    format: Format::Instapaper,
    name: "Instapaper",
    needed: &["url", "title", "selection", "folder"],
    added: "timestamp",
    place: "folder",
};

/// The format of a table, by what its columns are called.
pub(super) fn format(text: &str) -> Option<Format> {
    let head = head(&Rows::of(text.lines().next()?).next()?);
    let fits = |columns: &&Columns| has(&head, columns);
    [POCKET, INSTAPAPER].iter().find(fits).map(|columns| columns.format)
}

fn head(row: &[String]) -> Vec<String> {
    row.iter().map(|name| name.trim().to_ascii_lowercase()).collect()
}

fn has(head: &[String], columns: &Columns) -> bool {
    columns.needed.iter().all(|needed| head.iter().any(|name| name == needed))
}

/// Reads a table, a story a row.
pub(super) fn read(text: &str, columns: Columns, found: &mut Found) -> Result<(), NotAList> {
    let mut rows = Rows::of(text);
    let head = rows.next().map(|row| head(&row));
    let head = head.filter(|head| has(head, &columns)).ok_or_else(|| {
        let sentence = format!(
            "this is no table of {}: its columns are {}",
            columns.name,
            columns.needed.join(", ")
        );
        NotAList(SafeText::line(&sentence))
    })?;
    let column = |name: &str| head.iter().position(|column| column == name);
    let (title, url, added) = (column("title"), column("url"), column(columns.added));
    let (place, labels, selection) = (column(columns.place), column("tags"), column("selection"));
    let story = |row: Vec<String>| {
        let field = |column: Option<usize>| {
            row.get(column?).map(|field| field.trim()).filter(|field| !field.is_empty())
        };
        let place = field(place).unwrap_or_default();
        let mut tags = tags(field(labels).unwrap_or_default());
        if !matches!(place.to_ascii_lowercase().as_str(), "" | "unread" | "archive") {
            tags.push(SafeText::title(place));
        }
        let entry = Entry {
            title: SafeText::title(field(title).unwrap_or_default()),
            link: field(url).and_then(link),
            published: field(added).and_then(moment),
            ..Entry::default()
        };
        let note = field(selection).map(SafeText::multiline);
        let read = place.eq_ignore_ascii_case("archive");
        Item { entry, read, tags, note, ..Item::default() }.story()
    };
    let is_empty = |row: &Vec<String>| row.iter().all(|field| field.trim().is_empty());
    rows.filter(|row| !is_empty(row)).for_each(|row| found.add(story(row)));
    Ok(())
}

/// `a|b`, `a,b`, or a list of JSON.
fn tags(text: &str) -> Vec<SafeText> {
    let list: Vec<String> = serde_json::from_str(text).unwrap_or_else(|_| {
        text.trim_matches(['[', ']']).split(['|', ',']).map(str::to_owned).collect()
    });
    list.iter().map(|tag| SafeText::title(tag)).collect()
}

/// Columns that are kept. A table that has more is of something else.
const MOST_COLUMNS: usize = 1_000;

/// The rows of a table, with their fields, one after the other. Quotes that do not end reach
/// to the end of the text.
struct Rows<'a>(std::iter::Peekable<std::str::Chars<'a>>);

impl<'a> Rows<'a> {
    fn of(text: &'a str) -> Self {
        Self(text.chars().peekable())
    }
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        self.0.peek()?;
        let mut row = Vec::new();
        let mut field = String::new();
        let mut quoted = false;
        while let Some(c) = self.0.next() {
            match c {
                '"' if quoted && self.0.peek() == Some(&'"') => {
                    self.0.next();
                    field.push('"');
                }
                '"' if quoted => quoted = false,
                '"' if field.is_empty() => quoted = true,
                ',' if !quoted && row.len() < MOST_COLUMNS => row.push(std::mem::take(&mut field)),
                ',' if !quoted => field.clear(),
                '\r' if !quoted => {}
                '\n' if !quoted => break,
                c => field.push(c),
            }
        }
        row.push(field);
        Some(row)
    }
}
