//! `Counts`: how many stories there are of each source and kind, and how many are unread.
//!
//! Kept as stories come and as marks are made: no list is counted anew for one key.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use crate::reading::ReadingState;
use crate::text::sanitize::SafeText;

use super::catalog::Catalog;
use super::message::Shelf;

/// Stories, and how many of them are unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    pub stories: usize,
    pub unread: usize,
}

/// The counts of all stories in the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    pub all: Count,
    /// Named on the command line.
    pub given: Count,
    /// Of the built-in edition.
    pub edition: Count,
    pub saved: Count,
    /// Begun and not finished.
    pub begun: Count,
    pub tags: BTreeMap<SafeText, Count>,
    /// By the numbers of the catalog's sources.
    sources: Vec<Count>,
    /// Of the stories that several sources have, by the numbers of these in order.
    shared: BTreeMap<Vec<u32>, Count>,
}

impl Counts {
    /// Counts all of the catalog anew.
    pub fn of(catalog: &Catalog, reading: &ReadingState) -> Self {
        let mut counts = Self::default();
        counts.add(0..catalog.len() as u32, catalog, reading);
        counts
    }

    /// Counts stories that are new in the catalog.
    pub fn add(&mut self, places: Range<u32>, catalog: &Catalog, reading: &ReadingState) {
        for place in places {
            self.each(place, catalog, reading, Count::one_more);
        }
    }

    /// Leaves a story out, as before a mark of it is applied. [`Counts::add`] comes after.
    pub fn leave_out(&mut self, place: u32, catalog: &Catalog, reading: &ReadingState) {
        self.each(place, catalog, reading, Count::one_less);
    }

    /// Of a source, by its number in the catalog.
    pub fn source(&self, number: u32) -> Count {
        self.sources.get(number as usize).copied().unwrap_or_default()
    }

    /// Unread stories that any of some sources has, each once.
    pub fn unread_of(&self, sources: &HashSet<u32>) -> usize {
        let all: usize = sources.iter().map(|number| self.source(*number).unread).sum();
        let again = self.shared.iter().map(|(numbers, count)| {
            let times = numbers.iter().filter(|number| sources.contains(number)).count();
            times.saturating_sub(1) * count.unread
        });
        all.saturating_sub(again.sum())
    }

    /// Changes every count that a story takes part in.
    fn each(
        &mut self,
        place: u32,
        catalog: &Catalog,
        reading: &ReadingState,
        change: fn(&mut Count, bool),
    ) {
        let Some(story) = catalog.at(place) else { return };
        let state = reading.get(story.id);
        let sources = catalog.sources_of(place);
        for number in sources.clone() {
            let source = number as usize;
            if self.sources.len() <= source {
                self.sources.resize(source + 1, Count::default());
            }
            if let Some(count) = self.sources.get_mut(source) {
                change(count, !state.read);
            }
        }
        if sources.clone().nth(1).is_some() {
            let mut numbers: Vec<u32> = sources.collect();
            numbers.sort_unstable();
            change(self.shared.entry(numbers).or_default(), !state.read);
        }
        let given = Some(&mut self.given).filter(|_| story.shelf == Shelf::Given);
        let edition = Some(&mut self.edition).filter(|_| story.shelf == Shelf::Edition);
        let saved = Some(&mut self.saved).filter(|_| state.saved);
        let begun = Some(&mut self.begun).filter(|_| state.is_begun());
        let counts = [Some(&mut self.all), given, edition, saved, begun];
        for count in counts.into_iter().flatten() {
            change(count, !state.read);
        }
        for tag in &state.tags {
            change(self.tags.entry((*tag).clone()).or_default(), !state.read);
        }
    }
}

impl Count {
    fn one_more(&mut self, unread: bool) {
        self.stories += 1;
        self.unread += usize::from(unread);
    }

    fn one_less(&mut self, unread: bool) {
        self.stories = self.stories.saturating_sub(1);
        self.unread = self.unread.saturating_sub(usize::from(unread));
    }
}
