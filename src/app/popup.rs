//! `Popup`: a list in a box. Outline, palette, help, views and offers are all this one.
//!
//! An item says what it is and what choosing it does. A popup can be narrowed by
//! typing; the palette is narrowed from the start.

use std::collections::BTreeSet;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use tui_input::Input;
use url::Url;

use crate::article::Position;
use crate::command::{Command, Motion};
use crate::config::key::Key;
use crate::story::SourceKey;
use crate::text::sanitize::SafeText;

use super::feeds::NewFeed;
use super::prompt::{Typed, edit, paste};
use super::sources::Standing;
use super::view::View;

/// A list in a box.
#[derive(Debug, Clone)]
pub struct Popup {
    pub title: SafeText,
    pub items: Vec<Item>,
    /// The items that match, in order.
    pub shown: Vec<usize>,
    /// Which of the shown items the cursor is on.
    pub selected: usize,
    /// The first shown item in sight.
    pub top: usize,
    /// What is typed to narrow the list, once that has begun.
    pub filter: Option<Input>,
    /// Keys that are worth naming below the list.
    pub hint: &'static str,
    /// Several items can be chosen together; these are marked.
    pub marked: Option<BTreeSet<usize>>,
    /// The feed that the box is about.
    pub about: Option<SourceKey>,
    /// Best matches come first while narrowing; else the order of the items stays.
    ranked: bool,
}

/// A line of a popup.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub text: SafeText,
    /// What is said of it, in a column of its own.
    pub detail: SafeText,
    /// Set at the right: a key, a percentage.
    pub note: SafeText,
    /// How deep it stands, in steps of two cells.
    pub indent: u16,
    /// Of a folder or a feed, what its sign says.
    pub standing: Standing,
    pub choice: Choice,
}

/// What choosing an item does.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// The item is a head of those below and cannot be chosen.
    Head,
    /// The item says something about what the box is about, and cannot be chosen.
    Fact,
    /// The item only says something; choosing it closes the box.
    Close,
    Jump(Position),
    Run(Command),
    Show(View),
    Browse(Url),
    Copy(String),
    Filter(String),
    Subscribe(NewFeed),
    /// A feed is to be had at another address from now on.
    Replace(SourceKey, Url),
    Feed(SourceKey, FeedAction),
}

/// What can be done with a feed in its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedAction {
    Retry,
    Pause,
    /// Take the address that it has moved to.
    AcceptMove,
    /// Look at its site for its feeds.
    FindAgain,
    Replace,
    Rename,
    Move,
    Hide,
    Notify,
    Unsubscribe,
}

impl Choice {
    /// Whether the cursor can stand on it.
    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Head | Self::Fact)
    }
}

impl Item {
    pub fn new(text: &str, note: &str, choice: Choice) -> Self {
        let [text, note] = [text, note].map(SafeText::title);
        Self {
            text,
            detail: SafeText::default(),
            note,
            indent: 0,
            standing: Standing::default(),
            choice,
        }
    }

    pub fn head(text: &str) -> Self {
        Self::new(text, "", Choice::Head)
    }

    /// The same with what is said of it.
    #[must_use]
    pub fn saying(self, detail: &str) -> Self {
        Self { detail: SafeText::title(detail), ..self }
    }
}

impl Popup {
    /// A list whose cursor is on its first item that can be chosen.
    pub fn new(title: &str, hint: &'static str, items: Vec<Item>) -> Self {
        let mut popup = Self {
            title: SafeText::title(title),
            shown: (0..items.len()).collect(),
            items,
            selected: 0,
            top: 0,
            filter: None,
            hint,
            marked: None,
            about: None,
            ranked: false,
        };
        popup.settle(true);
        popup
    }

    /// The same, narrowed by typing from the start, the best match first.
    #[must_use]
    pub fn typing(mut self) -> Self {
        self.filter = Some(Input::default());
        self.ranked = true;
        self
    }

    /// The same, of which several items can be chosen together.
    #[must_use]
    pub fn several(mut self) -> Self {
        self.marked = Some(BTreeSet::new());
        self
    }

    /// Marks the item under the cursor, or takes its mark away. Says whether several can be
    /// chosen here at all.
    pub fn toggle(&mut self) -> bool {
        let Some(marked) = &mut self.marked else { return false };
        if let Some(item) = self.shown.get(self.selected)
            && !marked.remove(item)
        {
            marked.insert(*item);
        }
        true
    }

    /// The same for the item of a number, counted from 1 and without heads.
    pub fn toggle_number(&mut self, number: usize) {
        let free = (0..self.shown.len()).filter(|line| !self.is_fixed(*line));
        if let Some(line) = free.into_iter().nth(number.saturating_sub(1)) {
            self.selected = line;
            self.toggle();
        }
    }

    /// Whether the item of a line is chosen.
    pub fn is_marked(&self, line: usize) -> bool {
        let item = self.shown.get(line);
        self.marked.as_ref().zip(item).is_some_and(|(marked, item)| marked.contains(item))
    }

