//! Making the rows of a [`StoryList`]: which stories belong, in which order, under which day.
//!
//! Stories come in batches, at a start in the order of the list. A batch costs as much as
//! it has stories, however many are there: only rows after its first one are made anew.

use std::cmp::Reverse;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::article::PubDate;
use crate::story::{Source, StoryId};
use crate::text::time;

use super::Known;
use super::catalog::{Catalog, Listed};
use super::searched::Searched;
use super::stories::{NO_ROW, Row, StoryList};
use super::view::{Order, View};

impl StoryList {
    /// Makes the rows anew. The cursor stays on its story; where that has gone, on its place.
    pub fn rebuild(&mut self, known: Known<'_>) {
        let selected = self.selected_id(known.catalog);
        let mut places = self.choose(0..known.catalog.len() as u32, known);
        self.sort(&mut places, known);
        self.cut(0, known);
        self.lay(&places, known);
        self.hold(selected, known);
    }

    /// Gives rows to stories that had none, as they have just been added to the catalog, or
    /// another source has them too. Costs as much as there are of them, and of older stories
    /// in the list.
    pub fn extend(&mut self, new: impl Iterator<Item = u32>, known: Known<'_>) {
        let selected = self.selected_id(known.catalog);
        let mut places = self.choose(new, known);
        let order = match self.view.order() {
            Order::Touched if !places.is_empty() => return self.rebuild(known),
            Order::Touched | Order::Named => |_: &Catalog, place: u32| (None, place),
            Order::Date => |catalog: &Catalog, place: u32| (Some(catalog.rank(place)), place),
        };
        self.sort(&mut places, known);
        let from = match places.first().map(|first| order(known.catalog, *first)) {
            None => self.rows.len(),
            Some(rank) => self.rows_before(|place| order(known.catalog, place) <= rank),
        };
        let mut later = self.cut(from, known);
        later.append(&mut places);
        // Two runs in order: sorting is merging.
        self.sort(&mut later, known);
        self.lay(&later, known);
        self.hold(selected, known);
    }

