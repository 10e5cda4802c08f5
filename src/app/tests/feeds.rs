use super::super::geometry::Focus;
use super::super::message::{Message, Shelf};
use super::super::popup::Item;
use super::super::sample::feeds::{candidate, refreshed, wide};
use super::super::sample::{Options, World, app};
use crate::config::subscriptions::SavedSearch;
use crate::feed::health::Health;
use crate::query::Query;
use crate::story::StoryId;

fn failing(w: &World) -> Health {
    let hour = jiff::SignedDuration::from_hours(1);
    Health {
        site: "https://herald.example/".parse().ok(),
        checked: Some(w.app.now - hour),
        succeeded: Some(w.app.now - hour * 50),
        status: Some(404),
        error: Some("The server says that there is nothing at this address.".into()),
        failures: 3,
        next_check: Some(w.app.now + hour * 2),
        moved: Some(("https://herald.example/new".parse().unwrap(), 3)),
        entries: 20,
        per_week: Some(11.6),
        ..Health::default()
    }
}

#[test]
fn feeds_stand_in_their_folders_with_what_is_unread_of_them() {
    let mut w = wide();
    let expected = [
        "All stories 8",
        "Unread 8",
        "Bookmarks 0",
        "Continue reading 0",
        "v News 4",
        "  v World 2",
        "    courier 2",
        "  herald 2",
        "v Craft 2",
        "  lathe 2",
        "pebble 2",
        "Gazette 5",
    ];
    assert_eq!(w.source_lines(), expected);
    w.keys("ju");
    let lines = w.source_lines();
    assert_eq!(lines[0], "All stories 7");
    assert_eq!((lines[4].as_str(), lines[6].as_str()), ("v News 3", "    courier 1"));
}

#[test]
fn folders_fold_by_key_and_stay_folded_at_the_next_start() {
    let mut w = wide();
    w.keys("h4j");
    assert_eq!(w.app.focus, Focus::Sources);
    w.keys("<space>");
    assert_eq!(w.source_lines()[4..6], ["> News 4", "v Craft 2"]);
    w.keys("l");
    assert_eq!(w.source_lines()[4..6], ["v News 4", "  v World 2"]);
    // From a feed, up to its folder, which is folded next; what is in it goes along.
    w.keys("2jhhhh");
    assert_eq!(w.source_lines()[4..6], ["> News 4", "v Craft 2"]);
    assert_eq!(w.app.sources.selected, 4);
    w.keys("h");
    assert_eq!(w.app.focus, Focus::List);
    let mut again = w.restart(&Options { size: (200, 60), ..Options::default() });
    again.send(Message::Feeds(w.feeds.clone()));
    assert_eq!(again.source_lines()[4], "> News 0");
}

#[test]
fn a_folder_shows_what_is_within_and_a_feed_its_own() {
    let mut w = wide();
    w.keys("h4j<enter>");
    assert_eq!(w.app.stories.view.title(&w.app.feeds), "News");
    assert_eq!(w.titles().len(), 4);
    w.keys("h2j<enter>");
    assert_eq!(w.app.stories.view.title(&w.app.feeds), "courier");
    assert_eq!(w.titles(), ["courier of 1 hours ago", "courier of 5 hours ago"]);
    w.keys("A");
    assert_eq!(w.said(), "Marked 2 stories of courier as read; U takes it back.");
    assert_eq!(w.source_lines()[4], "v News 2");
}

#[test]
fn the_edition_leaves_the_list_when_there_are_feeds_and_stays_readable() {
    let mut w = wide();
    assert!(!w.titles().contains(&"Harbor lights go out at nine".to_owned()));
    w.keys("hG<enter>");
    assert_eq!(w.titles().len(), 5);
    w.feeds.clear();
    w.send(Message::Feeds(Vec::new()));
    w.keys("hg<enter>");
    assert_eq!(w.titles().len(), 5, "stories of feeds that are gone are not shown");
}

