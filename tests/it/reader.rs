//! A day with the reader, as somebody has it: read, jump, come back, bookmark, leave, and
//! find everything as it was.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::pty::{Program, dateline};

/// The text of the row that holds some words.
fn row_with(program: &Program, words: &str) -> String {
    let screen = program.wait_for(words);
    screen.lines().find(|line| line.contains(words)).unwrap().trim().to_owned()
}

fn quit(mut program: Program) -> Program {
    program.press("\x03");
    let (status, _) = program.end();
    assert!(status.success(), "{status:?}");
    program.assert_restored();
    program
}

/// The files that are bookmarks, by their text.
fn saved(program: &Program) -> Vec<String> {
    let mut folders = vec![program.home().join("config/saved")];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                // A file that is still being written has another name in a moment.
                let hidden = path.file_name().unwrap().to_string_lossy().starts_with('.');
                texts.extend(std::fs::read_to_string(path).ok().filter(|_| !hidden));
            }
        }
    }
    texts
}

const LEAD: &str = "The bridge opens on Monday.";

/// An article with two sections, a related line and enough to scroll in.
fn bridge() -> String {
    let mut text = format!("The bridge is ready\n\nBy The Desk\n\n{LEAD}\n\n");
    for section in ["How it was built", "What it cost"] {
        let _ = write!(text, "{section}\n\n");
        for n in 1..=30 {
            let _ = write!(
                text,
                "In {section}, paragraph {n} says what was done that day, who did it, with which tools, and why it took longer than the plan had said it would take.\n\n"
            );
        }
        text.push_str("Read more: The ferry stays until spring\n\n");
    }
    text
}

const FERRY: &str = "The ferry stays until spring\n\nBy The Desk\n\nThe ferry goes on as before, every hour, and nobody who has a ticket need fear for it.\n";

#[test]
fn read_jump_come_back_bookmark_leave_and_find_everything_as_it_was() {
    let mut program = dateline(&["bridge.txt", "ferry.txt"])
        .file("bridge.txt", bridge().as_bytes())
        .file("ferry.txt", FERRY.as_bytes())
        .size(80, 24)
        .start();
    program.wait_for("The bridge is ready");
    program.press("\r");
    program.wait_for(LEAD);
    // To the second section, then on to the related line at its end and through it.
    program.press("]]");
    program.wait_for("§ What it cost");
    program.press("\t\t\t");
    let line = row_with(&program, "paragraph 30");
    program.press("\r");
    program.wait_for("The ferry goes on as before");
    program.press("s");
    program.wait_for("Bookmarked.");
    program.press("\x7f");
    assert_eq!(row_with(&program, "paragraph 30"), line);
    let program = quit(program);
    let texts = saved(&program);
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(texts[0].contains("nobody who has a ticket"));

    // Another size, and no file is named: the story is open where it was left.
    let mut program = dateline(&[]).after(&program).size(120, 40).start();
    let screen = program.wait_for("paragraph 30");
    assert!(screen.contains("The bridge is ready"), "{screen}");
    // Forward again, to the ferry, which has its bookmark.
    program.press("\x1b[1;3C");
    program.wait_for("The ferry goes on as before");
    program.press("b");
    program.wait_until("the bookmark is listed", |screen| {
        let text = screen.contents();
        text.contains("Bookmarks") && text.contains('★')
    });
    // The bookmark goes and comes back.
    program.press("s");
    program.wait_for("U brings it back");
    program.press("U");
    program.wait_for("Taken back");
    let program = quit(program);
    assert_eq!(saved(&program), texts);
}

#[test]
fn what_was_begun_is_continued_without_naming_it_again() {
    let mut program =
        dateline(&["bridge.txt"]).file("bridge.txt", bridge().as_bytes()).size(80, 24).start();
    program.wait_for(LEAD);
    program.press("]");
    program.press("4j");
    let line = row_with(&program, "paragraph 5");
    program.press("i");
    program.wait_for("Continue reading");
    let program = quit(program);
    let mut program = dateline(&[]).after(&program).size(60, 20).start();
    // The list is as it was left, and lists what was begun.
    program.wait_for("Continue reading");
    program.wait_for("The bridge is ready");
    program.press("\r");
    let again = row_with(&program, "paragraph");
    assert!(line.contains(again.split(", paragraph").next().unwrap()), "{again}");
    quit(program);
}

#[test]
fn two_windows_see_each_others_marks_and_lose_none() {
    let mut one = dateline(&[]).size(100, 30).start();
    one.wait_for("Start Here");
    let mut two = dateline(&[]).after(&one).size(100, 30).start();
    two.wait_for("Start Here");
    one.press("jjs");
    one.wait_for("Bookmarked.");
    two.press("jjjs");
    two.wait_for("Bookmarked.");
    // What it says may be on the screen before it is on the disk.
    let one = quit(one);
    // Whoever records something looks what others did meanwhile.
    two.press("u");
    two.wait_until("both stars", |screen| screen.contents().matches('★').count() >= 2);
    quit(two);
    assert_eq!(saved(&one).len(), 2);
}

#[test]
fn a_state_directory_that_cannot_be_made_is_said_and_reading_goes_on() {
    let mut program =
        dateline(&[]).file("config/state", b"a file in the place of the directory").start();
    program.wait_for("Start Here");
    program.press("jj\r");
    program.wait_for("Close the Lid");
    program.wait_until("a sentence", |screen| {
        // The sentence takes the rows that it needs at the foot of the screen.
        screen.contents().lines().rev().take(3).any(|line| line.contains("config/state"))
    });
    program.press("\x03");
    let (status, _) = program.end();
    assert_eq!(status.exit_code(), 1, "what is lost is told at the end");
    program.assert_restored();
}

#[test]
fn what_was_taken_back_elsewhere_is_not_taken_back_again() {
    let mut program = dateline(&[]).size(100, 30).start();
    program.wait_for("Start Here");
    program.press("jjsj");
    program.wait_until("the star", |screen| screen.contents().contains('★'));
    program.press("s");
    program.wait_until("both stars", |screen| screen.contents().matches('★').count() == 2);
    let (config, data) = (program.home().join("config"), program.home().join("data"));
    let written = || dateline::journal::Journal::look(&config, &data).1.state.saved().len();
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while written() < 2 {
        assert!(std::time::Instant::now() < end, "the bookmarks were never written");
        std::thread::yield_now();
    }
    let undone = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
        .arg("undo")
        .env("DATELINE_CONFIG_DIR", program.home().join("config"))
        .env("DATELINE_DATA_DIR", program.home().join("data"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&undone.stdout).into_owned();
    assert!(said.contains("In Brief"), "{said}");
    program.press("U");
    let screen = program.wait_for("Taken back");
    assert!(screen.contains("Close the Lid"), "{screen}");
    program.wait_until("no star", |screen| !screen.contents().contains('★'));
    let program = quit(program);
    assert_eq!(saved(&program), Vec::<String>::new());
}
