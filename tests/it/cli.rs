//! The program as scripts see it: output, exit status, one sentence of error.

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program, with nothing of the reader's own.
fn dateline(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(args).env_clear().stdin(Stdio::null());
    command
}

pub(crate) fn run(args: &[&str]) -> Output {
    dateline(args).output().unwrap()
}

#[track_caller]
fn complains(args: &[&str], status: i32, sentence: &str) {
    let output = run(args);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{error}");
    assert_eq!(error, format!("dateline: {sentence}\n"));
    assert_eq!(output.stdout, b"");
}

#[test]
fn inspect_tells_what_a_text_parses_to() {
    let mut child = dateline(&["inspect", "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text = b"Ferry stays\n\n3 March 2024\n\nIt runs all winter.\n\nRead more: A new pier\n";
    child.stdin.take().unwrap().write_all(text).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["kind"], "text");
    assert_eq!(value["article"]["title"], "Ferry stays");
    assert_eq!(value["article"]["published"], "2024-03-03");
    assert_eq!(value["article"]["related"][0]["title"], "Read more: A new pier");
    assert_eq!(value["article"]["site"], Value::Null);
    assert_eq!(value["warnings"], Value::Array(Vec::new()));
}

#[test]
fn an_address_that_is_none_is_a_warning_and_the_document_is_read_all_the_same() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let feed = write(
        "feed.xml",
        "<rss><channel><title>A</title><item><link>/1</link></item></channel></rss>",
    );
    let list =
        write("list.opml", "<opml><body><outline xmlUrl=\"https://a.example/\"/></body></opml>");
    for path in [feed, list] {
        let output = run(&["inspect", "--json", "--url", "/news/feed.xml", &path]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(value["warnings"][0].as_str().unwrap().starts_with("--url \"/news/feed.xml\""));
    }
}

#[test]
fn inspect_draws_an_outline_for_eyes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("story.txt");
    fs::write(&path, "Ferry stays\n\nIt runs all winter.\n").unwrap();
    let output = run(&["inspect", path.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("title       Ferry stays\n"), "{text}");
    assert!(text.contains("paragraph   It runs all winter.\n"), "{text}");
}

#[test]
fn an_error_is_one_sentence_that_says_what_to_do() {
    complains(&["inspect", "/no/such.txt"], 1, "/no/such.txt does not exist; check the path");
    complains(&["inspect", "/"], 1, "/ is a folder; give the files in it");
    complains(&["inspect", "--bad"], 2, "unexpected argument '--bad' found; see dateline --help");
    let missing =
        "the following required arguments were not provided: <TARGET>; see dateline --help";
    complains(&["inspect"], 2, missing);
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.txt");
    fs::write(&path, b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    let path = path.to_str().unwrap();
    let what = "this is no text but a PNG picture; give a page, Markdown or plain text";
    complains(&["inspect", path], 1, &format!("{path}: {what}"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    fs::write(&path, "A line of a long text.\n\n".repeat(50_000)).unwrap();
    let mut child = dateline(&["inspect", path.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 6];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn completions_and_the_manual_are_made_from_the_arguments() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]).stdout;
        assert!(String::from_utf8(script).unwrap().contains("inspect"), "{shell}");
    }
    assert!(String::from_utf8(run(&["man"]).stdout).unwrap().contains("inspect"));
}
