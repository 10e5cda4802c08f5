//! Stories as JSON, a line each: what `export::jsonl` writes, and less.
//!
//! Only a title, a text or an address is needed. Whatever else is absent, null or of
//! another type than it should be is taken for absent.

use std::cell::Cell;

use jiff::Timestamp;
use serde::de::DeserializeSeed as _;
use serde_json::{Map, Value};
use url::Url;

use super::MOST_TAGS;
use crate::article::PubDate;
use crate::feed::value::Bounded;
use crate::feed::{Content, Entry, Feed, identity};
use crate::story::{SourceKey, StoryId};
use crate::text::address::shown;
use crate::text::number::grouped;
use crate::text::sanitize::SafeText;
use crate::text::width::ellipsis;

/// A story of a line.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Who it is already, if the line is of an export.
    pub id: Option<StoryId>,
    pub entry_id: String,
    pub entry: Entry,
    /// What its source is called; empty if the line does not say.
    pub source: SafeText,
    /// Which source that was where it was exported.
    pub source_key: Option<SourceKey>,
    pub read: bool,
    pub saved: bool,
    pub tags: Vec<SafeText>,
    pub note: Option<SafeText>,
}

/// The line is no story. The sentence says what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAStory {
    #[error("this is not JSON: {0}")]
    NotJson(String),
    #[error("a story is a JSON object, with a title, a text or a url")]
    Empty,
    #[error(
        "this holds more than {} values, and a story has a few; leave the others out",
        grouped(MOST_VALUES)
    )]
    TooMuch,
}

/// Values of a line, those in others counted. One that has more is no story.
const MOST_VALUES: usize = 10_000;

/// Whether a document seems to hold stories in lines, by its beginning.
pub fn is_jsonl(start: &[u8]) -> bool {
    let names = ["title", "text", "url"];
    let mut lines = start.split(|byte| *byte == b'\n');
    let Some(line) = lines.find(|line| !line.trim_ascii().is_empty()) else { return false };
    match serde_json::from_slice::<Map<String, Value>>(line) {
        Ok(object) => names.iter().any(|name| object.contains_key(*name)),
        // A long story is cut where the beginning ends, and the names stand before its text.
        Err(error) if error.is_eof() && lines.next().is_none() => {
            let line = String::from_utf8_lossy(line);
            line.starts_with('{') && names.iter().any(|name| line.contains(&format!("\"{name}\":")))
        }
        Err(_) => false,
    }
}

/// Reads one line.
pub fn line(text: &[u8]) -> Result<Imported, NotAStory> {
    let left = Cell::new(MOST_VALUES);
    let mut json = serde_json::Deserializer::from_slice(text);
    let value = Bounded(&left).deserialize(&mut json);
    let value = value.and_then(|value| json.end().map(|()| value)).map_err(|error| {
        // The parser counts lines within the text, which is one line.
        let error = error.to_string();
        let error = error.split_once(" at line").map_or(error.as_str(), |(what, _)| what);
        NotAStory::NotJson(error.to_owned())
    })?;
    if left.get() == 0 {
        return Err(NotAStory::TooMuch);
    }
    let Value::Object(line) = value else { return Err(NotAStory::Empty) };
    let title = line.text("title").map(SafeText::title).unwrap_or_default();
    let body = line.text("text").filter(|text| !text.trim().is_empty());
    let link = line.text("url").and_then(|url| Url::parse(url).ok());
    if title.is_empty() && body.is_none() && link.is_none() {
        return Err(NotAStory::Empty);
    }
    let named = line.name("entry_id");
    let id = named.as_ref().and_then(|_| line.text("id")?.parse().ok());
    let entry = Entry {
        id: named.or_else(|| line.name("id")),
        title: if title.is_empty() { first_words(body, link.as_ref()) } else { title },
        link,
        published: line.time("published"),
        updated: line.time("updated"),
        authors: line.text("author").map(SafeText::title).into_iter().collect(),
        content: body.map_or(Content::None, |text| Content::Text(text.to_owned())),
        language: line.text("language").map(SafeText::title),
        ..Entry::default()
    };
    let (entry_id, entry) = identified(entry);
    Ok(Imported {
        id,
        entry_id,
        entry,
        source: line.text("source").map(SafeText::title).unwrap_or_default(),
        source_key: line.text("source_key").map(SourceKey::new),
        read: line.get("read") == Some(&Value::Bool(true)),
        saved: line.get("saved") == Some(&Value::Bool(true)),
        tags: line.texts("tags"),
        note: line.text("note").map(SafeText::multiline).filter(|note| !note.is_empty()),
    })
}

