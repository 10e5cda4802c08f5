//! `dateline undo`: the last change of state is taken back.

use std::io::Write;

use jiff::Timestamp;
use serde_json::json;

use super::{Common, Status, print_json, stored};
use crate::journal::saved::Saved;
use crate::journal::{Durability, Journal};
use crate::reading::{Change, undo};
use crate::runtime::saving::{Additions, save, unsave};

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
    let saved = Saved::new(&paths.config, &paths.data);
    let library = stored::library(&paths);
    let mut status = Status::Done;
    for mark in &undone.marks {
        let result = match mark.change {
            Change::Saved(true) => {
                let additions = Additions::from(loaded.state.get(mark.story));
                save(&saved, &library, mark.story, &additions).map(|_| ())
            }
            Change::Saved(false) => unsave(&saved, &library, mark.story),
            Change::Read(_) | Change::Tag { .. } | Change::Note(_) | Change::Place(_) => Ok(()),
        };
        if let Err(error) = result {
            super::complain(&error.into());
            status = Status::Failed;
        }
    }
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

#[expect(clippy::disallowed_methods, reason = "a subcommand reads the clock once")]
fn now() -> Timestamp {
    Timestamp::now()
}
