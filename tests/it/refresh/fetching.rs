//! What servers are asked, and when.

use std::sync::atomic::{AtomicBool, Ordering};

use dateline::refresh::{Outcome, Totals};
use jiff::SignedDuration;
use url::Url;

use super::{Answer, Home, Server, numbered};

#[test]
fn a_feed_is_fetched_once_and_then_asked_whether_it_changed() {
    let server = Server::start(|asked| {
        let etag = "\"\u{e9}one, two\"";
        if asked.headers.contains_key("if-none-match") {
            return Answer::status(304);
        }
        Answer::feed(numbered(0..3))
            .with("ETag", etag)
            .with("Last-Modified", "Mon, 23 Nov 2026 10:00:00 GMT")
    });
    let mut home = Home::new(&[server.url("/feed")]);
    home.refresh().check(Outcome::Ok, 3, 3);
    home.refresh().check(Outcome::Skipped, 0, 0);
    assert_eq!(server.asked("/feed").len(), 1, "it was not due");
    home.wait(30);
    home.refresh().check(Outcome::Unchanged, 0, 0);
    let asked = server.asked("/feed");
    let [first, second] = &asked[..] else { panic!("{asked:?}") };
    assert!(!first.headers.contains_key("if-none-match"));
    assert_eq!(second.headers["if-none-match"].as_bytes(), "\"\u{e9}one, two\"".as_bytes());
    assert_eq!(second.headers["if-modified-since"], "Mon, 23 Nov 2026 10:00:00 GMT");
    assert_eq!(home.titles().len(), 3);
    home.force().check(Outcome::Unchanged, 0, 0);
    home.wait(9 * 24);
    home.refresh().check(Outcome::Ok, 3, 0);
}

#[test]
fn who_asks_to_be_left_alone_is_left_alone_in_the_next_run_too() {
    let server = Server::start(|asked| match asked.before {
        0 => Answer::status(429).with("Retry-After", "18000"),
        _ => Answer::feed(numbered(0..3)),
    });
    let mut home = Home::new(&[server.url("/feed")]);
    let refreshed = home.refresh();
    refreshed.check(Outcome::Error, 0, 0);
    assert!(refreshed.only().error.as_ref().unwrap().contains("429"));
    home.wait(4);
    home.refresh().check(Outcome::Skipped, 0, 0);
    assert_eq!(server.asked("/feed").len(), 1);
    home.wait(2);
    home.refresh().check(Outcome::Ok, 3, 3);
}

#[test]
fn all_feeds_of_a_server_wait_when_one_of_them_is_told_to() {
    let server = Server::start(|asked| match (asked.path.as_str(), asked.before) {
        ("/asked-too-often", 0) => Answer::status(429).with("Retry-After", "18000"),
        _ => Answer::feed(numbered(0..3)),
    });
    // One at a time, so that the others have not been asked already.
    let urls =
        ["/asked-too-often", "/b", "/c", "/d", "/e", "/f", "/g"].map(|path| server.url(path));
    let mut home = Home::new(&urls);
    let refreshed = home.refresh();
    assert_eq!(refreshed.totals.failed, 1);
    home.wait(4);
    let all_wait = |home: &Home| {
        home.health()
            .values()
            .all(|health| health.next_check.unwrap() > home.now + SignedDuration::from_mins(50))
    };
    assert!(all_wait(&home), "{:?}", home.health());
    let refreshed = home.refresh();
    assert!(refreshed.reports.iter().all(|report| report.outcome == Outcome::Skipped));
    home.wait(30);
    let refreshed = home.refresh();
    assert_eq!((refreshed.totals.failed, refreshed.totals.asked), (0, 7));
}

#[test]
fn a_permanent_redirect_is_offered_after_the_third_time_and_changes_nothing_by_itself() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/old" => Answer::status(301).with("Location", "/new"),
        _ => Answer::feed(numbered(0..3)),
    });
    let home = Home::new(&[server.url("/old")]);
    let before = std::fs::read_to_string(home.config().join("feeds.toml")).unwrap();
    for count in 1..=3 {
        let new = if count == 1 { 3 } else { 0 };
        home.force().check(Outcome::Ok, 3, new);
        let health = home.health().into_values().next().unwrap();
        let to: Url = server.url("/new").parse().unwrap();
        assert_eq!(health.new_address(), (count == 3).then_some(&to));
        assert_eq!(health.moved, Some((to, count)));
    }
    let after = std::fs::read_to_string(home.config().join("feeds.toml")).unwrap();
    assert_eq!(before, after);
}

#[test]
fn a_permanent_redirect_to_something_else_is_no_move() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/old" => Answer::status(301).with("Location", "/parked"),
        _ => Answer::page("<html><title>For sale</title><p>This name is for sale.</p></html>"),
    });
    let home = Home::new(&[server.url("/old")]);
    for _ in 0..3 {
        home.force().check(Outcome::Error, 0, 0);
    }
    assert_eq!(home.health().into_values().next().unwrap().moved, None);
}

#[test]
fn what_is_gone_is_asked_no_more_and_stays_stored() {
    let server = Server::start(|asked| match asked.before {
        0 => Answer::feed(numbered(0..3)),
        1 => Answer::status(410),
        _ => Answer::feed(numbered(0..4)),
    });
    let mut home = Home::new(&[server.url("/feed")]);
    home.refresh().check(Outcome::Ok, 3, 3);
    home.wait(30);
    home.refresh().check(Outcome::Gone, 0, 0);
    home.wait(24 * 365);
    home.refresh().check(Outcome::Skipped, 0, 0);
    assert_eq!(server.asked("/feed").len(), 2);
    assert_eq!(home.titles().len(), 3);
    home.force().check(Outcome::Ok, 4, 1);
}

