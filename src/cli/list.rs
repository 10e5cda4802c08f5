//! `dateline list`: the stories that a query means.

use std::io::Write;

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::stories::{Found, Stories, asked, asks_for_likeness};
use super::{Common, Status, Usage, now, print_json, say};
use crate::journal::Journal;
use crate::query::{Query, Sort};
use crate::text::width::fit_left;

/// List stories, the latest first
///
/// QUERY is as in the reader's search: words, "a phrase", begin*, OR, -not, parentheses;
/// title: source: tag: author: lang: is:unread|read|saved|edited|updated
/// has:note|link|image after:2026-11 before:2026-11-25 newer:3d older:2w story:ID. Put --
/// before it if it begins with a minus.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Which stories; without it, all
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// No more than so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// In which order
    #[arg(long, value_name = "ORDER")]
    sort: Option<Order>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The latest first
    Date,
    /// The best match first; not known yet, so the latest first
    Rank,
}

/// Cells of a source's name.
const SOURCE: usize = 20;

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let Arguments { query, limit, sort } = arguments;
    let paths = common.paths()?;
    let (_, mut loaded) = Journal::look(&paths.config, &paths.data);
    let query = asked(query, &paths)?;
    tell_unanswered(&query, common)?;
    if *sort == Some(Order::Rank) && query.sort() != Some(Sort::Rank) {
        say(UNRANKED);
    }
    let now = now();
    let stories = Stories::find(&paths, &query, &mut loaded.state, now)?;
    let zone = TimeZone::system();
    let limit = limit.unwrap_or(usize::MAX);
    let mut told = 0;
    if limit > 0 {
        stories.each(&loaded.state, false, |story| {
            if common.json {
                print_json(out, &story.line(None))?;
            } else {
                row(story, now, &zone, out)?;
            }
            told += 1;
            Ok(told < limit)
        })?;
    }
    Ok(if told == 0 { Status::Nothing } else { Status::Done })
}

/// A story in one line, for eyes.
fn row(
    story: &Found,
    now: Timestamp,
    zone: &TimeZone,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let row = &story.entry.story;
    let age = row.published.map(|date| date.age(now, zone)).unwrap_or_default();
    let mark = match (story.state.saved, story.state.read) {
        (true, _) => '*',
        (false, false) => '+',
        (false, true) => ' ',
    };
    let source = fit_left(&row.source.name, SOURCE);
    writeln!(out, "{} {age:>6} {mark} {source} {}", row.id, row.title)
}

/// What is said where the best match is to be the first one.
const UNRANKED: &str = "matches are not ranked yet; the latest story stands first";

/// Says what of a query looks like a field and is searched for as text, and what order is not
/// to be had.
///
/// # Errors
///
/// It asks which stories are of the same matter. Nobody can tell yet, and to act on none or
/// on all would be wrong.
pub(super) fn tell_unanswered(query: &Query, common: &Common) -> Result<(), Usage> {
    if asks_for_likeness(query.root()) {
        let sentence = "like: cannot be answered yet; search for words of the story's title";
        return Err(Usage(sentence.to_owned()));
    }
    if query.sort() == Some(Sort::Rank) {
        say(UNRANKED);
    }
    if !common.quiet {
        for word in query.unknown() {
            say(format!("{word:?} is no field of the search, and is looked for as text"));
        }
    }
    Ok(())
}
