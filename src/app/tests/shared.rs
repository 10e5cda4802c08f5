use std::sync::Arc;

use super::super::feeds::FeedInfo;
use super::super::message::{Message, Refreshed, Shelf};
use super::super::sample::feeds::feed;
use super::super::sample::{Options, World};
use crate::config::subscriptions::SavedSearch;
use crate::query::Query;
use crate::story::{Source, StoryId};

const HERALD: &str = "herald.example/feed";
const COURIER: &str = "courier.example/rss";
const PEBBLE: &str = "pebble.example/feed.json";

fn of(size: (u16, u16)) -> World {
    World::with_feeds(&Options { size, ..Options::default() })
}

/// The story of the herald that is on top of all.
fn latest() -> StoryId {
    StoryId::new(HERALD, "herald of 0 hours ago")
}

fn source(w: &World, key: &str) -> Arc<Source> {
    let is_it = |feed: &&FeedInfo| feed.source.key.as_str() == key;
    w.feeds.iter().find(is_it).unwrap().source.clone()
}

fn share(w: &mut World, keys: &[&str]) {
    let pairs: Vec<_> = keys.iter().map(|key| (latest(), source(w, key))).collect();
    w.send(Message::Shared(pairs));
}

/// Shows the feed of a key in the list.
fn show(w: &mut World, name: &str) {
    w.keys("v/");
    w.keys(name);
    w.keys("<enter>");
    assert!(w.app.stories.view.title(&w.app.feeds).ends_with(name));
}

/// The names beside the titles of the list.
fn names(w: &World) -> Vec<String> {
    let list = &w.app.stories;
    let stories = (0..list.rows.len()).filter_map(|row| list.story_at(row, &w.app.catalog));
    stories.map(|story| story.source.name.to_string()).collect()
}

#[test]
fn a_story_of_several_feeds_is_in_each_and_counted_once_in_folders() {
    let mut w = of((200, 60));
    share(&mut w, &[COURIER, PEBBLE, PEBBLE]);
    let lines = |w: &World| w.source_lines()[..11].to_vec();
    let before = [
        "All stories 8",
        "Unread 8",
        "Bookmarks 0",
        "Continue reading 0",
        "v News 4",
        "  v World 3",
        "    courier 3",
        "  herald 2",
        "v Craft 2",
        "  lathe 2",
        "pebble 3",
    ];
    assert_eq!(lines(&w), before);
    show(&mut w, "pebble");
    assert_eq!(w.titles().len(), 3);
    assert_eq!(
        (w.selected().as_str(), names(&w).join(" ")),
        ("herald of 0 hours ago", "pebble pebble pebble".to_owned(),)
    );
    assert!(w.app.stories.one_source);
    w.keys("A");
    assert_eq!(w.said(), "Marked 3 stories of pebble as read; U takes it back.");
    let after = [
        "All stories 5",
        "Unread 5",
        "Bookmarks 0",
        "Continue reading 0",
        "v News 3",
        "  v World 2",
        "    courier 2",
        "  herald 1",
        "v Craft 2",
        "  lathe 2",
        "pebble 0",
    ];
    assert_eq!(lines(&w), after);
    w.keys("U");
    assert_eq!(lines(&w), before);
    show(&mut w, "World");
    assert_eq!(w.titles().len(), 3);
    assert_eq!(names(&w).join(" "), "courier courier courier", "the feed that is in the folder");
}

#[test]
fn what_feeds_have_is_known_before_the_stories_come() {
    let mut w = of((200, 60));
    let later = w.story_of(0, 30);
    let pair = (later.story.id, source(&w, PEBBLE));
    w.send(Message::Shared(vec![pair]));
    assert_eq!(w.source_lines()[10], "pebble 2");
    w.send(Message::Stories(vec![later.clone()]));
    assert_eq!(w.source_lines()[10], "pebble 3");
    // It comes again, as a story of the other feed.
    let mut again = later;
    again.story.source = w.feeds[3].source.clone();
    w.send(Message::Stories(vec![again]));
    assert_eq!(
        (w.source_lines()[7].as_str(), w.source_lines()[10].as_str()),
        ("  herald 3", "pebble 3")
    );
}

#[test]
fn a_story_stays_while_one_of_its_feeds_is_shown() {
    let mut w = of((200, 60));
    share(&mut w, &[COURIER]);
    w.feeds[0].hidden = true;
    w.send(Message::Feeds(w.feeds.clone()));
    assert_eq!(w.source_lines()[0], "All stories 7");
    assert_eq!(
        (w.titles()[0].as_str(), names(&w)[0].as_str()),
        ("herald of 0 hours ago", "courier")
    );
    show(&mut w, "herald");
    assert_eq!(names(&w), ["herald", "herald"]);
    show(&mut w, "Unread");
    let herald = w.feeds.remove(0);
    w.send(Message::Feeds(w.feeds.clone()));
    assert_eq!(names(&w)[0], "courier");
    w.keys("gH");
    assert_eq!(w.app.popup.as_ref().unwrap().title.as_str(), "courier");
    w.keys("<esc>");
    let courier = w.feeds.remove(0);
    w.send(Message::Feeds(w.feeds.clone()));
    assert_eq!(w.titles().len(), 4, "nobody has it that is shown");
    w.feeds.extend([courier, herald]);
    w.send(Message::Feeds(w.feeds.clone()));
    assert_eq!(w.titles().len(), 7);
}