    /// Ends narrowing: all items are shown again, and the cursor stays on its own.
    pub fn end_filter(&mut self) {
        let item = self.shown.get(self.selected).copied();
        self.filter = None;
        self.shown = (0..self.items.len()).collect();
        self.selected = item.unwrap_or(0);
        self.settle(true);
    }

    /// What was chosen: the marked items, or else the one under the cursor.
    pub fn all_chosen(&self) -> Vec<&Item> {
        match &self.marked {
            Some(marked) if !marked.is_empty() => {
                marked.iter().filter_map(|item| self.items.get(*item)).collect()
            }
            Some(_) | None => self.chosen().into_iter().collect(),
        }
    }

    /// Puts the cursor on an item.
    #[must_use]
    pub fn at(mut self, item: usize) -> Self {
        self.selected = self.shown.iter().position(|shown| *shown == item).unwrap_or(0);
        self.settle(true);
        self
    }

    /// What the cursor is on.
    pub fn chosen(&self) -> Option<&Item> {
        self.shown.get(self.selected).and_then(|index| self.items.get(*index))
    }

    /// The items that match, in order.
    pub fn lines(&self) -> impl Iterator<Item = &Item> {
        self.shown.iter().filter_map(|index| self.items.get(*index))
    }

    pub fn motion(&mut self, motion: Motion, count: usize, height: usize) {
        let last = self.shown.len().saturating_sub(1);
        let page = height.max(1);
        let (to, down) = match motion {
            Motion::Next => (self.selected.saturating_add(count), true),
            Motion::Previous => (self.selected.saturating_sub(count), false),
            Motion::HalfPageDown => (self.selected + page / 2, true),
            Motion::HalfPageUp => (self.selected.saturating_sub(page / 2), false),
            Motion::PageDown => (self.selected + page, true),
            Motion::PageUp => (self.selected.saturating_sub(page), false),
            Motion::Top => (0, true),
            Motion::Bottom => (last, false),
        };
        self.selected = to.min(last);
        self.settle(down);
        self.show_cursor(height);
    }

    /// Scrolls so that the cursor is in sight, with the head right above it.
    pub fn show_cursor(&mut self, height: usize) {
        // Heads and facts right above the cursor belong to it, as far as there is room.
        let fixed = (0..self.selected).rev().take_while(|line| self.is_fixed(*line)).count();
        let room = height.saturating_sub(1);
        let first = self.selected - fixed.min(room);
        self.top = self.top.min(first).max((self.selected + 1).saturating_sub(height));
    }

    fn is_fixed(&self, line: usize) -> bool {
        let item = self.shown.get(line).and_then(|index| self.items.get(*index));
        item.is_some_and(|item| item.choice.is_fixed())
    }

    /// The cursor never stands on what cannot be chosen.
    fn settle(&mut self, down: bool) {
        let len = self.shown.len();
        let free = |line: &usize| !self.is_fixed(*line);
        let below = (self.selected..len).find(free);
        let above = (0..self.selected.min(len)).rev().find(free);
        let to = if down {
            below.or(above)
        } else if self.is_fixed(self.selected) {
            above.or(below)
        } else {
            below
        };
        self.selected = to.unwrap_or(0);
    }

    /// Begins to narrow the list by typing.
    pub fn begin_filter(&mut self) {
        self.filter.get_or_insert_with(Input::default);
    }

    /// Takes a key that is typed to narrow the list. Says whether it was taken.
    pub fn press(&mut self, key: Key) -> bool {
        let Some(input) = &mut self.filter else { return false };
        let before = input.value().len();
        let typed = edit(input, key);
        let moved = typed == Typed::Changed || input.value().len() != before;
        if moved {
            self.narrow();
        }
        moved
    }

    pub fn paste(&mut self, text: &str) {
        if let Some(input) = &mut self.filter {
            paste(input, text);
            self.narrow();
        }
    }

    /// Shows the items that match what is typed. Heads go while something is typed.
    fn narrow(&mut self) {
        let needle = self.filter.as_ref().map(Input::value).unwrap_or_default();
        self.selected = 0;
        self.top = 0;
        if needle.trim().is_empty() {
            self.shown = (0..self.items.len()).collect();
            self.settle(true);
            return;
        }
        let pattern = Pattern::parse(needle, CaseMatching::Smart, Normalization::Smart);
        let words: Vec<String> = needle.split_whitespace().map(str::to_lowercase).collect();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut hits: Vec<(u32, usize)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            if item.choice.is_fixed() {
                continue;
            }
            // A name may be typed with letters left out; what is said of it counts by words.
            let detail = item.detail.to_lowercase();
            let by_detail = words.iter().all(|word| detail.contains(word));
            let by_name = if self.ranked
                || words.iter().all(|word| item.text.to_lowercase().contains(word))
            {
                pattern.score(Utf32Str::new(&item.text, &mut buffer), &mut matcher)
            } else {
                None
            };
            match by_name {
                Some(score) => hits.push((score + 1, index)),
                None if by_detail && !detail.is_empty() => hits.push((0, index)),
                None => {}
            }
        }
        if self.ranked {
            hits.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        }
        self.shown = hits.into_iter().map(|(_, index)| index).collect();
    }
}
