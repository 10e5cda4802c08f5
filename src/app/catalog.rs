//! `Catalog`: every story that is known, by its id and by its place.
//!
//! There may be a hundred thousand, so each is kept in forty bytes: all titles are in one
//! text, sources are numbered, and what few stories have lies aside.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use hashbrown::HashTable;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::article::PubDate;
use crate::story::{Details, Source, SourceKey, Story, StoryId};
use crate::text::sanitize::{SafeStr, SafeText};
use crate::text::time;

use super::message::{Found, Shelf};

/// The stories, in the order in which they were found.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    rows: Vec<Packed>,
    /// The places of the rows, by the ids in them.
    places: HashTable<u32>,
    hasher: RandomState,
    /// The titles of all rows.
    titles: SafeText,
    sources: Vec<Arc<Source>>,
    numbers: HashMap<SourceKey, u32>,
    /// The sources whose stories are not among those of all.
    hidden: HashSet<u32>,
    /// The sources of stories beside the first. By id: they may be known before the story.
    further: HashMap<StoryId, Vec<u32>>,
    details: HashMap<u32, Box<Details>>,
}

/// What the catalog knows of a story.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    pub id: StoryId,
    pub title: SafeStr<'a>,
    /// The first of its sources that is not hidden.
    pub source: &'a Source,
    pub published: Option<PubDate>,
    /// Minutes it takes to read.
    pub minutes: u16,
    pub shelf: Shelf,
    /// What else is known without asking the library.
    pub details: Option<&'a Details>,
}

impl<'a> From<&'a Found> for Listed<'a> {
    fn from(found: &'a Found) -> Self {
        let Found { story, shelf } = found;
        Self {
            id: story.id,
            title: story.title.part(0..story.title.len()),
            source: &story.source,
            published: story.published,
            minutes: story.minutes,
            shelf: *shelf,
            details: story.details.as_deref(),
        }
    }
}

impl<'a> Listed<'a> {
    /// Its address, if that is known without asking.
    pub fn url(&self) -> Option<&'a Url> {
        self.details?.url.as_ref()
    }

    /// Where it lies, if it is a file of the reader's own.
    pub fn file(&self) -> Option<&'a Path> {
        self.details?.file.as_deref()
    }
}

/// What stands where in an order by date: the reader's own files first, then the latest.
pub type Rank = (bool, Reverse<Option<i64>>);

#[derive(Debug, Clone)]
struct Packed {
    published: Moment,
    id: StoryId,
    /// Where its title begins in the text of all titles.
    title: u32,
    /// How long its title is, in bytes. Titles have at most a thousand.
    length: u16,
    minutes: u16,
    source: u32,
    shelf: Shelf,
    /// Something lies aside for it.
    detailed: bool,
    /// It has further sources.
    shared: bool,
}

impl Catalog {
    /// Adds stories, and says at which places new ones stand. One that is there already is
    /// replaced where it stands; a story that was found on a nearer shelf stays there.
    pub fn add(&mut self, found: Vec<Found>) -> Range<u32> {
        let first = self.len() as u32;
        for Found { story, shelf } in found {
            match self.place(story.id) {
                Some(place) => self.replace(place, story, shelf),
                None => self.push(story, shelf),
            }
        }
        first..self.len() as u32
    }

    fn push(&mut self, story: Story, shelf: Shelf) {
        let place = self.rows.len() as u32;
        let (title, length) = self.keep_title(&story.title);
        let row = Packed {
            published: story.published.into(),
            id: story.id,
            title,
            length,
            minutes: story.minutes,
            source: self.number(story.source),
            shelf,
            detailed: story.details.is_some(),
            shared: self.further.contains_key(&story.id),
        };
        self.rows.push(row);
        let (rows, hasher) = (&self.rows, &self.hasher);
        let hash_of = |place: &u32| hasher.hash_one(rows.get(*place as usize).map(|row| row.id));
        self.places.insert_unique(hash_of(&place), place, hash_of);
        if let Some(details) = story.details {
            self.details.insert(place, details);
        }
    }

    fn replace(&mut self, place: u32, story: Story, shelf: Shelf) {
        let same = self.at(place).is_some_and(|old| *old.title == *story.title);
        // Very few titles change: the room of an old one is not worth looking for.
        let title = if same { None } else { Some(self.keep_title(&story.title)) };
        let source = self.number(story.source);
        // Any of its sources may tell of it; the first one stays the first.
        let is_further = self.further.get(&story.id).is_some_and(|all| all.contains(&source));
        let Some(row) = self.rows.get_mut(place as usize) else { return };
        if let Some((title, length)) = title {
            (row.title, row.length) = (title, length);
        }
        row.published = story.published.into();
        row.minutes = story.minutes;
        if !is_further {
            row.source = source;
        }
        row.shelf = row.shelf.min(shelf);
        row.detailed = story.details.is_some();
        match story.details {
            Some(details) => self.details.insert(place, details),
            None => self.details.remove(&place),
        };
    }

    fn keep_title(&mut self, title: &SafeText) -> (u32, u16) {
        // Four gigabytes of titles and a title of 64 kilobytes are beyond what is listed.
        let start = u32::try_from(self.titles.len()).ok();
        let length = u16::try_from(title.len()).ok();
        let (Some(start), Some(length)) = (start, length) else { return (0, 0) };
        self.titles.push(title);
        (start, length)
    }

    fn number(&mut self, source: Arc<Source>) -> u32 {
        if let Some(number) = self.numbers.get(&source.key) {
            return *number;
        }
        let number = self.sources.len() as u32;
        self.numbers.insert(source.key.clone(), number);
        self.sources.push(source);
        number
    }

