//! `Section`: a table of a TOML file, in the order written, with line numbers.
//!
//! Settings take their values out of a section one by one; what is left at the end
//! is a name that nobody asked for, and a [`Warning`]. A file with a syntax error
//! gives what could be read of it. Knows nothing of what the settings mean.

use std::ops::RangeInclusive;

use toml::de::{DeTable, DeValue};

use crate::config::nearest;
use crate::warning::Warning;

/// After so many syntax errors the file is given up.
const MAX_ERRORS: usize = 20;

/// A value as a file can hold it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(i64),
    Truth(bool),
    List(Vec<Value>),
    Table(Vec<Entry>),
    /// A date or a fraction, which no setting takes.
    Other,
}

impl Value {
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub name: String,
    pub value: Value,
    /// Counted from 1.
    pub line: usize,
}

/// A value that a setting can have.
pub(super) trait Setting: Sized {
    /// Nothing where the value is not one of them.
    fn read(value: &Value) -> Option<Self>;

    /// What it must be, to follow "must be".
    fn expected() -> String;
}

/// A table while its values are taken out.
#[derive(Debug)]
pub(super) struct Section {
    /// With a dot at its end, or nothing at the root.
    path: String,
    left: Vec<Entry>,
    /// Every name that was asked for, with those of inner sections by their path.
    asked: Vec<String>,
    warnings: Vec<Warning>,
    /// Lines were left out to read the rest.
    sound: bool,
}

impl Section {
    /// Reads a file. What is no TOML is a warning, and what is sound around it is kept.
    pub fn parse(text: &str) -> Self {
        let mut warnings: Vec<Warning> = Vec::new();
        let mut lines: Vec<_> = text.lines().collect();
        for _ in 0..MAX_ERRORS {
            let text = lines.join("\n");
            let error = match DeTable::parse(&text) {
                Ok(table) => {
                    let left = entries(table.into_inner(), &Lines::of(&text));
                    let sound = warnings.is_empty();
                    return Self { path: String::new(), left, asked: Vec::new(), warnings, sound };
                }
                Err(error) => error,
            };
            let at = error.span().map_or(1, |span| Lines::of(&text).line(span.start));
            let at = leave_out(&mut lines, at);
            warnings.push(Warning::at(at, format!("this is not TOML: {}", error.message())));
        }
        warnings.push(Warning::new("too much of this file is not TOML; none of it counts"));
        Self { path: String::new(), left: Vec::new(), asked: Vec::new(), warnings, sound: false }
    }

    /// Whether all of the file was TOML.
    pub fn is_sound(&self) -> bool {
        self.sound
    }

    /// Sets a value where the file has a sound one.
    pub fn set<T: Setting>(&mut self, name: &'static str, to: &mut T) {
        self.set_with(name, to, &T::expected(), T::read);
    }

    /// Sets a whole number within a range.
    pub fn set_number<T>(&mut self, name: &'static str, to: &mut T, range: RangeInclusive<T>)
    where
        T: TryFrom<i64> + PartialOrd + std::fmt::Display,
    {
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        self.set_with(name, to, &expected, |value| {
            let Value::Number(number) = value else { return None };
            T::try_from(*number).ok().filter(|number| range.contains(number))
        });
    }

    /// Sets a value that only the caller can read.
    pub fn set_with<T>(
        &mut self,
        name: &'static str,
        to: &mut T,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) {
        let Some(entry) = self.take(name) else { return };
        match read(&entry.value) {
            Some(value) => *to = value,
            None => self.refuse(&entry, expected),
        }
    }

    /// Sets a value that may be absent, made of one that the file may have.
    pub fn set_some<T: Setting, U>(
        &mut self,
        name: &'static str,
        to: &mut Option<U>,
        make: impl FnOnce(T) -> U,
    ) {
        self.set_with(name, to, &T::expected(), |value| {
            T::read(value).map(|value| Some(make(value)))
        });
    }

    /// Whether a name is there and was not asked for yet.
    pub fn has(&self, name: &str) -> bool {
        self.left.iter().any(|entry| entry.name == name)
    }

    pub fn is_table(&self, name: &str) -> bool {
        let entry = self.left.iter().find(|entry| entry.name == name);
        entry.is_some_and(|entry| matches!(entry.value, Value::Table(_)))
    }

    /// Reads an inner table, which may be absent.
    pub fn section(&mut self, name: &'static str, read: impl FnOnce(&mut Section)) {
        let left = match self.take(name) {
            Some(Entry { value: Value::Table(entries), .. }) => entries,
            Some(entry) => {
                self.refuse(&entry, &format!("a table, [{}{name}]", self.path));
                Vec::new()
            }
            None => Vec::new(),
        };
        let (asked, warnings) = self.inner(name, left, read);
        self.asked.extend(asked);
        self.warnings.extend(warnings);
    }

    /// Reads each table of an array of tables, which may be absent, with its line.
    pub fn each(&mut self, name: &'static str, mut read: impl FnMut(&mut Section, usize)) {
        let Some(entry) = self.take(name) else { return };
        let line = entry.line;
        let tables = match &entry.value {
            Value::List(values) => values.as_slice(),
            // One table alone may have been meant as the first of many.
            table => std::slice::from_ref(table),
        };
        for table in tables {
            let Value::Table(entries) = table else {
                self.refuse(&entry, &format!("tables, each with the line [[{name}]] above it"));
                return;
            };
            let line = entries.first().map_or(line, |first| first.line);
            let (_, warnings) = self.inner(name, entries.clone(), |section| read(section, line));
            self.warnings.extend(warnings);
        }
    }

    fn inner(
        &self,
        name: &str,
        left: Vec<Entry>,
        read: impl FnOnce(&mut Section),
    ) -> (Vec<String>, Vec<Warning>) {
        let path = format!("{}{name}.", self.path);
        let (asked, warnings) = (Vec::new(), Vec::new());
        let mut inner = Self { path, left, asked, warnings, sound: self.sound };
        read(&mut inner);
        inner.finish()
    }

    /// Takes out all that is left, for tables whose names are the reader's own.
    pub fn rest(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.left)
    }

