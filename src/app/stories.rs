//! `StoryList`: the rows of the list, what is selected, and what is in sight.
//!
//! Rows are places in the catalog: what a row says is made when it is drawn, so a list
//! of a hundred thousand costs as much to draw as its height. `rows.rs` makes them.

use jiff::civil::Date;

use crate::command::Motion;
use crate::story::StoryId;

use super::catalog::{Catalog, Listed};
use super::view::View;

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A separator: the stories below are of this day.
    Day(Date),
    /// The story at a place of the catalog.
    Story(u32),
}

impl Row {
    /// Rows of the screen that it takes; `tall`, where each story takes two.
    pub fn height(self, tall: bool) -> u16 {
        match self {
            Self::Story(_) if tall => 2,
            Self::Story(_) | Self::Day(_) => 1,
        }
    }
}

/// Stands for no row.
pub(super) const NO_ROW: u32 = u32::MAX;

/// The list pane.
#[derive(Debug, Clone)]
pub struct StoryList {
    pub view: View,
    /// Words that a title must hold; empty shows all.
    pub filter: String,
    pub rows: Vec<Row>,
    /// For each source of the catalog, whether stories of it can belong here.
    pub(super) takes: Vec<bool>,
    /// For each place of the catalog, the row of its story; [`NO_ROW`] where it has none.
    pub(super) row_of: Vec<u32>,
    /// The rows that are separators.
    pub(super) days: Vec<usize>,
    /// The row of the cursor; always a story, if there is one.
    pub selected: usize,
    /// The first row in sight.
    pub top: usize,
    /// Stories of the view.
    pub count: usize,
    /// How many of them are unread.
    pub unread: usize,
    /// All of them come from one source, whose name need not be said on each row.
    pub one_source: bool,
}

impl StoryList {
    pub fn new(view: View) -> Self {
        Self {
            view,
            filter: String::new(),
            rows: Vec::new(),
            takes: Vec::new(),
            row_of: Vec::new(),
            days: Vec::new(),
            selected: 0,
            top: 0,
            count: 0,
            unread: 0,
            one_source: true,
        }
    }

    /// The story under the cursor.
    pub fn selected_id(&self, catalog: &Catalog) -> Option<StoryId> {
        self.story_at(self.selected, catalog).map(|story| story.id)
    }

