//! A story is one story for ever, whatever its publisher does to it.

use std::collections::HashSet;

use dateline::refresh::Outcome;
use dateline::story::StoryId;

use super::{Answer, Home, Item, Server, numbered, rss};

/// Feeds that answer one document after the other.
fn documents(documents: Vec<String>) -> (Server, Home) {
    let server = Server::start(move |asked| {
        let last = documents.len() - 1;
        Answer::feed(documents[asked.before.min(last)].clone())
    });
    let home = Home::new(&[server.url("/feed")]);
    (server, home)
}

#[test]
fn what_a_feed_no_longer_lists_stays() {
    let (_server, home) = documents(vec![numbered(0..10), numbered(0..0), numbered(8..12)]);
    home.force().check(Outcome::Ok, 10, 10);
    home.force().check(Outcome::Ok, 0, 0);
    assert_eq!(home.titles().len(), 10);
    home.force().check(Outcome::Ok, 4, 2);
    assert_eq!(home.titles().len(), 12);
}

#[test]
fn an_edited_story_keeps_its_id_and_its_earlier_version() {
    let first = Item::number(1);
    let second = Item {
        title: "Ferry sinks".to_owned(),
        text: "It was raised.".to_owned(),
        ..first.clone()
    };
    let (_server, home) = documents(vec![
        rss(std::slice::from_ref(&first)),
        rss(std::slice::from_ref(&second)),
        rss(&[second]),
    ]);
    home.force().check(Outcome::Ok, 1, 1);
    let id = home.stories()[0].id;
    let refreshed = home.force();
    refreshed.check(Outcome::Ok, 1, 0);
    assert_eq!(refreshed.only().updated.len(), 1);
    let [story] = &home.stories()[..] else { panic!("one story") };
    assert_eq!((story.id, &*story.title), (id, "Ferry sinks"));
    let versions = home.reader().versions(id).unwrap();
    let titles: Vec<_> = versions.iter().map(|version| version.title.to_string()).collect();
    assert_eq!(titles, [first.title]);
    assert_eq!(home.force().only().updated.len(), 0);
}

#[test]
fn ids_that_all_change_are_known_again_by_their_links() {
    let old: Vec<Item> = (0..20).map(Item::number).collect();
    let new: Vec<Item> =
        old.iter().map(|item| Item { id: format!("new-{}", item.id), ..item.clone() }).collect();
    let (_server, home) = documents(vec![rss(&old), rss(&new), rss(&new)]);
    home.force().check(Outcome::Ok, 20, 20);
    let ids: HashSet<StoryId> = home.stories().iter().map(|story| story.id).collect();
    let refreshed = home.force();
    refreshed.check(Outcome::Ok, 20, 0);
    assert_eq!(refreshed.only().aliases.len(), 20);
    assert!(refreshed.only().aliases.iter().all(|(primary, _)| ids.contains(primary)));
    assert_eq!(home.stories().len(), 20);
    home.force().check(Outcome::Ok, 20, 0);
}

#[test]
fn one_entry_in_two_feeds_is_one_story() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/a" => Answer::feed(numbered(0..5)),
        _ => Answer::feed(rss(&(3..8)
            .map(|number| Item { id: format!("other-{number}"), ..Item::number(number) })
            .collect::<Vec<_>>())),
    });
    let home = Home::new(&[server.url("/a"), server.url("/b")]);
    let refreshed = home.refresh();
    assert_eq!(refreshed.totals.new, 8);
    assert_eq!(home.stories().len(), 8);
    assert_eq!(home.force().totals.new, 0);
    assert_eq!(home.stories().len(), 8);
}

#[test]
fn entries_that_share_an_id_are_all_there_every_time() {
    let items: Vec<Item> =
        (0..3).map(|number| Item { id: "same".to_owned(), ..Item::number(number) }).collect();
    let mut reversed = items.clone();
    reversed.reverse();
    let (_server, home) = documents(vec![rss(&items), rss(&reversed), rss(&items)]);
    home.force().check(Outcome::Ok, 3, 3);
    home.force().check(Outcome::Ok, 3, 0);
    home.force().check(Outcome::Ok, 3, 0);
    assert_eq!(home.titles(), ["Story 0", "Story 1", "Story 2"]);
}

#[test]
fn the_same_stories_come_back_after_the_library_was_deleted() {
    let (_server, home) = documents(vec![numbered(0..10)]);
    home.force();
    let ids = |home: &Home| home.stories().iter().map(|story| story.id).collect::<HashSet<_>>();
    let before = ids(&home);
    std::fs::remove_dir_all(home.data()).unwrap();
    home.force().check(Outcome::Ok, 10, 10);
    assert_eq!(ids(&home), before);
}

#[test]
fn only_so_many_entries_of_one_document_are_taken_and_that_is_said() {
    let (_server, home) = documents(vec![numbered(0..6000)]);
    home.force().check(Outcome::Ok, 5000, 5000);
    let health = home.health().into_values().next().unwrap();
    assert!(health.warning.unwrap().contains("5000"));
}
