//! `SourceList`: the pane of views, folders and feeds, with counts of what is unread.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use crate::command::Motion;
use crate::reading::ReadingState;
use crate::text::number::grouped;
use crate::text::sanitize::SafeText;

use super::catalog::Catalog;
use super::counts::Counts;
use super::feeds::{FeedInfo, Feeds, is_no_feed};
use super::tree::{Branch, Leaf, is_within, name_of};
use super::view::View;

/// A line of the pane: a view of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    pub view: View,
    pub name: SafeText,
    /// Stories of it that are unread; for what was begun or saved, all of them.
    pub count: usize,
    /// How many folders it stands in.
    pub indent: u16,
    /// Of a folder, whether it is folded.
    pub folded: Option<bool>,
    pub state: FeedState,
}

/// What is the matter with a feed, as far as its line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FeedState {
    /// Nothing, or it is no feed.
    #[default]
    Well,
    /// It could not be had when it was last asked for.
    Failing,
    /// It is not asked for.
    Paused,
    /// Its stories are in no list but its own.
    Hidden,
}

impl FeedState {
    pub fn of(feed: &FeedInfo) -> Self {
        if feed.paused {
            Self::Paused
        } else if feed.health.error.is_some() || feed.health.gone {
            Self::Failing
        } else if feed.hidden {
            Self::Hidden
        } else {
            Self::Well
        }
    }
}

impl SourceRow {
    /// What stands at the right of it: how much is unread, or that nothing comes. `in_words`
    /// is for those who hear the screen: they are told what signs say to others.
    pub fn note(&self, in_words: bool) -> String {
        let count = if self.count > 0 { grouped(self.count) } else { String::new() };
        let words = match (self.folded, self.state) {
            (_, FeedState::Paused) => "paused",
            (_, FeedState::Failing) if in_words => "failing",
            (_, FeedState::Hidden) if in_words => "hidden",
            (Some(true), _) if in_words => "folded",
            (Some(false), _) if in_words => "folder",
            (_, FeedState::Well | FeedState::Failing | FeedState::Hidden) => "",
        };
        if words.is_empty() || count.is_empty() {
            format!("{words}{count}")
        } else {
            format!("{words} {count}")
        }
    }

    /// What its sign says.
    pub fn standing(&self) -> Standing {
        Standing { folded: self.folded, state: self.state }
    }
}

/// What a sign before a line says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Of a folder, whether it is folded.
    pub folded: Option<bool>,
    /// What is the matter with a feed.
    pub state: FeedState,
}

/// The source pane.
#[derive(Debug, Clone, Default)]
pub struct SourceList {
    pub rows: Vec<SourceRow>,
    pub counts: Counts,
    /// The folders that are folded, by their paths.
    pub folded: BTreeSet<SafeText>,
    pub selected: usize,
    pub top: usize,
}

impl SourceList {
    /// Counts all stories anew, and makes the rows.
    pub fn rebuild(&mut self, catalog: &Catalog, feeds: &Feeds, reading: &ReadingState) {
        self.counts = Counts::of(catalog, reading);
        self.list(catalog, feeds);
    }

    /// Counts stories that have just been added to the catalog, at the places `new`.
    pub fn extend(
        &mut self,
        new: Range<u32>,
        catalog: &Catalog,
        feeds: &Feeds,
        reading: &ReadingState,
    ) {
        self.counts.add(new, catalog, reading);
        self.list(catalog, feeds);
    }

    /// Makes the rows anew from the counts. The cursor stays on its view; where that has
    /// been folded away, on the folder.
    pub fn list(&mut self, catalog: &Catalog, feeds: &Feeds) {
        let selected = self.rows.get(self.selected).map(|row| row.view.clone());
        let mut rows = self.views(catalog, feeds);
        self.add_feeds(&mut rows, catalog, feeds);
        self.add_sites(&mut rows, catalog, feeds);
        self.rows = rows;
        let kept = selected.as_ref().and_then(|view| self.position(view, feeds));
        self.selected = kept.unwrap_or(self.selected.min(self.rows.len().saturating_sub(1)));
    }

    /// The rows of the views that are none of a source.
    fn views(&self, catalog: &Catalog, feeds: &Feeds) -> Vec<SourceRow> {
        let counts = &self.counts;
        let top = |view: View, count| SourceRow {
            name: SafeText::title(&view.title(feeds)),
            view,
            count,
            indent: 0,
            folded: None,
            state: FeedState::Well,
        };
        let shown = (0..).zip(catalog.sources()).filter(|(_, source)| feeds.shows(&source.key));
        let mut unread = counts.unread_of(&shown.map(|(number, _)| number).collect());
        if !feeds.is_empty() {
            unread = unread.saturating_sub(counts.edition.unread);
        }
        let mut rows = Vec::new();
        if counts.given.stories > 0 {
            rows.push(top(View::Given, counts.given.unread));
        }
        rows.push(top(View::All, unread));
        rows.push(top(View::Unread, unread));
        rows.push(top(View::Saved, counts.saved.stories));
        rows.push(top(View::Continue, counts.begun.stories));
        let tags = counts.tags.iter().filter(|(_, count)| count.stories > 0);
        rows.extend(tags.map(|(tag, count)| top(View::Tag(tag.clone()), count.unread)));
        // What a search finds is counted when it is shown.
        rows.extend(feeds.searches().map(|search| top(View::Search(search.name.clone()), 0)));
        rows
    }

