//! `SourceList`: the pane of views and sources, with counts of what is unread.

use crate::command::Motion;
use crate::reading::ReadingState;
use crate::text::sanitize::SafeText;

use super::catalog::Catalog;
use super::message::{Found, Shelf};
use super::view::{View, begun};

/// A line of the pane: a view of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    pub view: View,
    /// Stories of it that are unread; for what was begun or saved, all of them.
    pub count: usize,
    /// It stands below a head, one step in.
    pub indent: u16,
}

/// The source pane.
#[derive(Debug, Clone, Default)]
pub struct SourceList {
    pub rows: Vec<SourceRow>,
    pub selected: usize,
    pub top: usize,
}

impl SourceList {
    /// Makes the rows anew. The cursor stays on its view.
    pub fn rebuild(&mut self, catalog: &Catalog, reading: &ReadingState) {
        let selected = self.rows.get(self.selected).map(|row| row.view.clone());
        let mut sources: Vec<(&SafeText, usize)> = Vec::new();
        let mut tags: Vec<(SafeText, usize)> = Vec::new();
        let (mut unread, mut saved, mut half_read, mut given) = (0, 0, 0, None);
        for (_, found) in catalog.iter() {
            let state = reading.get(found.story.id);
            let new = usize::from(!state.read);
            unread += new;
            saved += usize::from(state.saved);
            half_read += usize::from(begun(&state));
            if found.shelf == Shelf::Given {
                given = Some(given.unwrap_or(0) + new);
            }
            match sources.iter_mut().find(|(name, _)| **name == found.story.source.name) {
                Some((_, count)) => *count += new,
                None => sources.push((&found.story.source.name, new)),
            }
            for tag in state.tags {
                match tags.iter_mut().find(|(name, _)| name == tag) {
                    Some((_, count)) => *count += new,
                    None => tags.push((tag.clone(), new)),
                }
            }
        }
        tags.sort();
        let top = |view, count| SourceRow { view, count, indent: 0 };
        let mut rows: Vec<SourceRow> =
            given.map(|count| top(View::Given, count)).into_iter().collect();
        rows.push(top(View::All, unread));
        let of_all = sources.into_iter().map(|(name, count)| (View::Source(name.clone()), count));
        rows.extend(of_all.map(|(view, count)| SourceRow { view, count, indent: 1 }));
        rows.push(top(View::Unread, unread));
        rows.push(top(View::Saved, saved));
        rows.push(top(View::Continue, half_read));
        rows.extend(tags.into_iter().map(|(tag, count)| top(View::Tag(tag), count)));
        let kept = selected.and_then(|view| rows.iter().position(|row| row.view == view));
        self.selected = kept.unwrap_or(self.selected.min(rows.len().saturating_sub(1)));
        self.rows = rows;
    }

    /// For each row, whether a story counts there.
    pub fn weigh(&self, found: &Found, reading: &ReadingState) -> Vec<bool> {
        let unread = !reading.is_read(found.story.id);
        self.rows
            .iter()
            .map(|row| match row.view {
                View::Saved | View::Continue => row.view.holds(found, reading),
                View::Given | View::All | View::Unread | View::Source(_) | View::Tag(_) => {
                    unread && row.view.holds(found, reading)
                }
            })
            .collect()
    }

    /// A story that was weighed before a change weighs something else now.
    pub fn shift(&mut self, before: &[bool], after: &[bool]) {
        for (row, (before, after)) in self.rows.iter_mut().zip(before.iter().zip(after)) {
            row.count = (row.count + usize::from(*after)).saturating_sub(usize::from(*before));
        }
    }

    /// The view under the cursor.
    pub fn chosen(&self) -> Option<&View> {
        self.rows.get(self.selected).map(|row| &row.view)
    }

    pub fn select(&mut self, view: &View) {
        if let Some(row) = self.rows.iter().position(|row| row.view == *view) {
            self.selected = row;
        }
    }

    pub fn motion(&mut self, motion: Motion, count: usize, height: usize) {
        let last = self.rows.len().saturating_sub(1);
        let to = match motion {
            Motion::Next => self.selected.saturating_add(count),
            Motion::Previous => self.selected.saturating_sub(count),
            Motion::HalfPageDown => self.selected + height / 2,
            Motion::HalfPageUp => self.selected.saturating_sub(height / 2),
            Motion::PageDown => self.selected + height,
            Motion::PageUp => self.selected.saturating_sub(height),
            Motion::Top => 0,
            Motion::Bottom => last,
        };
        self.selected = to.min(last);
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(height));
    }
}
