//! The files of bookmarks, after marks were made without a screen.

use std::collections::BTreeMap;

use super::{say, stored};
use crate::journal::saved::Saved;
use crate::reading::{Change, Mark, ReadingState};
use crate::runtime::paths::Paths;
use crate::runtime::saving::{Additions, save, unsave};

/// Writes the files of bookmarks, or takes them away. Says whether all went well; many
/// that failed for one reason are one complaint.
pub(super) fn files(marks: &[Mark], state: &ReadingState, paths: &Paths) -> bool {
    let saved = Saved::new(&paths.config, &paths.data);
    let library = stored::library(paths);
    let mut failed: BTreeMap<String, usize> = BTreeMap::new();
    for mark in marks {
        let done = match mark.change {
            Change::Saved(true) => {
                let additions = Additions::from(state.get(mark.story));
                save(&saved, &library, mark.story, &additions).map(|_| ())
            }
            Change::Saved(false) => unsave(&saved, &library, mark.story),
            Change::Read(_) | Change::Tag { .. } | Change::Note(_) | Change::Place(_) => Ok(()),
        };
        if let Err(error) = done {
            *failed.entry(error.to_string()).or_default() += 1;
        }
    }
    for (sentence, count) in &failed {
        let times = if *count > 1 { format!("{count} times: ") } else { String::new() };
        say(format!("{times}{sentence}"));
    }
    failed.is_empty()
}