    /// The rows of folders and feeds, but for those in folders that are folded.
    fn add_feeds(&self, rows: &mut Vec<SourceRow>, catalog: &Catalog, feeds: &Feeds) {
        let number = |feed: &FeedInfo| catalog.source(&feed.source.key);
        let number_at = |branch: &Branch| match branch.what {
            Leaf::Feed(at) => feeds.at(at).and_then(number),
            Leaf::Folder(_) => None,
        };
        let tree = feeds.tree();
        let mut next = 0;
        while let Some(branch) = tree.get(next) {
            next += 1;
            match &branch.what {
                Leaf::Folder(path) => {
                    let folded = self.folded.contains(path);
                    let within = tree.get(next..branch.end).unwrap_or_default();
                    let within: HashSet<u32> = within.iter().filter_map(number_at).collect();
                    rows.push(SourceRow {
                        view: View::Folder(path.clone()),
                        name: SafeText::line(name_of(path)),
                        count: self.counts.unread_of(&within),
                        indent: branch.depth,
                        folded: Some(folded),
                        state: FeedState::Well,
                    });
                    if folded {
                        next = branch.end;
                    }
                }
                Leaf::Feed(at) => {
                    let Some(feed) = feeds.at(*at) else { continue };
                    rows.push(SourceRow {
                        view: View::Feed(feed.source.key.clone()),
                        name: feed.source.name.clone(),
                        count: number(feed).map_or(0, |number| self.counts.source(number).unread),
                        indent: branch.depth,
                        folded: None,
                        state: FeedState::of(feed),
                    });
                }
            }
        }
    }

    /// The rows of sites that are no feeds: the edition, the reader's own files. Several may
    /// go by one name.
    fn add_sites(&self, rows: &mut Vec<SourceRow>, catalog: &Catalog, feeds: &Feeds) {
        let mut sites: BTreeMap<&SafeText, usize> = BTreeMap::new();
        for (number, source) in (0..).zip(catalog.sources()) {
            let count = self.counts.source(number);
            if count.stories > 0 && is_no_feed(&source.key, feeds) {
                *sites.entry(&source.name).or_default() += count.unread;
            }
        }
        rows.extend(sites.into_iter().map(|(name, count)| SourceRow {
            view: View::Source(name.clone()),
            name: name.clone(),
            count,
            indent: 0,
            folded: None,
            state: FeedState::Well,
        }));
    }

    /// The row of a view, or of the folded folder that it is in.
    fn position(&self, view: &View, feeds: &Feeds) -> Option<usize> {
        let exact = self.rows.iter().position(|row| row.view == *view);
        exact.or_else(|| {
            let of_feed = || feeds.get(view.feed()?)?.folder.as_ref();
            let path = view.folder().or_else(of_feed)?;
            let holds_it = |folder: &SafeText| is_within(path, folder);
            self.rows
                .iter()
                .position(|row| row.folded == Some(true) && row.view.folder().is_some_and(holds_it))
        })
    }

    /// How it stands with a feed has changed, or may have.
    pub fn note(&mut self, feed: &FeedInfo) {
        let is_its = |row: &&mut SourceRow| row.view.feed() == Some(&feed.source.key);
        if let Some(row) = self.rows.iter_mut().find(is_its) {
            row.state = FeedState::of(feed);
        }
    }

    /// The view under the cursor.
    pub fn chosen(&self) -> Option<&View> {
        self.rows.get(self.selected).map(|row| &row.view)
    }

    pub fn select(&mut self, view: &View, feeds: &Feeds) {
        if let Some(row) = self.position(view, feeds) {
            self.selected = row;
        }
    }

    /// Folds the folder under the cursor, or unfolds it. Says whether there is one that was
    /// not so already.
    pub fn fold(&mut self, fold: bool) -> bool {
        let Some(row) = self.rows.get(self.selected) else { return false };
        let (Some(path), Some(folded)) = (row.view.folder(), row.folded) else { return false };
        if folded == fold {
            return false;
        }
        if fold {
            self.folded.insert(path.clone());
        } else {
            self.folded.remove(path);
        }
        true
    }

    /// Goes up to the folder that holds what is under the cursor. Says whether there is one.
    pub fn go_up(&mut self) -> bool {
        let indent = self.rows.get(self.selected).map_or(0, |row| row.indent);
        let above = (0..self.selected).rev();
        let outer = |row: &usize| self.rows.get(*row).is_some_and(|row| row.indent < indent);
        match above.into_iter().find(outer) {
            Some(row) => {
                self.selected = row;
                true
            }
            None => false,
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
        self.show_cursor(height);
    }

    /// Scrolls so that the cursor is in sight.
    pub fn show_cursor(&mut self, height: usize) {
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(height));
    }
}
