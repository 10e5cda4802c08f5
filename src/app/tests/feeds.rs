use super::super::feeds::{Candidate, FeedStep, SavedSearch};
use super::super::geometry::Focus;
use super::super::message::{Failure, Message, Refreshed, Shelf};
use super::super::popup::Item;
use super::super::sample::feeds::feed;
use super::super::sample::{Options, World, app, world};
use crate::feed::health::Health;
use crate::reading::Clock;
use crate::story::StoryId;

fn wide() -> World {
    World::with_feeds(&Options { size: (200, 60), ..Options::default() })
}

fn candidate(url: &str, title: &str) -> Candidate {
    Candidate { url: url.parse().unwrap(), title: title.into(), kind: "RSS".into() }
}

fn refreshed(asked: usize, failed: usize, new: usize) -> Message {
    Message::Refreshed(Refreshed { asked, failed, new, ..Refreshed::default() })
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
fn what_arrives_waits_and_moves_nothing() {
    let mut w = wide();
    w.keys("3j");
    let (before, top) = (w.selected(), w.app.stories.top);
    w.keys("r");
    assert_eq!(w.wishes(), "refresh all");
    w.send(Message::Refreshing { done: 1, total: 4 });
    assert_eq!(w.app.feed_news().unwrap(), "Fetching 1 of 4");
    let health = (w.feeds[1].source.key.clone(), Health::default());
    w.send(Message::Health(vec![health]));
    assert_eq!(w.app.feed_news().unwrap(), "Fetching 2 of 4");
    let found = (20..23).map(|n| w.story_of(0, n - 20)).collect();
    w.stored.clear();
    w.send(Message::Arrived(found));
    w.send(refreshed(4, 0, 3));
    assert_eq!(w.said(), "3 new stories in 4 feeds.");
    assert_eq!((w.selected(), w.app.stories.top, w.titles().len()), (before.clone(), top, 8));
    w.wait(5);
    // The one of no hours ago was there before.
    assert_eq!(w.app.feed_news().unwrap(), "2 new  . show");
    w.keys(".");
    assert_eq!(w.titles().len(), 10);
    assert_eq!(w.selected(), before);
    assert_eq!(w.said(), "2 new stories.");
    w.wait(5);
    assert_eq!(w.app.feed_news().unwrap(), "Updated 14:30");
    assert_eq!(w.keys(".").said(), "Nothing has arrived since.");
}

#[test]
fn who_stands_at_the_top_sees_what_comes_above() {
    for (keys, top) in [("", 0), ("G", 1)] {
        let mut w = World::with_feeds(&Options { size: (120, 8), ..Options::default() });
        w.keys(keys);
        let before = w.selected();
        assert_eq!(w.app.stories.top, top);
        let found = vec![w.story_of(0, 0), w.story_of(1, 0), w.story_of(2, 0)];
        w.send(Message::Arrived(found));
        w.keys(".");
        let moved = if top == 0 { 0 } else { top + 2 };
        assert_eq!((w.selected(), w.app.stories.top), (before, moved));
    }
}

#[test]
fn an_empty_list_takes_what_arrives_at_once_and_another_view_asks_for_it() {
    let mut w = wide();
    w.app.feeds.replace(Vec::new());
    w.feeds.push(feed("https://fresh.example/feed", None));
    w.send(Message::Feeds(w.feeds.clone()));
    w.keys("hGk<enter>");
    assert_eq!(
        (w.app.stories.view.title(&w.app.feeds).into_owned(), w.titles().len()),
        ("fresh".into(), 0)
    );
    let found = w.story_of(4, 1);
    w.send(Message::Arrived(vec![found]));
    assert_eq!(w.titles().len(), 1);
    let first = w.app.reader.story();
    // It goes on filling while nobody does anything, and shows what is the first then.
    let found = w.story_of(4, 0);
    let newest = found.story.id;
    w.send(Message::Arrived(vec![found]));
    w.send(refreshed(1, 0, 2));
    assert_eq!((w.titles().len(), w.app.reader.story()), (2, Some(newest)));
    assert_ne!(first, Some(newest));
    w.keys("j");
    let found = w.story_of(4, 2);
    w.send(Message::Arrived(vec![found]));
    w.send(refreshed(1, 0, 1));
    assert_eq!((w.titles().len(), w.app.reader.story()), (2, Some(newest)));
    w.keys("hg<enter>");
    assert_eq!(w.titles().len(), 11);
}

#[test]
fn results_are_sentences() {
    let mut w = wide();
    for (result, expected) in [
        (refreshed(4, 0, 0), "Nothing new in 4 feeds."),
        (
            refreshed(4, 1, 1),
            "1 new story in 4 feeds. 1 could not be fetched; see ! in the sources.",
        ),
        (refreshed(1, 1, 0), "1 feed could not be fetched; H on one says why."),
        (refreshed(0, 0, 0), "No feed is due yet; :refresh-all asks all of them."),
        (
            Message::Refreshed(Refreshed {
                asked: 4,
                failed: 4,
                offline: true,
                ..Refreshed::default()
            }),
            "Offline. 8 stories are stored; 8 unread.",
        ),
    ] {
        w.keys("r").send(result);
        assert_eq!(w.said(), expected);
    }
    w.wait(5);
    w.send(refreshed(4, 0, 1));
    assert_eq!(w.said(), "", "what nobody asked for disturbs nobody");
    w.send(Message::Refreshed(Refreshed { asked: 4, offline: true, ..Refreshed::default() }));
    assert_eq!(w.app.feed_news().unwrap(), "Offline");
}

#[test]
fn one_refresh_at_a_time_and_it_can_be_stopped() {
    let mut w = wide();
    w.keys("rr");
    assert_eq!(w.said(), "Fetching 0 of 4 already; :stop-refresh stops it.");
    w.keys(":stop-ref<enter>");
    assert_eq!(w.wishes(), "refresh all, stop");
    w.send(Message::Refreshed(Refreshed {
        asked: 2,
        new: 0,
        stopped: true,
        ..Refreshed::default()
    }));
    assert_eq!(w.said(), "Stopped. Nothing new in 2 feeds.");
    w.keys("h4jR");
    assert_eq!(w.wishes(), "refresh herald.example/feed courier.example/rss, due or not");
}

#[test]
fn one_feed_at_an_address_is_subscribed_to_at_once_and_taken_back_with_one_key() {
    let mut w = wide();
    w.keys("aquarry.example<enter>");
    assert_eq!(w.wishes(), "find quarry.example");
    let only = candidate("https://quarry.example/feed", "Quarry");
    w.send(Message::Candidates { asked: "quarry.example".into(), result: Ok(vec![only.clone()]) });
    assert_eq!(
        w.wishes(),
        "subscribe https://quarry.example/feed, refresh quarry.example/feed, due or not"
    );
    assert_eq!(w.said(), "Subscribed to quarry; U takes it back.");
    assert!(w.source_lines().contains(&"quarry 0".to_owned()));
    w.send(refreshed(1, 0, 3));
    assert_eq!(w.said(), "Subscribed to quarry; U takes it back. 3 new stories in 1 feed.");
    w.keys("U");
    assert_eq!(w.wishes(), "take back");
    assert_eq!(w.said(), "Taken back: Subscribed");
    assert!(!w.source_lines().contains(&"quarry 0".to_owned()));
    w.keys("U");
    assert_eq!(w.said(), "Nothing to take back.");
}

#[test]
fn of_several_feeds_the_numbered_ones_are_taken() {
    let mut w = wide();
    // In the folder that is shown.
    w.keys("h4j<enter>");
    w.send(Message::Paste("https://quarry.example/\n".into()));
    w.keys("<enter>");
    assert_eq!(w.wishes(), "find https://quarry.example/");
    let found = ["all", "rocks", "sand"]
        .map(|name| candidate(&format!("https://quarry.example/{name}"), name));
    let result = Ok(found.to_vec());
    // What comes while something else is in front waits for its turn.
    w.keys("?");
    w.send(Message::Candidates { asked: "https://quarry.example/".into(), result });
    assert_eq!(w.app.popup.as_ref().unwrap().title.as_str(), "Keys in the list");
    w.keys("<esc>");
    assert_eq!(w.app.popup.as_ref().unwrap().title.as_str(), "Feeds of https://quarry.example/");
    w.keys("13<space><space><enter>");
    assert_eq!(
        w.wishes(),
        "subscribe https://quarry.example/all in News https://quarry.example/sand in News, \
         refresh quarry.example/all quarry.example/sand, due or not"
    );
}

#[test]
fn what_is_not_found_or_known_already_is_said() {
    let mut w = wide();
    w.keys("anowhere.example<enter>");
    let sentence = "No feed at nowhere.example; the page and /feed were tried.";
    let result = Err(Failure(sentence.into()));
    w.send(Message::Candidates { asked: "nowhere.example".into(), result });
    assert_eq!(w.said(), sentence);
    w.keys("aherald.example<enter>");
    let result = Ok(vec![candidate("https://herald.example/feed", "The Herald")]);
    w.send(Message::Candidates { asked: "herald.example".into(), result });
    assert_eq!(w.said(), "You have The Herald already; h leads to it.");
    assert_eq!(w.wishes(), "find nowhere.example, find herald.example");
}

#[test]
fn every_change_of_a_feed_is_taken_back_in_turn_with_marks() {
    let mut w = wide();
    let before = w.feeds.clone();
    w.keys("hG2k");
    assert_eq!(
        w.app.sources.chosen(),
        w.app.sources.rows.iter().find(|row| row.name.as_str() == "lathe").map(|row| &row.view)
    );
    w.keys("eThe Lathe");
    w.keys("<enter>");
    assert_eq!(w.said(), "lathe is called latheThe Lathe now; U takes it back.");
    w.keys("m<ctrl-u>new<tab><tab><enter>");
    assert_eq!(w.said(), "latheThe Lathe is in News/World now; U takes it back.");
    w.keys("<esc>u");
    w.keys("hP");
    w.keys("D");
    assert_eq!(w.feeds.len(), 3);
    for _ in 0..5 {
        w.keys("U");
    }
    assert_eq!(w.said(), "Taken back: lathe is called latheThe Lathe now");
    let sorted = |mut feeds: Vec<_>| {
        feeds.sort_by(|a: &super::super::feeds::FeedInfo, b| a.url.cmp(&b.url));
        feeds
            .into_iter()
            .map(|feed| (feed.url, feed.folder, feed.title, feed.paused))
            .collect::<Vec<_>>()
    };
    assert_eq!(sorted(w.feeds.clone()), sorted(before));
    assert_eq!(w.app.stories.unread, 8);
}

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
        moved: Some(("https://herald.example/new".parse().unwrap(), 2)),
        entries: 20,
        per_week: Some(11.6),
        ..Health::default()
    }
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
    Moved to: https://herald.example/new · it has said so 2 times
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
    Hide: list its stories only by themselves
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
fn news_of_feeds_and_searches_that_ask_for_it_are_told_once_a_refresh() {
    let mut w = wide();
    w.feeds[0].notify = true;
    w.send(Message::Feeds(w.feeds.clone()));
    let searches = vec![
        SavedSearch { name: "lathes".into(), query: "lathe".into(), notify: true },
        SavedSearch { name: "silent".into(), query: "lathe".into(), notify: false },
    ];
    w.send(Message::Searches(searches));
    w.keys("r");
    for hours in [9, 10] {
        let found = (0..4).map(|n| w.story_of(n, hours)).collect();
        w.send(Message::Arrived(found));
    }
    assert_eq!(w.wishes(), "refresh all");
    w.send(refreshed(4, 0, 8));
    assert_eq!(w.wishes(), "notify 4 new stories: herald 2, lathes 2");
    // What another process fetched is told as it comes.
    let found = vec![w.story_of(0, 11)];
    w.send(Message::Arrived(found));
    assert_eq!(w.wishes(), "notify 1 new story: herald");
}