#[test]
fn a_feed_that_is_unsubscribed_from_is_empty_until_it_is_brought_back() {
    let mut w = wide();
    w.keys("h7j<enter>");
    w.keys(":unsub<enter>");
    assert_eq!(w.wishes(), "unsubscribe herald.example/feed");
    assert_eq!(w.titles().len(), 0);
    assert_eq!(w.app.empty_list(), ["You are not subscribed to this feed.", "U may bring it back"]);
    w.keys("U");
    assert_eq!(w.wishes(), "take back");
    assert_eq!(w.titles().len(), 2);
}

#[test]
fn hidden_feeds_show_only_by_themselves() {
    let mut w = wide();
    w.feeds[0].hidden = true;
    w.send(Message::Feeds(w.feeds.clone()));
    assert_eq!(w.titles().len(), 6);
    assert_eq!(w.source_lines()[0], "All stories 6");
    assert_eq!(w.source_lines()[7], "  ~ herald 2");
}

#[test]
fn the_health_box_says_what_is_the_matter_and_does_something_about_it() {
    let mut w = wide();
    let key = w.feeds[0].source.key.clone();
    let health = failing(&w);
    w.send(Message::Health(vec![(key.clone(), health)]));
    assert_eq!(w.source_lines()[7], "  ! herald 2");
    w.keys("h7jH");
    let popup = w.app.popup.as_ref().unwrap();
    let line = |item: &Item| {
        if item.text.is_empty() { "~".into() } else { format!("{}: {}", item.text, item.detail) }
    };
    let lines: Vec<String> = popup.items.iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    Address: https://herald.example/feed
    Site: https://herald.example/
    Folder: News
    Error: The server says that there is nothing at this address.
    Failed: 3 times since it was last fetched
    Last success: 23 Nov 2026, 12:30 · 2d
    Last answer: 404 not found · 25 Nov 2026, 13:30 · 1h
    Next check: not before 16:30
    Moved to: https://herald.example/new · it has said so 3 times
    Posts: about 12 a week · 20 stories in the feed
    You read: 0 of 2 stories · 0%
    ~
    Try again: ask for it now
    Accept move: fetch it from https://herald.example/new
    Pause: do not fetch it until you resume it
    Find again: look at its site for its feed
    New address: marks and stories stay
    Rename: call it what you like
    Move: put it into a folder
    Hide: keep its stories out of all stories
    Notify: tell of its new stories
    Unsubscribe: its stories stay stored; U takes it back
    ");
    assert_eq!(popup.chosen().unwrap().text.as_str(), "Try again");
    w.keys("<enter>");
    assert_eq!(w.wishes(), "refresh herald.example/feed, due or not");
    w.send(refreshed(1, 1, 0));
    w.keys("Hj<enter>");
    assert_eq!(w.wishes(), "edit herald.example/feed to https://herald.example/new");
    w.keys("Hjj<enter>");
    assert_eq!(w.wishes(), "find https://herald.example/");
    let result = Ok(vec![
        candidate("https://herald.example/a", "A"),
        candidate("https://herald.example/b", "B"),
    ]);
    w.send(Message::Candidates { asked: "https://herald.example/".into(), result });
    w.keys("j<enter>");
    assert_eq!(w.wishes(), "edit herald.example/feed to https://herald.example/b");
}

#[test]
fn a_move_is_offered_when_it_was_said_three_times() {
    let mut w = wide();
    let key = w.feeds[0].source.key.clone();
    for times in 1..=3 {
        let moved = Some(("https://herald.example/new".parse().unwrap(), times));
        w.send(Message::Health(vec![(key.clone(), Health { moved, ..failing(&w) })]));
        w.keys("hg7jH");
        let popup = w.app.popup.as_ref().unwrap();
        let has = |text: &str| popup.items.iter().any(|item| item.text.as_str() == text);
        assert!(has("Moved to"));
        assert_eq!(has("Accept move"), times == 3, "after {times}");
        w.keys("<esc>");
    }
}

