//! `dateline inspect`: what a page, a text, a feed or an OPML list parses to, and every warning.

mod feed;
mod opml;

use std::ffi::OsString;
use std::io::{self, Write};

use serde_json::{Value, json};
use url::Url;

use super::{Common, Status, print_json, target};
use crate::article::{Article, Block, PubDate, Span};
use crate::export::json;
use crate::extract::Format;
use crate::feed::candidate::Candidate;
use crate::feed::discover::on_page;
use crate::feed::opml::parse as parse_opml;
use crate::feed::{Kind, kind, parse};
use crate::text::address::public;
use crate::text::sanitize::SafeText;
use crate::text::width::ellipsis;
use crate::warning::Warning;

/// Show what a page, a text, a feed or an OPML list parses to, and every warning
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where the document came from, for its relative links
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The media type that the document was sent with
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
    /// A file, an address, or - for standard input
    #[arg(value_name = "TARGET")]
    target: OsString,
}

/// Cells of the longest line of an outline.
const WIDTH: usize = 100;

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let Arguments { url, content_type, target } = arguments;
    let mut found = target::read(target, common)?;
    // Scripts pass on what feeds say of themselves, which may be no address.
    let mut odd = Vec::new();
    match url.as_deref().map(|text| (Url::parse(text), text)) {
        Some((Ok(url), _)) => found.hints.url = Some(public(&url).into_owned()),
        Some((Err(error), text)) => {
            let sentence =
                format!("--url {text:?} is no whole address ({error}) and does not count");
            odd.push(Warning::new(sentence));
        }
        None => {}
    }
    if let Some(content_type) = content_type {
        found.hints.content_type = Some(content_type.clone());
    }
    match kind(&found.bytes, &found.hints) {
        Kind::Feed => {
            let read = parse(&found.bytes, &found.hints).map(|(feed, warnings)| {
                odd.extend(warnings);
                (feed, odd)
            });
            feed::show(out, read, common.json)?;
        }
        Kind::Opml => {
            let (list, warnings) = parse_opml(&found.bytes, &found.hints)?;
            odd.extend(warnings);
            opml::show(out, (list, odd), common.json)?;
        }
        Kind::Other => {
            let feeds = on_page(&found.bytes, &found.hints);
            let (format, (article, warnings)) = target::article_of(target, &found)?;
            odd.extend(warnings);
            let feeds = if format == Format::Html { feeds } else { Vec::new() };
            if common.json {
                print_json(out, &object(format, &article, &feeds, &odd))?;
            } else {
                outline(out, format, &article, &feeds, &odd)?;
            }
        }
    }
    Ok(Status::Done)
}

fn object(format: Format, article: &Article, feeds: &[Candidate], warnings: &[Warning]) -> Value {
    let (article, warnings) = (json::article(article, &[]), sentences(warnings));
    match format {
        Format::Html => {
            let feeds: Vec<&str> = feeds.iter().map(|feed| feed.url.as_str()).collect();
            json!({ "kind": "page", "feeds": feeds, "article": article, "warnings": warnings })
        }
        Format::Plain | Format::Markdown => {
            json!({ "kind": "text", "article": article, "warnings": warnings })
        }
    }
}

/// Warnings for scripts.
fn sentences(warnings: &[Warning]) -> Vec<String> {
    warnings.iter().map(Warning::to_string).collect()
}

/// A line of an outline, where it says anything.
fn field(out: &mut impl Write, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    writeln!(out, "{name:<11} {}", ellipsis(value, WIDTH - 12))
}

/// The warnings of an outline, each of them whole.
fn tell(out: &mut impl Write, warnings: &[Warning]) -> io::Result<()> {
    warnings.iter().try_for_each(|warning| writeln!(out, "warning     {warning}"))
}

/// The article in a line a part, for eyes.
fn outline(
    out: &mut impl Write,
    format: Format,
    article: &Article,
    feeds: &[Candidate],
    warnings: &[Warning],
) -> io::Result<()> {
    let format = match format {
        Format::Plain => "plain text",
        Format::Markdown => "Markdown",
        Format::Html => "a web page",
    };
    let date = |date: Option<PubDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let length = format!("{} words, {} min", article.words(), article.minutes());
    for (name, value) in [
        ("format", format),
        ("title", &article.title),
        ("standfirst", article.standfirst.as_deref().unwrap_or_default()),
        ("byline", &SafeText::list(&article.byline).unwrap_or_default()),
        ("published", &date(article.published)),
        ("updated", &date(article.updated)),
        ("site", article.site.as_deref().unwrap_or_default()),
        ("section", article.section.as_deref().unwrap_or_default()),
        ("language", article.language.as_deref().unwrap_or_default()),
        ("address", article.url.as_ref().map(Url::as_str).unwrap_or_default()),
        ("length", &length),
    ] {
        field(out, name, value)?;
    }
    writeln!(out)?;
    for block in &article.blocks {
        writeln!(out, "{}", ellipsis(&describe(article, block), WIDTH))?;
    }
    if !(feeds.is_empty() && warnings.is_empty()) {
        writeln!(out)?;
    }
    for feed in feeds {
        let title = feed.title.as_deref().unwrap_or_default();
        let line = format!("{} {title}", SafeText::line(feed.url.as_str()));
        field(out, "feed", line.trim_end())?;
    }
    tell(out, warnings)
}

fn describe(article: &Article, block: &Block) -> String {
    let first = |block: &Block| block.text().replace('\n', " / ").replace('\t', " | ");
    match block {
        Block::Heading { level, text } => {
            format!("heading {}   {}", level.number(), Span::join(text))
        }
        Block::Paragraph(_) => format!("paragraph   {}", first(block)),
        Block::List { items, .. } => format!("list of {:<3} {}", items.len(), first(block)),
        Block::Quote(_) => format!("quote       {}", first(block)),
        Block::Code { .. } => format!("code        {}", first(block)),
        Block::Image(image) => {
            let address = image.url.as_ref().map(Url::as_str).unwrap_or_default();
            format!("image       {} {address}", image.alt)
        }
        Block::Table(table) => format!("table of {:<2} {}", table.rows.len(), first(block)),
        Block::Embed { title, .. } => format!("embed       {title}"),
        Block::Related(id) => match article.related.get(id.0 as usize) {
            Some(related) => format!("related     {}: {}", related.label, related.title),
            None => "related".to_owned(),
        },
        Block::Rule => "rule".to_owned(),
    }
}
