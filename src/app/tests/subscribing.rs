use super::super::feeds::FeedStep;
use super::super::message::{Failure, Message, Subscribed};
use super::super::sample::feeds::{candidate, refreshed, wide};
use super::super::sample::world;
use crate::reading::Clock;

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

#[test]
fn no_password_of_an_address_is_shown() {
    let mut w = wide();
    let secret = |name: &str| candidate(&format!("https://me:pw@quarry.example/{name}"), name);
    let asked = "https://me:pw@quarry.example/";
    w.send(Message::Paste(asked.into()));
    w.keys("<enter>");
    assert_eq!(w.said(), "Looking for feeds at https://me@quarry.example/");
    let result = Ok(vec![secret("all"), secret("rocks")]);
    w.send(Message::Candidates { asked: asked.into(), result });
    let popup = w.app.popup.as_ref().unwrap();
    assert_eq!(popup.title.as_str(), "Feeds of https://me@quarry.example/");
    assert_eq!(&*popup.items[0].detail, "https://me@quarry.example/all");
    w.keys("<enter>");
    assert_eq!(
        w.wishes(),
        format!("find {asked}, subscribe {asked}all, refresh quarry.example/all, due or not"),
        "what is asked of a server is whole"
    );
    // Neither where a feed is now, nor what can be taken back.
    let key = w.feeds.last().unwrap().source.key.clone();
    w.send(Message::Feeds(w.feeds.clone()));
    w.app.look_for(asked, Some(key), &mut Vec::new());
    w.send(Message::Candidates { asked: asked.into(), result: Ok(vec![secret("new")]) });
    let said = "quarry is fetched from https://me@quarry.example/new now";
    assert_eq!(w.said(), format!("{said}; U takes it back."));
    w.keys("U");
    assert_eq!(w.said(), format!("Taken back: {said}"));
}

#[test]
fn a_list_of_feeds_says_what_was_new_and_what_was_not() {
    let mut w = wide();
    w.send(Message::Subscribed(Subscribed {
        keys: w.feeds.iter().take(3).map(|feed| feed.source.key.clone()).collect(),
        known: 2,
        left_out: Some("1 command is left out.".into()),
    }));
    let said =
        "Subscribed to 3 feeds; U takes it back. 2 were there already. 1 command is left out.";
    assert_eq!(w.said(), said);
    w.send(refreshed(3, 0, 0));
    assert_eq!(w.said(), format!("{said} Nothing new in 3 feeds."));
}
