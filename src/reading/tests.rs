use jiff::Timestamp;
use proptest::prelude::*;

use super::undo::{STEPS, undo};
use super::*;

const HERE: DeviceId = DeviceId([1; 12]);
const THERE: DeviceId = DeviceId([2; 12]);
const YEAR: i64 = 31_557_600_000_000;

fn story(number: u32) -> StoryId {
    StoryId::new("test", &number.to_string())
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn wish(number: u32, change: Change) -> Wish {
    Wish { story: story(number), change, about: None }
}

fn tag(name: &str, on: bool) -> Change {
    Change::Tag { name: name.into(), on }
}

fn place(fraction: u16) -> Change {
    Change::Place(Place { fraction, ..Place::default() })
}

/// A reader at one device: what the program does with marks, without files.
struct Desk {
    state: ReadingState,
    undo: UndoStack,
}

impl Desk {
    fn new(device: DeviceId) -> Self {
        Self { state: ReadingState::new(device), undo: UndoStack::new(device) }
    }

    fn apply(&mut self, marks: &[Mark]) {
        for mark in marks {
            self.state.apply(mark);
            self.undo.apply(mark);
        }
    }

    fn step(&mut self, second: i64, what: &str, wishes: Vec<Wish>) -> Vec<Mark> {
        let marks = self.state.step(at(second), &what.into(), wishes);
        self.apply(&marks);
        marks
    }

    fn undo(&mut self, second: i64) -> Option<Undone> {
        let undone = undo(&mut self.undo, &mut self.state, at(second))?;
        self.apply(&undone.marks);
        Some(undone)
    }
}

#[test]
fn a_device_id_is_read_as_it_is_printed() {
    let id = DeviceId::from_bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xab, 0xff]);
    assert_eq!(id.to_string(), "00010203040506070809abff");
    assert_eq!(id.to_string().parse(), Ok(id));
    for bad in
        ["", "00010203040506070809abf", "00010203040506070809abFF", "+0010203040506070809abff"]
    {
        assert_eq!(bad.parse::<DeviceId>(), Err(BadDeviceId), "{bad}");
    }
}

#[test]
fn the_clock_goes_on_from_the_greatest_reading_seen() {
    let mut clock = HybridClock::default();
    let first = clock.tick(at(0));
    assert_eq!(first, Clock::from(at(0)));
    assert_eq!(clock.tick(at(-5)).micros(), first.micros() + 1, "the time of day went back");
    let ahead = Clock::from_micros(first.micros() + 2 * YEAR.unsigned_abs()).unwrap();
    clock.see(ahead);
    assert_eq!(clock.tick(at(1)).micros(), ahead.micros() + 1);
    clock.see(Clock::MAX);
    assert_eq!(clock.tick(at(2)), Clock::MAX);
    assert_eq!(Clock::from_micros(Clock::MAX.micros() + 1), None);
    assert_eq!(Clock::MAX.timestamp().to_string(), "2200-01-01T00:00:00Z");
}

#[test]
fn a_mark_made_after_seeing_a_device_two_years_ahead_wins_on_both() {
    for years in [-2, 2] {
        let (mut here, mut there) = (Desk::new(HERE), Desk::new(THERE));
        let far = at(years * YEAR / 1_000_000);
        let read = there.state.step(far, &"read".into(), vec![wish(1, Change::Read(true))]);
        there.apply(&read);
        here.apply(&read);
        let unread = here.step(10, "unread", vec![wish(1, Change::Read(false))]);
        there.apply(&unread);
        assert!(!here.state.is_read(story(1)));
        assert!(!there.state.is_read(story(1)));
        assert_eq!(here.state, there.state);
    }
}

#[test]
fn lists_name_the_stories_last_touched_first() {
    let mut desk = Desk::new(HERE);
    desk.step(1, "", vec![wish(1, Change::Saved(true)), wish(2, Change::Saved(true))]);
    desk.step(2, "", vec![wish(3, Change::Saved(true)), wish(1, tag("later", true))]);
    desk.step(3, "", vec![wish(2, Change::Saved(false)), wish(2, tag("later", true))]);
    desk.step(4, "", vec![wish(2, tag("later", false)), wish(2, tag("ports", true))]);
    assert_eq!(desk.state.saved(), [story(3), story(1)]);
    let tags: Vec<_> = desk.state.tags().into_iter().map(|(tag, n)| (tag.as_str(), n)).collect();
    assert_eq!(tags, [("later", 1), ("ports", 1)]);

    for (second, number, fraction) in [(5, 1, 300), (6, 2, 0), (7, 3, 999), (8, 4, 1), (9, 5, 949)]
    {
        let mark = desk.state.mark(at(second), wish(number, place(fraction)));
        desk.apply(&[mark]);
    }
    assert_eq!(desk.state.begun(), [story(5), story(4), story(1)]);
    assert_eq!(desk.state.get(story(5)).last_touched, Some(Clock::from(at(9))));
    assert_eq!(desk.state.get(story(99)), StoryState::default());
}

