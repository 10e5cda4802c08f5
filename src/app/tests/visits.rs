use super::super::geometry::Focus;
use super::super::message::{Failure, Message, Shelf, Visited};
use super::super::sample::{Options, World, app, article, world_with};
use crate::story::{Source, SourceKey, Story, StoryId};
use std::sync::Arc;
use url::Url;

/// A reader that was started with an address, before anything has come from it.
fn started(address: &str) -> (World, Url) {
    let options = Options { size: (120, 40), shelf: Shelf::Given, ..Options::default() };
    let mut w = World::empty(app(&options, None));
    let url: Url = address.parse().unwrap();
    w.send(Message::Visit(url.clone()));
    w.send(Message::StoriesComplete);
    (w, url)
}

fn story(w: &mut World, title: &str) -> Story {
    let key = SourceKey::new("ferry.example/feed");
    let story = Story {
        id: StoryId::new(key.as_str(), title),
        title: title.into(),
        source: Arc::new(Source { key, name: "The Ferry".into() }),
        published: None,
        minutes: 1,
        details: None,
    };
    w.stored.insert(story.id, article(title, "A few words."));
    story
}

fn came(w: &mut World, url: &Url, result: Result<Visited, &str>) {
    let result = result.map_err(|sentence| Failure(sentence.to_owned()));
    w.send(Message::Visited { url: url.clone(), result });
}

#[test]
fn a_page_is_fetched_and_opened_when_it_comes() {
    let (mut w, url) = started("https://ferry.example/fares");
    assert_eq!(w.wishes(), "visit https://ferry.example/fares");
    assert_eq!(w.said(), "Fetching https://ferry.example/fares");
    w.wait(10);
    assert_eq!(w.app.feed_news().as_deref(), Some("Fetching ferry.example"));
    assert_eq!(w.app.empty_list()[0], "Fetching ferry.example");
    let page = story(&mut w, "Fares go up");
    came(&mut w, &url, Ok(Visited::Page(page)));
    assert_eq!((w.headline().as_str(), w.app.focus), ("Fares go up", Focus::Article));
    assert_eq!((w.said().as_str(), w.app.feed_news()), ("", None));
    // It is what a subscription would begin with.
    w.keys("<esc>a");
    assert_eq!(w.app.prompt.as_ref().unwrap().text(), "https://ferry.example/fares");
}

#[test]
fn the_stories_of_a_feed_are_listed_and_it_can_be_subscribed_to() {
    let (mut w, url) = started("https://me:pw@ferry.example/feed");
    let stories = ["One", "Two"].map(|title| story(&mut w, title)).to_vec();
    let feed = Visited::Feed { url: url.clone(), name: "The Ferry".into(), stories };
    came(&mut w, &url, Ok(feed));
    assert_eq!(w.said(), "2 stories of The Ferry; a subscribes to it.");
    assert_eq!((w.titles(), w.app.focus), (vec!["One".into(), "Two".into()], Focus::List));
    assert_eq!(w.headline(), "One", "beside the list");
    w.keys("j<enter>");
    assert_eq!(w.headline(), "Two");
    w.wishes();
    w.keys("<esc>a");
    assert_eq!(w.app.prompt.as_ref().unwrap().text(), "https://me@ferry.example/feed");
    w.keys("<enter>");
    assert_eq!(w.wishes(), "find https://me:pw@ferry.example/feed");
}

#[test]
fn what_does_not_come_is_said_and_the_reader_goes_on() {
    let (mut w, url) = started("https://ferry.example/none");
    came(&mut w, &url, Err("There is nothing at this address."));
    assert_eq!(w.said(), "There is nothing at this address.");
    assert_eq!(w.app.empty_list()[0], "Nothing was opened.");
    w.keys("v");
    assert!(w.app.popup.is_some() && !w.app.quitting());
}

#[test]
fn what_comes_later_takes_nothing_away_from_who_reads() {
    let mut w = world_with(&Options { size: (120, 40), shelf: Shelf::Given, ..Options::default() });
    let url: Url = "https://ferry.example/fares".parse().unwrap();
    w.send(Message::Visit(url.clone()));
    w.keys("<enter>");
    let headline = w.headline();
    let page = story(&mut w, "Fares go up");
    came(&mut w, &url, Ok(Visited::Page(page)));
    assert_eq!(w.headline(), headline);
    assert_eq!(w.said(), "“Fares go up” has come; v shows it under “Opened here”.");
    assert!(w.titles().contains(&"Fares go up".to_owned()));
}
