//! `dateline export`: stories and subscriptions for other programs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;
use serde_json::json;
use url::Url;

use super::stories::{Found, Stories, asked};
use super::{Common, Status, Usage, list, now, print_json, say};
use crate::article::{Article, PubDate};
use crate::config::subscriptions::{Origin, Subscription};
use crate::export::jsonl::{Related, Whole};
use crate::export::{atom, html, markdown, netscape, opml};
use crate::feeds::FeedsFile;
use crate::journal::saved::file_name;
use crate::journal::{Journal, write_whole};
use crate::library::destinations::Destinations;
use crate::library::store::Reader;
use crate::runtime::paths::Paths;
use crate::text::number::counted;
use crate::text::sanitize::SafeText;

/// Write stories or subscriptions in a format that others read
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Which stories, as for dateline list; without it, all
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// As what
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// Name up to so many stories that each leads to, in jsonl; else 5
    #[arg(long, value_name = "N")]
    related: Option<usize>,
    /// The folder to write Markdown or pages into, a file for each story
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The subscriptions, for other readers
    Opml,
    /// Stories with all that is known of them, which import takes back
    Jsonl,
    /// Articles as Markdown
    Markdown,
    /// Articles as pages of their own
    Html,
    /// Links as bookmarks of browsers
    Netscape,
    /// A feed of whole articles
    Atom,
}

/// Related stories that are named where nobody says how many.
const RELATED: usize = 5;

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let Arguments { query, format, related, out: folder } = arguments;
    if related.is_some() && *format != Format::Jsonl {
        return wrong("only jsonl names related stories; leave --related out");
    }
    let files = matches!(format, Format::Markdown | Format::Html);
    match folder {
        Some(_) if !files => return wrong("--out is for markdown and html; redirect the output"),
        None if *format == Format::Html => {
            return wrong("html is a page for each story; give a folder with --out");
        }
        Some(_) | None => {}
    }
    let paths = common.paths()?;
    if *format == Format::Opml {
        if !query.is_empty() {
            return wrong("opml holds feeds and no stories; leave the query out");
        }
        return subscriptions(&paths, common, out);
    }
    let query = asked(query, &paths)?;
    list::tell_unanswered(&query, common)?;
    let (_, mut loaded) = Journal::look(&paths.config, &paths.data);
    let now = now();
    let stories = Stories::find(&paths, &query, &mut loaded.state, now)?;
    let most = related.unwrap_or(RELATED);
    let mut related = match format {
        Format::Jsonl if most > 0 => stories.destinations()?,
        Format::Jsonl
        | Format::Netscape
        | Format::Atom
        | Format::Opml
        | Format::Markdown
        | Format::Html => None,
    };
    let (start, end) = around(*format, now);
    out.write_all(start.as_bytes())?;
    let (mut told, mut left_out) = (0_usize, 0_usize);
    stories.each(&loaded.state, true, |story| {
        told += 1;
        match format {
            Format::Jsonl => line(story, related.as_mut(), most, out)?,
            Format::Netscape => match story.entry.story.url() {
                Some(url) => bookmark(story, url, out)?,
                None => left_out += 1,
            },
            Format::Atom => entry(story, out)?,
            Format::Opml | Format::Markdown | Format::Html => {
                let article = story.article();
                let text = if *format == Format::Html {
                    html::article(&article)
                } else {
                    markdown::article(&article, &additions(story))
                };
                match folder {
                    Some(folder) => file(folder, *format, story, &article, &text)?,
                    None if told > 1 => write!(out, "\n{text}")?,
                    None => out.write_all(text.as_bytes())?,
                }
            }
        }
        Ok(true)
    })?;
    out.write_all(end.as_bytes())?;
    if left_out > 0 && !common.quiet {
        let those = counted(left_out, "story has", "stories have");
        say(format!("{those} no address and cannot be a bookmark; jsonl takes all"));
    }
    if let Some(folder) = folder {
        let name = folder.to_string_lossy();
        if common.json {
            print_json(out, &json!({ "files": told, "folder": name }))?;
        } else if told > 0 && !common.quiet {
            let files = counted(told, "file", "files");
            writeln!(out, "Wrote {files} to {}.", SafeText::line(&name))?;
        }
    }
    Ok(if told == 0 { Status::Nothing } else { Status::Done })
}