#[test]
fn what_joins_the_open_list_moves_nothing() {
    let mut w = of((120, 20));
    let more = (40..70).map(|hours| w.story_of(3, hours)).collect();
    w.send(Message::Stories(more));
    show(&mut w, "pebble");
    w.keys("20j");
    let place = |w: &World| (w.selected(), w.app.stories.selected - w.app.stories.top);
    let before = place(&w);
    share(&mut w, &[PEBBLE]);
    assert_eq!(place(&w), before);
    assert_eq!(w.titles().len(), 33);
    assert_eq!(w.titles()[0], "herald of 0 hours ago");
}

#[test]
fn an_empty_list_fills_with_what_others_had_first() {
    let mut w = of((200, 60));
    w.feeds.push(feed("https://mirror.example/feed", None));
    w.send(Message::Feeds(w.feeds.clone()));
    show(&mut w, "mirror");
    assert!(w.titles().is_empty());
    share(&mut w, &["mirror.example/feed"]);
    assert_eq!(w.titles(), ["herald of 0 hours ago"]);
    assert_eq!(w.headline(), "herald of 0 hours ago");
}

#[test]
fn a_search_and_a_filter_find_a_story_by_any_of_its_feeds() {
    let mut w = of((200, 60));
    w.feeds[3].tags = vec!["stones".into()];
    w.send(Message::Feeds(w.feeds.clone()));
    share(&mut w, &[PEBBLE]);
    let search = |name: &str, query: &str| SavedSearch {
        name: name.into(),
        query: Query::parse(query),
        notify: false,
    };
    w.send(Message::Searches(vec![
        search("Named", "source:pebble source:herald"),
        search("Tagged", "tag:stones"),
    ]));
    show(&mut w, "Named");
    assert_eq!(w.titles(), ["herald of 0 hours ago"]);
    show(&mut w, "Tagged");
    assert_eq!(w.titles().len(), 3);
    show(&mut w, "All stories");
    w.keys("/pebble<enter>");
    assert_eq!(w.titles().len(), 3);
    show(&mut w, "Tagged");
    let other = (StoryId::new(COURIER, "courier of 1 hours ago"), source(&w, PEBBLE));
    w.send(Message::Shared(vec![other]));
    assert_eq!(w.titles().len(), 4, "it joins what is open");
}

#[test]
fn who_asked_is_told_of_a_new_story_that_another_feed_had_first() {
    let mut w = of((200, 60));
    w.feeds[3].notify = true;
    w.send(Message::Feeds(w.feeds.clone()));
    w.keys("r");
    w.wishes();
    let found = vec![w.story_of(0, 20), w.story_of(0, 21)];
    let other = (found[1].story.id, source(&w, PEBBLE));
    w.send(Message::Arrived(found));
    // One that is known for long is no news.
    share(&mut w, &[PEBBLE]);
    w.send(Message::Shared(vec![other.clone()]));
    w.send(Message::Refreshed(Refreshed { asked: 4, new: 2, ..Refreshed::default() }));
    assert_eq!(w.wishes(), "notify 1 new story: pebble");
    w.keys(".");
    assert_eq!(w.source_lines()[10], "pebble 4");
    // Nor is what has been told of, when a third feed has it.
    w.feeds[1].notify = true;
    w.send(Message::Feeds(w.feeds.clone()));
    w.send(Message::Shared(vec![(other.0, source(&w, COURIER))]));
    assert_eq!(w.wishes(), "");
}

#[test]
fn a_story_is_told_of_once_however_many_ask() {
    let mut w = of((200, 60));
    w.feeds[0].notify = true;
    w.feeds[3].notify = true;
    w.send(Message::Feeds(w.feeds.clone()));
    let found = vec![w.story_of(0, 20), w.story_of(0, 21)];
    w.send(Message::Shared(vec![(found[0].story.id, source(&w, PEBBLE))]));
    w.send(Message::Arrived(found));
    assert_eq!(w.wishes(), "notify 2 new stories: herald 2, pebble 1");
}

#[test]
fn a_search_for_a_feed_is_told_of_what_comes_to_that_feed_later() {
    let mut w = of((200, 60));
    let search =
        SavedSearch { name: "Stones".into(), query: Query::parse("source:pebble"), notify: true };
    w.send(Message::Searches(vec![search]));
    w.keys("r");
    w.wishes();
    let found = vec![w.story_of(0, 20), w.story_of(0, 21)];
    let pair = (found[1].story.id, source(&w, PEBBLE));
    w.send(Message::Arrived(found));
    w.send(Message::Shared(vec![pair]));
    w.send(Message::Refreshed(Refreshed { asked: 4, new: 2, ..Refreshed::default() }));
    assert_eq!(w.wishes(), "notify 1 new story: Stones");
}

#[test]
fn what_only_an_unsubscribed_feed_had_is_new_with_another() {
    let mut w = of((200, 60));
    // Stored before, of a feed that is not subscribed to any more.
    let mut old = w.story_of(3, 50);
    old.story.id = StoryId::new("gone.example", "old");
    assert_eq!(old.shelf, Shelf::Stored);
    w.send(Message::Shared(vec![(old.story.id, source(&w, PEBBLE))]));
    w.send(Message::Arrived(vec![old]));
    w.keys(".");
    assert_eq!(w.said(), "1 new story.");
    assert_eq!(w.source_lines()[10], "pebble 3");
}