#[test]
fn a_step_leaves_out_what_is_so_already() {
    let mut desk = Desk::new(HERE);
    desk.step(1, "Marked as read", vec![wish(1, Change::Read(true))]);
    let marks = desk.step(
        2,
        "Marked 2 stories as read",
        vec![wish(1, Change::Read(true)), wish(2, Change::Read(true))],
    );
    assert_eq!(marks.len(), 1);
    assert_eq!(desk.step(3, "nothing", vec![wish(2, Change::Read(true))]), []);
    assert_eq!(desk.undo(4).unwrap().step.what.as_str(), "Marked 2 stories as read");
    assert!(desk.state.is_read(story(1)));
    assert!(!desk.state.is_read(story(2)));
}

#[test]
fn steps_are_taken_back_one_at_a_time() {
    let mut desk = Desk::new(HERE);
    let all = (0..12).map(|n| wish(n, Change::Read(true))).collect();
    desk.step(1, "Marked 12 stories as read", all);
    desk.step(2, "Bookmarked", vec![wish(3, Change::Saved(true))]);
    desk.step(3, "Tagged", vec![wish(3, tag("ports", true))]);
    desk.step(4, "Noted", vec![wish(3, Change::Note("Call the harbor".into()))]);
    desk.step(5, "Noted", vec![wish(3, Change::Note("Called".into()))]);

    let mut said = Vec::new();
    assert_eq!(desk.undo(6).unwrap().left, 0);
    assert_eq!(desk.state.get(story(3)).note.unwrap().as_str(), "Call the harbor");
    while let Some(undone) = desk.undo(7) {
        said.push(undone.step.what.into_string());
    }
    assert_eq!(said, ["Noted", "Tagged", "Bookmarked", "Marked 12 stories as read"]);
    let state = desk.state.get(story(3));
    assert_eq!((state.read, state.saved, state.tags, state.note), (false, false, vec![], None));
    assert!((0..12).all(|n| !desk.state.is_read(story(n))));
    assert_eq!(desk.undo.last(), None);
}

#[test]
fn undo_leaves_alone_what_was_changed_since() {
    let (mut here, mut there) = (Desk::new(HERE), Desk::new(THERE));
    here.step(1, "Bookmarked", vec![wish(9, Change::Saved(true))]);
    let noted = here.step(
        2,
        "Noted 2 stories",
        vec![wish(1, Change::Note("mine".into())), wish(2, Change::Note("mine".into()))],
    );
    there.apply(&noted);
    let newer = there.step(3, "Noted", vec![wish(1, Change::Note("theirs".into()))]);
    here.apply(&newer);

    let undone = here.undo(4).unwrap();
    assert_eq!((undone.marks.len(), undone.left), (1, 1));
    assert_eq!(here.state.get(story(1)).note.unwrap().as_str(), "theirs");
    assert_eq!(here.state.get(story(2)).note, None);
    assert_eq!(there.undo.last().unwrap().as_str(), "Noted", "each device has steps of its own");

    here.step(5, "Noted", vec![wish(3, Change::Note("mine".into()))]);
    let mut other = Desk::new(THERE);
    let newer = other.step(6, "Noted", vec![wish(3, Change::Note("theirs".into()))]);
    here.apply(&newer);
    assert_eq!(here.undo(7).unwrap().step.what.as_str(), "Bookmarked", "nothing left of the last");
}

#[test]
fn the_stack_forgets_its_oldest_steps() {
    let mut desk = Desk::new(HERE);
    for n in 0..STEPS as u32 + 5 {
        desk.step(i64::from(n), "Marked as read", vec![wish(n, Change::Read(true))]);
    }
    let undone = std::iter::from_fn(|| desk.undo(9_000)).count();
    assert_eq!(undone, STEPS);
    assert!(desk.state.is_read(story(4)) && !desk.state.is_read(story(5)));
}