    pub fn warn(&mut self, line: usize, message: impl Into<String>) {
        self.warnings.push(Warning::at(line, message));
    }

    /// The names that were asked for, and the warnings, by line.
    pub fn finish(mut self) -> (Vec<String>, Vec<Warning>) {
        for entry in std::mem::take(&mut self.left) {
            let known = self.asked.iter().filter_map(|path| {
                let name = path.strip_prefix(&self.path)?;
                Some(name.split_once('.').map_or(name, |(section, _)| section))
            });
            let hint = nearest::hint(&entry.name, known);
            let kind = if matches!(entry.value, Value::Table(_)) { "section" } else { "setting" };
            let name = format!("{}{}", self.path, entry.name);
            self.warnings
                .push(Warning::at(entry.line, format!("there is no {kind} {name:?}{hint}")));
        }
        self.warnings.sort_by_key(|warning| warning.line);
        (self.asked, self.warnings)
    }

    fn take(&mut self, name: &'static str) -> Option<Entry> {
        self.asked.push(format!("{}{name}", self.path));
        let at = self.left.iter().position(|entry| entry.name == name)?;
        Some(self.left.remove(at))
    }

    /// Says what an entry must be, to follow "must be".
    pub fn refuse(&mut self, entry: &Entry, expected: &str) {
        let name = format!("{}{}", self.path, entry.name);
        let message = format!("{name:?} must be {expected}; as it is it does not count");
        self.warn(entry.line, message);
    }
}

/// Blanks the line of an error, so that the rest can be read, and says which it was.
///
/// The parser has a recovery of its own, but it makes up values and loses sections.
fn leave_out(lines: &mut [&str], at: usize) -> usize {
    let mut upto = lines.iter().take(at);
    // Something unclosed is noticed only at the end, where no line may be left.
    let index = upto.rposition(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut rest = lines.iter_mut().skip(index);
    if let Some(line) = rest.next() {
        let header = line.trim_start().starts_with('[');
        *line = "";
        // Settings under a broken header belong to nothing.
        for line in rest.take_while(|line| header && !line.trim_start().starts_with('[')) {
            *line = "";
        }
    }
    index + 1
}

/// The entries of a table in the order written.
fn entries(table: DeTable<'_>, lines: &Lines) -> Vec<Entry> {
    let mut entries: Vec<_> = table
        .into_iter()
        .map(|(name, value)| {
            let start = name.span().start;
            let entry = Entry {
                name: name.into_inner().into_owned(),
                value: owned(value.into_inner(), lines),
                line: lines.line(start),
            };
            (start, entry)
        })
        .collect();
    entries.sort_by_key(|(start, _)| *start);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn owned(value: DeValue<'_>, lines: &Lines) -> Value {
    match value {
        DeValue::String(value) => Value::Text(value.into_owned()),
        DeValue::Integer(value) => {
            i64::from_str_radix(value.as_str(), value.radix()).map_or(Value::Other, Value::Number)
        }
        DeValue::Boolean(value) => Value::Truth(value),
        DeValue::Float(_) | DeValue::Datetime(_) => Value::Other,
        DeValue::Array(values) => {
            Value::List(values.into_iter().map(|value| owned(value.into_inner(), lines)).collect())
        }
        DeValue::Table(table) => Value::Table(entries(table, lines)),
    }
}

/// Where the lines of a text end.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte, counted from 1.
    fn line(&self, at: usize) -> usize {
        self.0.partition_point(|end| *end < at) + 1
    }
}

impl Setting for bool {
    fn read(value: &Value) -> Option<Self> {
        if let Value::Truth(truth) = value { Some(*truth) } else { None }
    }

    fn expected() -> String {
        "true or false".to_owned()
    }
}
