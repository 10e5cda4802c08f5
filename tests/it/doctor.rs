//! `dateline doctor` and `dateline dirs`, as they are called.
#![expect(clippy::disallowed_methods, reason = "these tests damage files and start the program")]

use std::fs;
use std::path::Path;
use std::process::Command;

use dateline::journal::saved::Saved;
use dateline::journal::{Durability, Journal};
use dateline::reading::{About, Change, Wish};
use dateline::story::StoryId;
use serde_json::{Value, json};

/// Runs the program in a home of its own; its exit status and what it printed.
fn dateline(home: &Path, args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .env_clear()
        .env("DATELINE_CONFIG_DIR", home.join("config"))
        .env("DATELINE_DATA_DIR", home.join("data"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn json(home: &Path, args: &[&str]) -> (i32, Value) {
    let (status, text) = dateline(home, args);
    (status, serde_json::from_str(&text).unwrap())
}

/// Bookmarks a story and tags another.
fn read(home: &Path) -> StoryId {
    let (mut journal, mut loaded) = Journal::open(&home.join("config"), &home.join("data"));
    let story = StoryId::new("test", "1");
    let about = Some(About {
        title: "Ferry back in service".into(),
        url: Some("https://news.example/ferry".to_owned()),
        source: "The Harbor Post".into(),
    });
    let now = "2026-03-04T05:06:07Z".parse().unwrap();
    let tag = Change::Tag { name: "ports".into(), on: true };
    let wishes = vec![
        Wish { story, change: Change::Saved(true), about },
        Wish { story: StoryId::new("test", "2"), change: tag, about: None },
    ];
    let marks = loaded.state.step(now, &"Did things".into(), wishes);
    journal.append(&marks, Durability::Now).unwrap();
    story
}

#[test]
fn a_first_look_finds_nothing_wrong_and_makes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (status, report) = json(home.path(), &["doctor", "--json"]);
    assert_eq!((status, &report["ok"], &report["wrong"]), (0, &json!(true), &json!([])));
    assert_eq!(report["directories"][0]["exists"], json!(false));
    assert_eq!(report["journals"]["files"], json!([]));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);

    let (status, text) = dateline(home.path(), &["doctor"]);
    assert_eq!(status, 0);
    assert!(text.ends_with("\nNothing is wrong.\n"), "{text}");
}

#[test]
fn it_says_what_is_wrong_and_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let story = read(home.path());
    let config = home.path().join("config");
    fs::write(config.join("config.toml"), "start_veiw = \"all\"\n").unwrap();
    let own = fs::read_dir(config.join("state")).unwrap().next().unwrap().unwrap().path();
    let copy = own.with_extension("sync-conflict-20260304-050607-ABCDEFG.jsonl");
    fs::copy(&own, copy).unwrap();
    let text = fs::read_to_string(&own).unwrap();
    fs::write(&own, text.replacen("\"on\":1", "", 1).replace("ports", "harbor")).unwrap();

    let (status, report) = json(home.path(), &["doctor", "--json"]);
    assert_eq!((status, &report["ok"]), (1, &json!(false)));
    let wrong: Vec<&str> =
        report["wrong"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    assert_eq!(wrong.len(), 3, "{wrong:#?}");
    assert!(wrong[0].contains("config.toml: line 1") && wrong[0].contains("start_veiw"));
    assert!(wrong[1].starts_with("line 3: ") && wrong[1].ends_with("that line may be deleted."));
    assert!(wrong[2].contains("Ferry back in service (https://news.example/ferry)."));
    assert_eq!(report["bookmarks"]["without_file"], json!([story]));
    let files = report["journals"]["files"].as_array().unwrap();
    let copies: Vec<_> = files.iter().map(|file| &file["copy"]).collect();
    assert_eq!(copies, [&json!(false), &json!(true)]);

    let (status, text) = dateline(home.path(), &["doctor"]);
    assert_eq!(status, 1);
    assert_eq!(text.matches("\n  ! ").count(), 3);
    assert!(text.ends_with("\n3 things are wrong; each is marked with !.\n"), "{text}");
}

#[test]
fn a_bookmark_with_its_article_is_in_order() {
    let home = tempfile::tempdir().unwrap();
    let story = read(home.path());
    let saved = Saved::new(&home.path().join("config"), &home.path().join("data"));
    saved.write(story, Some(2026), &"Ferry back in service".into(), "It left.\n").unwrap();
    saved.write(StoryId::new("test", "3"), None, &"Pier".into(), "It stands.\n").unwrap();
    let (status, report) = json(home.path(), &["doctor", "--json"]);
    assert_eq!((status, &report["wrong"]), (0, &json!([])));
    assert_eq!(
        (&report["bookmarks"]["bookmarks"], &report["bookmarks"]["files"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(report["bookmarks"]["without_bookmark"][0]["id"], json!(StoryId::new("test", "3")));
}

#[test]
fn a_directory_that_cannot_be_used_is_named() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("config")).unwrap();
    fs::write(home.path().join("config/state"), "").unwrap();
    let (status, report) = json(home.path(), &["doctor", "--json"]);
    assert_eq!(status, 1);
    let wrong = report["wrong"].to_string();
    assert!(wrong.contains("config/state is in the way"), "{wrong}");
}

#[test]
fn dirs_names_each_directory() {
    let home = tempfile::tempdir().unwrap();
    let (status, report) = json(home.path(), &["dirs", "--json"]);
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let expected =
        json!({ "config": path("config"), "data": path("data"), "cache": path("data/cache") });
    assert_eq!((status, report), (0, expected));
    let (_, text) = dateline(home.path(), &["dirs"]);
    assert_eq!(text.lines().next(), Some(format!("config  {}", path("config")).as_str()));
}