#[test]
fn a_session_keeps_what_a_newer_version_wrote() {
    let text = r#"{"view":"saved","zen":true,"split":0.4}"#;
    let session: Session = serde_json::from_str(text).unwrap();
    assert_eq!((session.view.as_str(), session.zen, session.measure), ("saved", true, None));
    let again = serde_json::to_string(&session).unwrap();
    assert!(again.contains(r#""split":0.4"#), "{again}");
    assert_eq!(serde_json::from_str::<Session>(&again).unwrap(), session);
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<bool>().prop_map(Change::Read),
        any::<bool>().prop_map(Change::Saved),
        ("[ab]", any::<bool>()).prop_map(|(name, on)| tag(&name, on)),
        "[xy]{0,2}".prop_map(|note| Change::Note(note.as_str().into())),
        (0_u16..3).prop_map(place),
    ]
}

/// Marks of two devices on three stories, at clocks that often collide and are
/// sometimes two years apart.
pub fn marks() -> impl Strategy<Value = Vec<Mark>> {
    let clock = (0_i64..4, -2_i64..=2).prop_map(|(n, years)| {
        let now = at(0).as_microsecond() + n + years * YEAR;
        Clock::from_micros(now.unsigned_abs()).unwrap()
    });
    let about = proptest::option::of("[pq]".prop_map(|title| About {
        title: title.as_str().into(),
        url: None,
        source: SafeText::default(),
    }));
    let mark = (clock, any::<bool>(), 0_u32..3, changes(), about).prop_map(
        |(clock, here, number, change, about)| Mark {
            clock,
            device: if here { HERE } else { THERE },
            story: story(number),
            change,
            about,
            step: None,
        },
    );
    proptest::collection::vec(mark, 0..24)
}

fn fold<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> ReadingState {
    let mut state = ReadingState::new(HERE);
    for mark in marks {
        state.apply(mark);
    }
    state
}

proptest! {
    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        a in marks(), b in marks(), c in marks(), seed in any::<u64>(),
    ) {
        let ab_c = fold(a.iter().chain(&b).chain(&c));
        let c_ba = fold(c.iter().chain(&b).chain(&a));
        prop_assert_eq!(&ab_c, &c_ba);
        let twice = fold(a.iter().chain(&b).chain(&a).chain(&c).chain(&b));
        prop_assert_eq!(&ab_c, &twice);
        let mut shuffled: Vec<_> = a.iter().chain(&b).chain(&c).collect();
        let mut turn = seed;
        for at in (1..shuffled.len()).rev() {
            turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(at, (turn >> 33) as usize % (at + 1));
        }
        prop_assert_eq!(&ab_c, &fold(shuffled));
    }

    #[test]
    fn applying_a_mark_says_whether_it_changed_anything(marks in marks()) {
        let mut state = ReadingState::new(HERE);
        for mark in &marks {
            let before = state.clone();
            prop_assert_eq!(state.apply(mark), state != before);
        }
    }
}

/// What a device does when it learns that two ids are one story.
fn adopt(desk: &mut Desk, second: i64) -> Vec<Mark> {
    let wishes = desk.state.adopt(story(1), story(2));
    let marks: Vec<_> = wishes.into_iter().map(|wish| desk.state.mark(at(second), wish)).collect();
    desk.apply(&marks);
    marks
}

#[test]
fn two_ids_of_one_story_come_to_the_later_marks_and_lists_name_it_once() {
    let mut desk = Desk::new(HERE);
    desk.step(1, "", vec![wish(1, Change::Read(true)), wish(2, Change::Saved(true))]);
    desk.step(2, "", vec![wish(2, tag("ports", true)), wish(1, tag("later", true))]);
    desk.step(3, "", vec![wish(1, tag("later", false)), wish(2, Change::Note("Old".into()))]);
    desk.step(4, "", vec![wish(1, Change::Note("New".into()))]);
    let read_again = desk.state.mark(at(5), wish(2, place(300)));
    desk.apply(&[read_again]);
    assert!(!adopt(&mut desk, 6).is_empty());
    for number in [1, 2] {
        let state = desk.state.get(story(number));
        assert!(state.read && state.saved, "{number}: {state:?}");
        assert_eq!(state.tags, [&"ports".into()]);
        assert_eq!(state.note, Some(&"New".into()));
        assert_eq!(state.place.map(|place| place.fraction), Some(300));
    }
    assert_eq!(desk.state.saved(), [story(1)]);
    assert_eq!(desk.state.begun(), [story(1)]);
    assert_eq!(desk.state.tags().into_values().collect::<Vec<_>>(), [1]);
    assert_eq!(adopt(&mut desk, 7), [], "there is nothing left to do");

    desk.step(8, "", vec![wish(1, Change::Saved(false))]);
    adopt(&mut desk, 9);
    assert!(!desk.state.is_saved(story(2)));
    // The library was made anew, and the other one came first.
    desk.state.adopt(story(2), story(1));
    assert_eq!(desk.state.begun(), [story(2)]);
    assert_eq!(desk.state.adopt(story(2), story(2)), []);
}

proptest! {
    /// Two devices that learn it at once, and merge then, come to the same marks.
    #[test]
    fn adoption_keeps_the_laws_of_merging(
        steps in proptest::collection::vec((0..2_usize, 0..20_i64, 1..=2_u32, 0..6_u8), 0..20),
    ) {
        let mut desks = [Desk::new(HERE), Desk::new(THERE)];
        let mut all = Vec::new();
        for (device, second, number, change) in steps {
            let change = match change {
                0 | 1 => Change::Read(change == 0),
                2 | 3 => Change::Saved(change == 2),
                4 => tag("a", true),
                _ => place(200),
            };
            let mark = desks[device].state.mark(at(second), wish(number, change));
            desks[device].apply(std::slice::from_ref(&mark));
            all.push(mark);
        }
        for desk in &mut desks {
            all.extend(adopt(desk, 30));
        }
        for desk in &mut desks {
            desk.apply(&all);
            all.reverse();
        }
        prop_assert_eq!(&desks[0].state, &desks[1].state);
        let marks = adopt(&mut desks[0], 40);
        desks[1].apply(&marks);
        prop_assert_eq!(&desks[0].state, &desks[1].state);
        prop_assert_eq!(adopt(&mut desks[1], 50), []);
        for like in [Change::Read(true), Change::Saved(true), tag("a", true), place(1)] {
            let state = &desks[0].state;
            prop_assert_eq!(state.current(story(1), &like), state.current(story(2), &like));
        }
    }
}
