//! Stories as a feed in Atom 1.0 (RFC 4287), whole articles in it.

use std::fmt::Write as _;

use jiff::Timestamp;
use url::Url;

use crate::article::{Article, PubDate};
use crate::export::html;
use crate::story::StoryId;
use crate::text::markup::escaped;

/// What the feed begins with, when it was made and last changed.
pub fn start(title: &str, now: Timestamp) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\">\n  <title>{}</title>\n  \
         <id>urn:dateline:export</id>\n  <updated>{now}</updated>\n",
        escaped(title)
    )
}

/// What it ends with.
pub const END: &str = "</feed>\n";

/// One story; `date` is by what it stands in lists.
pub fn entry(id: StoryId, date: Timestamp, url: Option<&Url>, article: &Article) -> String {
    let mut out = format!("  <entry>\n    <title>{}</title>\n", escaped(&article.title));
    // Writing to a text cannot fail.
    let _ = writeln!(out, "    <id>urn:dateline:story:{id}</id>");
    let published = article.published.map_or(date, PubDate::instant);
    let updated = article.updated.map_or(published, PubDate::instant);
    let _ = writeln!(out, "    <published>{published}</published>");
    let _ = writeln!(out, "    <updated>{updated}</updated>");
    if let Some(url) = url {
        let _ = writeln!(out, "    <link href=\"{}\"/>", escaped(url.as_str()));
    }
    // Every entry has an author, and the publication is the next best one.
    let names =
        article.byline.iter().chain(article.site.iter().filter(|_| article.byline.is_empty()));
    let mut any = false;
    for name in names {
        any = true;
        let _ = writeln!(out, "    <author><name>{}</name></author>", escaped(name));
    }
    if !any {
        out.push_str("    <author><name>Unknown</name></author>\n");
    }
    let body: String = article.blocks.iter().map(|block| html::block(article, block)).collect();
    let _ = writeln!(out, "    <content type=\"html\">{}</content>\n  </entry>", escaped(&body));
    out
}
