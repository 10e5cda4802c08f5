//! Reading state against kills, torn files, limits and other writers.
//!
//! Some tests start this very program again, as a child with one test and a task in its
//! environment, so that it can be killed or limited.
#![expect(clippy::disallowed_methods, reason = "these tests damage files and end programs")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use dateline::article::Place;
use dateline::journal::{Durability, Journal, Loaded};
use dateline::reading::{Change, Wish};
use dateline::story::StoryId;

/// What the child is to do.
const TASK: &str = "DATELINE_TEST_TASK";
const HOME: &str = "DATELINE_TEST_HOME";

fn story(number: u32) -> StoryId {
    StoryId::new("test", &number.to_string())
}

fn now() -> jiff::Timestamp {
    "2026-03-04T05:06:07Z".parse().unwrap()
}

struct Desk {
    journal: Journal,
    loaded: Loaded,
}

impl Desk {
    fn open(home: &Path) -> Self {
        let (journal, loaded) = Journal::open(&home.join("config"), &home.join("data"));
        Self { journal, loaded }
    }

    /// Marks a story as read; whether that was acknowledged.
    fn read(&mut self, number: u32, durability: Durability) -> bool {
        let wish = Wish { story: story(number), change: Change::Read(true), about: None };
        let marks = self.loaded.state.step(now(), &"Marked as read".into(), vec![wish]);
        self.journal.append(&marks, durability).is_ok()
    }

    fn knows(&self, number: u32) -> bool {
        self.loaded.state.is_read(story(number))
    }
}

/// This program again, as a child that does one task.
struct Worker {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Worker {
    fn start(home: &Path, task: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "journal::child", "--nocapture", "--quiet"])
            .env(TASK, task)
            .env(HOME, home)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next number that was acknowledged; none when the child has ended.
    fn acknowledged(&mut self) -> Option<u32> {
        let lines = self.lines.by_ref().map_while(Result::ok);
        lines.into_iter().find_map(|line| line.strip_prefix("kept ")?.parse().ok())
    }

    /// Waits for the end. The child's own assertions must have held.
    fn finish(mut self) -> Vec<u32> {
        let numbers = std::iter::from_fn(|| self.acknowledged()).collect();
        assert!(self.child.wait().unwrap().success());
        numbers
    }

    /// Kills it with what it said before.
    fn kill(mut self) -> Vec<u32> {
        self.child.kill().unwrap();
        let numbers = std::iter::from_fn(|| self.acknowledged()).collect();
        self.child.wait().unwrap();
        numbers
    }
}

/// Numbers that look random and are the same every time (Knuth's MMIX generator).
fn random(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize
}

/// No test of its own: what the children of the other tests do.
#[test]
fn child() {
    let (Ok(task), Ok(home)) = (std::env::var(TASK), std::env::var(HOME)) else { return };
    let home = PathBuf::from(home);
    let mut words = task.split(' ');
    let kind = words.next().unwrap();
    let mut numbers = words.map(|word| word.parse::<u32>().unwrap());
    let mut number = || numbers.next().unwrap();
    match kind {
        "mark" => {
            let (first, count) = (number(), number());
            mark(&mut Desk::open(&home), first..first + count, say);
        }
        "places" => {
            let (first, count) = (number(), number());
            places(&mut Desk::open(&home), first..first + count, say);
        }
        #[cfg(unix)]
        "limits" => limits(&home),
        other => panic!("{other} is no task"),
    }
}

/// Tells the parent what was acknowledged.
fn say(number: u32) {
    let mut out = std::io::stdout();
    writeln!(out, "kept {number}").unwrap();
}

/// Marks stories as read, and tells of each as soon as it is acknowledged.
fn mark(desk: &mut Desk, numbers: std::ops::Range<u32>, mut kept: impl FnMut(u32)) {
    for number in numbers {
        let durability = if number % 9 == 0 { Durability::Now } else { Durability::Soon };
        assert!(desk.read(number, durability));
        kept(number);
    }
}

