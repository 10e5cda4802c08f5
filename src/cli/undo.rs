//! `dateline undo`: the last change of state is taken back.

use std::io::Write;

use serde_json::json;

use super::{Common, Status, bookmarks, now, print_json};
use crate::feeds::{FeedsFile, TakenBack};
use crate::journal::{Durability, Journal};
use crate::reading::undo;
use crate::text::sanitize::SafeText;

/// Take back the last change of state, and say what it was
///
/// One change at a time: a read mark, a bookmark, tags, a note, all the stories that were
/// marked as read at once, or what was done to your feeds.
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
    let file = FeedsFile::new(&paths.config, &paths.data);
    let marked = loaded.undo.latest().map(|step| step.clock);
    if let Some(step) = file.steps()?.pop().filter(|step| Some(step.clock) > marked)
        && let Some(TakenBack { step, left, .. }) = file.take_back(step.clock)?
    {
        return told(&step.what, 1, left, common, out).map(|()| Status::Done);
    }
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
    told(&undone.step.what, undone.marks.len(), undone.left, common, out)?;
    Ok(status)
}

/// Says what was taken back, and how much of it was left alone.
fn told(
    what: &SafeText,
    changes: usize,
    left: usize,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    if common.json {
        let done = json!({ "undone": what, "changes": changes, "left": left });
        return print_json(out, &done);
    }
    writeln!(out, "Taken back: {what}")?;
    if left > 0 {
        writeln!(out, "{left} were changed since, and stay as they are.")?;
    }
    Ok(())
}
