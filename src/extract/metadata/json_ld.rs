//! JSON-LD: what publishers tell search engines, by the vocabulary of <https://schema.org/Article>.

use dom_query::Document;
use serde_json::Value;

use crate::article::PubDate;
use crate::extract::date;
use crate::extract::html::dom;

/// What a page's JSON-LD says of its article.
#[derive(Debug, Default)]
pub(super) struct Described {
    pub headline: Option<String>,
    pub description: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<PubDate>,
    pub updated: Option<PubDate>,
    pub site: Option<String>,
    pub section: Option<String>,
    pub language: Option<String>,
    pub image: Option<String>,
}

/// How deep graphs may nest, and how many things they may hold.
const MAX_THINGS: usize = 500;

/// Reads the first article that a page describes.
pub(super) fn read(document: &Document) -> Described {
    let scripts = dom::all(&document.root(), "script").filter(|script| {
        script
            .attr("type")
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
    });
    let texts = scripts.map(|script| cleaned(&script.text()));
    let values: Vec<Value> = texts.filter_map(|text| serde_json::from_str(&text).ok()).collect();
    let things = things(&values);
    let Some(thing) = things.iter().find(|thing| is_article(thing)) else {
        return Described::default();
    };
    let by_id = |value: &Value| {
        let id = value.get("@id")?.as_str()?;
        things.iter().copied().find(|thing| {
            thing.get("@id").and_then(Value::as_str) == Some(id) && thing.get("name").is_some()
        })
    };
    let name = |value: &Value| -> Option<String> {
        let whole = value.get("name").or_else(|| by_id(value)?.get("name"));
        text(whole.unwrap_or(value))
    };
    let field = |key: &str| thing.get(key).and_then(text);
    let day = |key: &str| field(key).and_then(|text| date::parse(&text));
    Described {
        headline: field("headline").or_else(|| field("name")),
        description: field("description"),
        authors: thing
            .get("author")
            .map(|author| each(author).filter_map(name).collect())
            .unwrap_or_default(),
        published: day("datePublished").or_else(|| day("dateCreated")),
        updated: day("dateModified"),
        site: thing.get("publisher").and_then(|publisher| each(publisher).find_map(name)),
        section: thing.get("articleSection").and_then(|section| each(section).find_map(text)),
        language: thing.get("inLanguage").and_then(name),
        image: thing.get("image").and_then(|image| each(image).find_map(address)),
    }
}

/// JSON as pages hold it: in comments, in CDATA, with line breaks inside strings.
fn cleaned(text: &str) -> String {
    let mut text = text.trim();
    for (open, close) in [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")] {
        text = text.strip_prefix(open).unwrap_or(text);
        text = text.strip_suffix(close).unwrap_or(text).trim();
    }
    text.replace(|c: char| c.is_control(), " ").trim_end_matches(';').to_owned()
}

/// Every object that a page describes, those of graphs and of pages included.
fn things(values: &[Value]) -> Vec<&Value> {
    let mut things: Vec<&Value> = values.iter().flat_map(each).collect();
    let mut at = 0;
    while let Some(thing) = things.get(at).copied() {
        at += 1;
        for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemReviewed"] {
            if things.len() < MAX_THINGS {
                things.extend(thing.get(key).into_iter().flat_map(each));
            }
        }
    }
    things
}

fn each(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(values) => Box::new(values.iter()),
        single => Box::new(std::iter::once(single)),
    }
}

fn is_article(thing: &Value) -> bool {
    thing.get("@type").is_some_and(|kind| {
        each(kind).filter_map(Value::as_str).any(|kind| {
            let kind = kind.rsplit('/').next().unwrap_or(kind);
            kind.ends_with("Article")
                || kind.ends_with("Posting")
                || matches!(kind, "Report" | "Review" | "AnalysisNewsArticle")
        })
    })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => {
            let text = unescaped(text);
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        }
        Value::Array(values) => values.iter().find_map(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

/// Many pages write `&amp;` inside JSON, where it is no entity.
fn unescaped(text: &str) -> String {
    if text.contains('&') || text.contains('<') {
        dom::text(&Document::fragment(text).root())
    } else {
        text.to_owned()
    }
}

fn address(image: &Value) -> Option<String> {
    text(image.get("url").or_else(|| image.get("contentUrl")).unwrap_or(image))
}
