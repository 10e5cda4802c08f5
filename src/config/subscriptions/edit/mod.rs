//! `FeedsText`: the text of `feeds.toml` while it is changed.
//!
//! The parser says where keys and values stand, and a change replaces these bytes and no
//! others: comments, order, blank lines and line ends stay as the reader wrote them. What
//! comes out is read again, and a change that would not have read back is refused.

mod back;
mod line;
mod table;
mod write;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use toml::de::DeTable;
use url::Url;

use super::{Origin, SavedSearch, Subscription, Subscriptions, parse};
use crate::story::SourceKey;
use crate::text::address::with_credentials_of;
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

pub use back::Back;
use line::{append, line_end, line_start, newline};
use table::Table;
use write::{quoted, table_of, table_of_search};

/// Text that is TOML throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedsText {
    text: String,
    /// What takes back what was changed, the first change first.
    back: Vec<Back>,
}

/// A change of one feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedChange {
    /// It is elsewhere now. Its key stays, so that its stories and their marks do.
    Address(Url),
    /// None: as the feed calls itself.
    Title(Option<SafeText>),
    Folder(Option<SafeText>),
    Paused(bool),
    Hidden(bool),
    Notify(bool),
}

/// A table that was taken out, to be put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    table: String,
    at: usize,
    /// The checksum of the text before it.
    before: u32,
}

/// Why a change was not made. The text is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("there is no such feed in it")]
    NoSuchFeed,
    #[error("it is written in a way that only its author can change; edit it by hand")]
    ByHand,
}

