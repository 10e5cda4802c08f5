//! The screens of feeds: tree, arrivals, candidates, health.

use super::screen;
use crate::app::feeds::Candidate;
use crate::app::message::{Message, Refreshed};
use crate::app::sample::{Options, World};
use crate::config::theme::ColorDepth;
use crate::feed::health::Health;

/// Four feeds: one of them failing, one paused; something has arrived.
fn feeds(width: u16, height: u16) -> World {
    feeds_with(&Options { size: (width, height), ..Options::default() })
}

fn feeds_with(options: &Options) -> World {
    let mut w = World::with_feeds(options);
    if w.app.panes().list.is_none() {
        w.keys("<esc>");
    }
    w.feeds[3].paused = true;
    w.send(Message::Feeds(w.feeds.clone()));
    let health = Health {
        checked: Some(w.app.now),
        status: Some(404),
        error: Some("The server says that there is nothing at this address (404).".into()),
        failures: 3,
        ..Health::default()
    };
    w.send(Message::Health(vec![(w.feeds[2].source.key.clone(), health)]));
    w.keys("ju");
    let mut again = w.story_of(1, 1).story;
    again.title = "A headline that was changed".into();
    w.send(Message::Revised(vec![again]));
    w.keys("r");
    w.send(Message::Refreshing { done: 3, total: 4 });
    w.wait(5);
    w
}

fn arrived(w: &mut World) {
    let found = (8..20).map(|hours| w.story_of(0, hours)).collect();
    w.send(Message::Arrived(found));
    w.send(Message::Refreshed(Refreshed { asked: 4, failed: 1, new: 12, ..Refreshed::default() }));
}

#[test]
fn the_list_while_feeds_are_fetched_and_after_at_every_size() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut w = feeds(width, height);
        insta::assert_snapshot!(format!("fetching {width}x{height}"), screen(&w));
        arrived(&mut w);
        w.wait(5);
        insta::assert_snapshot!(format!("arrived {width}x{height}"), screen(&w));
    }
}

#[test]
fn the_columns_of_the_list_stand_still_while_it_scrolls() {
    let mut w = feeds(80, 10);
    let old = w.story_of(0, 3_000);
    w.send(Message::Arrived(vec![old]));
    w.keys(".g");
    let column = |w: &World| {
        let shown = screen(w);
        let row = shown.lines().find(|line| line.contains("lathe of 6 hours ago"));
        row.and_then(|row| row.rfind("lathe")).expect("the story is in sight")
    };
    let before = column(&w);
    w.keys("G");
    assert_eq!(column(&w), before, "{}", screen(&w));
}

#[test]
fn a_source_takes_what_a_short_age_leaves_of_its_row() {
    let mut w = feeds(80, 24);
    std::sync::Arc::make_mut(&mut w.feeds[2].source).name = "Chairs and Lathes Weekly".into();
    w.send(Message::Feeds(w.feeds.clone()));
    let old = w.story_of(0, 3_000);
    w.send(Message::Arrived(vec![old]));
    w.keys(".g");
    let row = |w: &World| {
        let shown = screen(w);
        let row = shown.lines().find(|line| line.contains("lathe of 2 hours ago"));
        row.expect("the story is in sight").to_owned()
    };
    assert!(row(&w).contains("Chairs and Lathes We…  2h"), "{}", row(&w));
    w.keys("2js");
    assert!(row(&w).contains("Chairs and Lath… ★     2h"), "{}", row(&w));
}

#[test]
fn the_sources_at_every_size() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut w = feeds(width, height);
        w.keys("h7j");
        insta::assert_snapshot!(format!("sources {width}x{height}"), screen(&w));
    }
}

#[test]
fn the_list_of_views_has_the_signs_of_the_sources() {
    for (width, height) in [(40, 12), (80, 24), (120, 40)] {
        let mut w = feeds(width, height);
        w.keys("v");
        insta::assert_snapshot!(format!("views {width}x{height}"), screen(&w));
    }
    let options = Options { size: (80, 24), accessible: true, ..Options::default() };
    let mut w = feeds_with(&options);
    w.keys("v");
    insta::assert_snapshot!("views accessible", screen(&w));
}

