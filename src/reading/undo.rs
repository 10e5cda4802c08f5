//! Undo: the steps that a reader can take back, the last one first.
//!
//! The stack is the fold of the device's own marks, so it is there again after a
//! restart. Taking a step back writes the old values as new marks. A register that no
//! longer holds the step's value was changed since, here or elsewhere: it is left
//! alone and counted. A step of which nothing is left to take back is passed over.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Change, Clock, DeviceId, Mark, ReadingState, StepId, StepInfo, Wish};
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

/// Steps that are kept; older ones are forgotten.
pub const STEPS: usize = 200;

/// What one command did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// As a sentence: "Marked 12 stories as read".
    pub what: SafeText,
    pub changes: Vec<Changed>,
}

/// One register before and after a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub story: StoryId,
    pub before: Change,
    pub after: Change,
}

/// The steps of one device.
#[derive(Debug, Clone)]
pub struct UndoStack {
    device: DeviceId,
    steps: BTreeMap<StepId, Kept>,
    /// Steps that were taken back, so that an old copy of a line does not revive one.
    taken: BTreeSet<StepId>,
    /// Steps up to here are forgotten.
    forgotten: Option<StepId>,
}

/// A step by the clocks of its marks, so that a mark that is seen twice counts once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Kept {
    what: SafeText,
    changes: BTreeMap<Clock, Changed>,
}

impl PartialEq for UndoStack {
    fn eq(&self, other: &Self) -> bool {
        self.device == other.device && self.steps == other.steps
    }
}

/// A step that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    pub step: Step,
    /// The old values, as new marks that are not applied yet. Never empty.
    pub marks: Vec<Mark>,
    /// Changes of the step that were left alone, because the register was changed since.
    pub left: usize,
}

impl UndoStack {
    /// Nothing to take back on this device yet.
    pub fn new(device: DeviceId) -> Self {
        Self { device, steps: BTreeMap::new(), taken: BTreeSet::new(), forgotten: None }
    }

    /// Takes note of a mark. Only the device's own marks count: nobody takes back
    /// from here what was done elsewhere.
    pub fn apply(&mut self, mark: &Mark) {
        if mark.device != self.device {
            return;
        }
        match &mark.step {
            None => {}
            Some(StepInfo::TookBack { step: id }) => self.take(*id),
            Some(StepInfo::Did { step: id, what, before }) => {
                if Some(*id) <= self.forgotten || self.taken.contains(id) {
                    return;
                }
                let step = self.steps.entry(*id).or_default();
                if let Some(what) = what {
                    step.what = what.clone();
                }
                let change = Changed {
                    story: mark.story,
                    before: before.clone(),
                    after: mark.change.clone(),
                };
                step.changes.insert(mark.clock, change);
                self.forget();
            }
        }
    }

    /// What the step did that [`undo`] would begin with.
    pub fn last(&self) -> Option<&SafeText> {
        self.steps.last_key_value().map(|(_, step)| &step.what)
    }

    /// The step that [`undo`] would begin with.
    pub fn latest(&self) -> Option<StepId> {
        self.steps.last_key_value().map(|(id, _)| *id)
    }

    /// Whether lines of this step are still needed.
    pub fn holds(&self, id: StepId) -> bool {
        self.steps.contains_key(&id)
    }

    fn take(&mut self, id: StepId) {
        self.steps.remove(&id);
        if Some(id) > self.forgotten {
            self.taken.insert(id);
        }
    }

    fn forget(&mut self) {
        while self.steps.len() > STEPS {
            if let Some((id, _)) = self.steps.pop_first() {
                self.forgotten = Some(id);
                self.taken.retain(|taken| *taken > id);
            }
        }
    }
}

/// Takes back the last step of which anything can be taken back.
///
/// The marks are not applied: the caller applies them to `state` and to `stack`, and
/// records them, as it does with the marks of any step.
pub fn undo(stack: &mut UndoStack, state: &mut ReadingState, now: Timestamp) -> Option<Undone> {
    while let Some((id, step)) = stack.steps.pop_last() {
        stack.take(id);
        let mut marks = Vec::new();
        let mut left = 0;
        // The last change first, as a step may write one register twice.
        for Changed { story, before, after } in step.changes.values().rev() {
            if state.current(*story, after) != *after {
                left += 1;
                continue;
            }
            let about = state.get(*story).about.cloned();
            let wish = Wish { story: *story, change: before.clone(), about };
            let mut mark = state.mark(now, wish);
            mark.step = Some(StepInfo::TookBack { step: id });
            marks.push(mark);
        }
        if !marks.is_empty() {
            let changes = step.changes.into_values().collect();
            return Some(Undone { step: Step { what: step.what, changes }, marks, left });
        }
    }
    None
}
