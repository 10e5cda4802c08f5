use std::collections::BTreeSet;
use std::time::SystemTime;

use jiff::Timestamp;
use proptest::prelude::*;

use super::saved::{Saved, Written};
use super::*;
use crate::article::Place;
use crate::reading::undo::undo;
use crate::reading::{About, Change, StepId, StepInfo, Wish};
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

const HERE: &str = "00010203040506070809abff";

fn story(number: u32) -> StoryId {
    StoryId::new("test", &number.to_string())
}

fn now() -> Timestamp {
    "2026-03-04T05:06:07Z".parse().unwrap()
}

fn about(title: &str) -> About {
    let url = Some("https://news.example/ferry".to_owned());
    About { title: title.into(), url, source: "The Harbor Post".into() }
}

fn tag(name: &str, on: bool) -> Change {
    Change::Tag { name: name.into(), on }
}

/// A reader with files: what the program does with marks.
struct Desk {
    journal: Journal,
    loaded: Loaded,
}

impl Desk {
    fn open(home: &Path, data: &str) -> Self {
        let (journal, loaded) = Journal::open(&home.join("config"), &home.join(data));
        Self { journal, loaded }
    }

    fn apply(&mut self, marks: &[Mark]) {
        for mark in marks {
            self.loaded.state.apply(mark);
            self.loaded.undo.apply(mark);
        }
    }

    fn step(&mut self, what: &str, changes: Vec<(u32, Change)>) {
        let wishes = changes
            .into_iter()
            .map(|(number, change)| Wish {
                story: story(number),
                change,
                about: Some(about("Ferry")),
            })
            .collect();
        let marks = self.loaded.state.step(now(), &what.into(), wishes);
        self.apply(&marks);
        self.journal.append(&marks, Durability::Soon).unwrap();
    }

    fn undo(&mut self) -> Option<String> {
        let undone = undo(&mut self.loaded.undo, &mut self.loaded.state, now())?;
        self.apply(&undone.marks);
        self.journal.append(&undone.marks, Durability::Soon).unwrap();
        Some(undone.step.what.into_string())
    }

    fn poll(&mut self) -> usize {
        let (marks, warnings) = self.journal.poll();
        assert_eq!(warnings, []);
        self.apply(&marks);
        marks.len()
    }
}

fn read_all(text: &[u8]) -> (Vec<Mark>, Vec<line::Kind>) {
    let mut marks = Vec::new();
    let device = HERE.parse().unwrap();
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let kinds = lines.map(|line| line::read(line, device, |mark| marks.push(mark))).collect();
    (marks, kinds)
}

