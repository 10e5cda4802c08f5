//! The reader when its directories fail it: what the screen says, and what is kept.
#![expect(clippy::disallowed_methods, reason = "these tests put files in the way of directories")]

use std::fs;
use std::path::{Path, PathBuf};

use dateline::journal::{Journal, Loaded};

use crate::pty::{Program, dateline, shell};

/// The first story of a first start.
const HEADLINE: &str = "Start Here";

/// What the program wrote after it gave the terminal back.
fn last_words(program: &mut Program) -> (u32, String) {
    let (status, bytes) = program.end();
    let output = String::from_utf8_lossy(&bytes);
    let (_, words) = output.rsplit_once("\x1b[?25h").unwrap();
    (status.exit_code(), words.to_owned())
}

fn loaded(home: &Path) -> Loaded {
    Journal::open(&home.join("config"), &home.join("data")).1
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect()
}

#[test]
fn what_could_not_be_kept_is_kept_once_the_way_is_free() {
    let program = dateline(&[]).file("config/state", b"").file("config/saved", b"");
    let mut program = program.start();
    program.wait_for(HEADLINE);
    program.wait_for("A directory is needed");
    program.press("s");
    program.wait_for("Bookmarked.");
    program.wait_for("A directory is needed");
    let config = program.home().join("config");
    fs::remove_file(config.join("state")).unwrap();
    fs::remove_file(config.join("saved")).unwrap();
    program.wait_until("no trouble", |screen| !screen.contents().contains("A directory is needed"));
    let loaded = loaded(program.home());
    let [story] = loaded.state.saved()[..] else { panic!("one bookmark") };
    let saved = files_in(&files_in(&config.join("saved"))[0]);
    assert!(saved[0].to_string_lossy().contains(&story.to_string()), "{saved:?}");
    program.press("\x03");
    assert_eq!(last_words(&mut program), (0, String::new()));
}

#[test]
fn trouble_ends_when_its_cause_does_though_nothing_waits() {
    let mut program = dateline(&[]).file("config/state", b"").start();
    program.wait_for("A directory is needed");
    fs::remove_file(program.home().join("config/state")).unwrap();
    program.wait_until("no trouble", |screen| !screen.contents().contains("A directory is needed"));
    program.press("\x03");
    assert_eq!(last_words(&mut program), (0, String::new()));
}

#[test]
fn what_is_lost_at_the_end_is_told_after_leaving() {
    let program = dateline(&[]).file("config/state", b"").file("config/saved", b"");
    let mut program = program.start();
    program.wait_for(HEADLINE);
    program.press("su");
    program.wait_for("A directory is needed");
    program.press("\x03");
    let (status, words) = last_words(&mut program);
    assert_eq!(status, 1);
    let words: Vec<&str> = words.lines().collect();
    assert_eq!(words.len(), 2, "{words:#?}");
    let state = program.home().join("config/state");
    assert!(words[0].starts_with("dateline: the last 2 changes could not be kept. "), "{words:#?}");
    assert!(words[0].contains(state.to_str().unwrap()), "{words:#?}");
    assert!(words[1].starts_with("dateline: the article \"Start Here"), "{words:#?}");
}

#[test]
fn a_bookmark_whose_removal_is_lost_keeps_its_article() {
    let mut program = dateline(&[]).start();
    program.wait_for(HEADLINE);
    program.press("s");
    program.wait_for("★");
    program.press("\x03");
    assert_eq!(last_words(&mut program), (0, String::new()));
    let config = program.home().join("config");
    let (state, aside) = (config.join("state"), config.join("aside"));

    let mut program = dateline(&[]).after(&program).start();
    program.wait_for("★");
    fs::rename(&state, &aside).unwrap();
    fs::write(&state, "").unwrap();
    program.press("s");
    program.wait_for("A directory is needed");
    program.press("\x03");
    assert_eq!(last_words(&mut program).0, 1);
    fs::remove_file(&state).unwrap();
    fs::rename(&aside, &state).unwrap();
    assert_eq!(loaded(program.home()).state.saved().len(), 1);
    assert_eq!(files_in(&files_in(&config.join("saved"))[0]).len(), 1);
}

#[test]
fn a_limit_on_files_is_a_full_disk_and_ends_nothing() {
    // The first limit is in blocks of 512 or 1024 bytes, by the shell: less than an article.
    let mut program = shell("ulimit -f 1; exec dateline").start();
    program.wait_for(HEADLINE);
    program.press("s");
    program.wait_for("No room is left on the disk: free some to keep");
    program.press("\x03");
    let (status, words) = last_words(&mut program);
    assert_eq!(status, 1);
    assert!(words.contains("could not be saved. No room is left"), "{words}");
    let loaded = loaded(program.home());
    assert_eq!(loaded.state.saved().len(), 1, "the mark had room");
    assert_eq!(loaded.warnings, []);
}

#[test]
fn damage_is_told_at_the_start_and_the_rest_is_as_it_was() {
    let mut program = dateline(&[]).start();
    program.wait_for(HEADLINE);
    program.press("s");
    program.wait_for("★");
    program.press("\x03");
    program.end();
    let state = program.home().join("config/state");
    let paths = files_in(&state);
    let end = |end: &str| paths.iter().find(|path| path.to_string_lossy().ends_with(end)).unwrap();
    let journal = end(".jsonl");
    let mut text = fs::read_to_string(journal).unwrap();
    text.push_str("{\"h\":1,\"i\":\n");
    fs::write(journal, text).unwrap();
    let mut program = dateline(&[]).after(&program).start();
    program.wait_for("★");
    program.wait_for("1 line of the journals is damaged and does not count: dateline doctor");
    program.press("\x03");
    program.end();

    fs::write(end(".session.json"), "{").unwrap();
    let mut program = dateline(&[]).after(&program).size(160, 30).start();
    program.wait_for("is damaged");
    program.press("\x03");
    program.end();
}
