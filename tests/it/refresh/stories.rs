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

/// Two feeds, of which the second has three of the first one's five entries and one more.
fn two_feeds(tables: [&str; 2]) -> (Server, Home) {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/a" => Answer::feed(numbered(0..5)),
        _ => Answer::feed(rss(&(3..6)
            .map(|number| Item { id: format!("other-{number}"), ..Item::number(number) })
            .collect::<Vec<_>>())),
    });
    let home = Home::new(&[]);
    let feed = |path: &str, more| format!("[[feed]]\nurl = \"{}\"\n{more}\n", server.url(path));
    // One after the other: who is first has a story's id.
    home.write_feeds(&feed("/a", tables[0]));
    home.force();
    home.write_feeds(&(feed("/a", tables[0]) + &feed("/b", tables[1])));
    home.force();
    (server, home)
}

fn listed(home: &Home, query: &str) -> Vec<(String, String)> {
    let output = home.output(&["list", "--json", query]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut listed: Vec<_> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|line| ["title", "source"].map(|field| line[field].as_str().unwrap().to_owned()))
        .map(|[title, source]| (title, source))
        .collect();
    listed.sort();
    listed
}

#[test]
fn a_story_of_two_feeds_is_found_by_either() {
    let (_server, home) = two_feeds(["title = \"Quay\"", "title = \"Pier\"\ntags = [\"wood\"]"]);
    let titles = |query| listed(&home, query).into_iter().map(|(title, _)| title);
    let shared = ["Story 3", "Story 4", "Story 5"];
    assert_eq!(titles("source:quay").count(), 5);
    assert_eq!(titles("source:pier").collect::<Vec<_>>(), shared);
    assert_eq!(titles("pier").collect::<Vec<_>>(), shared);
    assert_eq!(titles("tag:wood").collect::<Vec<_>>(), shared);
    assert_eq!(titles("source:pier source:quay").count(), 2);
    assert_eq!(titles("is:unread -source:quay").collect::<Vec<_>>(), ["Story 5"]);
    let said = home.output(&["mark", "read", "source:pier"]).stdout;
    assert_eq!(String::from_utf8_lossy(&said), "Marked 3 stories as read.\n");
    assert_eq!(titles("source:quay is:unread").count(), 3);
    let exported = home.output(&["export", "source:pier", "--format", "jsonl"]).stdout;
    assert_eq!(String::from_utf8_lossy(&exported).lines().count(), 3);
    assert!(home.output(&["undo"]).status.success());
    assert_eq!(titles("is:read").count(), 0);
}

#[test]
fn a_story_is_listed_while_one_of_its_feeds_is_shown() {
    let title = ["title = \"Quay\"\nhidden = true", "title = \"Pier\""];
    let (server, home) = two_feeds(title);
    let all = |name: &str, numbers: std::ops::Range<usize>| -> Vec<_> {
        numbers.map(|number| (format!("Story {number}"), name.to_owned())).collect()
    };
    assert_eq!(listed(&home, "is:unread"), all("Pier", 3..6));
    home.write_feeds(&format!("[[feed]]\nurl = \"{}\"\ntitle = \"Pier\"\n", server.url("/b")));
    assert_eq!(listed(&home, "is:unread"), all("Pier", 3..6));
    assert_eq!(listed(&home, "source:quay"), []);
    home.write_feeds("");
    assert_eq!(listed(&home, "is:unread"), []);
}
