//! Documents of JSON: those of Google Reader and its successors, and wallabag's.

use serde_json::{Map, Value};
use url::Url;

use super::super::jsonl::Imported;
use super::{Item, NotAList, link, moment};
use crate::article::{Block, PubDate};
use crate::config::subscriptions::key_of;
use crate::extract::html;
use crate::feed::{Content, Enclosure, Entry};
use crate::text::sanitize::SafeText;

type Object = Map<String, Value>;

fn parse(text: &str) -> Result<Value, NotAList> {
    serde_json::from_str(text).map_err(|error| {
        NotAList(SafeText::line(&format!("this JSON is damaged: {error}; export it again")))
    })
}

/// Starred items: `{"items": […]}`.
pub(super) fn starred(text: &str) -> Result<Vec<Option<Imported>>, NotAList> {
    let value = parse(text)?;
    let items = value.get("items").and_then(Value::as_array);
    let items = items.ok_or_else(|| NotAList("there are no items in this JSON".into()))?;
    Ok(items.iter().map(|item| reader_item(item.as_object()?)).collect())
}

/// An item of the Google Reader API.
fn reader_item(item: &Object) -> Option<Imported> {
    let href = |name: &str| {
        let links = item.get(name)?.as_array()?;
        links.iter().find_map(|found| link(found.get("href")?.as_str()?))
    };
    let body = |name: &str| {
        let said = item.get(name)?;
        let text = said.get("content").unwrap_or(said).as_str()?;
        Some(text.to_owned()).filter(|text| !text.trim().is_empty())
    };
    let origin = item.get("origin").and_then(Value::as_object);
    let said = |name: &str| origin.and_then(|origin| text(origin, name));
    let states: Vec<&str> = texts(item.get("categories")).collect();
    let state =
        |name: &str| states.iter().any(|state| state.starts_with("user/") && state.ends_with(name));
    let labels = states.iter().filter_map(|state| state.split_once("/label/"));
    let entry = Entry {
        id: text(item, "guid").or(text(item, "id")).map(str::to_owned),
        title: title(item),
        link: href("canonical").or_else(|| href("alternate")),
        published: number(item, "published")
            .or(number(item, "timestampUsec"))
            .and_then(|n| moment(&n)),
        updated: number(item, "updated").and_then(|n| moment(&n)),
        authors: text(item, "author").map(SafeText::title).into_iter().collect(),
        content: body("content").or_else(|| body("summary")).map_or(Content::None, Content::Html),
        enclosures: enclosures(item.get("enclosure")),
        ..Entry::default()
    };
    let source = said("title").map(SafeText::title).unwrap_or_default();
    let feed = said("feedUrl").or_else(|| said("streamId")?.strip_prefix("feed/"));
    let key = feed.and_then(link).as_ref().map(key_of);
    let read = state("/state/com.google/read");
    let tags = labels.map(|(_, label)| SafeText::title(label)).collect();
    let story = Item { entry, source, read, tags, note: None }.story()?;
    Some(Imported { source_key: key, ..story })
}

fn enclosures(value: Option<&Value>) -> Vec<Enclosure> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|file| {
        let file = file.as_object()?;
        Some(Enclosure {
            url: text(file, "href").and_then(link)?,
            media: text(file, "type").map(SafeText::title),
            length: number(file, "length").and_then(|length| length.parse().ok()),
        })
    })
    .collect()
}

/// Articles of wallabag: a list of objects.
pub(super) fn wallabag(text: &str) -> Result<Vec<Option<Imported>>, NotAList> {
    let value = parse(text)?;
    let items = value.as_array().or_else(|| value.get("_embedded")?.get("items")?.as_array());
    let items =
        items.ok_or_else(|| NotAList("there is no list of articles in this JSON".into()))?;
    Ok(items.iter().map(|item| wallabag_item(item.as_object()?)).collect())
}

fn wallabag_item(item: &Object) -> Option<Imported> {
    let date = |name: &str| Some(text(item, name)?.parse::<PubDate>().ok()?.instant());
    let is = |name: &str| {
        item.get(name).is_some_and(|value| *value == Value::Bool(true) || value.as_i64() == Some(1))
    };
    let address = text(item, "given_url").filter(|_| text(item, "url").is_none());
    let content = text(item, "content").map(str::to_owned);
    let base: Option<Url> = text(item, "url").or(address).and_then(link);
    let entry = Entry {
        title: title(item),
        link: base.clone(),
        published: date("published_at").or_else(|| date("created_at")),
        authors: texts(item.get("published_by")).map(SafeText::title).collect(),
        content: content.map_or(Content::None, Content::Html),
        language: text(item, "language").map(SafeText::title),
        image: text(item, "preview_picture").and_then(link),
        base,
        ..Entry::default()
    };
    let source = text(item, "domain_name").map(SafeText::title).unwrap_or_default();
    let mut tags: Vec<SafeText> = texts(item.get("tags")).map(SafeText::title).collect();
    if is("is_starred") {
        tags.push("starred".into());
    }
    Item { entry, source, read: is("is_archived"), tags, note: None }.story()
}

/// Titles come with the references of HTML in them.
fn title(item: &Object) -> SafeText {
    let title = text(item, "title").unwrap_or_default();
    if !title.contains('&') {
        return SafeText::title(title);
    }
    let (article, _) = html::fragment(&title.replace('<', "&lt;"), None);
    let blocks: Vec<String> = article.blocks.iter().map(Block::text).collect();
    SafeText::title(&blocks.join(" "))
}

fn text<'a>(item: &'a Object, name: &str) -> Option<&'a str> {
    item.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// A number, or one that is written as a text.
fn number(item: &Object, name: &str) -> Option<String> {
    match item.get(name)? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The texts of a list, or what objects in it are called.
fn texts(list: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|one| one.as_str().or_else(|| one.get("label")?.as_str()))
}
