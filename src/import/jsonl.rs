//! Stories as JSON, a line each: what `export::jsonl` writes, and less.
//!
//! Only a title, a text or an address is needed. Whatever else is absent, null or of
//! another type than it should be is taken for absent.

use jiff::Timestamp;
use serde_json::{Map, Value};
use url::Url;

use crate::article::PubDate;
use crate::feed::{Content, Entry, Feed, identity};
use crate::story::{SourceKey, StoryId};
use crate::text::address::shown;
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
}

/// Whether a document seems to hold stories in lines.
pub fn is_jsonl(start: &[u8]) -> bool {
    let line = start.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let object = line.and_then(|line| serde_json::from_slice::<Map<String, Value>>(line).ok());
    object.is_some_and(|object| {
        ["title", "text", "url"].iter().any(|name| object.contains_key(*name))
    })
}

/// Reads one line.
pub fn line(text: &[u8]) -> Result<Imported, NotAStory> {
    let value: Value = serde_json::from_slice(text).map_err(|error| {
        // The parser counts lines within the text, which is one line.
        let error = error.to_string();
        let error = error.split_once(" at line").map_or(error.as_str(), |(what, _)| what);
        NotAStory::NotJson(error.to_owned())
    })?;
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
    let mut ids = identity::ids(&Feed { entries: vec![entry.clone()], ..Feed::default() });
    Ok(Imported {
        id,
        entry_id: ids.pop().unwrap_or_default(),
        entry,
        source: line.text("source").map(SafeText::title).unwrap_or_default(),
        source_key: line.text("source_key").map(SourceKey::new),
        read: line.get("read") == Some(&Value::Bool(true)),
        saved: line.get("saved") == Some(&Value::Bool(true)),
        tags: line.texts("tags"),
        note: line.text("note").map(SafeText::multiline).filter(|note| !note.is_empty()),
    })
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
        texts.filter(|text| !text.is_empty()).collect()
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
        let empty = "a story is a JSON object, with a title, a text or a url";
        for text in ["[]", "{}", "{\"title\":\" \"}", "7"] {
            assert_eq!(why(text), empty);
        }
        assert!(is_jsonl(b"\n{\"title\":\"x\"}\n{"));
        assert!(
            !is_jsonl(b"{\n\"title\":\"x\"}")
                && !is_jsonl(b"{\"items\":[]}")
                && !is_jsonl(b"https://a.example")
        );
    }
}