#[test]
fn a_line_is_what_the_description_of_the_format_says() {
    let device = HERE.parse().unwrap();
    let mut state = ReadingState::new(device);
    let wish = |change, about| Wish { story: story(1), change, about };
    let mut text = line::head(device);
    let read = wish(Change::Read(true), None);
    let note = wish(Change::Note("Ask\nMira".into()), Some(about("Ferry")));
    let note = Wish { change: Change::Note(SafeText::multiline("Ask\nMira")), ..note };
    for mark in state.step(now(), &"Read it".into(), vec![read, note]) {
        text.extend(line::write(&mark));
    }
    let place = Place { block: 2, offset: 7, quote: "The pier".to_owned(), lead: 0, fraction: 120 };
    text.extend(line::write(&state.mark(now(), wish(Change::Place(place), None))));
    insta::assert_snapshot!(String::from_utf8(text).unwrap(), @r#"
    {"dateline":"reading","v":1,"device":"00010203040506070809abff","c":"863de4a6"}
    {"h":1772600767000000,"i":"rqbTp8FfDlw-YaaN","r":1,"u":[1772600767000000,"rqbTp8FfDlw-YaaN"],"w":"Read it","b":0,"c":"db430d42"}
    {"h":1772600767000001,"i":"rqbTp8FfDlw-YaaN","n":"Ask\nMira","title":"Ferry","url":"https://news.example/ferry","source":"The Harbor Post","u":[1772600767000000,"rqbTp8FfDlw-YaaN"],"b":"","c":"a5ae7b5e"}
    {"h":1772600767000002,"i":"rqbTp8FfDlw-YaaN","p":{"b":2,"o":7,"q":"The pier","f":120},"c":"e227d4e5"}
    "#);
}

#[test]
fn what_is_no_whole_line_of_ours_does_not_count() {
    let sealed =
        |body: &str| format!("{body},\"c\":\"{:08x}\"}}", crc32fast::hash(body.as_bytes()));
    let clock = line::Kind::Other(crate::reading::Clock::from_micros(5));
    let cut = line::Kind::Damaged("was cut short or changed by something else");
    let cases = [
        (r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1}"#.to_owned(), cut),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1"#).replace("\"r\":1", "\"r\":0"), cut),
        ("}".to_owned(), cut),
        ("é".repeat(9), cut),
        (
            sealed(r#"{"h":7258118400000001,"i":"AAAAAAAAAAAAAAAA","r":1"#),
            line::Kind::Damaged("has a time past the year 2200"),
        ),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","hl":[1]"#), clock),
        (sealed(r#"{"h":5,"i":"what is this","r":1"#), clock),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":{"at":3}"#), line::Kind::Other(None)),
        (sealed(r#"{"dateline":"reading","v":9,"device":"not one""#), line::Kind::Other(None)),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1,"new":2"#), line::Kind::Marks),
        (sealed(r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1"#) + "\r", line::Kind::Marks),
    ];
    for (text, expected) in cases {
        assert_eq!(read_all(text.as_bytes()).1, [expected], "{text}");
    }
}

#[test]
fn a_newer_version_may_write_several_registers_on_a_line() {
    let body = r#"{"h":5,"i":"AAAAAAAAAAAAAAAA","r":1,"s":0,"t":{"a":1,"b":0},"b":1"#;
    let text = format!("{body},\"c\":\"{:08x}\"}}", crc32fast::hash(body.as_bytes()));
    let (marks, _) = read_all(text.as_bytes());
    let changes: Vec<_> = marks.into_iter().map(|mark| mark.change).collect();
    let expected = [Change::Read(true), Change::Saved(false), tag("a", true), tag("b", false)];
    assert_eq!(changes, expected);
}

#[test]
fn the_undo_stack_is_there_again_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path(), "data");
    let all: Vec<_> = (0..12).map(|n| (n, Change::Read(true))).collect();
    desk.step("Marked 12 stories as read", all);
    desk.step("Noted", vec![(3, Change::Note("Mine".into()))]);
    desk.step("Tagged", vec![(3, tag("ports", true))]);
    assert_eq!(desk.undo().unwrap(), "Tagged");

    let mut desk = Desk::open(home.path(), "data");
    assert_eq!(desk.loaded.state.get(story(3)).note.unwrap().as_str(), "Mine");
    assert_eq!(desk.undo().unwrap(), "Noted");
    let mut desk = Desk::open(home.path(), "data");
    assert_eq!(desk.undo().unwrap(), "Marked 12 stories as read");
    assert_eq!(desk.undo(), None);
    let desk = Desk::open(home.path(), "data");
    assert!(!desk.loaded.state.is_read(story(7)));
    assert_eq!(desk.loaded.warnings, []);
}

#[test]
fn two_instances_and_two_devices_see_each_other() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path(), "data");
    let mut second = Desk::open(home.path(), "data");
    let mut other = Desk::open(home.path(), "other data");
    assert_eq!(desk.journal.device(), second.journal.device());
    assert_ne!(desk.journal.device(), other.journal.device());
    desk.step("Read", vec![(1, Change::Read(true))]);
    second.step("Saved", vec![(2, Change::Saved(true))]);
    other.step("Tagged", vec![(3, tag("ports", true))]);
    for desk in [&mut desk, &mut second, &mut other] {
        assert!(desk.poll() > 0);
        assert_eq!(desk.poll(), 0, "nothing is new the second time");
    }
    assert_eq!(desk.loaded.state, second.loaded.state);
    assert_eq!(desk.loaded.state, other.loaded.state);
    // Both steps were made at the same microsecond, and are two steps all the same.
    let first = desk.undo().unwrap();
    second.poll();
    let last = second.undo().unwrap();
    assert_eq!(BTreeSet::from([first, last]), BTreeSet::from(["Read", "Saved"].map(Into::into)));
    desk.poll();
    assert_eq!(desk.undo(), None);
    other.poll();
    assert_eq!(other.undo().unwrap(), "Tagged");
}

#[test]
fn own_appends_are_not_read_again() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path(), "data");
    for number in 0..5 {
        desk.step("Read", vec![(number, Change::Read(true))]);
    }
    assert_eq!(desk.poll(), 0);
}

#[test]
fn a_conflict_copy_is_merged_and_a_replaced_file_read_anew() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path(), "data");
    desk.step("Read", vec![(1, Change::Read(true))]);
    let own = desk.journal.path().to_owned();
    let first = fs::read(&own).unwrap();
    desk.step("Read", vec![(2, Change::Read(true))]);
    let both = fs::read(&own).unwrap();

    let stem = own.file_stem().unwrap().to_str().unwrap().to_owned();
    for ending in [".sync-conflict-20260304-050607-ABCDEFG", " (conflicted copy)"] {
        let copy = own.with_file_name(format!("{stem}{ending}.jsonl"));
        fs::write(&own, &first).unwrap();
        fs::write(&copy, &both).unwrap();
        let desk = Desk::open(home.path(), "data");
        assert!(desk.loaded.state.is_read(story(2)), "{ending}");
        assert_eq!(desk.loaded.warnings, []);
        fs::remove_file(copy).unwrap();
    }
    // An older state came back, then a newer one: nothing is forgotten meanwhile.
    desk.poll();
    assert!(desk.loaded.state.is_read(story(2)));
    desk.step("Read", vec![(3, Change::Read(true))]);
    assert!(Desk::open(home.path(), "data").loaded.state.is_read(story(3)));
}

