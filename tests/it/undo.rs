//! `dateline undo`, on the journal that the reader writes.

use std::process::{Command, Output};

use dateline::journal::{Durability, Journal};
use dateline::reading::{Change, Wish};
use dateline::story::StoryId;

fn run(home: &tempfile::TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .env_clear()
        .env("DATELINE_CONFIG_DIR", home.path().join("config"))
        .env("DATELINE_DATA_DIR", home.path().join("data"))
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A home in which stories were marked: each step with its sentence.
fn home(steps: &[(&str, &[(StoryId, Change)])]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let (config, data) = (home.path().join("config"), home.path().join("data"));
    let (mut journal, mut loaded) = Journal::open(&config, &data);
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    for (what, changes) in steps {
        let wishes = changes.iter().map(|(story, change)| Wish {
            story: *story,
            change: change.clone(),
            about: None,
        });
        let marks = loaded.state.step(now, &(*what).into(), wishes.collect());
        for mark in &marks {
            loaded.state.apply(mark);
        }
        journal.append(&marks, Durability::Now).unwrap();
    }
    home
}

#[test]
fn steps_are_taken_back_one_command_at_a_time() {
    let [one, two] = ["one", "two"].map(|entry| StoryId::new("test", entry));
    let read = Change::Read(true);
    let home = home(&[
        ("Marked as read: One", &[(one, read.clone())]),
        ("Marked 1 story as read", &[(two, read)]),
    ]);
    let first = run(&home, &["undo"]);
    assert_eq!(said(&first), "Taken back: Marked 1 story as read\n");
    let second = run(&home, &["undo", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&second.stdout).unwrap();
    assert_eq!(json["undone"], "Marked as read: One");
    assert_eq!(json["changes"], 1);
    let third = run(&home, &["undo"]);
    assert_eq!((said(&third).as_str(), third.status.code()), ("Nothing to take back.\n", Some(3)));
    let (_, loaded) = Journal::open(&home.path().join("config"), &home.path().join("data"));
    assert!(!loaded.state.is_read(one) && !loaded.state.is_read(two));
}

#[test]
fn a_bookmark_that_comes_back_has_its_file_again() {
    let story = StoryId::new("dateline:edition", "start-here");
    let home = home(&[("Bookmarked: Start here", &[(story, Change::Saved(true))])]);
    home_undo(&home, "Taken back: Bookmarked: Start here\n");
    // The removal of a bookmark is taken back: the article is written anew.
    let (config, data) = (home.path().join("config"), home.path().join("data"));
    let (mut journal, mut loaded) = Journal::open(&config, &data);
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    for saved in [true, false] {
        let wish = Wish { story, change: Change::Saved(saved), about: None };
        let marks = loaded.state.step(now, &"Bookmark".into(), vec![wish]);
        for mark in &marks {
            loaded.state.apply(mark);
        }
        journal.append(&marks, Durability::Now).unwrap();
    }
    drop(journal);
    home_undo(&home, "Taken back: Bookmark\n");
    let saved = dateline::journal::saved::Saved::new(&config, &data);
    let text = saved.read(story).unwrap().unwrap();
    assert!(text.contains("Start Here"), "{text}");
}

fn home_undo(home: &tempfile::TempDir, wanted: &str) {
    let output = run(home, &["undo"]);
    assert_eq!(said(&output), wanted, "{}", String::from_utf8_lossy(&output.stderr));
}
