//! The program on a terminal: it takes it, and gives it back whatever happens.

use std::process::{Command, Stdio};

use rustix::process::Signal;

use crate::pty::{Program, dateline, shell};

/// A story in a file, and its headline.
const STORY: &[u8] = b"Harbor reopens\n\nThe harbor is open again after the storm.\n";
const HEADLINE: &str = "Harbor reopens";

fn started() -> Program {
    let program = dateline(&["story.txt"]).file("story.txt", STORY).start();
    program.wait_for(HEADLINE);
    program
}

#[test]
fn leaving_gives_the_terminal_back() {
    let mut program = started();
    program.press("\x03"); // Ctrl-c, which is a key in raw mode.
    let (status, _) = program.end();
    assert!(status.success(), "{status:?}");
    program.assert_restored();
}

#[test]
fn a_signal_to_end_gives_the_terminal_back() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let mut program = started();
        program.signal(signal);
        let (status, _) = program.end();
        assert!(status.success(), "{signal:?}: {status:?}");
        program.assert_restored();
    }
}

#[test]
fn a_mistake_of_the_program_gives_the_terminal_back_and_leaves_a_report() {
    let program = dateline(&["story.txt"]).file("story.txt", STORY);
    let mut program = program.env("DATELINE_TEST_PANIC", "1").start();
    program.wait_for(HEADLINE);
    program.press("j");
    let (status, bytes) = program.end();
    assert_eq!(status.exit_code(), 101);
    program.assert_restored();
    let output = String::from_utf8_lossy(&bytes);
    let (_, words) = output.rsplit_once("\x1b[?1049l").unwrap();
    assert!(words.contains("dateline: a mistake in the program ended it"), "{words}");
    let reports = std::fs::read_dir(program.home().join("data")).unwrap();
    let report = reports
        .map(|file| file.unwrap().path())
        .find(|path| path.to_string_lossy().contains("crash-"))
        .unwrap();
    assert!(words.contains(&*report.to_string_lossy()), "{words}");
    assert!(std::fs::read_to_string(report).unwrap().contains("on purpose"));
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let program = dateline(&["story.txt"]).file("story.txt", STORY);
    let status = program.hang_up_after("storm");
    assert!(status.success(), "{status:?}");
    // Also where the shell above keeps the signal for itself.
    let program = shell("trap '' HUP; dateline story.txt; exit $?").file("story.txt", STORY);
    let status = program.hang_up_after("storm");
    assert!(status.success(), "{status:?}");
}

/// A shell with job control: what it says shows that the program stopped, and `fg` goes on.
const JOBS: &str = "set -m; dateline story.txt; echo stopped; read answer; fg; echo ended $?";

#[test]
fn the_shell_gets_a_clean_terminal_while_the_program_is_stopped() {
    let mut program = shell(JOBS).file("story.txt", STORY).start();
    program.wait_for(HEADLINE);
    program.press("\x1a"); // Ctrl-z
    program.wait_until("the shell", |screen| {
        !screen.alternate_screen() && !screen.hide_cursor() && screen.contents().contains("stopped")
    });
    program.press("\n");
    program.wait_until("the reader again", |screen| {
        screen.alternate_screen() && screen.contents().contains(HEADLINE)
    });
    program.press("\x03");
    let (_, bytes) = program.end();
    program.assert_restored();
    assert!(String::from_utf8_lossy(&bytes).contains("ended 0"));
}

#[test]
fn a_signal_to_stop_is_the_same_as_the_key() {
    let mut program = shell(JOBS).file("story.txt", STORY).start();
    program.wait_for(HEADLINE);
    rustix::process::kill_process_group(program.foreground(), Signal::TSTP).unwrap();
    program.wait_until("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("stopped")
    });
    program.resize(60, 20);
    program.press("\n");
    program.wait_until("the reader at the new size", |screen| {
        screen.alternate_screen() && screen.contents().contains(HEADLINE)
    });
    program.press("\x03");
    program.end();
    program.assert_restored();
}

#[test]
fn without_a_shell_above_it_the_program_does_not_stop() {
    let mut program = started();
    program.press("\x1a");
    program.wait_for("There is no shell");
    program.press("\x03");
    assert!(program.end().0.success());
}

#[test]
fn without_a_terminal_there_is_one_sentence() {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .env("DATELINE_CONFIG_DIR", home.path().join("config"))
        .env("DATELINE_DATA_DIR", home.path().join("data"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("needs a terminal") && words.lines().count() == 1, "{words}");
}

#[test]
fn an_article_may_come_through_a_pipe_and_keys_from_the_terminal() {
    let mut program =
        shell("printf 'Harbor reopens\n\nThe harbor is open.\n' | dateline -").start();
    program.wait_for(HEADLINE);
    program.press("\x03");
    assert!(program.end().0.success());
    program.assert_restored();
}

#[test]
fn with_nothing_to_open_there_is_a_sentence_each_and_no_screen() {
    let mut program = dateline(&["missing.txt", "photo.png"])
        .file("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
        .start();
    let (status, bytes) = program.end();
    assert_eq!(status.exit_code(), 1);
    let words = String::from_utf8(bytes).unwrap();
    assert!(words.contains("missing.txt does not exist") && words.contains("photo.png"), "{words}");
    assert!(!words.contains('\x1b'), "{words:?}");
}

#[test]
fn what_cannot_be_opened_is_named_again_at_the_end() {
    let mut program = dateline(&["missing.txt", "story.txt"]).file("story.txt", STORY).start();
    program.wait_for(HEADLINE);
    program.press("\x03");
    let (status, bytes) = program.end();
    assert_eq!(status.exit_code(), 1);
    let output = String::from_utf8_lossy(&bytes);
    let (_, words) = output.rsplit_once("\x1b[?1049l").unwrap();
    assert!(words.contains("missing.txt does not exist"), "{words}");
}

#[test]
fn the_next_start_stands_where_the_last_one_ended() {
    let mut program = dateline(&[]).start();
    program.wait_for("Start Here");
    // Into the fourth story, with a bookmark.
    program.press("jjj\rs");
    program.wait_for("What the Dot and the Star Mean");
    program.press("\x03");
    assert!(program.end().0.success());

    let folder = program.home().join("config/saved/2026");
    let saved = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).next().unwrap();
    assert!(std::fs::read_to_string(saved).unwrap().contains("What the Dot and the Star Mean"));

    let mut next = dateline(&[]).after(&program).start();
    let screen = next.wait_for("A dot in front of a title");
    assert!(screen.contains('★'), "{screen}");
    next.press("\x03");
    assert!(next.end().0.success());
    next.assert_restored();
}
