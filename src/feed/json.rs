//! JSON Feed 1.0 and 1.1 (<https://www.jsonfeed.org/version/1.1/>).
//!
//! Values are taken as they come: an id may be a number, an author a text.

use std::borrow::Cow;

use serde_json::{Map, Value};
use url::Url;

use super::address::{is_web, resolve};
use super::{
    Content, Enclosure, Entry, Feed, MAX_AUTHORS, MAX_ENTRIES, NotAFeed, Parsed, date, markup,
    value,
};
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

/// Whether the beginning of a document is that of a JSON Feed.
pub(super) fn is_feed(start: &str) -> bool {
    start.contains("jsonfeed.org/version")
        || (start.contains("\"items\"") && start.contains("\"version\""))
}

/// Reads a document of JSON.
pub(super) fn read(text: &str, url: Option<&Url>) -> Result<Parsed, NotAFeed> {
    let not = |sentence: String| NotAFeed(SafeText::title(&sentence));
    // What follows the feed is not looked at.
    let document = match value::read(text) {
        Ok(Value::Object(document)) => document,
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            return Err(not(format!("line {line}, column {column}: the JSON is broken here")));
        }
        Ok(_) => return Err(not("this JSON is no feed: it is no object".to_owned())),
    };
    let version = string(&document, "version").unwrap_or_default();
    let Some(Value::Array(items)) = document.get("items") else {
        return Err(not("this JSON is no feed: it has no list of items".to_owned()));
    };
    let mut warnings = Vec::new();
    if items.len() > MAX_ENTRIES {
        let count = items.len();
        warnings.push(Warning::new(format!(
            "the feed has {count} entries; the first {MAX_ENTRIES} were taken"
        )));
    }
    let mut feed = Feed {
        format: if version.ends_with("1.1") { "JSON Feed 1.1" } else { "JSON Feed 1.0" },
        title: title(&document, "title"),
        link: address(&document, "home_page_url", url),
        self_link: address(&document, "feed_url", url),
        description: title(&document, "description"),
        language: language(&document),
        ..Feed::default()
    };
    let base = feed.link.clone().or_else(|| url.cloned());
    let mut authors = authors(&document);
    authors.truncate(MAX_AUTHORS);
    feed.entries = items
        .iter()
        .filter_map(Value::as_object)
        .take(MAX_ENTRIES)
        .map(|item| entry(item, base.as_ref(), &authors))
        .collect();
    Ok((feed, warnings))
}

fn entry(item: &Map<String, Value>, base: Option<&Url>, of_feed: &[SafeText]) -> Entry {
    let external = address(item, "external_url", base);
    let id = string(item, "id").map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    let named = id.as_deref().filter(|id| id.starts_with("http")).and_then(|id| id.parse().ok());
    let content = ["content_html", "content_text", "summary"].into_iter().find_map(|key| {
        let text = string(item, key).filter(|text| !text.trim().is_empty())?.into_owned();
        Some(if key == "content_html" { Content::Html(text) } else { Content::Text(text) })
    });
    let when = |key| string(item, key).and_then(|text| date::parse(&text));
    let mut authors = authors(item);
    if authors.is_empty() {
        authors = of_feed.to_vec();
    }
    Entry {
        title: title(item, "title"),
        link: address(item, "url", base).or(external).or(named),
        published: when("date_published"),
        updated: when("date_modified"),
        authors,
        content: content.unwrap_or_default(),
        tags: list(item, "tags").filter_map(Value::as_str).map(SafeText::title).collect(),
        enclosures: enclosures(item, base),
        language: language(item),
        comments: None,
        image: address(item, "image", base).or_else(|| address(item, "banner_image", base)),
        base: base.cloned(),
        id,
    }
}

/// A text; numbers and truths, which careless programs write for texts, as their digits.
fn string<'a>(object: &'a Map<String, Value>, key: &str) -> Option<Cow<'a, str>> {
    match object.get(key)? {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(truth) => Some(Cow::Owned(truth.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn title(object: &Map<String, Value>, key: &str) -> SafeText {
    let text = string(object, key).unwrap_or_default();
    SafeText::title(&markup::text_of_either(&text))
}

fn language(object: &Map<String, Value>) -> Option<SafeText> {
    string(object, "language").map(|text| SafeText::title(&text)).filter(|text| !text.is_empty())
}

fn list<'a>(object: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> {
    object.get(key).and_then(Value::as_array).into_iter().flatten().take(200)
}

fn address(object: &Map<String, Value>, key: &str, base: Option<&Url>) -> Option<Url> {
    let written = string(object, key)?;
    let url = resolve(base, &written)?;
    is_web(&url).then_some(url)
}

/// `authors` of version 1.1, `author` of version 1.0.
fn authors(object: &Map<String, Value>) -> Vec<SafeText> {
    let name = |value: &Value| match value {
        Value::String(name) => Some(SafeText::title(name)),
        Value::Object(person) => Some(title(person, "name")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    let mut names: Vec<SafeText> =
        list(object, "authors").filter_map(name).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        let one = object.get("author").and_then(name).filter(|name| !name.is_empty());
        names.extend(one);
    }
    names
}

fn enclosures(item: &Map<String, Value>, base: Option<&Url>) -> Vec<Enclosure> {
    list(item, "attachments")
        .filter_map(Value::as_object)
        .filter_map(|file| {
            Some(Enclosure {
                url: address(file, "url", base)?,
                media: string(file, "mime_type").map(|media| SafeText::title(&media)),
                length: file.get("size_in_bytes").and_then(Value::as_u64),
            })
        })
        .collect()
}