/// Moves through one story, with many a compaction.
fn places(desk: &mut Desk, offsets: std::ops::Range<u32>, mut kept: impl FnMut(u32)) {
    for offset in offsets {
        let place = Place { offset, quote: "x".repeat(300), ..Place::default() };
        let wish = Wish { story: story(0), change: Change::Place(place), about: None };
        let mark = desk.loaded.state.mark(now(), wish);
        desk.journal.append(&[mark], Durability::Soon).unwrap();
        kept(offset);
        if offset % 100 == 0 {
            desk.journal.compact().unwrap();
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_in_60_kills() {
    let home = tempfile::tempdir().unwrap();
    let mut seed = 1;
    let mut kept = BTreeSet::new();
    for round in 0..60 {
        let first = round * 1_000_000;
        let mut worker = Worker::start(home.path(), &format!("mark {first} 1000000"));
        for _ in 0..random(&mut seed) % 300 {
            kept.extend(worker.acknowledged());
        }
        kept.extend(worker.kill());
    }
    assert!(kept.len() > 2_000, "the children hardly did anything: {}", kept.len());
    let desk = Desk::open(home.path());
    let missing: Vec<_> = kept.iter().filter(|number| !desk.knows(**number)).collect();
    assert_eq!(missing, Vec::<&u32>::new());
}

#[test]
fn a_kill_while_compacting_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    assert!(Desk::open(home.path()).read(1, Durability::Now));
    let mut seed = 3;
    for round in 1..=20 {
        let task = format!("places {} 1000000", round * 1_000_000);
        let mut worker = Worker::start(home.path(), &task);
        // A compaction is due after some 2,700 places.
        let mut last = None;
        for _ in 0..random(&mut seed) % 3_000 {
            last = last.max(worker.acknowledged());
        }
        let last = last.max(worker.kill().into_iter().max());
        let desk = Desk::open(home.path());
        assert!(desk.knows(1));
        let place = desk.loaded.state.get(story(0)).place.map(|place| place.offset);
        assert!(place >= last, "{place:?} is not yet {last:?}");
        assert_eq!(desk.loaded.warnings, []);
    }
}

#[test]
fn a_torn_tail_costs_no_later_mark() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    mark(&mut desk, 0..20, |_| ());
    let whole = fs::read(desk.journal.path()).unwrap();
    let last_line = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    let mut seed = 2;
    let cuts = (last_line..=whole.len()).chain((0..60).map(|_| random(&mut seed) % whole.len()));
    for cut in cuts {
        let torn = &whole[..cut];
        fs::write(desk.journal.path(), torn).unwrap();
        assert!(Desk::open(home.path()).read(1_000, Durability::Soon));

        let again = Desk::open(home.path());
        assert!(again.knows(1_000), "cut at {cut}");
        let lines = torn.split(|byte| *byte == b'\n').count() - 1;
        // The first line is no mark; a last line that lacks only its line feed counts.
        let ended = cut == whole.len() || whole[cut] == b'\n' || torn.ends_with(b"\n") || cut == 0;
        let marks = (lines + usize::from(!torn.ends_with(b"\n") && ended)).saturating_sub(1);
        let known = (0..20).take_while(|number| again.knows(*number)).count();
        assert_eq!(known, marks, "cut at {cut}");
        assert_eq!(again.loaded.warnings.len(), usize::from(!ended), "cut at {cut}");
        assert!(fs::read(desk.journal.path()).unwrap().starts_with(torn), "nothing is cut off");
    }
}

#[test]
fn two_processes_write_at_once() {
    let home = tempfile::tempdir().unwrap();
    let mut watcher = Desk::open(home.path());
    let workers = [1_000, 2_000].map(|first| {
        let task = format!("mark {first} 500");
        Worker::start(home.path(), &task)
    });
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for worker in workers {
        kept.extend(worker.finish());
        seen.extend(watcher.journal.poll().0.into_iter().map(|mark| mark.story));
    }
    assert_eq!(kept.len(), 1_000);
    assert!(kept.iter().all(|number| seen.contains(&story(*number))));
    let desk = Desk::open(home.path());
    assert!(kept.iter().all(|number| desk.knows(*number)));
    assert_eq!(desk.loaded.warnings, []);
}

#[test]
fn a_process_that_compacts_costs_another_nothing() {
    let home = tempfile::tempdir().unwrap();
    let busy = Worker::start(home.path(), "places 0 12000");
    let other = Worker::start(home.path(), "mark 1000 2000");
    let kept = other.finish();
    busy.finish();
    let desk = Desk::open(home.path());
    assert_eq!(kept.len(), 2_000);
    assert!(kept.iter().all(|number| desk.knows(*number)));
    assert_eq!(desk.loaded.state.get(story(0)).place.unwrap().offset, 11_999);
    assert_eq!(desk.loaded.warnings, []);
    let len = fs::metadata(desk.journal.path()).unwrap().len();
    assert!(len < 3 << 20, "12,000 places of 400 bytes were compacted to {len}");
}

#[test]
#[cfg(unix)]
fn a_write_that_fails_is_told_and_done_later() {
    let home = tempfile::tempdir().unwrap();
    Worker::start(home.path(), "limits").finish();
}

/// In a child, as the limit is the whole process's: the n-th write fails, after none, some
/// or nearly all of its bytes.
#[cfg(unix)]
fn limits(home: &Path) {
    use dateline::journal::saved::Saved;
    use dateline::journal::{JournalError, ignore_file_size_signal};
    use dateline::reading::Session;
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    ignore_file_size_signal();
    let free = getrlimit(Resource::Fsize);
    let limit = |bytes| setrlimit(Resource::Fsize, Rlimit { current: bytes, ..free });
    let unlimited = || setrlimit(Resource::Fsize, free).unwrap();

    for n in 1..=40 {
        let home = home.join(n.to_string());
        let mut desk = Desk::open(&home);
        mark(&mut desk, 1..n, |_| ());
        let len = fs::metadata(desk.journal.path()).map_or(0, |file| file.len());
        limit(Some(len + u64::from(n) * 37 % 80)).unwrap();
        for number in [n, n + 1, n + 2] {
            assert!(!desk.read(number, Durability::Now), "there is no room for write {number}");
        }
        let error = desk.journal.sync().unwrap_err();
        assert!(matches!(&error, JournalError::NoRoom(path) if path == desk.journal.path()));
        assert_eq!(desk.journal.pending(), 3);
        let other = Desk::open(&home);
        assert_eq!(other.loaded.warnings, [], "no torn line is left");
        assert!((1..n).all(|number| other.knows(number)) && !other.knows(n));

        unlimited();
        desk.journal.sync().unwrap();
        assert_eq!(desk.journal.pending(), 0);
        let other = Desk::open(&home);
        assert_eq!(other.loaded.warnings, []);
        assert!((1..n + 3).all(|number| other.knows(number)));
    }

    // The marks of one step are kept together, or the half of it could not be taken back.
    let mut desk = Desk::open(&home.join("step"));
    assert!(desk.read(0, Durability::Now));
    let len = fs::metadata(desk.journal.path()).unwrap().len();
    let wish = |number| Wish { story: story(number), change: Change::Read(true), about: None };
    let step = (1..6).map(wish).collect();
    let marks = desk.loaded.state.step(now(), &"Marked 5 stories as read".into(), step);
    limit(Some(len + 300)).unwrap();
    assert!(desk.journal.append(&marks, Durability::Now).is_err());
    assert_eq!(desk.journal.pending(), 5);
    assert_eq!(fs::metadata(desk.journal.path()).unwrap().len(), len, "nothing of it is there");
    unlimited();
    desk.journal.sync().unwrap();
    let other = Desk::open(&home.join("step"));
    assert!((0..6).all(|number| other.knows(number)));
    assert_eq!(other.loaded.undo.last().unwrap().as_str(), "Marked 5 stories as read");

    // What is written whole is the old one or the new one.
    let (config, data) = (home.join("1/config"), home.join("1/data"));
    let saved = Saved::new(&config, &data);
    let desk = Desk::open(&home.join("1"));
    let old = Session { view: "old".to_owned(), ..Session::default() };
    desk.journal.save_session(&old).unwrap();
    saved.write(story(1), None, &"Ferry".into(), "Old.\n").unwrap();
    let text = saved.read(story(1)).unwrap();
    limit(Some(20)).unwrap();
    let new = Session { view: "new".repeat(20), ..Session::default() };
    assert!(matches!(desk.journal.save_session(&new), Err(JournalError::NoRoom(_))));
    let written = saved.write(story(1), None, &"Ferry".into(), "New.\n");
    assert!(matches!(written, Err(JournalError::NoRoom(_))));
    assert!(saved.write(story(2), None, &"Pier".into(), "New.\n").is_err());
    unlimited();
    assert_eq!(Desk::open(&home.join("1")).loaded.session, old);
    assert_eq!(saved.read(story(1)).unwrap(), text);
    assert_eq!(saved.list().unwrap().len(), 1);
    let left_over = fs::read_dir(config.join("saved/undated")).unwrap().count();
    assert_eq!(left_over, 1, "no temporary file stays");

    // Compaction, too.
    let mut desk = Desk::open(&home.join("compact"));
    for offset in 0..4_000 {
        let place = Place { offset, quote: "x".repeat(300), ..Place::default() };
        let wish = Wish { story: story(0), change: Change::Place(place), about: None };
        let mark = desk.loaded.state.mark(now(), wish);
        desk.journal.append(&[mark], Durability::Soon).unwrap();
    }
    let before = fs::read(desk.journal.path()).unwrap();
    limit(Some(100)).unwrap();
    assert!(desk.journal.compact().is_err());
    unlimited();
    assert!(fs::read(desk.journal.path()).unwrap() == before);
}