#[test]
fn the_health_box_follows_what_is_learned_while_it_is_open() {
    let mut w = wide();
    w.keys("h7jHj");
    let chosen = |w: &World| w.app.popup.as_ref().unwrap().chosen().unwrap().text.to_string();
    assert_eq!(chosen(&w), "Pause");
    let health = failing(&w);
    w.send(Message::Health(vec![(w.feeds[0].source.key.clone(), health)]));
    assert_eq!(chosen(&w), "Pause");
    let items = &w.app.popup.as_ref().unwrap().items;
    assert!(items.iter().any(|item| item.text.as_str() == "Error"));
    w.send(Message::Feeds(Vec::new()));
    assert!(w.app.popup.is_none());
}

#[test]
fn marks_of_another_id_count_for_the_story() {
    let mut w = wide();
    let (primary, other) =
        (w.app.stories.selected_id(&w.app.catalog).unwrap(), StoryId::new("a", "b"));
    let wish = |change| crate::reading::Wish { story: other, change, about: None };
    for change in [crate::reading::Change::Read(true), crate::reading::Change::Note("Mine".into())]
    {
        let mark = w.app.reading.mark(w.app.now, wish(change));
        w.app.reading.apply(&mark);
    }
    w.send(Message::Aliases(vec![(primary, other)]));
    assert_eq!(w.wishes(), "record 2");
    assert!(w.app.reading.is_read(primary));
    assert_eq!(w.source_lines()[0], "All stories 7");
    w.send(Message::Aliases(vec![(primary, other)]));
    assert_eq!(w.wishes(), "");
}

#[test]
fn addresses_that_the_list_does_not_know_are_asked_of_the_library() {
    let mut w = wide();
    w.keys("oy");
    assert_eq!(w.wishes(), "open story, copy story");
}

#[test]
fn the_sources_are_reached_at_every_width() {
    for width in [40, 80, 120, 200] {
        let mut w = World::with_feeds(&Options { size: (width, 24), ..Options::default() });
        w.keys("<esc>h");
        assert_eq!(w.app.focus, Focus::Sources, "{width}");
        assert!(w.app.panes().sources.is_some(), "{width}");
        w.keys("4j<enter>");
        assert_eq!((w.app.focus, w.titles().len()), (Focus::List, 4), "{width}");
        w.keys("\\");
        let wide = width == 200;
        assert_eq!(w.app.focus == Focus::Sources, !wide, "{width}");
        w.keys("\\");
        assert_eq!((w.app.focus, w.app.panes().sources.is_some()), (Focus::List, wide), "{width}");
    }
}

#[test]
fn a_session_finds_its_feed_again() {
    let mut w = wide();
    w.keys("h7j<enter>");
    let options = Options { size: (200, 60), ..Options::default() };
    w.send(Message::Hangup);
    let session = w.log.iter().rev().find_map(|effect| match effect {
        super::super::effect::Effect::KeepSession(session) => Some((**session).clone()),
        _ => None,
    });
    let mut again = World::empty(app(&options, session));
    again.feeds = w.feeds.clone();
    again.send(Message::Feeds(again.feeds.clone()));
    again.publish(Shelf::Edition);
    let found =
        (0..4).chain(0..4).zip(0..).map(|(feed, hours)| again.story_of(feed, hours)).collect();
    again.send(Message::Stories(found));
    assert_eq!(again.app.stories.view.title(&again.app.feeds), "herald");
    assert_eq!(again.titles().len(), 2);
}

#[test]
fn a_saved_search_is_a_view_of_what_it_finds() {
    let mut w = wide();
    let search = |name: &str, query: &str| SavedSearch {
        name: name.into(),
        query: Query::parse(query),
        notify: false,
    };
    w.send(Message::Searches(vec![
        search("Lathes", "lathe OR title:courier"),
        search("Late", "is:read"),
    ]));
    w.keys("h4j<enter>");
    assert_eq!(w.app.stories.view.title(&w.app.feeds), "Lathes");
    assert_eq!(w.titles().len(), 4);
    w.keys("u");
    w.keys("hj<enter>");
    assert_eq!(w.titles(), ["courier of 1 hours ago"]);
    w.send(Message::Searches(Vec::new()));
    assert!(w.titles().is_empty(), "nothing is left of a search that was taken away");
}