#[test]
fn a_directory_that_goes_away_is_made_again() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path(), "data");
    desk.step("Read", vec![(1, Change::Read(true))]);
    fs::rename(home.path().join("config"), home.path().join("gone")).unwrap();
    desk.step("Read", vec![(2, Change::Read(true))]);
    let again = Desk::open(home.path(), "data");
    assert!(!again.loaded.state.is_read(story(1)) && again.loaded.state.is_read(story(2)));
}

#[test]
fn what_cannot_be_written_waits_in_memory() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("config")).unwrap();
    let in_the_way = home.path().join("config/state");
    fs::write(&in_the_way, "a file").unwrap();
    let mut desk = Desk::open(home.path(), "data");
    assert!(
        matches!(&desk.loaded.writable, Err(JournalError::InTheWay(path)) if *path == in_the_way)
    );
    let wish = Wish { story: story(1), change: Change::Saved(true), about: None };
    let marks = desk.loaded.state.step(now(), &"Saved".into(), vec![wish]);
    let error = desk.journal.append(&marks, Durability::Now).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "{} is in the way: a directory is needed there, so move it to another place.",
            in_the_way.display()
        )
    );
    assert_eq!(desk.journal.pending(), 1);
    let later = Instant::now() + PATIENCE;
    assert!(desk.journal.due_in(later).is_some_and(|wait| wait.is_zero()));
    assert!(desk.journal.flush_due(later).is_err());

    fs::remove_file(&in_the_way).unwrap();
    desk.journal.flush_due(later + PATIENCE).unwrap();
    assert_eq!((desk.journal.pending(), desk.journal.due_in(later)), (0, None));
    assert!(Desk::open(home.path(), "data").loaded.state.is_saved(story(1)));
}