    /// Those of some places of the catalog whose stories belong to the list.
    fn choose(&mut self, places: impl Iterator<Item = u32>, known: Known<'_>) -> Vec<u32> {
        let catalog = known.catalog;
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let (now, zone) = (known.now, known.zone);
        let matcher = if let View::Search(name) = &self.view {
            let Some(matcher) = known.feeds.matcher(name, now, zone) else { return Vec::new() };
            Some(matcher)
        } else {
            None
        };
        let found = |place: u32, story: &Listed<'_>| {
            let Some(matcher) = &matcher else { return true };
            let sources = catalog.sources_of(place).filter_map(|number| catalog.named(number));
            let (feeds, reading) = (known.feeds, known.reading);
            matcher.matches(&Searched { story, sources, feeds, reading })
        };
        // Most views are told by the source alone, of which there are few.
        let view = &self.view;
        let sources: Vec<Option<Named>> = catalog
            .sources()
            .iter()
            .map(|source| view.takes(source, known.feeds).then(|| Named::of(source, &words)))
            .collect();
        self.takes = sources.iter().map(Option::is_some).collect();
        let belongs = |place: &u32| {
            let its = catalog.sources_of(*place);
            let taken = its.filter_map(|number| sources.get(number as usize)?.as_ref());
            taken.clone().next()?;
            let story = catalog.at(*place)?;
            Some(
                view.holds(&story, known)
                    && found(*place, &story)
                    && (words.is_empty() || matches(&story.title, &taken, &words)),
            )
        };
        places.filter(|place| belongs(place) == Some(true)).collect()
    }

    fn sort(&self, places: &mut [u32], known: Known<'_>) {
        match self.view.order() {
            Order::Named => {}
            Order::Touched => places.sort_by_key(|place| {
                let touched = known.catalog.id(*place).map(|id| known.reading.get(id).last_touched);
                Reverse(touched)
            }),
            // The reader's own files first, as he named them; then the latest first.
            Order::Date => {
                places.sort_by_key(|place| (known.catalog.rank(*place), *place));
            }
        }
    }

    /// How many rows stand before the first story that `early` does not hold for. A
    /// separator goes with the story below it.
    fn rows_before(&self, early: impl Fn(u32) -> bool) -> usize {
        let (mut low, mut high) = (0, self.rows.len());
        while low < high {
            let middle = low.midpoint(high);
            let story = match self.rows.get(middle) {
                Some(Row::Day(_)) => self.rows.get(middle + 1),
                row => row,
            };
            match story {
                Some(Row::Story(place)) if early(*place) => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }

    /// Takes the rows from `from` on away, and returns the places of their stories.
    fn cut(&mut self, from: usize, known: Known<'_>) -> Vec<u32> {
        let mut places = Vec::new();
        for row in self.rows.drain(from..) {
            let Row::Story(place) = row else { continue };
            places.push(place);
            self.count -= 1;
            let read = known.catalog.id(place).is_some_and(|id| known.reading.is_read(id));
            self.unread = self.unread.saturating_sub(usize::from(!read));
            if let Some(row) = self.row_of.get_mut(place as usize) {
                *row = NO_ROW;
            }
        }
        self.days.truncate(self.days.partition_point(|day| *day < from));
        if from == 0 {
            (self.count, self.unread, self.one_source) = (0, 0, true);
        }
        places
    }

    /// Adds rows for stories at the end.
    fn lay(&mut self, places: &[u32], known: Known<'_>) {
        let catalog = known.catalog;
        let by_day = self.view.shows_days();
        let mut days = Days { zone: known.zone, last: None };
        let before = self.rows.last().and_then(|row| match row {
            Row::Story(place) => Some(*place),
            Row::Day(_) => None,
        });
        let first = before.or(places.first().copied());
        let source = first.and_then(|place| self.source_of(place, catalog));
        let mut last = match self.days.last().and_then(|row| self.rows.get(*row)) {
            Some(Row::Day(day)) => Some(*day),
            // What is of today needs no separator above it.
            Some(Row::Story(_)) | None => Some(time::day_of(known.now, known.zone)),
        };
        self.row_of.resize(catalog.len(), NO_ROW);
        for place in places {
            let Some(id) = catalog.id(*place) else { continue };
            if by_day
                && let Some(day) = days.of(catalog.published(*place))
                && Some(day) != last
            {
                self.days.push(self.rows.len());
                self.rows.push(Row::Day(day));
                last = Some(day);
            }
            if let Some(row) = self.row_of.get_mut(*place as usize) {
                *row = self.rows.len() as u32;
            }
            self.rows.push(Row::Story(*place));
            self.count += 1;
            self.unread += usize::from(!known.reading.is_read(id));
            self.one_source = self.one_source && self.source_of(*place, catalog) == source;
        }
    }

    /// Puts the cursor on the story where it stood; where that has gone, on its place.
    fn hold(&mut self, selected: Option<StoryId>, known: Known<'_>) {
        let kept = selected.and_then(|id| self.row_of(id, known.catalog));
        self.selected = kept.unwrap_or(self.selected.min(self.rows.len().saturating_sub(1)));
        self.settle();
    }
}

/// Whether every word is in a story's title, or in the name of one of its sources.
fn matches<'a>(
    title: &str,
    sources: &(impl Iterator<Item = &'a Named> + Clone),
    words: &[String],
) -> bool {
    let named = |at: usize| sources.clone().any(|source| source.0.get(at) == Some(&true));
    let mut left = (0..).zip(words).filter(|(at, _)| !named(*at)).peekable();
    if left.peek().is_none() {
        return true;
    }
    let title = title.to_lowercase();
    left.all(|(_, word)| title.contains(word))
}

/// For each word of a filter, whether a source's name holds it.
struct Named(Vec<bool>);

impl Named {
    fn of(source: &Source, words: &[String]) -> Self {
        if words.is_empty() {
            return Self(Vec::new());
        }
        let name = source.name.to_lowercase();
        Self(words.iter().map(|word| name.contains(word)).collect())
    }
}

/// Tells the days of dates that come in order: a day's bounds are worked out once.
struct Days<'a> {
    zone: &'a TimeZone,
    /// The day of the last instant, and when it begins and ends.
    last: Option<(Date, Range<Timestamp>)>,
}

