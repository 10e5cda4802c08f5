//! Feeds as the command line shows them.

use std::fs;

use serde_json::{Value, json};

use crate::cli::run;

const FEED: &str = r#"<rss version="2.0"><channel><title>Harbor &amp; Sea</title>
<link>https://example.org/</link><description>The port</description>
<item><title>Ferry stays</title><link>/1</link><guid isPermaLink="false">one</guid>
<pubDate>Sun, 03 Mar 2024 14:05:06 +0100</pubDate><author>desk@example.org (The Desk)</author>
<category>Sea</category><description>&lt;p&gt;It runs&lt;/p&gt;&lt;p&gt;all winter.&lt;/p&gt;</description>
<enclosure url="https://example.org/1.mp3" type="audio/mpeg" length="9"/></item>
<item><title>Cut"#;

fn inspect(name: &str, text: &str, options: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let arguments = [&["inspect"], options, &[path.to_str().unwrap()]].concat();
    let output = run(&arguments);
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn inspect_tells_what_a_feed_parses_to() {
    let (status, out) = inspect("feed.xml", FEED, &["--json", "--url", "https://example.net/feed"]);
    assert_eq!(status, Some(0));
    let value: Value = serde_json::from_str(&out).unwrap();
    let expected = json!({
        "kind": "feed", "error": null, "format": "RSS 2.0", "title": "Harbor & Sea",
        "link": "https://example.org/", "description_text": "The port",
    });
    for (key, expected) in expected.as_object().unwrap() {
        assert_eq!(&value[key], expected, "{key}");
    }
    let entry = json!({
        "id": "one", "title": "Ferry stays", "link": "https://example.org/1",
        "published": "2024-03-03T13:05:06Z", "updated": null, "author": "The Desk",
        "content_text": "It runs\nall winter.", "tags": ["Sea"],
        "enclosures": [{"url": "https://example.org/1.mp3", "type": "audio/mpeg", "length": 9}],
    });
    for (key, expected) in entry.as_object().unwrap() {
        assert_eq!(&value["entries"][0][key], expected, "{key}");
    }
    assert_eq!(value["entries"].as_array().unwrap().len(), 1);
    let warning = "line 7: column 17: the feed is cut off in an entry, which was left out";
    assert_eq!(value["warnings"], json!([warning]));
}

#[test]
fn inspect_draws_a_feed_for_eyes_and_says_what_is_none() {
    let (status, out) = inspect("feed.xml", FEED, &[]);
    assert_eq!(status, Some(0));
    assert!(out.contains("title       Harbor & Sea\n"), "{out}");
    assert!(out.contains("2024-03-03  Ferry stays\n"), "{out}");
    let (status, out) = inspect("note.xml", "<?xml version='1.0'?><note/>", &["--json"]);
    assert_eq!(status, Some(0));
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["error"], "this is no feed: its first element is note, not rss, feed or RDF");
    let (status, _) = inspect("note.xml", "<?xml version='1.0'?><note/>", &[]);
    assert_eq!(status, Some(1));
}
