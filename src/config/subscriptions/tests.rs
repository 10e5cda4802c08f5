use proptest::prelude::*;
use url::Url;

use super::edit::{EditError, FeedChange, FeedsText};
use super::*;

const FILE: &str = r#"# My feeds. Do not touch!

[[feed]]
url = "https://Example.org:443/feed.xml/" # the old one
title = "Harbor"   # short
folder = "News/World"
tags = ["local", "morning"]

# Slow, but worth it.
[[feed]]
  url = "http://slow.example.net/rss?x=1#top"
  hidden = true
  interval = "6h"
  [feed.headers]
  X-Key = "abc" # secret

[[feed]]
command = ["fetch-notes", "--all"]
interval = 90

[[search]]
name = "Rust"
query = "is:unread rust"
# the end
"#;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn key(text: &str) -> SourceKey {
    SourceKey::new(text)
}

#[test]
fn a_file_is_read_with_all_that_is_in_it() {
    let (found, warnings) = parse(FILE);
    assert_eq!(warnings, []);
    assert!(found.sound);
    let [harbor, slow, notes] = found.feeds.as_slice() else { panic!("{found:?}") };
    assert_eq!(harbor.key.as_str(), "example.org/feed.xml");
    assert_eq!(harbor.title.as_deref(), Some("Harbor"));
    assert_eq!(harbor.folder.as_deref(), Some("News/World"));
    assert_eq!(harbor.tags, ["local".into(), "morning".into()]);
    assert_eq!(harbor.line, 4);
    assert_eq!(slow.key.as_str(), "slow.example.net/rss?x=1");
    assert!(slow.hidden && !slow.paused);
    assert_eq!(slow.interval, Some(Duration::from_secs(6 * 3600)));
    assert_eq!(slow.headers, [("X-Key".to_owned(), "abc".to_owned())]);
    assert_eq!(notes.key.as_str(), r#"command:["fetch-notes","--all"]"#);
    assert_eq!(notes.interval, Some(Duration::from_secs(90 * 60)));
    assert_eq!(found.searches.len(), 1);
    assert_eq!(found.searches[0].query, Query::parse("is:unread rust"));
}

#[test]
fn the_key_is_the_address_without_what_may_change() {
    let cases = [
        ("http://example.org/feed", "example.org/feed"),
        ("https://EXAMPLE.org:443/feed/", "example.org/feed"),
        ("https://www.example.org/", "www.example.org"),
        ("https://me:secret@example.org/a/?b=c#d", "example.org/a?b=c"),
        ("http://127.0.0.1:8080/a%20b", "127.0.0.1:8080/a%20b"),
    ];
    for (address, wanted) in cases {
        assert_eq!(key_of(&url(address)).as_str(), wanted, "{address}");
    }
}

#[test]
fn what_is_wrong_costs_its_line() {
    let feed = |line: &str| format!("[[feed]]\nurl = \"https://a.example/\"\n{line}\n");
    let cases = [
        ("folders = \"x\"", r#"there is no setting "feed.folders"; did you mean "folder"?"#),
        ("hidden = 1", r#""feed.hidden" must be true or false; as it is it does not count"#),
        (
            "interval = \"soon\"",
            r#""feed.interval" must be a number of minutes, or a time such as "30m", "6h" or "2d"; as it is it does not count"#,
        ),
        (
            "interval = 0",
            r#""feed.interval" must be a number of minutes, or a time such as "30m", "6h" or "2d"; as it is it does not count"#,
        ),
        (
            "tags = [1]",
            r#""feed.tags" must be a list of tags, such as ["local", "morning"]; as it is it does not count"#,
        ),
        (
            "headers = { \"a b\" = \"c\" }",
            r#""feed.headers" must be a table of headers, such as { X-Api-Key = "abc" }; as it is it does not count"#,
        ),
        (
            "headers = { a = \"b\\r\\nHost: c\" }",
            r#""feed.headers" must be a table of headers, such as { X-Api-Key = "abc" }; as it is it does not count"#,
        ),
        (
            "password_command = []",
            r#""feed.password_command" must be a program and its arguments, such as ["pass", "show", "news"]; as it is it does not count"#,
        ),
        (
            "proxy = \"localhost\"",
            r#""feed.proxy" must be an address such as "socks5h://localhost:9050" or "http://proxy.example.org:3128"; as it is it does not count"#,
        ),
    ];
    for (line, message) in cases {
        let (found, warnings) = parse(&feed(line));
        assert_eq!(warnings, [Warning::at(3, message)], "{line}");
        assert_eq!(found.feeds.len(), 1, "{line}");
        assert!(found.sound);
    }
}

#[test]
fn a_feed_without_a_sound_address_does_not_count() {
    let sentence = r#""feed.url" must be an address such as "https://example.org/feed.xml"; as it is it does not count"#;
    for address in ["\"example.org\"", "\"file:///etc/passwd\"", "\"exec:rm -r\"", "7"] {
        let (found, warnings) = parse(&format!("[[feed]]\nurl = {address}\n"));
        assert_eq!(found.feeds, []);
        assert_eq!(warnings, [Warning::at(2, sentence)]);
    }
    let (found, warnings) = parse("[[feed]]\ntitle = \"x\"\n");
    assert_eq!(found.feeds, []);
    assert_eq!(warnings, [Warning::at(2, "a feed needs a url; without one it does not count")]);
}

#[test]
fn the_same_feed_twice_counts_once() {
    let text =
        "[[feed]]\nurl = \"https://a.example/x\"\n\n[[feed]]\nurl = \"http://a.example/x/\"\n";
    let (found, warnings) = parse(text);
    assert_eq!(found.feeds.len(), 1);
    let message = "this feed stands on line 2 already; this second one does not count";
    assert_eq!(warnings, [Warning::at(5, message)]);
}

#[test]
fn of_a_file_that_is_no_toml_the_rest_is_read_and_nothing_is_changed() {
    let broken = FILE.replace("title = \"Harbor\"", "title = \"Harbor");
    let (found, warnings) = parse(&broken);
    assert!(!found.sound);
    assert_eq!(found.feeds.len(), 3);
    assert_eq!(warnings[0].line, Some(5), "{warnings:?}");
    assert_eq!(FeedsText::new(broken).unwrap_err().line, Some(5));
}

#[test]
fn each_change_reads_back_and_leaves_the_rest() {
    let slow = key("slow.example.net/rss?x=1");
    let harbor = key("example.org/feed.xml");
    let cases = [
        (
            &harbor,
            FeedChange::Title(Some("Port \"A\"\\".into())),
            "title = \"Harbor\"",
            r#"title = "Port \"A\"\\""#,
        ),
        (&harbor, FeedChange::Title(None), "title = \"Harbor\"   # short\n", "# short\n"),
        (&harbor, FeedChange::Folder(None), "folder = \"News/World\"\n", ""),
        (&slow, FeedChange::Hidden(false), "  hidden = true\n", ""),
        (
            &slow,
            FeedChange::Paused(true),
            "  interval = \"6h\"\n",
            "  interval = \"6h\"\n  paused = true\n",
        ),
        (
            &harbor,
            FeedChange::Address(url("https://new.example/")),
            "url = \"https://Example.org:443/feed.xml/\" # the old one\ntitle = \"Harbor\"   # short\nfolder = \"News/World\"\ntags = [\"local\", \"morning\"]\n",
            "url = \"https://new.example/\" # the old one\ntitle = \"Harbor\"   # short\nfolder = \"News/World\"\ntags = [\"local\", \"morning\"]\nid = \"example.org/feed.xml\"\n",
        ),
    ];
    for (key, change, old, new) in cases {
        let mut text = FeedsText::new(FILE.to_owned()).unwrap();
        text.set(key, &change).unwrap();
        assert_eq!(text.as_str(), FILE.replace(old, new), "{change:?}");
        assert!(parse(text.as_str()).0.get(key).is_some(), "the key stays: {change:?}");
        // With the other line ends, the same.
        let mut text = FeedsText::new(FILE.replace('\n', "\r\n")).unwrap();
        text.set(key, &change).unwrap();
        assert_eq!(text.as_str(), FILE.replace(old, new).replace('\n', "\r\n"), "{change:?}");
    }
}

#[test]
fn what_is_removed_is_put_back_as_it_was() {
    for (at, feed) in parse(FILE).0.feeds.iter().enumerate() {
        let mut text = FeedsText::new(FILE.to_owned()).unwrap();
        let removed = text.remove(&feed.key).unwrap();
        let mut left = parse(FILE).0.feeds;
        left.remove(at);
        let keys: Vec<_> = parse(text.as_str()).0.feeds.into_iter().map(|feed| feed.key).collect();
        assert_eq!(keys, left.into_iter().map(|feed| feed.key).collect::<Vec<_>>());
        assert!(!text.as_str().contains("\n\n\n"), "{}", text.as_str());
        assert!(text.as_str().contains("# Slow, but worth it."));
        text.put_back(&removed).unwrap();
        assert_eq!(text.as_str(), FILE);
    }
}

#[test]
fn feeds_written_between_braces_are_left_to_their_author() {
    let text = "feed = [{ url = \"https://a.example/\" }]\n";
    let mut feeds = FeedsText::new(text.to_owned()).unwrap();
    let new = Subscription::new(Origin::Address(url("https://b.example/")), 0);
    assert_eq!(feeds.add(&[new]), Err(EditError::ByHand));
    assert_eq!(feeds.set(&key("a.example"), &FeedChange::Paused(true)), Err(EditError::ByHand));
    assert_eq!(feeds.remove(&key("a.example")), Err(EditError::ByHand));
    assert_eq!(feeds.remove(&key("b.example")), Err(EditError::NoSuchFeed));
    assert_eq!(feeds.as_str(), text);
}

#[test]
fn new_feeds_stand_at_the_end_with_a_blank_line_before_them() {
    let new = Subscription::new(Origin::Address(url("https://b.example/")), 0);
    let table = "[[feed]]\nurl = \"https://b.example/\"\n";
    for (before, after) in [
        ("", table.to_owned()),
        ("# mine\n", format!("# mine\n\n{table}")),
        ("# mine\n\n", format!("# mine\n\n{table}")),
        ("# mine", format!("# mine\n\n{table}")),
        ("# mine\r\n", format!("# mine\n\n{table}").replace('\n', "\r\n")),
    ] {
        let mut text = FeedsText::new(before.to_owned()).unwrap();
        assert_eq!(text.add(std::slice::from_ref(&new)).unwrap(), std::slice::from_ref(&new.key));
        assert_eq!(text.as_str(), after);
        assert_eq!(text.add(std::slice::from_ref(&new)).unwrap(), []);
        assert_eq!(text.as_str(), after);
    }
}

/// A feed with any settings, at an address of its own.
fn feed(number: usize) -> impl Strategy<Value = Subscription> {
    let text = || "[ -~äß日\u{1f600}]{1,12}".prop_map(|text| SafeText::title(&text));
    let some =
        || proptest::option::of(text()).prop_map(|text| text.filter(|text| !text.is_empty()));
    let texts = (
        some(),
        some().prop_map(|text| text.map(|text| SafeText::title(&text.replace(['/', ' '], "x")))),
    );
    let tags = prop::collection::btree_set("[a-z\"\\\\ ]{1,5}", 0..3);
    let minutes = proptest::option::of(1..100_000_u64);
    (texts, tags, minutes, any::<[bool; 4]>(), any::<bool>()).prop_map(
        move |((title, folder), tags, minutes, [hidden, paused, notify, full_text], named)| {
            let address = url(&format!("https://host{number}.example/feed"));
            let mut feed = Subscription::new(Origin::Address(address), 0);
            (feed.title, feed.folder) = (title, folder);
            let mut titles: Vec<_> = tags.iter().map(|tag| SafeText::title(tag)).collect();
            titles.retain(|tag| !tag.is_empty());
            titles.dedup();
            feed.tags = titles;
            feed.interval = minutes.map(|minutes| Duration::from_secs(minutes * 60));
            (feed.hidden, feed.paused) = (hidden, paused);
            (feed.notify, feed.full_text) = (notify, full_text);
            if named {
                feed.opml = vec![("x:rating \"".to_owned(), "5\\ stars".to_owned())];
                feed.headers = vec![("X-Key".to_owned(), "a\"b".to_owned())];
                feed.key = SourceKey::new(&format!("name {number}"));
            }
            feed
        },
    )
}

fn change() -> impl Strategy<Value = FeedChange> {
    let text = "[a-z\"#=\\]\\[]{0,8}"
        .prop_map(|text| Some(SafeText::title(&text)).filter(|text| !text.is_empty()));
    prop_oneof![
        text.clone().prop_map(FeedChange::Title),
        text.prop_map(FeedChange::Folder),
        any::<bool>().prop_map(FeedChange::Paused),
        any::<bool>().prop_map(FeedChange::Hidden),
        any::<bool>().prop_map(FeedChange::Notify),
        Just(FeedChange::Address(url("https://elsewhere.example/new"))),
    ]
}

/// What a change makes of a feed.
fn changed(mut feed: Subscription, change: &FeedChange) -> Subscription {
    match change.clone() {
        FeedChange::Address(url) => feed.origin = Origin::Address(url),
        FeedChange::Title(title) => feed.title = title,
        FeedChange::Folder(folder) => feed.folder = folder,
        FeedChange::Paused(on) => feed.paused = on,
        FeedChange::Hidden(on) => feed.hidden = on,
        FeedChange::Notify(on) => feed.notify = on,
    }
    feed
}

/// Feeds as somebody may write them: comments, blank lines, and fields in any form.
fn written() -> impl Strategy<Value = (Vec<Subscription>, String)> {
    let noise = prop_oneof![Just("\n"), Just("# a note\n"), Just("\n# two\n\n# notes\n"), Just("")];
    let one = |number| (feed(number), noise.clone(), any::<bool>());
    (one(1), one(2), one(3)).prop_map(|(a, b, c)| {
        let (mut feeds, mut text) = (Vec::new(), String::new());
        for (feed, noise, comments) in [a, b, c] {
            let mut table = FeedsText::new(String::new()).unwrap();
            table.add(std::slice::from_ref(&feed)).unwrap();
            text.push_str(noise);
            for line in table.as_str().lines() {
                text.push_str(line);
                text.push_str(if comments { "  # why\n" } else { "\n" });
            }
            feeds.push(feed);
        }
        (feeds, text)
    })
}

fn comments(text: &str) -> usize {
    text.matches("# why").count() + text.matches("# a note").count() + text.matches("# two").count()
}

fn without_lines(text: &str) -> Vec<Subscription> {
    let (found, warnings) = parse(text);
    assert_eq!(warnings, [], "{text}");
    let feeds = found.feeds.into_iter();
    feeds.map(|feed| Subscription { line: 0, ..feed }).collect()
}

proptest! {
    #[test]
    fn what_is_added_reads_back((feeds, text) in written()) {
        prop_assert_eq!(without_lines(&text), feeds);
    }

    #[test]
    fn a_change_is_the_only_change((feeds, text) in written(), change in change(), which in 0..3_usize) {
        let mut edited = FeedsText::new(text.clone()).unwrap();
        let key = feeds[which].key.clone();
        edited.set(&key, &change).unwrap();
        prop_assert_eq!(comments(edited.as_str()), comments(&text), "{}", edited.as_str());
        let mut wanted = feeds;
        wanted[which] = changed(wanted[which].clone(), &change);
        prop_assert_eq!(without_lines(edited.as_str()), wanted);
        // Once more changes nothing more.
        let once = edited.clone();
        edited.set(&key, &change).unwrap();
        prop_assert_eq!(edited, once);
    }

    #[test]
    fn a_removal_takes_its_table_and_gives_it_back((feeds, text) in written(), which in 0..3_usize) {
        let mut edited = FeedsText::new(text.clone()).unwrap();
        let removed = edited.remove(&feeds[which].key).unwrap();
        let mut wanted = feeds;
        wanted.remove(which);
        prop_assert_eq!(without_lines(edited.as_str()), wanted);
        edited.put_back(&removed).unwrap();
        prop_assert_eq!(edited.as_str(), text);
    }

    #[test]
    fn nothing_makes_the_parser_panic(text in "[\\[\\]feedurl=\"#\n{},.a0 ]{0,120}") {
        let (found, _) = parse(&text);
        if let Ok(mut edited) = FeedsText::new(text) {
            for feed in found.feeds {
                let _ = edited.set(&feed.key, &FeedChange::Paused(true));
                let _ = edited.remove(&feed.key);
            }
        }
    }
}

#[test]
fn an_address_that_changes_on_its_server_keeps_its_password() {
    let table = |url: &str| format!("[[feed]]\nurl = \"{url}\"\n");
    let mut text = FeedsText::new(table("http://ann:secret@a.example/feed")).unwrap();
    let key = parse(text.as_str()).0.feeds[0].key.clone();
    text.set(&key, &FeedChange::Address(url("https://a.example/feed"))).unwrap();
    assert_eq!(text.as_str(), table("https://ann:secret@a.example/feed"));
}
