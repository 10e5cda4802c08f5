//! A feed as `inspect` shows it: every field of every entry, or a line an entry.

use std::io::{self, Write};

use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::{WIDTH, field, sentences, tell};
use crate::cli::print_json;
use crate::feed::{Entry, NotAFeed, Parsed};
use crate::text::sanitize::SafeText;
use crate::text::width::ellipsis;

/// Shows what a document that seems to be a feed parses to.
pub(super) fn show(
    out: &mut impl Write,
    read: Result<Parsed, NotAFeed>,
    as_json: bool,
) -> anyhow::Result<()> {
    match read {
        Ok(parsed) if as_json => print_json(out, &object(&parsed)),
        Ok(parsed) => Ok(outline(out, &parsed)?),
        Err(NotAFeed(sentence)) if as_json => print_json(
            out,
            &json!({
                "kind": "feed", "error": sentence, "format": null, "title": null, "link": null,
                "description_text": null, "entries": [], "warnings": [],
            }),
        ),
        Err(not) => Err(not.into()),
    }
}

fn object((feed, warnings): &Parsed) -> Value {
    json!({
        "kind": "feed",
        "error": null,
        "format": feed.format,
        "title": text(&feed.title),
        "link": feed.link,
        "description_text": text(&feed.description),
        "language": feed.language,
        "entries": feed.entries.iter().map(entry).collect::<Vec<_>>(),
        "warnings": sentences(warnings),
    })
}

fn entry(entry: &Entry) -> Value {
    let enclosures: Vec<Value> = entry
        .enclosures
        .iter()
        .map(|file| json!({ "url": file.url, "type": file.media, "length": file.length }))
        .collect();
    json!({
        "id": entry.id.as_deref().map(SafeText::line),
        "title": text(&entry.title),
        "link": entry.link,
        "published": entry.published.map(instant),
        "updated": entry.updated.map(instant),
        "author": SafeText::list(&entry.authors),
        "content_text": entry.text(),
        "tags": entry.tags,
        "enclosures": enclosures,
        "comments": entry.comments,
        "image": entry.image,
        "language": entry.language,
        "minutes": entry.minutes(),
    })
}

fn text(text: &SafeText) -> Option<&SafeText> {
    (!text.is_empty()).then_some(text)
}

/// The feed in a line an entry, for eyes.
fn outline(out: &mut impl Write, (feed, warnings): &Parsed) -> io::Result<()> {
    for (name, value) in [
        ("format", feed.format),
        ("title", &feed.title),
        ("site", feed.link.as_ref().map(Url::as_str).unwrap_or_default()),
        ("description", &feed.description),
        ("language", feed.language.as_deref().unwrap_or_default()),
        ("entries", &feed.entries.len().to_string()),
    ] {
        field(out, name, value)?;
    }
    writeln!(out)?;
    for entry in &feed.entries {
        let date = entry.published.or(entry.updated).map(day).unwrap_or_default();
        writeln!(out, "{date:<11} {}", ellipsis(&entry.title, WIDTH - 12))?;
    }
    tell(out, warnings)
}

fn day(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%d").to_string()
}

fn instant(instant: Timestamp) -> String {
    instant.to_string()
}