#[test]
fn a_story_that_was_revised_keeps_its_place_and_is_marked_until_it_is_opened() {
    let mut w = wide();
    w.keys("ju");
    let id = w.app.stories.selected_id(&w.app.catalog).unwrap();
    let mut found = w.story_of(1, 1);
    found.story.title = "Another headline".into();
    w.send(Message::Revised(vec![found.story]));
    assert_eq!(w.titles()[1], "Another headline");
    assert!(w.app.news.is_updated(id) && w.app.reading.is_read(id));
    w.keys("<enter>");
    assert!(!w.app.news.is_updated(id));
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
fn refresh_on_start_fetches_when_the_feeds_are_known() {
    let options = Options { config: "refresh_on_start = true".into(), ..Options::default() };
    let mut w = World::with_feeds(&options);
    assert_eq!(w.wishes(), "refresh all");
    w.send(Message::Feeds(w.feeds.clone()));
    assert_eq!(w.wishes(), "");
}

#[test]
fn without_feeds_refreshing_says_how_to_add_one() {
    let mut w = world(120, 24);
    let said = w.keys("r").said();
    assert_eq!(said, "Your feeds are still being read; try again in a moment.");
    w.send(Message::Feeds(Vec::new()));
    assert_eq!(w.keys("r").said(), "There are no feeds yet; a adds one.");
    w.keys(":imp<enter>~/feeds.opml<enter>");
    assert_eq!(w.wishes(), "import ~/feeds.opml");
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
        query: query.into(),
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

#[test]
fn starter_feeds_are_marked_and_subscribed_to_in_folders_of_their_topics() {
    let mut w = world(120, 40);
    w.keys("p");
    let popup = w.app.popup.as_ref().unwrap();
    let offered = popup.items.iter().filter(|item| !item.choice.is_fixed()).count();
    assert!(offered > 20, "{offered}");
    let topic = popup.items[0].text.clone();
    w.keys("<space>j<space><space>j<space><enter>");
    let feeds = w.feeds.clone();
    assert_eq!(feeds.len(), 2);
    assert!(feeds.iter().all(|feed| feed.folder.as_ref() == Some(&topic)));
    assert_eq!(w.said(), "Subscribed to 2 feeds; U takes it back.");
    // What one has is not offered again; one that is looked for is marked by Enter.
    w.keys("p");
    let popup = w.app.popup.as_ref().unwrap();
    assert_eq!(popup.items.iter().filter(|item| !item.choice.is_fixed()).count(), offered - 2);
    let last = popup.items.last().unwrap().text.to_string();
    w.keys("/");
    w.keys(&last);
    w.keys("<enter>");
    assert!(w.app.popup.as_ref().unwrap().filter.is_none());
    w.keys("<enter>");
    assert_eq!(w.feeds.len(), 3);
    assert_eq!(w.feeds[2].source.name.as_str(), last);
    w.keys("UU");
    assert!(w.feeds.is_empty());
    // What was taken back is not told of again.
    w.send(refreshed(2, 0, 0));
    assert_eq!(w.said(), "Nothing new in 2 feeds.");
}

#[test]
fn a_list_that_nobody_has_touched_goes_on_filling_with_every_step_of_a_refresh() {
    let mut w = World::empty(app(&Options { size: (120, 40), ..Options::default() }, None));
    w.publish(Shelf::Edition);
    w.send(Message::Feeds(Vec::new()));
    assert_eq!(w.titles().len(), 5, "the edition is what there is without feeds");
    w.feeds.push(feed("https://fresh.example/feed", None));
    w.send(Message::Feeds(w.feeds.clone()));
    assert_eq!(w.titles().len(), 0);
    for hours in [3, 2, 1] {
        let found = w.story_of(0, hours);
        w.send(Message::Arrived(vec![found]));
        w.send(Message::Refreshing { done: 1, total: 3 });
    }
    assert_eq!((w.titles().len(), w.app.stories.selected), (3, 0));
    w.keys("j");
    let found = w.story_of(0, 0);
    w.send(Message::Arrived(vec![found]));
    w.send(refreshed(3, 0, 4));
    assert_eq!((w.titles().len(), w.selected()), (3, "fresh of 2 hours ago".to_owned()));
}

#[test]
fn what_an_earlier_run_did_to_feeds_is_taken_back_in_turn_with_marks() {
    let mut w = wide();
    let clock = Clock::from(w.app.now);
    let step = FeedStep { clock, what: "Unsubscribed from Quarry".into() };
    w.feed_steps.push((step.clone(), w.feeds.clone()));
    w.send(Message::FeedSteps(vec![step]));
    w.keys("s");
    w.keys("U");
    assert!(w.said().starts_with("Taken back: Bookmarked"), "{}", w.said());
    w.keys("U");
    assert_eq!(w.said(), "Taken back: Unsubscribed from Quarry");
    w.keys("U");
    assert_eq!(w.said(), "Nothing to take back.");
}
