//! A library that is damaged or goes away costs a refresh at most: its stories come again.

use std::fs;
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use dateline::library::store::FILE;
use dateline::refresh::Outcome;
use rusqlite::Connection;

use super::{Answer, Home, Server, numbered};

#[test]
fn a_feed_that_is_unchanged_when_its_library_is_lost_is_asked_for_all_the_next_time() {
    let data: Arc<OnceLock<PathBuf>> = Arc::default();
    let lost = data.clone();
    let server = Server::start(move |asked| {
        if !asked.headers.contains_key("if-none-match") {
            return Answer::feed(numbered(0..10)).with("ETag", "\"1\"");
        }
        // While it is asked, the library goes.
        let path = lost.get().unwrap().join(FILE);
        fs::rename(&path, path.with_extension("old")).unwrap();
        Answer::status(304)
    });
    let home = Home::new(&[server.url("/feed")]);
    data.set(home.data()).unwrap();
    home.force().check(Outcome::Ok, 10, 10);
    home.force().check(Outcome::Unchanged, 0, 0);
    assert_eq!(home.titles().len(), 0);
    home.force().check(Outcome::Ok, 10, 10);
    assert_eq!(home.titles().len(), 10);
}

#[test]
fn damage_that_only_reading_meets_ends_no_refresh() {
    let server = Server::start(|_| Answer::feed(numbered(0..10)));
    let home = Home::new(&[server.url("/feed")]);
    home.force();
    let path = home.data().join(FILE);
    let db = Connection::open(&path).unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let number = |query: &str| db.query_row(query, [], |row| row.get::<_, u32>(0)).unwrap();
    let page = number("SELECT rootpage FROM sqlite_schema WHERE name = 'source'");
    let size = number("PRAGMA page_size");
    drop(db);
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.write_all_at(&vec![0; size as usize], u64::from((page - 1) * size)).unwrap();
    let output = home.output(&["refresh"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("was damaged"), "{said}");
    assert_eq!(home.titles().len(), 10);
}
