#![expect(clippy::disallowed_methods, reason = "tests damage the files that they made")]

use std::path::Path;
use std::process::{Command, Stdio};

use super::*;

/// What a test that is its own child is told by.
const CHILD: &str = "DATELINE_TEST_STORE";

/// Bytes of a page of the file.
const PAGE: usize = 16_384;

/// A document of twenty stories, other ones for every number.
fn twenty(number: usize) -> Update {
    let key = format!("feed{}", number % 5);
    let entries = (0..20).map(|index| {
        let id = format!("{number}-{index}");
        let mut arrival =
            arrival(&key, &id, &format!("Story {id}"), &format!("https://{key}.example/{id}"));
        arrival.entry.content =
            Content::Html(format!("<p>{}</p>", "Some words of it. ".repeat(60)));
        digest(&mut arrival);
        arrival
    });
    let arrivals = entries.collect();
    update(&key, arrivals)
}

fn write(dir: &Path, number: usize) -> Result<Option<SetAside>, StoreError> {
    let (mut writer, first) = Writer::open(dir)?;
    writer.write(time(NOON), vec![twenty(number)])?;
    Ok(writer.take_set_aside().or(first))
}

/// Reads everything there is, in every way.
fn read_all(dir: &Path) -> Result<usize, StoreError> {
    let Some(reader) = Reader::open(dir)? else { return Ok(0) };
    let stories = reader.page(None, usize::MAX)?.stories;
    for story in &stories {
        reader.entry(story.id)?;
        reader.versions(story.id)?;
    }
    reader.each(false, &mut |_| true)?;
    reader.shared()?;
    reader.aliases()?;
    reader.health()?;
    Ok(stories.len())
}

/// A directory in memory, where the system has that: hundreds of small libraries wait for
/// the disk otherwise.
fn in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn set_aside_files(dir: &Path) -> Vec<String> {
    let names = std::fs::read_dir(dir).unwrap();
    let names = names.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains(".corrupt-")).collect()
}

#[test]
fn what_is_no_database_is_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    std::fs::write(&path, "This is a letter. ".repeat(500)).unwrap();
    assert!(Reader::open(dir.path()).unwrap_err().is_damage());
    let (mut writer, set_aside) = Writer::open(dir.path()).unwrap();
    let set_aside = set_aside.unwrap();
    assert!(std::fs::read_to_string(&set_aside.path).unwrap().starts_with("This is a letter."));
    writer.write(time(NOON), vec![twenty(0)]).unwrap();
    assert_eq!(read_all(dir.path()).unwrap(), 20);
    assert_eq!(set_aside_files(dir.path()).len(), 1);
}

#[test]
fn another_programs_database_is_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    let other = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    other.execute_batch("CREATE TABLE story (cake TEXT); PRAGMA user_version = 1").unwrap();
    drop(other);
    let (_, set_aside) = Writer::open(dir.path()).unwrap();
    assert!(set_aside.unwrap().reason.contains("no library"));
}

#[test]
fn a_newer_library_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), 0).unwrap();
    let newer = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    let (version, application): (i32, i32) = newer
        .query_row(
            "SELECT user_version, application_id FROM pragma_user_version, pragma_application_id",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    newer.pragma_update(None, "user_version", version + 1).unwrap();
    newer.pragma_update(None, "application_id", application + 1).unwrap();
    drop(newer);
    for error in [Writer::open(dir.path()).unwrap_err(), Reader::open(dir.path()).unwrap_err()] {
        assert!(matches!(error, StoreError::Newer(_)), "{error}");
        assert!(error.to_string().contains("update this one"), "{error}");
    }
    assert_eq!(set_aside_files(dir.path()).len(), 0);
}