#[test]
fn a_data_directory_that_cannot_be_used_costs_no_mark() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("data"), "a file").unwrap();
    let mut desk = Desk::open(home.path(), "data");
    assert_eq!(desk.loaded.warnings.len(), 1);
    desk.step("Read", vec![(1, Change::Read(true))]);
    assert!(Desk::open(home.path(), "data").loaded.state.is_read(story(1)));
}

#[test]
fn marks_become_safe_within_two_seconds() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path(), "data");
    assert_eq!(desk.journal.due_in(Instant::now()), None);
    desk.step("Read", vec![(1, Change::Read(true))]);
    assert!(desk.journal.due_in(Instant::now()).is_some_and(|wait| wait <= PATIENCE));
    desk.journal.flush_due(Instant::now() + PATIENCE).unwrap();
    assert_eq!(desk.journal.due_in(Instant::now()), None);
}

#[test]
fn the_session_comes_back_and_a_damaged_one_is_ignored() {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::open(home.path(), "data");
    assert_eq!(desk.loaded.session, Session::default());
    let session = Session { view: "saved".to_owned(), open: Some(story(1)), ..Session::default() };
    desk.journal.save_session(&session).unwrap();
    assert_eq!(Desk::open(home.path(), "data").loaded.session, session);
    fs::write(desk.journal.session_path(), "{\"view\":").unwrap();
    let desk = Desk::open(home.path(), "data");
    assert_eq!(desk.loaded.session, Session::default());
    assert_eq!(desk.loaded.warnings.len(), 1);
}