impl Days<'_> {
    fn of(&mut self, date: Option<PubDate>) -> Option<Date> {
        let instant = match date? {
            PubDate::Day(day) => return Some(day),
            PubDate::Instant(instant) => instant,
        };
        if let Some((day, bounds)) = &self.last
            && bounds.contains(&instant)
        {
            return Some(*day);
        }
        let day = time::day_of(instant, self.zone);
        let start =
            |day: Date| self.zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible().ok();
        self.last = start(day)
            .zip(day.tomorrow().ok().and_then(start))
            .map(|(start, end)| (day, start..end));
        Some(day)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::app::counts::Counts;
    use crate::app::feeds::Feeds;
    use crate::app::message::{Found, Shelf};
    use crate::reading::{Change, DeviceId, ReadingState, Wish};
    use crate::story::{Source, Story};

    /// A story of so many hours ago; without a date now and then.
    fn found(number: usize, hours: i64, now: Timestamp) -> Found {
        let instant = now - jiff::SignedDuration::from_hours(hours);
        let published = match hours % 7 {
            0 => None,
            1 => Some(PubDate::Day(time::day_of(instant, &TimeZone::UTC))),
            _ => Some(PubDate::Instant(instant)),
        };
        let name = if hours % 3 == 0 { "Gazette" } else { "Herald" };
        let story = Story {
            id: StoryId::new("test", &number.to_string()),
            title: format!("Story {number}").as_str().into(),
            source: Arc::new(Source::site(name.into())),
            published,
            minutes: 1,
            details: None,
        };
        let shelf = if hours % 11 == 0 { Shelf::Given } else { Shelf::Kept };
        Found { story, shelf }
    }

    proptest! {
        #[test]
        fn a_list_that_grew_is_the_list_made_anew(
            batches in prop::collection::vec(prop::collection::vec(0..400_i64, 0..12), 0..8),
            read in prop::collection::vec(0..60_usize, 0..20),
            shared in prop::collection::btree_set(0..60_u32, 0..20),
            view in prop::sample::select(vec![
                View::All, View::Unread, View::Given, View::Continue,
                View::Source("Gazette".into()),
            ]),
            offset in -12..12_i8,
        ) {
            let now: Timestamp = "2026-11-25T14:30:00Z".parse().unwrap();
            let zone = TimeZone::fixed(jiff::tz::offset(offset));
            let mut reading = ReadingState::new(DeviceId::from_bytes([7; 12]));
            for number in read {
                let story = StoryId::new("test", &number.to_string());
                let wish = Wish { story, change: Change::Read(true), about: None };
                let mark = reading.mark(now, wish);
                reading.apply(&mark);
            }
            let mut catalog = Catalog::default();
            let (mut grown, mut counts) = (StoryList::new(view.clone()), Counts::default());
            let mut number = 0..;
            let feeds = Feeds::default();
            let gazette = Arc::new(Source::site("Gazette".into()));
            // At last, another source has some of the stories too.
            for batch in batches.into_iter().map(Some).chain([None]) {
                let new: Vec<u32> = if let Some(batch) = batch {
                    let batch = batch.into_iter().zip(&mut number);
                    let new = catalog.add(batch.map(|(hours, n)| found(n, hours, now)).collect());
                    counts.add(new.clone(), &catalog, &reading);
                    new.collect()
                } else {
                    let is_there = |place: &u32| grown.source_of(*place, &catalog).is_some();
                    let (there, not): (Vec<u32>, Vec<u32>) =
                        shared.iter().copied().partition(is_there);
                    for place in there.into_iter().chain(not.iter().copied()) {
                        let Some(id) = catalog.id(place) else { continue };
                        counts.leave_out(place, &catalog, &reading);
                        catalog.share(id, &gazette);
                        counts.add(place..place + 1, &catalog, &reading);
                    }
                    let is_there = |place: &u32| grown.source_of(*place, &catalog).is_some();
                    not.into_iter().filter(is_there).collect()
                };
                let (catalog, feeds, reading) = (&catalog, &feeds, &reading);
                let known = Known { catalog, feeds, reading, now, zone: &zone };
                grown.extend(new.into_iter(), known);
                let mut anew = StoryList::new(view.clone());
                anew.rebuild(known);
                prop_assert_eq!(&grown.rows, &anew.rows);
                prop_assert_eq!(&grown.row_of, &anew.row_of);
                prop_assert_eq!(&grown.days, &anew.days);
                prop_assert_eq!(
                    (grown.count, grown.unread, grown.one_source),
                    (anew.count, anew.unread, anew.one_source)
                );
                prop_assert_eq!(&counts, &Counts::of(catalog, reading));
            }
        }
    }
}
