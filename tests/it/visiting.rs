//! Addresses that are opened in the reader and not subscribed to.

use std::sync::{Mutex, mpsc};

use crate::pty::dateline;
use crate::refresh::{Answer, Server, numbered};

const PAGE: &str = "<!doctype html><title>Fares go up</title><article><h1>Fares go up</h1>\
    <p>The ferry costs more from the first of the month, says the harbor.</p>\
    <p>Children ride for nothing, and so do bicycles on a Sunday.</p></article>";

fn site() -> Server {
    Server::start(|asked| match &*asked.path {
        "/fares" => Answer::page(PAGE),
        "/words" => Answer::text("Tide tables\n\nHigh water at noon.\n"),
        "/feed" => Answer::feed(numbered(0..3)),
        "/list" => Answer::feed("<opml version=\"2.0\"><body><outline text=\"a\"/></body></opml>"),
        _ => Answer::status(404),
    })
}

#[test]
fn a_page_is_opened_by_its_address_and_kept_nowhere() {
    let server = site();
    let mut program = dateline(&[&server.url("/fares")]).size(120, 40).start();
    program.wait_for("Children ride for nothing");
    program.press("q");
    program.wait_for("Opened here");
    program.press("\x03");
    assert!(program.end().0.success());
    assert!(!program.home().join("data/library.db").exists());
    assert!(!program.home().join("config/feeds.toml").exists());
}

#[test]
fn the_screen_is_there_before_the_answer() {
    let (release, held) = mpsc::channel::<()>();
    let held = Mutex::new(held);
    let server = Server::start(move |_| {
        let _ = held.lock().unwrap().recv();
        Answer::page(PAGE)
    });
    let mut program = dateline(&[&server.url("/fares")]).size(120, 40).start();
    program.wait_for("Fetching 127.0.0.1");
    program.press("?");
    program.wait_for("Keys in the list");
    program.press("\x1b[27u");
    release.send(()).unwrap();
    program.wait_for("Children ride for nothing");
    program.press("\x03");
    assert!(program.end().0.success());
}

#[test]
fn a_feed_is_read_without_being_subscribed_to_and_then_subscribed_to() {
    let server = site();
    let mut program = dateline(&[&server.url("/feed")]).size(120, 40).start();
    program.wait_for("a subscribes to it.");
    program.wait_for("Story 2");
    program.press("a\r");
    program.wait_for("Subscribed to");
    let feeds = std::fs::read_to_string(program.home().join("config/feeds.toml")).unwrap();
    assert!(feeds.contains("/feed"), "{feeds}");
    program.press("\x03");
    assert!(program.end().0.success());
}

#[test]
fn what_cannot_be_opened_is_said_in_the_reader_and_after_it() {
    let server = site();
    let never = b"refresh_on_start = false\n[fetch]\nprivate_addresses = \"never\"\n";
    for (path, config, sentence) in [
        ("/none", &b""[..], "status 404"),
        ("/list", b"", "This is a list of feeds"),
        ("/fares", never, "is an address of a private network"),
    ] {
        let mut program =
            dateline(&[&server.url(path)]).size(120, 40).file("config/config.toml", config).start();
        program.wait_for(sentence);
        program.press("v");
        program.wait_for("All stories");
        program.press("\x03");
        let (status, said) = program.end();
        assert_eq!(status.exit_code(), 1);
        assert!(String::from_utf8_lossy(&said).contains(sentence));
    }
}

#[test]
fn a_text_beside_a_file_is_listed_with_it() {
    let server = site();
    let mut program = dateline(&["story.txt", &server.url("/words")])
        .size(120, 40)
        .file("story.txt", b"A story of the harbor\n\nIt begins at the quay.\n")
        .start();
    program.wait_for("It begins at the quay");
    program.wait_for("Tide tables");
    program.press("\x03");
    assert!(program.end().0.success());
}
