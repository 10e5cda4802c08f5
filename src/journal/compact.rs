//! Compaction: which lines of one's own journal are still needed.
//!
//! Lines are kept as they are or left out, never rewritten, so that fields of a newer
//! version stay. A line is left out only if other lines of the same file say all that
//! it says: other devices' files may go away, and are not asked.

use std::collections::{HashMap, HashSet};

use super::line::{self, Kind};
use crate::reading::{About, Change, Clock, DeviceId, StepId, StepInfo, UndoStack};
use crate::story::StoryId;

/// The winner so far of one register, and the line it stands on.
struct Winner<T> {
    rank: (Clock, DeviceId, T),
    line: usize,
}

#[derive(Default)]
struct Line<'a> {
    text: &'a [u8],
    keep: bool,
    did: Option<StepId>,
    took: Option<StepId>,
}

/// The lines of `own`'s journal that are still needed, each ended by a line feed.
pub fn needed(journal: &[u8], own: DeviceId) -> Vec<u8> {
    let mut undo = UndoStack::new(own);
    let mut registers: HashMap<StoryId, Vec<Winner<Change>>> = HashMap::new();
    let mut about: HashMap<StoryId, Winner<About>> = HashMap::new();
    let mut lines = Vec::new();
    let mut device = own;

    for text in journal.split(|byte| *byte == b'\n').filter(|text| !text.is_empty()) {
        let at = lines.len();
        let mut line = Line { text, ..Line::default() };
        let kind = line::read(text, device, |mark| {
            undo.apply(&mark);
            match &mark.step {
                Some(StepInfo::Did { step, .. }) => line.did = Some(*step),
                Some(StepInfo::TookBack { step }) => line.took = Some(*step),
                None => {}
            }
            let known = registers.entry(mark.story).or_default();
            let rank = (mark.clock, mark.device, mark.change);
            match known.iter_mut().find(|winner| winner.rank.2.same_register(&rank.2)) {
                Some(winner) if winner.rank < rank => *winner = Winner { rank, line: at },
                Some(_) => {}
                None => known.push(Winner { rank, line: at }),
            }
            if let Some(name) = mark.about {
                let rank = (mark.clock, mark.device, name);
                if about.get(&mark.story).is_none_or(|winner| winner.rank < rank) {
                    about.insert(mark.story, Winner { rank, line: at });
                }
            }
        });
        match kind {
            Kind::Head(named) => {
                device = named;
                line.keep = true;
            }
            Kind::Other(_) | Kind::Damaged(_) => line.keep = true,
            Kind::Marks => line.keep = line::has_unknown_fields(text),
        }
        lines.push(line);
    }

    let winners = registers.values().flatten().map(|winner| winner.line);
    for at in winners.chain(about.values().map(|winner| winner.line)) {
        if let Some(line) = lines.get_mut(at) {
            line.keep = true;
        }
    }
    for line in &mut lines {
        line.keep |= line.did.is_some_and(|step| undo.holds(step));
    }
    // What took a step back is needed as long as a line of that step is there.
    let steps: HashSet<_> =
        lines.iter().filter(|line| line.keep).filter_map(|line| line.did).collect();
    let mut out = Vec::new();
    for line in &lines {
        if line.keep || line.took.is_some_and(|step| steps.contains(&step)) {
            out.extend_from_slice(line.text);
            out.push(b'\n');
        }
    }
    out
}