    /// Calls a source by another name from now on, also where its stories stand already.
    pub fn rename(&mut self, source: Arc<Source>) {
        let number = self.number(source.clone());
        if let Some(known) = self.sources.get_mut(number as usize) {
            *known = source;
        }
    }

    /// Takes note that a story is of another source too.
    pub fn share(&mut self, story: StoryId, source: &Arc<Source>) {
        if self.has(story, &source.key) {
            return;
        }
        let number = self.number(source.clone());
        self.further.entry(story).or_default().push(number);
        let place = self.place(story);
        if let Some(row) = place.and_then(|place| self.rows.get_mut(place as usize)) {
            row.shared = true;
        }
    }

    /// Whether it was noted that a source is one of a story's further ones.
    pub fn has(&self, story: StoryId, source: &SourceKey) -> bool {
        let number = self.source(source);
        self.further.get(&story).is_some_and(|all| all.iter().any(|one| Some(*one) == number))
    }

    /// Stories of these sources are not among those of all: if another has them too, they
    /// are listed with that.
    pub fn hide(&mut self, is_hidden: impl Fn(&SourceKey) -> bool) {
        let hidden = (0..).zip(&self.sources).filter(|(_, source)| is_hidden(&source.key));
        self.hidden = hidden.map(|(number, _)| number).collect();
    }

    pub fn get(&self, id: StoryId) -> Option<Listed<'_>> {
        self.at(self.place(id)?)
    }

    /// The story at a place of the catalog.
    pub fn at(&self, place: u32) -> Option<Listed<'_>> {
        let row = self.rows.get(place as usize)?;
        let title = row.title as usize;
        Some(Listed {
            id: row.id,
            title: self.titles.part(title..title + usize::from(row.length)),
            source: self.named(self.source_of(place)?)?,
            published: row.published.into(),
            minutes: row.minutes,
            shelf: row.shelf,
            details: if row.detailed { self.details.get(&place).map(Box::as_ref) } else { None },
        })
    }

    /// The place of a story.
    pub fn place(&self, id: StoryId) -> Option<u32> {
        let is_it = |place: &u32| self.id(*place) == Some(id);
        self.places.find(self.hasher.hash_one(Some(id)), is_it).copied()
    }

    /// Who the story at a place is.
    pub fn id(&self, place: u32) -> Option<StoryId> {
        self.rows.get(place as usize).map(|row| row.id)
    }

    /// When the story at a place was published.
    pub fn published(&self, place: u32) -> Option<PubDate> {
        self.rows.get(place as usize)?.published.into()
    }

    /// Which of [`Catalog::sources`] the story at a place is listed with: the first of its
    /// sources that is not hidden.
    pub fn source_of(&self, place: u32) -> Option<u32> {
        let row = self.rows.get(place as usize)?;
        if !row.shared {
            return Some(row.source);
        }
        let shown = self.sources_of(place).find(|number| !self.hidden.contains(number));
        shown.or(Some(row.source))
    }

    /// All of [`Catalog::sources`] that have the story at a place, the first one first.
    pub fn sources_of(&self, place: u32) -> impl Iterator<Item = u32> + Clone {
        let row = self.rows.get(place as usize);
        let first = row.map(|row| row.source);
        let further = row.filter(|row| row.shared).and_then(|row| self.further.get(&row.id));
        let further = further.map(Vec::as_slice).unwrap_or_default().iter().copied();
        first.into_iter().chain(further.filter(move |number| Some(*number) != first))
    }

    /// The further sources of a story, which need not be in the catalog yet.
    pub fn further(&self, story: StoryId) -> impl Iterator<Item = &Source> + Clone {
        let further = self.further.get(&story).into_iter().flatten();
        further.filter_map(|number| self.named(*number))
    }

    /// The source of a number.
    pub fn named(&self, number: u32) -> Option<&Source> {
        self.sources.get(number as usize).map(Arc::as_ref)
    }

    /// The number of a source among [`Catalog::sources`].
    pub fn source(&self, key: &SourceKey) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    /// Every source that is known, in the order of coming.
    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }

    /// Where the story at a place stands in an order by date.
    pub fn rank(&self, place: u32) -> Rank {
        let row = self.rows.get(place as usize);
        let moment = row.and_then(|row| row.published.milliseconds());
        (row.is_none_or(|row| row.shelf != Shelf::Given), Reverse(moment))
    }

    /// Every story with its place.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u32, Listed<'_>)> {
        (0..self.len() as u32).filter_map(|place| Some((place, self.at(place)?)))
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// A date of publication in eight bytes: twice the milliseconds since 1970, one more for a
/// day of which no hour is known; the least number for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment(i64);

impl Moment {
    const NONE: Self = Self(i64::MIN);

    fn milliseconds(self) -> Option<i64> {
        (self != Self::NONE).then_some(self.0 >> 1)
    }
}

impl From<Option<PubDate>> for Moment {
    fn from(date: Option<PubDate>) -> Self {
        let Some(date) = date else { return Self::NONE };
        let day = matches!(date, PubDate::Day(_));
        Self(date.instant().as_millisecond() * 2 + i64::from(day))
    }
}

impl From<Moment> for Option<PubDate> {
    fn from(moment: Moment) -> Self {
        let instant = Timestamp::from_millisecond(moment.milliseconds()?).ok()?;
        if moment.0 & 1 == 0 {
            return Some(PubDate::Instant(instant));
        }
        // The noon of the day, as [`PubDate::instant`] makes it.
        let day = time::day_of(instant, &TimeZone::UTC);
        Some(PubDate::Day(day))
    }
}
