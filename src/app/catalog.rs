//! `Catalog`: every story that is known, by its id and by its place.

use std::collections::HashMap;

use crate::story::{Story, StoryId};

use super::message::{Found, Shelf};

/// The stories, in the order in which they were found.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    entries: Vec<Found>,
    by_id: HashMap<StoryId, u32>,
}

impl Catalog {
    /// Adds stories. One that is there already is replaced where it stands; a story that
    /// was found on a nearer shelf stays there.
    pub fn add(&mut self, found: Vec<Found>) {
        for new in found {
            let next = self.entries.len() as u32;
            let index = *self.by_id.entry(new.story.id).or_insert(next);
            match self.entries.get_mut(index as usize) {
                Some(old) => {
                    let nearest = old.shelf.min(new.shelf);
                    *old = Found { shelf: nearest, ..new };
                }
                None => self.entries.push(new),
            }
        }
    }

    pub fn get(&self, id: StoryId) -> Option<&Story> {
        self.found(id).map(|found| &found.story)
    }

    /// The story at a place of the catalog.
    pub fn at(&self, index: u32) -> Option<&Story> {
        self.entries.get(index as usize).map(|found| &found.story)
    }

    /// The story with the shelf it was found on.
    pub fn found(&self, id: StoryId) -> Option<&Found> {
        self.entries.get(self.place(id)? as usize)
    }

    /// The place of a story.
    pub fn place(&self, id: StoryId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    pub fn shelf(&self, id: StoryId) -> Option<Shelf> {
        self.found(id).map(|found| found.shelf)
    }

    /// Every story with its place.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u32, &Found)> {
        self.entries.iter().enumerate().map(|(index, found)| (index as u32, found))
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