    /// The story of a row, with the source that it is listed with here.
    pub fn story_at<'a>(&self, row: usize, catalog: &'a Catalog) -> Option<Listed<'a>> {
        match self.rows.get(row)? {
            Row::Story(place) => {
                let story = catalog.at(*place)?;
                let source = self.source_of(*place, catalog);
                let source = source.and_then(|number| catalog.named(number));
                Some(Listed { source: source.unwrap_or(story.source), ..story })
            }
            Row::Day(_) => None,
        }
    }

    /// The source that a story is listed with here: one of which this list takes stories;
    /// none if it takes those of none of them.
    pub(super) fn source_of(&self, place: u32, catalog: &Catalog) -> Option<u32> {
        let takes = |number: &u32| self.takes.get(*number as usize) == Some(&true);
        let usual = catalog.source_of(place).filter(takes);
        usual.or_else(|| catalog.sources_of(place).find(takes))
    }

    /// The row of a story.
    pub fn row_of(&self, id: StoryId, catalog: &Catalog) -> Option<usize> {
        let row = *self.row_of.get(catalog.place(id)? as usize)?;
        (row != NO_ROW).then_some(row as usize)
    }

    /// Which story of the list a story is, counted from 1.
    pub fn ordinal(&self, id: StoryId, catalog: &Catalog) -> Option<usize> {
        let row = self.row_of(id, catalog)?;
        Some(row + 1 - self.days.partition_point(|day| *day < row))
    }

    /// The ids of all stories shown, in order.
    pub fn ids<'a>(
        &'a self,
        catalog: &'a Catalog,
    ) -> impl DoubleEndedIterator<Item = StoryId> + 'a {
        (0..self.rows.len()).filter_map(|row| Some(self.story_at(row, catalog)?.id))
    }

    /// Puts the cursor on a story, if it is in the list.
    pub fn select(&mut self, id: StoryId, catalog: &Catalog) {
        if let Some(row) = self.row_of(id, catalog) {
            self.selected = row;
        }
    }

    /// Moves the cursor. `height` is the pane's, in rows.
    pub fn motion(&mut self, motion: Motion, count: usize, height: usize) {
        let last = self.rows.len().saturating_sub(1);
        let step = |rows: usize| rows.saturating_mul(count);
        let page = height.saturating_sub(1).max(1);
        let half = (height / 2).max(1);
        let below = |rows: usize| self.selected.saturating_add(step(rows)).min(last);
        let above = |rows: usize| self.selected.saturating_sub(step(rows));
        match motion {
            Motion::Next => self.step(count, true),
            Motion::Previous => self.step(count, false),
            Motion::HalfPageDown => self.jump(below(half), true),
            Motion::HalfPageUp => self.jump(above(half), false),
            Motion::PageDown => self.jump(below(page), true),
            Motion::PageUp => self.jump(above(page), false),
            Motion::Top => self.jump(0, true),
            Motion::Bottom => self.jump(last, false),
        }
    }

    /// Moves over `count` stories; separators do not count.
    fn step(&mut self, count: usize, down: bool) {
        for _ in 0..count {
            let next = if down {
                (self.selected + 1..self.rows.len()).find(|row| self.is_story(*row))
            } else {
                (0..self.selected).rev().find(|row| self.is_story(*row))
            };
            match next {
                Some(row) => self.selected = row,
                None => break,
            }
        }
    }

    fn jump(&mut self, row: usize, down: bool) {
        self.selected = row;
        if !self.is_story(row) {
            self.step(1, down);
        }
        self.settle();
    }

    fn is_story(&self, row: usize) -> bool {
        matches!(self.rows.get(row), Some(Row::Story(_)))
    }

    /// The cursor stands on a story, the nearest where it stood on a separator.
    pub(super) fn settle(&mut self) {
        if !self.rows.is_empty() && !self.is_story(self.selected) {
            self.step(1, true);
            if !self.is_story(self.selected) {
                self.step(1, false);
            }
        }
    }

    /// Scrolls so that the cursor is in sight. `height` in cells, `tall` rows take two.
    pub fn show_cursor(&mut self, height: usize, tall: bool) {
        let cost = |row: &Row| usize::from(row.height(tall));
        // A separator right above the cursor belongs to it.
        let above = self.selected.saturating_sub(1);
        let first = if self.is_story(above) { self.selected } else { above };
        self.top = self.top.min(first);
        let mut room = height;
        let mut earliest = self.selected;
        for row in (0..=self.selected).rev() {
            let Some(cells) = self.rows.get(row).map(cost) else { break };
            if cells > room {
                break;
            }
            room -= cells;
            earliest = row;
        }
        self.top = self.top.max(earliest);
        // A list that would fit is shown from its first row.
        if self.rows.iter().take(height + 1).map(cost).sum::<usize>() <= height {
            self.top = 0;
        }
    }

    /// The story row at so many cells below the top of the pane.
    pub fn row_at(&self, mut cell: usize, tall: bool) -> Option<usize> {
        for (row, kind) in self.rows.iter().enumerate().skip(self.top) {
            let cells = usize::from(kind.height(tall));
            if cell < cells {
                return self.is_story(row).then_some(row);
            }
            cell -= cells;
        }
        None
    }

    /// The next story after the cursor, or before it, that a test holds for.
    pub fn seek(
        &self,
        catalog: &Catalog,
        down: bool,
        wanted: impl Fn(StoryId) -> bool,
    ) -> Option<StoryId> {
        let fits = |row: &usize| self.story_at(*row, catalog).is_some_and(|s| wanted(s.id));
        let row = if down {
            (self.selected + 1..self.rows.len()).find(fits)
        } else {
            (0..self.selected).rev().find(fits)
        };
        row.and_then(|row| self.story_at(row, catalog)).map(|story| story.id)
    }
}
