mod lines;
mod saved;

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::*;
use crate::article::Place;
use crate::reading::undo::undo;
use crate::reading::{About, Change, Wish};
use crate::story::StoryId;
use crate::text::sanitize::SafeText;

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
fn a_directory_that_goes_away_is_made_again_with_what_this_run_wrote() {
    for looks in [false, true] {
        let home = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(home.path(), "data");
        desk.step("Read", vec![(1, Change::Read(true))]);
        fs::rename(home.path().join("config"), home.path().join("gone")).unwrap();
        if looks {
            assert_eq!(desk.poll(), 0);
        }
        desk.step("Read", vec![(2, Change::Read(true))]);
        fs::remove_dir_all(home.path().join("config")).unwrap();
        desk.journal.sync().unwrap();
        let again = Desk::open(home.path(), "data");
        assert!(again.loaded.state.is_read(story(1)) && again.loaded.state.is_read(story(2)));
        assert_eq!(again.journal.files()[0].lines, 3);
    }
}

#[test]
fn an_older_copy_in_the_place_of_the_journal_takes_nothing_back() {
    for (looks, marks) in [(false, false), (false, true), (true, false), (true, true)] {
        let home = tempfile::tempdir().unwrap();
        Desk::open(home.path(), "data").step("Read", vec![(1, Change::Read(true))]);
        let mut desk = Desk::open(home.path(), "data");
        let older = fs::read(desk.journal.path()).unwrap();
        desk.step("Read", vec![(2, Change::Read(true))]);
        desk.step("Unread", vec![(2, Change::Read(false))]);
        desk.step("Saved", vec![(3, Change::Saved(true))]);
        fs::write(desk.journal.path(), &older).unwrap();
        if looks {
            desk.poll();
        }
        if marks {
            desk.step("Read", vec![(4, Change::Read(true))]);
        }
        desk.journal.sync().unwrap();
        let again = Desk::open(home.path(), "data");
        assert_eq!(again.loaded.state, desk.loaded.state, "looks {looks}, marks {marks}");
        desk.poll();
        desk.journal.sync().unwrap();
        let lines = 5 + usize::from(marks);
        assert_eq!(Desk::open(home.path(), "data").journal.files()[0].lines, lines, "once each");
    }
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
            "A directory is needed where {} is in the way: move that to another place.",
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
fn an_error_says_what_to_do() {
    let cases = [
        (ErrorKind::StorageFull, "free some to keep"),
        (ErrorKind::QuotaExceeded, "free some to keep"),
        (ErrorKind::PermissionDenied, "give yourself the right to write"),
        (ErrorKind::ReadOnlyFilesystem, "give yourself the right to write"),
        (ErrorKind::NotADirectory, "A directory is needed where"),
        (ErrorKind::TimedOut, "look whether the disk of"),
    ];
    for (kind, advice) in cases {
        let sentence = JournalError::new(Path::new("/home/mira/state"), kind.into()).to_string();
        let (before, _) = sentence.split_once("/home/mira/state").unwrap();
        assert!(before.contains(advice), "the path may be cut off: {sentence}");
    }
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
fn a_device_keeps_its_id_where_no_lock_can_be_made() {
    let home = tempfile::tempdir().unwrap();
    let first = Desk::open(home.path(), "data").journal.device();
    let lock = home.path().join("data/device.lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    let mut desk = Desk::open(home.path(), "data");
    assert_eq!(desk.journal.device(), first);
    assert_eq!(desk.loaded.warnings, []);
    desk.step("Read", vec![(1, Change::Read(true))]);
    assert!(Desk::open(home.path(), "data").loaded.state.is_read(story(1)));
}

#[test]
#[cfg(unix)]
fn what_is_in_the_way_further_up_is_named() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config");
    let names_config =
        |error: &JournalError| matches!(error, JournalError::InTheWay(path) if *path == config);
    let wish = Wish { story: story(1), change: Change::Saved(true), about: None };
    for leads_nowhere in [false, true] {
        if leads_nowhere {
            fs::remove_file(&config).unwrap();
            std::os::unix::fs::symlink(home.path().join("nowhere"), &config).unwrap();
        } else {
            fs::write(&config, "a file").unwrap();
        }
        let mut desk = Desk::open(home.path(), "data");
        assert!(names_config(desk.loaded.writable.as_ref().unwrap_err()), "{leads_nowhere}");
        let marks = desk.loaded.state.step(now(), &"Saved".into(), vec![wish.clone()]);
        let error = desk.journal.append(&marks, Durability::Now).unwrap_err();
        assert!(names_config(&error), "{error}");
    }
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
#[cfg(unix)]
fn files_are_for_the_reader_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path(), "data");
    desk.step("Read", vec![(1, Change::Read(true))]);
    desk.journal.save_session(&Session::default()).unwrap();
    let saved =
        crate::journal::saved::Saved::new(&home.path().join("config"), &home.path().join("data"));
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