/// What stands before the stories of a format, and after them.
fn around(format: Format, now: Timestamp) -> (String, &'static str) {
    match format {
        Format::Netscape => (netscape::START.to_owned(), netscape::END),
        Format::Atom => (atom::start("Stories of dateline", now), atom::END),
        Format::Opml | Format::Jsonl | Format::Markdown | Format::Html => (String::new(), ""),
    }
}

fn wrong(sentence: &str) -> anyhow::Result<Status> {
    Err(Usage(sentence.to_owned()).into())
}

/// The subscriptions as OPML.
fn subscriptions(paths: &Paths, common: &Common, out: &mut impl Write) -> anyhow::Result<Status> {
    let feeds = FeedsFile::new(&paths.config, &paths.data).load()?.subscriptions.feeds;
    let health = Reader::health_in(&paths.data)?;
    let own = |feed: &Subscription| health.get(&feed.key).map(|health| &health.title);
    let names: Vec<_> = feeds.iter().map(|feed| feed.name(own(feed))).collect();
    let outlines = feeds.iter().zip(&names).map(|(feed, name)| opml::Feed {
        url: match &feed.origin {
            Origin::Address(url) => Some(url),
            Origin::Command(_) => None,
        },
        title: name,
        folder: feed.folder.as_deref().unwrap_or_default(),
        tags: feed.tags.iter().map(SafeText::as_str).collect(),
        site: health.get(&feed.key).and_then(|health| health.site.as_ref()),
        opml: &feed.opml,
    });
    out.write_all(opml::write("Subscriptions of dateline", outlines).as_bytes())?;
    let has_password = |origin: &Origin| match origin {
        Origin::Address(url) => url.password().is_some(),
        Origin::Command(_) => false,
    };
    let passwords = feeds.iter().filter(|feed| has_password(&feed.origin)).count();
    if passwords > 0 && !common.quiet {
        let those = counted(passwords, "password was", "passwords were");
        say(format!("{those} left out of the addresses; feeds.toml has them"));
    }
    Ok(if feeds.is_empty() { Status::Nothing } else { Status::Done })
}

fn line(
    story: &Found,
    related: Option<&mut Destinations>,
    most: usize,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let article = story.article();
    let related = match related {
        Some(destinations) => destinations.of(&story.entry.story, &article, most)?,
        None => Vec::new(),
    };
    let related = related.into_iter().map(|(story, way)| Related {
        id: story.id,
        entry_id: story.details.map(|details| details.entry_id).unwrap_or_default(),
        title: story.title,
        reason: way.name(),
    });
    let text = Some(article.plain_text()).filter(|text| !text.is_empty());
    let whole = Whole { related: related.collect(), text };
    print_json(out, &story.line(Some(whole)))
}

fn entry(story: &Found, out: &mut impl Write) -> io::Result<()> {
    let row = &story.entry.story;
    let date = row.published.map_or(story.entry.first_seen, PubDate::instant);
    out.write_all(atom::entry(row.id, date, row.url(), &story.article()).as_bytes())
}

fn bookmark(story: &Found, url: &Url, out: &mut impl Write) -> io::Result<()> {
    let tags: Vec<_> = story.state.tags.iter().map(|tag| tag.as_str()).collect();
    let title = &story.entry.story.title;
    let date = story.entry.story.published.map(PubDate::instant);
    let note = story.state.note.map(SafeText::as_str);
    out.write_all(netscape::bookmark(url, title, date, &tags, note).as_bytes())
}

/// What the reader added, for the front matter.
fn additions(story: &Found) -> Vec<(&'static str, String)> {
    let mut extra = vec![("id", story.entry.story.id.to_string())];
    if !story.state.tags.is_empty() {
        let tags: Vec<_> = story.state.tags.iter().map(|tag| tag.as_str()).collect();
        extra.push(("tags", tags.join(", ")));
    }
    extra.extend(story.state.note.map(|note| ("note", note.to_string())));
    extra
}

fn file(
    folder: &Path,
    format: Format,
    story: &Found,
    article: &Article,
    text: &str,
) -> anyhow::Result<()> {
    let mut path = folder.join(file_name(story.entry.story.id, &article.title));
    if format == Format::Html {
        path.set_extension("html");
    }
    Ok(write_whole(&path, text.as_bytes())?)
}
