//! `dateline show`, as a script calls it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/articles").join(name)
}

fn show(arguments: &[&str], input: &[u8]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .arg("show")
        .args(arguments)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read.
    let _ = program.stdin.take().unwrap().write_all(input);
    program.wait_with_output().unwrap()
}

fn printed(arguments: &[&str], input: &[u8]) -> String {
    let output = show(arguments, input);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn text_keeps_its_width() {
    let path = fixture("model.md");
    let path = path.to_str().unwrap();
    for width in [30, 80] {
        let text = printed(&[path, "--width", &width.to_string()], b"");
        let body = text.split("\n\n\n[1]").next().unwrap();
        let longest = body
            .lines()
            .filter(|line| !line.contains("://"))
            .map(|line| line.chars().count())
            .max();
        assert!(longest.unwrap() <= width, "{text}");
        assert!(text.contains("Nobody knows yet."));
    }
    assert_eq!(printed(&[path], b""), printed(&[path, "--text", "--width", "80"], b""));
}

#[test]
fn a_lesser_heading_stands_apart_from_its_text() {
    let text =
        printed(&["-"], b"# Ferry\n\n### A heading\n\nText.\n\n### Bare\n\n## Last\n\nMore.\n");
    assert_eq!(text, "Ferry\n1 min\n\nA heading\n\nText.\n\nBare\n\n\n\u{a7} Last\n\nMore.\n");
}

#[test]
fn what_has_no_words_takes_no_time() {
    assert_eq!(printed(&["-"], b"# Ferry\n"), "Ferry\n");
}

#[test]
fn what_is_shown_as_markdown_or_html_shows_the_same_again() {
    let path = fixture("model.html");
    let path = path.to_str().unwrap();
    let text = printed(&[path], b"");
    let markdown = printed(&[path, "--markdown"], b"");
    assert!(markdown.starts_with("---\ntitle: Night ferry"), "{markdown}");
    assert_eq!(printed(&["-"], markdown.as_bytes()), text);
    let html = printed(&[path, "--html"], b"");
    assert!(html.starts_with("<!DOCTYPE html>"), "{html}");
    assert_eq!(printed(&["-"], html.as_bytes()), text);
}

#[test]
fn one_form_at_a_time() {
    let output = show(&["-", "--markdown", "--html"], b"x");
    assert_eq!(output.status.code(), Some(2));
    let output = show(&["-", "--markdown", "--json"], b"x");
    assert_eq!(output.status.code(), Some(2));
}
