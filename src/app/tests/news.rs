use super::super::message::{Message, Refreshed, Shelf};
use super::super::sample::feeds::{feed, refreshed, wide};
use super::super::sample::{Options, World, app, world};
use crate::config::subscriptions::SavedSearch;
use crate::feed::health::Health;
use crate::query::Query;

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
fn a_refresh_in_which_every_feed_failed_updates_nothing() {
    let mut w = wide();
    w.keys("r").send(refreshed(4, 1, 0));
    w.wait(5);
    let updated = w.app.feed_news();
    w.wait(600);
    w.keys("r").send(refreshed(4, 4, 0));
    w.wait(5);
    assert!(updated.as_deref().is_some_and(|said| said.starts_with("Updated")), "{updated:?}");
    assert_eq!(w.app.feed_news(), updated);
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
fn news_of_feeds_and_searches_that_ask_for_it_are_told_once_a_refresh() {
    let mut w = wide();
    w.feeds[0].notify = true;
    w.send(Message::Feeds(w.feeds.clone()));
    let searches = vec![
        SavedSearch { name: "lathes".into(), query: Query::parse("lathe"), notify: true },
        SavedSearch { name: "silent".into(), query: Query::parse("lathe"), notify: false },
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