#[test]
fn damage_is_found_while_reading_or_writing_and_never_ends_the_program() {
    let whole = tempfile::tempdir().unwrap();
    for number in 0..10 {
        write(whole.path(), number).unwrap();
    }
    let bytes = std::fs::read(whole.path().join(FILE)).unwrap();
    // The last transaction, which is still in the log.
    let (mut writer, _) = Writer::open(whole.path()).unwrap();
    writer.write(time(NOON), vec![twenty(10)]).unwrap();
    let log = std::fs::read(whole.path().join(format!("{FILE}-wal"))).unwrap();
    drop(writer);
    let mut state = 7_u64;
    // Knuth's constants (MMIX): the same damages at every run.
    let mut random = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut set_aside = 0;
    for trial in 0..200 {
        let dir = in_memory();
        let (mut bytes, mut log) = (bytes.clone(), log.clone());
        let pages = bytes.len() / PAGE;
        match trial % 5 {
            // The head and the first pages matter most, so they are hit more often.
            0 => {
                for _ in 0..=random(30) {
                    let at = if trial % 2 == 0 { random(PAGE) } else { random(bytes.len()) };
                    bytes[at] ^= 1 << random(8);
                }
            }
            1 => bytes.truncate(random(bytes.len())),
            2 => {
                let page = if trial % 2 == 0 { random(12) } else { random(pages) };
                bytes[page * PAGE..(page + 1) * PAGE].fill(0);
            }
            3 => {
                for _ in 0..=random(30) {
                    let at = if trial % 2 == 0 { random(100) } else { random(log.len()) };
                    log[at] ^= 1 << random(8);
                }
            }
            _ => {
                let (from, to) = (random(pages), random(pages));
                bytes.copy_within(from * PAGE..(from + 1) * PAGE, to * PAGE);
            }
        }
        std::fs::write(dir.path().join(FILE), &bytes).unwrap();
        std::fs::write(dir.path().join(format!("{FILE}-wal")), &log).unwrap();
        let _ = read_all(dir.path());
        // New stories, and ones that it had.
        write(dir.path(), 12).unwrap();
        write(dir.path(), 3).unwrap();
        if let Err(error) = read_all(dir.path()) {
            assert!(error.is_damage(), "trial {trial}: {error}");
            let reader = Reader::open(dir.path()).unwrap().unwrap();
            reader.set_aside(&error.to_string()).unwrap().unwrap();
            write(dir.path(), 0).unwrap();
        }
        assert!(read_all(dir.path()).unwrap() >= 20, "trial {trial}");
        set_aside += set_aside_files(dir.path()).len().min(1);
    }
    assert!(set_aside > 50, "only {set_aside} damages were found");
}

#[test]
fn a_file_that_is_replaced_or_deleted_meanwhile_is_opened_anew() {
    let mut desk = Desk::new();
    desk.store(twenty(0));
    let reader = desk.reader();
    assert!(!reader.is_stale());
    for ending in ["", "-wal", "-shm"] {
        let path = desk.dir.path().join(format!("{FILE}{ending}"));
        std::fs::rename(&path, path.with_extension("old")).unwrap();
    }
    assert!(reader.is_stale());
    assert_eq!(desk.store(twenty(0)).new.len(), 20);
    assert_eq!(desk.titles().len(), 20);
}

#[test]
fn one_reads_while_two_write() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), 0).unwrap();
    let before = read_all(dir.path()).unwrap();
    std::thread::scope(|scope| {
        for half in 0..2 {
            let dir = dir.path();
            scope.spawn(move || {
                let (mut writer, _) = Writer::open(dir).unwrap();
                for number in 1..20 {
                    writer.write(time(NOON), vec![twenty(number * 2 + half)]).unwrap();
                }
                writer.finish();
            });
        }
        let reader = Reader::open(dir.path()).unwrap().unwrap();
        let mut last = before;
        while last < 39 * 20 {
            let now = reader.page(None, usize::MAX).unwrap().stories.len();
            assert!(now >= last && now.is_multiple_of(20), "{now} after {last}");
            last = now;
        }
    });
    assert_eq!(read_all(dir.path()).unwrap(), 39 * 20);
}

