//! `dateline inspect`: what a page, a text, a feed or an OPML list parses to, and every warning.

mod feed;
mod opml;

use std::io::Write;

use anyhow::Context as _;
use serde_json::json;
use url::Url;

use super::{Common, Status, print_json, target};
use crate::article::{Article, Block, Span};
use crate::export::json;
use crate::extract::Format;
use crate::feed::discover::{self, Candidate};
use crate::feed::{Hints, Kind, kind, parse};
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
    target: String,
}

/// Cells of the longest line of the outline.
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
    let (url, content_type) = (found.hints.url.clone(), found.hints.content_type.clone());
    let hints = Hints { url, content_type };
    match kind(&found.bytes, &hints) {
        Kind::Feed => {
            let read = parse(&found.bytes, &hints).map(|(feed, warnings)| {
                odd.extend(warnings);
                (feed, odd)
            });
            feed::show(out, read, common.json)?;
            return Ok(Status::Done);
        }
        Kind::Opml => {
            let (list, warnings) = opml::parse(&found.bytes, &hints)?;
            odd.extend(warnings);
            opml::show(out, (list, odd), common.json)?;
            return Ok(Status::Done);
        }
        Kind::Other => {}
    }
    let feeds = discover::on_page(&found.bytes, &hints);
    let (format, (article, mut warnings)) = target::article_of(target, &found)?;
    warnings.splice(0..0, odd);
    if common.json {
        let warnings: Vec<String> = warnings.iter().map(Warning::to_string).collect();
        let article = json::article(&article, |_| None);
        let value = match format {
            Format::Html => {
                let feeds: Vec<&str> = feeds.iter().map(|feed| feed.url.as_str()).collect();
                json!({ "kind": "page", "feeds": feeds, "article": article, "warnings": warnings })
            }
            Format::Plain | Format::Markdown => {
                json!({ "kind": "text", "article": article, "warnings": warnings })
            }
        };
        print_json(out, &value)?;
    } else {
        let feeds = if format == Format::Html { feeds } else { Vec::new() };
        outline(out, format, &article, &feeds, &warnings)
            .context("the outline could not be written")?;
    }
    Ok(Status::Done)
}

/// The article in a line a part, for eyes.
fn outline(
    out: &mut impl Write,
    format: Format,
    article: &Article,
    feeds: &[Candidate],
    warnings: &[Warning],
) -> std::io::Result<()> {
    let format = match format {
        Format::Plain => "plain text",
        Format::Markdown => "Markdown",
        Format::Html => "a web page",
    };
    let mut field = |name: &str, value: Option<String>| match value.filter(|v| !v.is_empty()) {
        Some(value) => writeln!(out, "{name:<11} {}", ellipsis(&value, WIDTH - 12)),
        None => Ok(()),
    };
    field("format", Some(format.to_owned()))?;
    field("title", Some(article.title.to_string()))?;
    field("standfirst", article.standfirst.as_ref().map(ToString::to_string))?;
    field("byline", Some(names(&article.byline)))?;
    field("published", article.published.map(|date| date.to_string()))?;
    field("updated", article.updated.map(|date| date.to_string()))?;
    field("site", article.site.as_ref().map(ToString::to_string))?;
    field("section", article.section.as_ref().map(ToString::to_string))?;
    field("language", article.language.as_ref().map(ToString::to_string))?;
    field("address", article.url.as_ref().map(ToString::to_string))?;
    field("length", Some(format!("{} words, {} min", article.words(), article.minutes())))?;
    writeln!(out)?;
    for block in &article.blocks {
        writeln!(out, "{}", ellipsis(&describe(article, block), WIDTH))?;
    }
    if !(feeds.is_empty() && warnings.is_empty()) {
        writeln!(out)?;
    }
    for feed in feeds {
        let title = feed.title.as_deref().unwrap_or_default();
        let line = format!("feed        {} {title}", SafeText::line(feed.url.as_str()));
        writeln!(out, "{}", ellipsis(line.trim_end(), WIDTH))?;
    }
    for warning in warnings {
        writeln!(out, "warning     {warning}")?;
    }
    Ok(())
}

fn names(byline: &[SafeText]) -> String {
    byline.iter().map(SafeText::as_str).collect::<Vec<_>>().join(", ")
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