/// An entry that is alone in its document, behind what it is called by there.
pub(super) fn identified(entry: Entry) -> (String, Entry) {
    let mut alone = Feed { entries: vec![entry], ..Feed::default() };
    let id = identity::ids(&alone).pop().unwrap_or_default();
    (id, alone.entries.pop().unwrap_or_default())
}

/// Cells of a title that is made of a text.
const TITLE: usize = 100;

/// What a story without a title is called: as much of its first line as a title holds.
pub(super) fn first_words(body: Option<&str>, link: Option<&Url>) -> SafeText {
    let line = body.and_then(|text| text.lines().find(|line| !line.trim().is_empty()));
    let line = line.map(SafeText::title).or(link.map(shown)).unwrap_or_default();
    SafeText::title(&ellipsis(&line, TITLE))
}

trait Fields {
    fn text(&self, name: &str) -> Option<&str>;
    fn name(&self, name: &str) -> Option<String>;
    fn time(&self, name: &str) -> Option<Timestamp>;
    fn texts(&self, name: &str) -> Vec<SafeText>;
}

impl Fields for Map<String, Value> {
    fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// A text or a number, as ids are.
    fn name(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    fn time(&self, name: &str) -> Option<Timestamp> {
        Some(self.text(name)?.parse::<PubDate>().ok()?.instant())
    }

    fn texts(&self, name: &str) -> Vec<SafeText> {
        let texts = self.get(name).and_then(Value::as_array).into_iter().flatten();
        let texts = texts.filter_map(Value::as_str).map(SafeText::title);
        texts.filter(|text| !text.is_empty()).take(MOST_TAGS).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_line_is_a_story() {
        let text = br#"{"id": "e-1", "url": "https://a.example/1", "title": "Ferry  stays",
            "text": "It runs.\nAll winter.", "published": "2026-11-20", "source": "Gazette"}"#;
        let story = line(text).unwrap();
        assert_eq!((story.id, story.entry_id.as_str()), (None, "e-1"));
        assert_eq!(&*story.entry.title, "Ferry stays");
        assert_eq!(story.entry.content, Content::Text("It runs.\nAll winter.".to_owned()));
        assert_eq!(story.entry.published, Some("2026-11-20T12:00:00Z".parse().unwrap()));
        assert_eq!(&*story.source, "Gazette");
    }

    #[test]
    fn a_line_of_an_export_says_who_it_is() {
        let id = StoryId::new("a.example", "e-1");
        let text = format!(
            r#"{{"id":"{id}","entry_id":"e-1","title":"T","read":true,"tags":["a",1],"note":"n"}}"#
        );
        let story = line(text.as_bytes()).unwrap();
        assert_eq!((story.id, story.entry_id.as_str()), (Some(id), "e-1"));
        assert!(story.read && !story.saved);
        assert_eq!((story.tags, story.note), (vec!["a".into()], Some("n".into())));
    }

    #[test]
    fn what_is_absent_is_made_of_what_is_there() {
        let story = line(br#"{"text": "\n One line.\nMore.", "published": 7, "id": 12}"#).unwrap();
        assert_eq!(&*story.entry.title, "One line.");
        assert_eq!(story.entry_id, "12");
        assert_eq!(story.entry.published, None);
        let story = line(br#"{"url": "https://a.example/1"}"#).unwrap();
        assert_eq!(&*story.entry.title, "https://a.example/1");
        assert!(!story.entry_id.is_empty());
    }

    #[test]
    fn what_is_no_story_is_told_why() {
        let why = |text: &str| line(text.as_bytes()).unwrap_err().to_string();
        assert_eq!(why("{\"title\":"), "this is not JSON: EOF while parsing a value");
        let many = format!("{{\"title\":\"x\",\"related\":[{}]}}", vec!["{}"; 20_000].join(","));
        assert!(why(&many).starts_with("this holds more than 10,000 values"));
        let empty = "a story is a JSON object, with a title, a text or a url";
        for text in ["[]", "{}", "{\"title\":\" \"}", "7"] {
            assert_eq!(why(text), empty);
        }
        assert!(is_jsonl(b"\n{\"title\":\"x\"}\n{"));
        // The first line may be longer than what is looked at.
        assert!(is_jsonl(b"{\"id\":\"1\",\"title\":\"x\",\"text\":\"It goes on and"));
        assert!(!is_jsonl(b"{\"items\":[{\"id\":\"1"));
        assert!(
            !is_jsonl(b"{\n\"title\":\"x\"}")
                && !is_jsonl(b"{\"items\":[]}")
                && !is_jsonl(b"https://a.example")
        );
    }
}