#[test]
fn what_was_put_is_seen_when_it_is_committed_and_lost_if_it_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let count = || read_all(dir.path()).unwrap();
    let (mut writer, _) = Writer::open(dir.path()).unwrap();
    for number in 0..3 {
        assert_eq!(writer.put(time(NOON), vec![twenty(number)]).unwrap()[0].new.len(), 20);
        assert_eq!(count(), 0);
    }
    // It knows itself what it put.
    assert_eq!(writer.put(time(NOON), vec![twenty(0)]).unwrap()[0].new.len(), 0);
    writer.commit().unwrap();
    writer.commit().unwrap();
    assert_eq!(count(), 60);
    writer.put(time(NOON), vec![twenty(3)]).unwrap();
    drop(writer);
    assert_eq!(count(), 60);
    assert_eq!(write(dir.path(), 3).unwrap(), None);
    assert_eq!(count(), 80);
}

/// A feed's answer that its server dates, with these entries.
fn dated(key: &str, ids: &[&str]) -> Update {
    let entries: Vec<_> = ids.iter().map(|id| (*id, *id, "")).collect();
    let mut update = document(key, &entries);
    update.health.validators.etag = Some(b"\"1\"".to_vec());
    update
}

#[test]
fn what_went_with_a_library_is_asked_for_again_whole() {
    let mut desk = Desk::new();
    desk.store(dated("a", &["1"]));
    // Known from here on: the server says "unchanged", and this holds.
    desk.store(dated("a", &[]));
    let etag = |desk: &Desk, key: &str| {
        let health = desk.reader().health().unwrap();
        health.get(&SourceKey::new(key)).map(|health| health.validators.etag.is_some())
    };
    assert_eq!(etag(&desk, "a"), Some(true));
    // In the middle of a refresh: one feed is put and not yet stored, and another one, of
    // which the library had all, is found unchanged after the damage.
    desk.writer.put(time(NOON), vec![dated("b", &["2"])]).unwrap();
    let path = desk.dir.path().join(FILE);
    std::fs::rename(&path, path.with_extension("old")).unwrap();
    desk.writer.write(time(NOON), vec![dated("a", &[]), dated("c", &["3"])]).unwrap();
    assert_eq!(desk.titles(), ["3"]);
    assert_eq!(etag(&desk, "a"), Some(false));
    assert_eq!(etag(&desk, "b"), None);
    assert_eq!(etag(&desk, "c"), Some(true));
}

/// Not a test of its own: what is killed by the test below. Tells of each transaction.
#[test]
fn child_that_writes_until_it_is_killed() {
    let Some(dir) = std::env::var_os(CHILD) else { return };
    let (mut writer, _) = Writer::open(Path::new(&dir)).unwrap();
    let before = Reader::open(Path::new(&dir)).unwrap().unwrap().count().unwrap();
    for number in before / 20.. {
        writer.put(time(NOON), vec![twenty(number)]).unwrap();
        // Some transactions are of several documents.
        if number % 3 > 0 {
            writer.commit().unwrap();
            println!("\nwrote {number}");
        }
    }
}

#[test]
#[cfg(unix)]
fn sixty_kills_lose_no_transaction_that_was_told_of() {
    use std::io::{BufRead as _, BufReader};
    let dir = tempfile::tempdir().unwrap();
    let name = "library::store::tests::damage::child_that_writes_until_it_is_killed";
    for kill in 0..60_usize {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(CHILD, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = lines.map_while(Result::ok).filter(|line| line.starts_with("wrote"));
        // Killed somewhere in the transaction after one of these.
        let last = told.take(1 + kill % 7).last().expect("the child wrote");
        child.kill().unwrap();
        child.wait().unwrap();
        let last: usize = last.trim_start_matches("wrote ").parse().unwrap();
        let stories = Reader::open(dir.path()).unwrap().unwrap().count().unwrap();
        assert!(
            stories >= (last + 1) * 20 && stories.is_multiple_of(20),
            "kill {kill}: {stories}, {last}"
        );
    }
    let stories = read_all(dir.path()).unwrap();
    assert!(stories.is_multiple_of(20) && stories >= 60 * 20, "{stories}");
    assert_eq!(set_aside_files(dir.path()).len(), 0);
    let db = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}