impl FeedsText {
    /// The text of a file; else which line is no TOML.
    pub fn new(text: String) -> Result<Self, Warning> {
        let (found, warnings) = parse(&text);
        if found.sound {
            return Ok(Self { text, back: Vec::new() });
        }
        let first = warnings.into_iter().find(|warning| warning.message.contains("TOML"));
        Err(first.unwrap_or_else(|| Warning::new("this is not TOML")))
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it says now.
    pub fn subscriptions(&self) -> Subscriptions {
        parse(&self.text).0
    }

    /// Subscribes, at the end of the text, to what is not there yet; says to which.
    pub fn add(&mut self, feeds: &[Subscription]) -> Result<Vec<SourceKey>, EditError> {
        let mut known: HashSet<_> =
            parse(&self.text).0.feeds.into_iter().map(|feed| feed.key).collect();
        let new: Vec<_> = feeds.iter().filter(|feed| known.insert(feed.key.clone())).collect();
        let (mut text, newline) = (self.text.clone(), newline(&self.text));
        for feed in &new {
            append(&mut text, newline, &table_of(feed));
        }
        self.accept(text)?;
        let found: HashSet<_> =
            parse(&self.text).0.feeds.into_iter().map(|feed| feed.key).collect();
        let keys = new.iter().map(|feed| feed.key.clone());
        let keys: Vec<_> = keys.filter(|key| found.contains(key)).collect();
        self.back.extend(keys.iter().map(|key| Back::Remove(key.as_str().to_owned())));
        Ok(keys)
    }

    /// Keeps searches under their names, at the end of the text.
    pub fn add_searches(&mut self, searches: &[SavedSearch]) -> Result<(), EditError> {
        let (mut text, newline) = (self.text.clone(), newline(&self.text));
        let mut added = Vec::with_capacity(searches.len());
        for search in searches {
            let before = text.len();
            append(&mut text, newline, &table_of_search(search));
            added.push(Back::Cut(text.get(before..).unwrap_or_default().to_owned()));
        }
        self.accept(text)?;
        self.back.extend(added);
        Ok(())
    }

    /// Takes a feed's table out. Comments above it and below it stay.
    pub fn remove(&mut self, key: &SourceKey) -> Result<Removed, EditError> {
        let text = &self.text;
        let table = Table::find(text, key).ok_or(EditError::NoSuchFeed)??;
        let range = table.whole(text);
        let before = text.get(..range.start).unwrap_or_default();
        let table = text.get(range.clone()).unwrap_or_default().to_owned();
        let removed =
            Removed { table, at: range.start, before: crc32fast::hash(before.as_bytes()) };
        let mut text = text.clone();
        text.replace_range(range, "");
        self.accept(text)?;
        self.back.push(Back::PutBack(removed.clone()));
        Ok(removed)
    }

    /// Takes the tables of feeds out that were added; says how many of them were there.
    fn remove_added(&mut self, keys: &HashSet<SourceKey>) -> Result<usize, EditError> {
        let tables = Table::all(&self.text, |key| keys.contains(key)).into_iter();
        let mut tables = tables.collect::<Result<Vec<_>, _>>()?;
        // From the end, so that the others stay where they are.
        tables.sort_by_key(|table| std::cmp::Reverse(table.header));
        let mut text = self.text.clone();
        for table in &tables {
            text.replace_range(table.whole(&text), "");
        }
        self.accept(text)?;
        Ok(tables.len())
    }

    /// Puts a table back where it was, or at the end if the text before it has changed.
    pub fn put_back(&mut self, removed: &Removed) -> Result<(), EditError> {
        let mut text = self.text.clone();
        let before = text.get(..removed.at).map(|before| crc32fast::hash(before.as_bytes()));
        if before == Some(removed.before) {
            text.insert_str(removed.at, &removed.table);
        } else {
            let newline = newline(&text);
            append(&mut text, newline, removed.table.trim_matches(['\r', '\n']));
        }
        self.accept(text)
    }

    /// Changes a feed. What is so already changes nothing.
    pub fn set(&mut self, key: &SourceKey, change: &FeedChange) -> Result<(), EditError> {
        let truth = |on: bool| on.then(|| "true".to_owned());
        match change {
            FeedChange::Address(url) => {
                let url = match self.subscriptions().get(key).map(|feed| &feed.origin) {
                    Some(Origin::Address(before)) => with_credentials_of(url.clone(), before),
                    Some(Origin::Command(_)) | None => url.clone(),
                };
                let origin = Origin::Address(url.clone());
                let table = Table::find(&self.text, key).ok_or(EditError::NoSuchFeed)??;
                if table.field("url").is_none() {
                    return Err(EditError::ByHand);
                }
                // The id first: without it, the new address would make another feed.
                if origin.key() != *key && table.field("id").is_none() {
                    self.set_field(key, "id", Some(quoted(key.as_str())))?;
                }
                self.set_field(key, "url", Some(quoted(url.as_str())))
            }
            FeedChange::Title(title) => self.set_text(key, "title", title.as_ref()),
            FeedChange::Folder(folder) => self.set_text(key, "folder", folder.as_ref()),
            FeedChange::Paused(on) => self.set_field(key, "paused", truth(*on)),
            FeedChange::Hidden(on) => self.set_field(key, "hidden", truth(*on)),
            FeedChange::Notify(on) => self.set_field(key, "notify", truth(*on)),
        }
    }

    fn set_text(
        &mut self,
        key: &SourceKey,
        name: &str,
        text: Option<&SafeText>,
    ) -> Result<(), EditError> {
        let text = text.filter(|text| !text.is_empty());
        self.set_field(key, name, text.map(|text| quoted(text)))
    }

    /// Gives a field of a feed another value, written as TOML, or takes it away.
    fn set_field(
        &mut self,
        key: &SourceKey,
        name: &str,
        value: Option<String>,
    ) -> Result<(), EditError> {
        let mut text = self.text.clone();
        let table = Table::find(&text, key).ok_or(EditError::NoSuchFeed)??;
        let before = table.field(name).and_then(|field| text.get(field.value.clone()));
        let back = Back::Field {
            key: key.as_str().to_owned(),
            name: name.to_owned(),
            value: before.map(str::to_owned),
        };
        if before == value.as_deref() {
            return Ok(());
        }
        match (table.field(name), value) {
            (None, None) => return Ok(()),
            (Some(field), Some(value)) => text.replace_range(field.value.clone(), &value),
            (Some(field), None) => {
                let mut range =
                    line_start(&text, field.name.start)..line_end(&text, field.value.end);
                let rest = text.get(field.value.end..range.end).unwrap_or_default();
                if rest.contains('#') {
                    // What the reader noted beside the value stays.
                    range.end -= rest.trim_start().len();
                }
                text.replace_range(range, "");
            }
            (None, Some(value)) => {
                let last = table.last_of_its_own().ok_or(EditError::ByHand)?;
                let start = line_start(&text, last.name.start);
                let indent = text.get(start..last.name.start).unwrap_or_default();
                let line = format!("{indent}{name} = {value}{}", newline(&text));
                let at = line_end(&text, last.value.end);
                let open = !text.get(..at).unwrap_or_default().ends_with('\n');
                let line = if open { format!("{}{line}", newline(&text)) } else { line };
                text.insert_str(at, &line);
            }
        }
        self.accept(text)?;
        self.back.push(back);
        Ok(())
    }

    /// Takes a changed text if it is sound.
    fn accept(&mut self, text: String) -> Result<(), EditError> {
        if DeTable::parse(&text).is_err() {
            return Err(EditError::ByHand);
        }
        self.text = text;
        Ok(())
    }
}
