//! `ReadingState`: what all marks add up to.
//!
//! Each register of a story holds the mark that is last by (clock, device, value).
//! So the state is the same in whatever order, and however often, marks are applied.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::{About, Change, Clock, DeviceId, HybridClock, Mark, StepId, StepInfo};
use crate::article::Place;
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

/// From here on, in thousandths, an article counts as read to its end.
pub const FINISHED: u16 = 950;

/// A value with what decides whether another value beats it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Register<T> {
    clock: Clock,
    device: DeviceId,
    value: T,
}

impl<T: Clone> Register<T> {
    /// The same with another form of its value.
    fn map<U>(&self, value: impl FnOnce(T) -> U) -> Register<U> {
        Register { clock: self.clock, device: self.device, value: value(self.value.clone()) }
    }
}

impl<T: Ord> Register<T> {
    /// Writes the value if it is later than what stands there.
    fn write(slot: &mut Option<Self>, clock: Clock, device: DeviceId, value: T) -> bool {
        let new = Some(Self { clock, device, value });
        let wins = *slot < new;
        if wins {
            *slot = new;
        }
        wins
    }
}

/// What is known of a story beyond whether it was read. Few stories have any of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Registers {
    saved: Option<Register<bool>>,
    tags: BTreeMap<SafeText, Option<Register<bool>>>,
    note: Option<Register<SafeText>>,
    place: Option<Register<Place>>,
    about: Option<Register<About>>,
}

/// The fold of all marks, of every device; and the clock that stamps the next one.
#[derive(Debug, Clone)]
pub struct ReadingState {
    device: DeviceId,
    clock: HybridClock,
    read: HashMap<StoryId, Option<Register<bool>>>,
    rest: HashMap<StoryId, Registers>,
    /// Ids that are another story, so that no list names a story twice.
    aliases: HashMap<StoryId, StoryId>,
}

impl PartialEq for ReadingState {
    /// Whether two devices see the same; which of them looks does not matter.
    fn eq(&self, other: &Self) -> bool {
        self.read == other.read && self.rest == other.rest
    }
}

/// What a reader has done with one story.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoryState<'a> {
    pub read: bool,
    pub saved: bool,
    /// In alphabetical order.
    pub tags: Vec<&'a SafeText>,
    /// The note, if it is not empty.
    pub note: Option<&'a SafeText>,
    pub place: Option<&'a Place>,
    /// When anything of it last changed.
    pub last_touched: Option<Clock>,
    pub about: Option<&'a About>,
}

impl StoryState<'_> {
    /// Whether it was begun and not finished.
    pub fn is_begun(&self) -> bool {
        self.place.is_some_and(is_begun)
    }
}

/// Whether a place is past the start of a story and before [`FINISHED`].
fn is_begun(place: &Place) -> bool {
    (1..FINISHED).contains(&place.fraction)
}

/// A change that the reader asks for, before it has a time and a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub story: StoryId,
    pub change: Change,
    pub about: Option<About>,
}

impl ReadingState {
    /// Nothing read yet, on this device.
    pub fn new(device: DeviceId) -> Self {
        Self {
            device,
            clock: HybridClock::default(),
            read: HashMap::new(),
            rest: HashMap::new(),
            aliases: HashMap::new(),
        }
    }

    /// Whose marks [`mark`](Self::mark) and [`step`](Self::step) make.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// A reading for something else that is done in between marks.
    pub fn tick(&mut self, now: Timestamp) -> Clock {
        self.clock.tick(now)
    }

    /// Takes note of a clock in a line that holds no mark we know.
    pub fn see(&mut self, clock: Clock) {
        self.clock.see(clock);
    }

    /// Applies a mark, own or foreign; says whether anything changed.
    pub fn apply(&mut self, mark: &Mark) -> bool {
        let Mark { clock, device, story, .. } = *mark;
        self.clock.see(clock);
        let changed = match &mark.change {
            Change::Read(read) => {
                Register::write(self.read.entry(story).or_default(), clock, device, *read)
            }
            Change::Saved(saved) => {
                Register::write(&mut self.rest_of(story).saved, clock, device, *saved)
            }
            Change::Tag { name, on } => {
                let tag = self.rest_of(story).tags.entry(name.clone()).or_default();
                Register::write(tag, clock, device, *on)
            }
            Change::Note(note) => {
                Register::write(&mut self.rest_of(story).note, clock, device, note.clone())
            }
            Change::Place(place) => {
                Register::write(&mut self.rest_of(story).place, clock, device, place.clone())
            }
        };
        let renamed = mark.about.as_ref().is_some_and(|about| {
            Register::write(&mut self.rest_of(story).about, clock, device, about.clone())
        });
        changed || renamed
    }

