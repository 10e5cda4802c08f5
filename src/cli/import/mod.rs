//! `dateline import`: subscriptions and stories from other programs.

mod feeds;
mod stories;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{Common, Status, complain, print_json, say};
use crate::import::{self, NotAList, bookmarks, jsonl};
use crate::library::file::{self, FileError};
use crate::runtime::paths::Paths;
use crate::text::number::counted;
use crate::warning::Warning;

/// Take over subscriptions and stories from other programs
///
/// Nothing that is there already is changed. Commands in a list are written down only if
/// you say so, on a terminal.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What the files are; guessed without it
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Files, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A list of feeds, as nearly every reader writes one
    Opml,
    /// Newsboat's file "urls"
    Newsboat,
    /// Stories, a line each, as dateline export writes them
    Jsonl,
    /// Starred items of Google Reader and its successors
    Starred,
    /// Bookmarks of browsers
    Netscape,
    Pocket,
    Instapaper,
    Wallabag,
}

/// What came of one file.
#[derive(Debug, Default)]
struct Outcome {
    feeds: usize,
    searches: usize,
    commands: usize,
    stories: usize,
    /// Marks of stories that were taken over.
    marks: usize,
    /// Feeds and stories that were there already.
    known: usize,
    warnings: Vec<Warning>,
    /// Some of it could not be taken.
    failed: bool,
}

/// Bytes by which a format is guessed.
const START: u64 = 64 << 10;

/// Bytes of the longest list of feeds.
const LONGEST_LIST: u64 = 64 << 20;

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let format = arguments.format.map(Known::from);
    let paths = common.paths()?;
    let mut status = Status::Nothing;
    let mut failed = false;
    for path in &arguments.paths {
        match import(path, format, &paths, common) {
            Ok(outcome) => {
                for warning in &outcome.warnings {
                    say(format!("{}: {warning}", path.display()));
                }
                failed |= outcome.failed;
                if !outcome.is_empty() {
                    status = Status::Done;
                }
                if common.json {
                    print_json(out, &outcome.object(path))?;
                } else if !common.quiet {
                    writeln!(out, "{}", outcome.sentence())?;
                }
            }
            Err(error) => {
                complain(&error);
                failed = true;
            }
        }
    }
    Ok(if failed { Status::Failed } else { status })
}

/// What is read by which part of the program.
#[derive(Debug, Clone, Copy)]
enum Known {
    List(import::Format),
    Bookmarks(bookmarks::Format),
    Stories,
}

impl From<Format> for Known {
    fn from(format: Format) -> Self {
        match format {
            Format::Opml => Self::List(import::Format::Opml),
            Format::Newsboat => Self::List(import::Format::Newsboat),
            Format::Jsonl => Self::Stories,
            Format::Starred => Self::Bookmarks(bookmarks::Format::Starred),
            Format::Netscape => Self::Bookmarks(bookmarks::Format::Netscape),
            Format::Pocket => Self::Bookmarks(bookmarks::Format::Pocket),
            Format::Instapaper => Self::Bookmarks(bookmarks::Format::Instapaper),
            Format::Wallabag => Self::Bookmarks(bookmarks::Format::Wallabag),
        }
    }
}

/// The format of a document by its beginning, where it is one of stories. The last line of a
/// beginning may be cut, but not the first one.
fn guess(start: &[u8]) -> Option<Known> {
    let stories = || jsonl::is_jsonl(start).then_some(Known::Stories);
    bookmarks::guess(start).map(Known::Bookmarks).or_else(stories)
}

fn import(
    path: &Path,
    format: Option<Known>,
    paths: &Paths,
    common: &Common,
) -> anyhow::Result<Outcome> {
    let fail = |source| FileError::of(path, source);
    let mut stream = file::stream(path)?;
    let mut start = Vec::new();
    stream.by_ref().take(START).read_to_end(&mut start).map_err(fail)?;
    let format = format.or_else(|| guess(&start));
    let mut stream = start.chain(stream);
    let whole = |stream: &mut dyn Read| {
        let mut bytes = Vec::new();
        stream.take(LONGEST_LIST + 1).read_to_end(&mut bytes).map_err(fail)?;
        if bytes.len() as u64 > LONGEST_LIST {
            let name = path.display().to_string();
            return Err(FileError::TooLarge { name, limit: LONGEST_LIST >> 20 }.into());
        }
        anyhow::Ok(bytes)
    };
    let named = |error: NotAList| anyhow::anyhow!("{}: {error}", path.display());
    match format {
        Some(Known::Stories) => stories::import(path, &mut stream, paths),
        Some(Known::Bookmarks(format)) => {
            let bytes = whole(&mut stream)?;
            stories::store(paths, |tell| bookmarks::read(&bytes, format, tell).map_err(named))
        }
        Some(Known::List(format)) => {
            let plan = import::read(&whole(&mut stream)?, Some(format)).map_err(named)?;
            feeds::import(plan, paths, common)
        }
        None => {
            let plan = import::read(&whole(&mut stream)?, None).map_err(named)?;
            feeds::import(plan, paths, common)
        }
    }
}

impl Outcome {
    fn is_empty(&self) -> bool {
        self.feeds + self.searches + self.commands + self.stories + self.known == 0
    }

    fn object(&self, path: &Path) -> Value {
        json!({
            "path": path.to_string_lossy(),
            "feeds": self.feeds,
            "searches": self.searches,
            "commands": self.commands,
            "stories": self.stories,
            "marks": self.marks,
            "known": self.known,
            "warnings": self.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    }

    fn sentence(&self) -> String {
        let count =
            |count: usize, one: &str, many: &str| (count > 0).then(|| counted(count, one, many));
        let new = [
            count(self.feeds, "feed", "feeds"),
            count(self.commands, "feed from a command", "feeds from commands"),
            count(self.searches, "search", "searches"),
            count(self.stories, "story", "stories"),
            count(self.marks, "mark", "marks"),
        ];
        let new = new.into_iter().flatten().collect::<Vec<_>>().join(", ");
        match (new.is_empty(), self.known) {
            (true, 0) => "Nothing to import was found.".to_owned(),
            (true, 1) => "Nothing new; 1 was there already.".to_owned(),
            (true, known) => format!("Nothing new; {known} were there already."),
            (false, 0) => format!("Imported {new}."),
            (false, known) => format!("Imported {new}; {known} more were there already."),
        }
    }
}
