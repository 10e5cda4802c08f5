//! Documents of JSON: those of Google Reader and its successors, and wallabag's.

use std::cell::Cell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};
use url::Url;

use super::{Found, Item, NotAList, link, moment};
use crate::article::{Block, PubDate};
use crate::config::subscriptions::key_of;
use crate::extract::html;
use crate::feed::value::Bounded;
use crate::feed::{Content, Enclosure, Entry};
use crate::import::jsonl::Imported;
use crate::text::sanitize::SafeText;

type Object = Map<String, Value>;

/// Values of an item, those in others counted. What follows more of them is left out.
const MOST_VALUES: usize = 10_000;

/// The list at the end of a path of names. Its items are told of one after the other, so that
/// only one of them is ever in memory.
struct Items<'a> {
    path: &'a [&'a str],
    tell: &'a mut dyn FnMut(&Value),
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        if self.path.is_empty() { from.deserialize_seq(self) } else { from.deserialize_map(self) }
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        loop {
            let left = Cell::new(MOST_VALUES);
            let Some(item) = list.next_element_seed(Bounded(&left))? else { return Ok(()) };
            (self.tell)(&item);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(name) = object.next_key::<String>()? {
            match self.path.split_first() {
                Some((first, path)) if name == *first => {
                    object.next_value_seed(Items { path, tell: &mut *self.tell })?;
                    found = true;
                }
                Some(_) | None => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        if found { Ok(()) } else { Err(A::Error::custom("there is no list of items")) }
    }
}

/// Tells of the items of a list in a document, once it is known to be whole.
fn items(text: &str, path: &[&str], tell: &mut dyn FnMut(&Value)) -> Result<(), NotAList> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let sentence = format!("this JSON is damaged: {error}; export it again");
        return Err(NotAList(SafeText::line(&sentence)));
    }
    let read = Items { path, tell }.deserialize(&mut serde_json::Deserializer::from_str(text));
    // Whole it is, so it is a document of something else.
    read.map_err(|_| NotAList("there is no list of items in this JSON; look whether it is of the format that was named".into()))
}

/// Starred items: `{"items": […]}`.
pub(super) fn starred(text: &str, found: &mut Found) -> Result<(), NotAList> {
    items(text, &["items"], &mut |item| found.add(item.as_object().and_then(reader_item)))
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
pub(super) fn wallabag(text: &str, found: &mut Found) -> Result<(), NotAList> {
    let is_list = text.trim_start().starts_with('[');
    let path: &[_] = if is_list { &[] } else { &["_embedded", "items"] };
    items(text, path, &mut |item| found.add(item.as_object().and_then(wallabag_item)))
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
