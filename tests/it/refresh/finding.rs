//! What a reader types becomes feeds.

use std::sync::atomic::AtomicBool;

use dateline::net::{Limits, Settings};
use dateline::refresh::find::{Candidate, NotFound, find};

use super::{Answer, Server, numbered};

fn look(text: &str) -> Result<Vec<Candidate>, NotFound> {
    let limits = Limits { retry: std::time::Duration::from_millis(1), ..Limits::default() };
    let settings = Settings { limits, ..Settings::default() };
    find(text, &settings, &AtomicBool::new(false))
}

fn urls(found: &[Candidate]) -> Vec<&str> {
    found.iter().map(|candidate| candidate.url.as_str()).collect()
}

const PAGE: &str = "<html><head><title>The Ferry</title>\
    <link rel=alternate type=application/rss+xml title='All news' href=/all>\
    <link rel=alternate type=application/rss+xml title='Nothing there' href=/missing>\
    <link rel=alternate type=application/atom+xml title='Timetable' href=/timetable>\
    </head><p>News of the ferry.</p></html>";

#[test]
fn a_feed_is_taken_as_it_is() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/moved" => Answer::status(301).with("Location", "/feed"),
        "/elsewhere" => Answer::status(302).with("Location", "/feed"),
        _ => Answer::feed(numbered(0..3)),
    });
    for (typed, taken) in [("/feed", "/feed"), ("/moved", "/feed"), ("/elsewhere", "/elsewhere")] {
        let found = look(&server.url(typed)).unwrap();
        let [only] = &found[..] else { panic!("{found:?}") };
        assert_eq!(only.url.as_str(), server.url(taken));
        assert_eq!((&*only.title, &*only.kind), ("The Ferry", "RSS 2.0"));
    }
}

#[test]
fn the_feeds_of_a_page_are_offered_if_they_are_feeds() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/" => Answer::page(PAGE),
        "/all" => Answer::feed(numbered(0..3)),
        "/timetable" => Answer::feed(numbered(0..1).replace("The Ferry", "Sailings")),
        _ => Answer::status(404),
    });
    // A local server speaks no TLS: what is typed without a scheme falls back to plain HTTP.
    let typed = server.url("").trim_start_matches("http://").to_owned();
    let found = look(&typed).unwrap();
    assert_eq!(urls(&found), [server.url("/all"), server.url("/timetable")]);
    assert_eq!(&*found[1].title, "Sailings");
}

#[test]
fn the_usual_places_are_tried_where_a_page_names_none() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/" => Answer::page("<html><title>The Ferry</title><p>Hello</p></html>"),
        "/feed" | "/rss.xml" => Answer::feed(numbered(0..3)),
        _ => Answer::status(404),
    });
    assert_eq!(look(&server.url("/")).unwrap().len(), 1);
}

#[test]
fn what_was_tried_is_told_when_there_is_nothing() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/" => Answer::page("<html><title>The Ferry</title><p>Hello</p></html>"),
        _ => Answer::status(404),
    });
    let error = look(&server.url("/")).unwrap_err();
    assert!(error.tried.len() > 3, "{error}");
    let tried = format!("; tried {}, /feed, ", server.url("/"));
    assert!(error.to_string().contains(&tried), "{error}");
    let error = look("not an address").unwrap_err();
    assert!(error.to_string().contains("no address"), "{error}");
}