#[test]
fn whatever_an_error_is_the_stories_stay_and_the_others_go_on() {
    let errors: &[fn() -> Answer] = &[
        || Answer::status(404),
        || Answer::status(500),
        || Answer::status(503),
        || Answer::page("<html><title>Maintenance</title><p>We are back soon.</p></html>"),
        || Answer::feed("<rss><channel><title>Cut off"),
        || Answer::feed(""),
        || Answer::feed("not gzip").with("Content-Encoding", "gzip"),
        || Answer::status(302).with("Location", "/feed"),
        || Answer::status(206),
    ];
    for (number, error) in errors.iter().enumerate() {
        let server = Server::start(move |asked| match (asked.path.as_str(), asked.before) {
            ("/feed", 1..) => error(),
            _ => Answer::feed(numbered(0..3)),
        });
        let mut home = Home::new(&[server.url("/feed"), server.url("/other")]);
        home.refresh();
        let titles = home.titles();
        home.wait(30);
        let refreshed = home.refresh();
        let [feed, other] = &refreshed.reports[..] else { panic!("{refreshed:?}") };
        assert_eq!(other.outcome, Outcome::Ok, "{number}");
        let is_cut_off = number == 4 && feed.outcome == Outcome::Ok;
        assert!(feed.outcome == Outcome::Error || is_cut_off, "{number}: {feed:?}");
        assert_eq!(home.titles(), titles, "{number}");
    }
}

#[test]
fn no_content_is_no_change_and_unchanged_unasked_is_an_error() {
    let server = Server::start(|asked| match (asked.path.as_str(), asked.before) {
        ("/empty", 1..) => Answer::status(204),
        ("/unasked", _) => Answer::status(304),
        _ => Answer::feed(numbered(0..3)),
    });
    let mut home = Home::new(&[server.url("/empty")]);
    home.refresh().check(Outcome::Ok, 3, 3);
    home.wait(30);
    home.refresh().check(Outcome::Unchanged, 0, 0);
    assert_eq!(home.titles().len(), 3);
    Home::new(&[server.url("/unasked")]).refresh().check(Outcome::Error, 0, 0);
}

#[test]
fn who_stops_waits_for_nobody_and_keeps_what_has_come() {
    let (release, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let server = Server::start(move |asked| {
        if asked.path == "/never" {
            // Until the test is over.
            let _ = held.lock().unwrap().recv();
        }
        Answer::feed(numbered(0..3))
    });
    let home = Home::new(&[server.url("/never"), server.url("/feed")]);
    let stop = AtomicBool::new(false);
    let totals = home.run_until(false, &stop, &mut |_| stop.store(true, Ordering::Relaxed));
    assert!(totals.stopped);
    assert_eq!((totals.new, home.titles().len()), (3, 3));
    // Of the other nothing is known, so it is asked the next time.
    assert_eq!(home.health().len(), 1);
    drop(release);
    let refreshed = home.refresh();
    assert_eq!((refreshed.totals.asked, refreshed.totals.failed), (1, 0));
}

#[test]
fn another_program_may_have_the_library_open_to_write() {
    let server = Server::start(|_| Answer::feed(numbered(0..3)));
    let home = Home::new(&[server.url("/feed")]);
    let (mut writer, _) = dateline::library::store::Writer::open(&home.data()).unwrap();
    home.refresh().check(Outcome::Ok, 3, 3);
    let (key, health) = home.health().into_iter().next().unwrap();
    writer.set_health(&[(key, dateline::feed::health::Health { failures: 7, ..health })]).unwrap();
    home.force().check(Outcome::Ok, 3, 0);
}

/// An address whose server no name service knows, whatever network there is: a label of a
/// name is 63 letters long at most.
fn nowhere(letter: &str) -> String {
    format!("http://{}.example/feed", letter.repeat(64))
}

#[test]
fn without_a_network_nothing_is_held_against_feeds() {
    let home = Home::new(&[nowhere("a"), nowhere("b")]);
    let refreshed = home.refresh();
    let Totals { asked, failed, offline, .. } = refreshed.totals;
    assert_eq!((asked, failed, offline), (2, 2, true));
    assert!(refreshed.reports.iter().all(|report| report.error.is_some()));
    assert!(home.health().is_empty(), "{:?}", home.health());
    assert_eq!(home.refresh().totals.asked, 2, "they are due as before");
    let output = home.output(&["refresh", "--json"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("online") && errors.lines().count() == 1, "{errors}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_server_that_is_missing_while_others_answer_has_failed() {
    let server = Server::start(|_| Answer::status(500));
    let home = Home::new(&[nowhere("a"), nowhere("b"), server.url("/feed")]);
    let totals = home.refresh().totals;
    assert_eq!((totals.failed, totals.offline), (3, false));
    let health = home.health();
    assert!(health.len() == 3 && health.values().all(|health| health.failures == 1), "{health:?}");
    // One alone that never answered is more likely to be misspelled.
    let home = Home::new(&[nowhere("a")]);
    assert!(!home.refresh().totals.offline);
    assert_eq!(home.health().into_values().next().unwrap().failures, 1);
}