#[test]
fn compaction_keeps_what_it_does_not_know() {
    let device: DeviceId = HERE.parse().unwrap();
    let sealed =
        |body: &str| format!("{body},\"c\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()));
    let known = |clock: u32, value: u8| {
        sealed(&format!(r#"{{"h":{clock},"i":"AAAAAAAAAAAAAAAA","r":{value}"#))
    };
    let strange = [
        sealed(r#"{"h":1,"i":"AAAAAAAAAAAAAAAA","r":0,"mood":"calm""#),
        sealed(r#"{"h":2,"i":"AAAAAAAAAAAAAAAA","hl":[[1,2]]"#),
        sealed(r#"{"vote":3"#),
        "not ours at all\n".to_owned(),
    ]
    .concat();
    let head = String::from_utf8(line::head(device)).unwrap();
    let text = format!("{head}{}{strange}{}{}", known(3, 0), known(5, 1), known(4, 0));
    let left = String::from_utf8(compact::needed(text.as_bytes(), device)).unwrap();
    assert_eq!(left, format!("{head}{strange}{}", known(5, 1)));
}

#[test]
fn a_large_journal_is_compacted_beside_a_running_instance() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path(), "data");
    let mut second = Desk::open(home.path(), "data");
    desk.step("Bookmarked", vec![(7, Change::Saved(true))]);
    assert!(!desk.journal.compact().unwrap(), "it is small");
    for fraction in 0..8_000 {
        let change = Change::Place(Place { fraction, ..Place::default() });
        let wish = Wish { story: story(1), change, about: Some(about("A ferry")) };
        let mark = desk.loaded.state.mark(now(), wish);
        desk.apply(std::slice::from_ref(&mark));
        desk.journal.append(&[mark], Durability::Soon).unwrap();
    }
    second.poll();
    let before = fs::metadata(desk.journal.path()).unwrap().len();
    assert!(second.journal.compact().unwrap());
    let after = fs::metadata(desk.journal.path()).unwrap().len();
    assert!(before > SMALL && after < 2_000, "{before} {after}");
    assert!(!second.journal.compact().unwrap());

    desk.step("Read", vec![(2, Change::Read(true))]);
    second.poll();
    assert_eq!(desk.loaded.state, second.loaded.state);
    let mut again = Desk::open(home.path(), "data");
    assert_eq!(again.loaded.state, desk.loaded.state);
    assert_eq!(again.loaded.warnings, []);
    assert_eq!(again.undo().unwrap(), "Read");
    assert_eq!(again.undo().unwrap(), "Bookmarked");
}

#[test]
fn a_saved_article_is_found_wherever_it_was_moved() {
    let home = tempfile::tempdir().unwrap();
    let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
    assert_eq!(saved.find(story(1)).unwrap(), None);
    let text = "---\ntitle: Ferry\n---\n\nIt left at noon.\n";
    let Written::Whole(path) =
        saved.write(story(1), Some(2026), &"Ferry left, at noon".into(), text).unwrap()
    else {
        panic!("nobody edited it")
    };
    assert_eq!(path, saved.dir().join(format!("2026/{}-ferry-left-at-noon.md", story(1))));
    let on_disk = saved.read(story(1)).unwrap().unwrap();
    assert!(on_disk.starts_with(&format!("---\nid: \"{}\"\ntitle: Ferry\n", story(1))));
    assert!(on_disk.ends_with("---\n\nIt left at noon.\n"));

    let moved = saved.dir().join("ships/my favorite.md");
    fs::create_dir(saved.dir().join("ships")).unwrap();
    fs::rename(&path, &moved).unwrap();
    assert_eq!(saved.find(story(1)).unwrap(), Some(moved.clone()));
    let newer = "It left at one.\n";
    saved.write(story(1), Some(2026), &"Ferry".into(), newer).unwrap();
    assert!(fs::read_to_string(&moved).unwrap().ends_with(newer));
    assert_eq!(saved.list().unwrap().len(), 1);
}

#[test]
fn what_the_reader_wrote_into_a_saved_article_stays() {
    let home = tempfile::tempdir().unwrap();
    let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
    saved.write(story(1), None, &"Ferry".into(), "It left.\n").unwrap();
    let path = saved.find(story(1)).unwrap().unwrap();
    assert!(path.starts_with(saved.dir().join("undated")));
    let edited = fs::read_to_string(&path).unwrap() + "\nI was there.\n";
    fs::write(&path, &edited).unwrap();

    let again = saved.write(story(1), None, &"Ferry".into(), "It left again.\n").unwrap();
    assert_eq!(again, Written::Edited(path.clone()));
    let away = saved.remove(story(1)).unwrap().unwrap();
    assert!(away.starts_with(home.path().join("data/removed")));
    assert_eq!(saved.find(story(1)).unwrap(), None);
    // Bookmarked anew, and that removed too: both are kept, and the later comes back.
    saved.write(story(1), None, &"Ferry".into(), "It left.\n").unwrap();
    saved.remove(story(1)).unwrap();
    fs::File::options()
        .append(true)
        .open(&away)
        .unwrap()
        .set_modified(SystemTime::now() + PATIENCE)
        .unwrap();
    assert_eq!(saved.restore(story(1)).unwrap(), Some(path.clone()));
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    assert_eq!(saved.restore(story(1)).unwrap(), Some(path));
    assert_eq!(saved.restore(story(2)).unwrap(), None);
}

#[test]
#[cfg(unix)]
fn files_are_for_the_reader_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path(), "data");
    desk.step("Read", vec![(1, Change::Read(true))]);
    desk.journal.save_session(&Session::default()).unwrap();
    let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
    saved.write(story(1), Some(2026), &"Ferry".into(), "It left.\n").unwrap();
    let mut paths = vec![home.path().join("config"), home.path().join("data")];
    while let Some(path) = paths.pop() {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
        if path.is_dir() {
            paths.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<bool>().prop_map(Change::Read),
        any::<bool>().prop_map(Change::Saved),
        ("\\PC{0,8}", any::<bool>()).prop_map(|(name, on)| tag(&name, on)),
        any::<String>().prop_map(|note| Change::Note(SafeText::multiline(&note))),
        ("[a-z\"\\\\ ]{0,8}", any::<u16>()).prop_map(|(quote, fraction)| Change::Place(Place {
            block: 1,
            offset: 2,
            quote,
            fraction,
            ..Place::default()
        })),
    ]
}

proptest! {
    #[test]
    fn a_mark_is_read_as_it_was_written(
        change in changes(), before in changes(), title in any::<String>(), kind in 0..3,
    ) {
        let device = HERE.parse().unwrap();
        let mut state = ReadingState::new(device);
        let title = SafeText::title(&title);
        let about = Some(About { title: title.clone(), url: None, source: SafeText::title("Post") });
        let mut mark = state.mark(now(), Wish { story: story(1), change, about });
        let step = StepId { clock: mark.clock, story: story(2) };
        mark.step = match kind {
            0 if mark.change.same_register(&before) => {
                Some(StepInfo::Did { step, what: Some(title), before })
            }
            1 => Some(StepInfo::TookBack { step }),
            _ => None,
        };
        let (marks, kinds) = read_all(&line::write(&mark));
        prop_assert_eq!(marks, [mark]);
        prop_assert_eq!(kinds, [line::Kind::Marks]);
    }

    #[test]
    fn any_bytes_are_a_line(text in proptest::collection::vec(any::<u8>(), 0..64)) {
        read_all(&text);
    }

    #[test]
    fn a_compacted_journal_says_the_same(
        changes in proptest::collection::vec((0_u32..3, 0_i64..5, changes(), any::<bool>()), 0..30),
        undone in 0..5,
    ) {
        let device = HERE.parse().unwrap();
        let mut state = ReadingState::new(device);
        let mut undo_stack = UndoStack::new(device);
        let mut text = line::head(device);
        let mut all = Vec::new();
        for (number, _, change, step) in changes {
            let wish = Wish { story: story(number), change, about: Some(about(&number.to_string())) };
            let marks = if step {
                state.step(now(), &"Did it".into(), vec![wish])
            } else {
                vec![state.mark(now(), wish)]
            };
            for mark in &marks {
                state.apply(mark);
                undo_stack.apply(mark);
            }
            all.extend(marks);
        }
        for _ in 0..undone {
            let Some(undone) = undo(&mut undo_stack, &mut state, now()) else { break };
            for mark in &undone.marks {
                state.apply(mark);
                undo_stack.apply(mark);
            }
            all.extend(undone.marks);
        }
        text.extend(all.iter().flat_map(line::write));
        let fold = |text: &[u8]| {
            let (mut state, mut undo) = (ReadingState::new(device), UndoStack::new(device));
            for mark in read_all(text).0 {
                state.apply(&mark);
                undo.apply(&mark);
            }
            (state, undo)
        };
        let left = compact::needed(&text, device);
        prop_assert!(left.len() <= text.len());
        prop_assert_eq!(fold(&text), fold(&left));
        prop_assert_eq!(&compact::needed(&left, device), &left);
    }

    #[test]
    fn a_file_name_is_one_harmless_name(title in "\\PC{0,80}|[./\\\\~\\x00-\\x1f: a-z\u{202e}\u{301}]{0,80}") {
        let home = tempfile::tempdir().unwrap();
        let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
        let written = saved.write(story(1), Some(2026), &SafeText::title(&title), "It left.\n").unwrap();
        let Written::Whole(path) = written else { panic!("nobody edited it") };
        prop_assert_eq!(path.parent().unwrap(), saved.dir().join("2026"));
        let name = path.file_name().unwrap().to_str().unwrap();
        prop_assert!(name.len() <= 96, "{}", name);
        prop_assert!(name.starts_with(&story(1).to_string()));
        prop_assert_eq!(path.extension().unwrap(), "md");
        let slug = &name[16..name.len() - 3];
        prop_assert!(!slug.contains(|c: char| c.is_control() || " ./\\:*?\"<>|~$`;&'".contains(c)), "{}", name);
        prop_assert_eq!(saved.find(story(1)).unwrap(), Some(path));
    }
}