    fn rest_of(&mut self, story: StoryId) -> &mut Registers {
        self.rest.entry(story).or_default()
    }

    /// A mark of now that is no step: places, and what the program does by itself.
    /// It is not applied yet.
    pub fn mark(&mut self, now: Timestamp, wish: Wish) -> Mark {
        let clock = self.clock.tick(now);
        let Wish { story, change, about } = wish;
        Mark { clock, device: self.device, story, change, about, step: None }
    }

    /// The marks of one step that can be taken back, with a sentence of what it did.
    /// They are not applied yet. What is so already is left out; nothing may remain.
    pub fn step(&mut self, now: Timestamp, what: &SafeText, wishes: Vec<Wish>) -> Vec<Mark> {
        let mut step = None;
        let mut marks = Vec::new();
        for wish in wishes {
            let before = self.current(wish.story, &wish.change);
            if before == wish.change {
                continue;
            }
            let mut mark = self.mark(now, wish);
            let first = step.is_none();
            mark.step = Some(StepInfo::Did {
                step: *step.get_or_insert(StepId { clock: mark.clock, story: mark.story }),
                what: first.then(|| what.clone()),
                before,
            });
            marks.push(mark);
        }
        marks
    }

    /// Takes `other` for the same story as `primary` from now on: lists name it under
    /// `primary` alone. Returns what has to be marked for both to have the same marks, in
    /// each register the later one; nothing if they have. Both, because either may be the
    /// story's id when the library is made anew.
    pub fn adopt(&mut self, primary: StoryId, other: StoryId) -> Vec<Wish> {
        if primary == other {
            return Vec::new();
        }
        self.aliases.remove(&primary);
        self.aliases.insert(other, primary);
        let (here, there) = (self.written(primary), self.written(other));
        let mut wishes = self.missing(primary, &here, other, &there);
        wishes.extend(self.missing(other, &there, primary, &here));
        wishes
    }

    /// What `from` has in its registers that is later than what `to` has there.
    fn missing(
        &self,
        to: StoryId,
        to_has: &[Register<Change>],
        from: StoryId,
        from_has: &[Register<Change>],
    ) -> Vec<Wish> {
        let about = self.rest.get(&from).and_then(|rest| rest.about.as_ref());
        let about = about.map(|about| about.value.clone());
        let later = |new: &&Register<Change>| {
            let old = to_has.iter().find(|old| old.value.same_register(&new.value));
            old.is_none_or(|old| old < new) && self.current(to, &new.value) != new.value
        };
        let wish = |new: &Register<Change>| {
            let about = about.clone().filter(|_| !matches!(new.value, Change::Read(_)));
            Wish { story: to, change: new.value.clone(), about }
        };
        from_has.iter().filter(later).map(wish).collect()
    }

    /// The registers of a story that were ever written.
    fn written(&self, story: StoryId) -> Vec<Register<Change>> {
        let read = self.read.get(&story).and_then(Option::as_ref);
        let mut written: Vec<_> = read.map(|read| read.map(Change::Read)).into_iter().collect();
        let Some(rest) = self.rest.get(&story) else { return written };
        written.extend(rest.saved.as_ref().map(|saved| saved.map(Change::Saved)));
        written.extend(rest.note.as_ref().map(|note| note.map(Change::Note)));
        written.extend(rest.place.as_ref().map(|place| place.map(Change::Place)));
        written.extend(rest.tags.iter().filter_map(|(name, tag)| {
            Some(tag.as_ref()?.map(|on| Change::Tag { name: name.clone(), on }))
        }));
        written
    }