#[test]
fn a_failing_feed_is_told_without_color_and_to_those_who_hear() {
    let mut w = feeds_with(&Options { size: (200, 24), ascii: true, ..Options::default() });
    w.keys("h8j<space>");
    insta::assert_snapshot!("sources ascii", screen(&w));
    let options = Options { size: (80, 24), accessible: true, ..Options::default() };
    let mut w = feeds_with(&options);
    w.keys("h");
    insta::assert_snapshot!("sources accessible", screen(&w));
    let options = Options { size: (200, 24), depth: ColorDepth::Ansi16, ..Options::default() };
    insta::assert_snapshot!("styles of the sources", super::styles(&feeds_with(&options)));
}

#[test]
fn the_health_of_a_feed_at_every_size() {
    for (width, height) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut w = feeds(width, height);
        w.keys("hG2kH");
        insta::assert_snapshot!(format!("health {width}x{height}"), screen(&w));
    }
}

#[test]
fn candidates_are_numbered_and_several_can_be_chosen() {
    for (width, height) in [(40, 12), (80, 24), (120, 40)] {
        let mut w = feeds(width, height);
        w.keys("aquarry.example");
        insta::assert_snapshot!(format!("address {width}x{height}"), screen(&w));
        w.keys("<enter>");
        let found = ["All of the quarry", "Only the sand", ""].map(|title| Candidate {
            url: format!("https://quarry.example/{}/feed.xml", title.len()).parse().unwrap(),
            title: title.into(),
            kind: "RSS".into(),
        });
        let result = Ok(found.to_vec());
        w.send(Message::Candidates { asked: "quarry.example".into(), result });
        w.keys("2");
        insta::assert_snapshot!(format!("candidates {width}x{height}"), screen(&w));
    }
}

#[test]
fn empty_feeds_say_why() {
    let mut w = feeds(80, 24);
    w.send(Message::Refreshed(Refreshed { asked: 4, offline: true, ..Refreshed::default() }));
    insta::assert_snapshot!("offline", screen(&w));
    w.feeds.push(crate::app::sample::feeds::feed("https://fresh.example/feed", None));
    w.send(Message::Feeds(w.feeds.clone()));
    w.keys("hGk<enter>");
    w.wait(5);
    insta::assert_snapshot!("nothing fetched", screen(&w));
    let error = Some("The server did not answer within 20 seconds.".into());
    let health = Health { error, ..Health::default() };
    w.send(Message::Health(vec![(w.feeds[4].source.key.clone(), health)]));
    insta::assert_snapshot!("failing and empty", screen(&w));
    w.keys("vgj<enter>A");
    w.keys("vgj<enter>");
    w.wait(5);
    insta::assert_snapshot!("nothing unread", screen(&w));
}

#[test]
fn starter_feeds_are_offered_by_topic() {
    for (width, height) in [(40, 12), (80, 24)] {
        let mut w = crate::app::sample::world(width, height);
        w.keys("p<space>jj<space>");
        insta::assert_snapshot!(format!("starters {width}x{height}"), screen(&w));
    }
}

#[test]
fn a_sentence_that_is_longer_than_the_screen_is_wide_is_read_to_its_end() {
    for (width, height) in [(40, 12), (80, 24)] {
        let mut w = feeds(width, height);
        w.send(Message::Failed(
            "No feed was found at quarry.example/pit: this is a web page, not a feed, and it \
             names none. The address of the feed itself may work."
                .into(),
        ));
        insta::assert_snapshot!(format!("long sentence {width}x{height}"), screen(&w));
    }
}

#[test]
fn what_stands_over_the_rule_between_panes_looks_like_the_rest() {
    let mut w = feeds(120, 40);
    let dim = |w: &World| super::styles(w).lines().any(|line| line.starts_with("39: 45-46 dim"));
    assert!(dim(&w));
    w.send(Message::Said("Nothing of this is dim, from its first letter to its last.".into()));
    assert!(!dim(&w), "{}", super::styles(&w));
    w.keys("/this has to be longer than the list of stories is wide");
    assert!(!dim(&w), "{}", super::styles(&w));
    w.keys("<esc><esc>");
    w.send(Message::Failed("Several rows are taken by what is longer than one. ".repeat(6)));
    let plain = super::styles(&w);
    let rows = plain.lines().filter(|line| line.contains(" 45-46 dim"));
    assert_eq!(rows.count(), 36, "{plain}");
}
