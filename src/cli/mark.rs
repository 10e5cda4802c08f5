//! `dateline mark`: one change of state for all the stories that a query means.

use std::io::Write;

use serde_json::json;

use super::stories::{Stories, asked};
use super::{Common, Status, Usage, bookmarks, list, now, print_json};
use crate::journal::{Durability, Journal};
use crate::reading::{About, Change, Wish};
use crate::text::number::counted;
use crate::text::sanitize::SafeText;

/// Mark stories as read, unread or saved, or tag them
///
/// All of it is one change, which dateline undo takes back.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// read, unread, saved, unsaved, tag:NAME or untag:NAME
    #[arg(value_name = "MARK")]
    mark: String,
    /// Which stories, as for dateline list
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let change = change(&arguments.mark)?;
    let paths = common.paths()?;
    let query = asked(&arguments.query, &paths)?;
    list::tell_unanswered(&query, common)?;
    let (mut journal, mut loaded) = Journal::open(&paths.config, &paths.data);
    loaded.writable?;
    let now = now();
    let stories = Stories::find(&paths, &query, &mut loaded.state, now)?;
    journal.append(&stories.adopted, Durability::Soon)?;
    let mut matched = 0;
    let mut wishes = Vec::new();
    stories.each(&loaded.state, false, |found| {
        let story = &found.entry.story;
        matched += 1;
        if loaded.state.current(story.id, &change) != change {
            let url = story.url().map(ToString::to_string);
            let source = story.source.name.clone();
            let about = About { title: story.title.clone(), url, source };
            // A name for each of a hundred thousand read marks would be most of the journal.
            let about = (!matches!(change, Change::Read(_))).then_some(about);
            wishes.push(Wish { story: story.id, change: change.clone(), about });
        }
        Ok(true)
    })?;
    let what = sentence(&change, &wishes);
    let marks = loaded.state.step(now, &SafeText::title(&what), wishes);
    for mark in &marks {
        loaded.state.apply(mark);
    }
    journal.append(&marks, Durability::Now)?;
    let mut status = if matched == 0 { Status::Nothing } else { Status::Done };
    if matches!(change, Change::Saved(_)) && !bookmarks::files(&marks, &loaded.state, &paths) {
        status = Status::Failed;
    }
    if common.json {
        let changed = marks.len();
        print_json(out, &json!({ "matched": matched, "changed": changed }))?;
    } else if !common.quiet {
        writeln!(out, "{}", told(&what, marks.len(), matched))?;
    }
    Ok(status)
}

fn change(mark: &str) -> Result<Change, Usage> {
    let tag = |name: &str, on| {
        let name = SafeText::title(name);
        (!name.is_empty()).then_some(Change::Tag { name, on })
    };
    let change = match mark.split_once(':') {
        None => match mark {
            "read" => Some(Change::Read(true)),
            "unread" => Some(Change::Read(false)),
            "saved" => Some(Change::Saved(true)),
            "unsaved" => Some(Change::Saved(false)),
            _ => None,
        },
        Some(("tag", name)) => tag(name, true),
        Some(("untag", name)) => tag(name, false),
        Some(_) => None,
    };
    change.ok_or_else(|| {
        let known = "read, unread, saved, unsaved, tag:NAME or untag:NAME";
        Usage(format!("{mark:?} is no mark; give {known}"))
    })
}

/// What the step did, as a sentence without its full stop.
fn sentence(change: &Change, wishes: &[Wish]) -> String {
    let stories = counted(wishes.len(), "story", "stories");
    match change {
        Change::Read(true) => format!("Marked {stories} as read"),
        Change::Read(false) => format!("Marked {stories} as unread"),
        Change::Saved(true) => format!("Bookmarked {stories}"),
        Change::Saved(false) => format!("Removed the bookmarks of {stories}"),
        Change::Tag { name, on: true } => format!("Tagged {stories} “{name}”"),
        Change::Tag { name, on: false } => format!("Took the tag “{name}” from {stories}"),
        // Neither is set by this command.
        Change::Note(_) | Change::Place(_) => format!("Changed {stories}"),
    }
}

fn told(what: &str, changed: usize, matched: usize) -> String {
    match (changed, matched) {
        (_, 0) => "No story matches.".to_owned(),
        (0, 1) => "The story that matches is so already.".to_owned(),
        (0, matched) => format!("All {matched} stories that match are so already."),
        (changed, matched) if changed < matched => {
            format!("{what}; {} were so already.", matched - changed)
        }
        (_, _) => format!("{what}."),
    }
}
