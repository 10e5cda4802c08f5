//! `dateline undo`: the last change of state is taken back.

use std::io::Write;

use serde_json::json;

use super::{Common, Status, bookmarks, now, print_json};
use crate::journal::{Durability, Journal};
use crate::reading::undo;

/// Take back the last change of state, and say what it was
///
/// One change at a time: a read mark, a bookmark, tags, a note, or all the stories that
/// were marked as read at once.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(
    _arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let paths = common.paths()?;
    let (mut journal, mut loaded) = Journal::open(&paths.config, &paths.data);
    loaded.writable?;
    let now = now();
    let Some(undone) = undo::undo(&mut loaded.undo, &mut loaded.state, now) else {
        if common.json {
            print_json(out, &json!({ "undone": null, "changes": 0, "left": 0 }))?;
        } else if !common.quiet {
            writeln!(out, "Nothing to take back.")?;
        }
        return Ok(Status::Nothing);
    };
    for mark in &undone.marks {
        loaded.state.apply(mark);
    }
    journal.append(&undone.marks, Durability::Now)?;
    let went_well = bookmarks::files(&undone.marks, &loaded.state, &paths);
    let status = if went_well { Status::Done } else { Status::Failed };
    if common.json {
        let what = undone.step.what.as_str();
        let done = json!({ "undone": what, "changes": undone.marks.len(), "left": undone.left });
        print_json(out, &done)?;
    } else {
        writeln!(out, "Taken back: {}", undone.step.what)?;
        if undone.left > 0 {
            writeln!(out, "{} were changed since, and stay as they are.", undone.left)?;
        }
    }
    Ok(status)
}