    /// The present value of the register that `like` is a value of.
    pub fn current(&self, story: StoryId, like: &Change) -> Change {
        let rest = self.rest.get(&story);
        match like {
            Change::Read(_) => Change::Read(self.is_read(story)),
            Change::Saved(_) => Change::Saved(self.is_saved(story)),
            Change::Tag { name, .. } => {
                let tag = rest.and_then(|rest| rest.tags.get(name)).and_then(Option::as_ref);
                Change::Tag { name: name.clone(), on: tag.is_some_and(|tag| tag.value) }
            }
            Change::Note(_) => {
                let note = rest.and_then(|rest| rest.note.as_ref());
                Change::Note(note.map(|note| note.value.clone()).unwrap_or_default())
            }
            Change::Place(_) => {
                let place = rest.and_then(|rest| rest.place.as_ref());
                Change::Place(place.map(|place| place.value.clone()).unwrap_or_default())
            }
        }
    }

    pub fn is_read(&self, story: StoryId) -> bool {
        self.read.get(&story).and_then(Option::as_ref).is_some_and(|read| read.value)
    }

    pub fn is_saved(&self, story: StoryId) -> bool {
        self.rest.get(&story).is_some_and(Registers::is_saved)
    }

    /// All that is known of a story.
    pub fn get(&self, story: StoryId) -> StoryState<'_> {
        let read = self.read.get(&story).and_then(Option::as_ref);
        let mut state = self.rest.get(&story).map(Registers::state).unwrap_or_default();
        state.read = read.is_some_and(|read| read.value);
        state.last_touched = state.last_touched.max(read.map(|read| read.clock));
        state
    }

    /// The bookmarked stories, the last bookmarked first.
    pub fn saved(&self) -> Vec<StoryId> {
        self.latest_first(|rest| {
            rest.saved.as_ref().filter(|saved| saved.value).map(|saved| saved.clock)
        })
    }

    /// The stories that were begun and not finished, the last opened first.
    pub fn begun(&self) -> Vec<StoryId> {
        self.latest_first(|rest| {
            rest.place.as_ref().filter(|place| is_begun(&place.value)).map(|place| place.clock)
        })
    }

    /// The stories that the reader bookmarked, tagged, noted something about, or began.
    pub fn marked(&self) -> Vec<StoryId> {
        let rest = self.rest.iter();
        let marked = rest.filter(|(_, rest)| {
            let state = rest.state();
            state.saved || state.note.is_some() || !state.tags.is_empty() || state.is_begun()
        });
        marked.map(|(story, _)| *story).collect()
    }

    /// The tags in use, in alphabetical order, with how many stories carry each.
    pub fn tags(&self) -> BTreeMap<&SafeText, usize> {
        let mut tags = BTreeMap::new();
        let own = self.rest.iter().filter(|(story, _)| !self.aliases.contains_key(story));
        for name in own.flat_map(|(_, rest)| rest.tags()) {
            *tags.entry(name).or_default() += 1;
        }
        tags
    }

    fn latest_first(&self, clock: impl Fn(&Registers) -> Option<Clock>) -> Vec<StoryId> {
        let mut stories: Vec<_> = self
            .rest
            .iter()
            .filter(|(story, _)| !self.aliases.contains_key(story))
            .filter_map(|(story, rest)| clock(rest).map(|clock| (clock, *story)))
            .collect();
        stories.sort_unstable_by(|a, b| b.cmp(a));
        stories.into_iter().map(|(_, story)| story).collect()
    }
}

impl Registers {
    fn is_saved(&self) -> bool {
        self.saved.as_ref().is_some_and(|saved| saved.value)
    }

    fn tags(&self) -> impl Iterator<Item = &SafeText> {
        let on = |tag: &Option<Register<bool>>| tag.as_ref().is_some_and(|tag| tag.value);
        self.tags.iter().filter(move |(_, tag)| on(tag)).map(|(name, _)| name)
    }

    fn state(&self) -> StoryState<'_> {
        let tags = self.tags.values().flatten().map(|tag| tag.clock);
        let last_touched = self
            .saved
            .iter()
            .map(|saved| saved.clock)
            .chain(self.note.iter().map(|note| note.clock))
            .chain(self.place.iter().map(|place| place.clock))
            .chain(tags)
            .max();
        StoryState {
            read: false,
            saved: self.is_saved(),
            tags: self.tags().collect(),
            note: self.note.as_ref().map(|note| &note.value).filter(|note| !note.is_empty()),
            place: self.place.as_ref().map(|place| &place.value),
            last_touched,
            about: self.about.as_ref().map(|about| &about.value),
        }
    }
}
