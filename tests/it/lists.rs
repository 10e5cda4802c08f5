//! Lists of feeds: what `inspect` shows of them and of pages, and the way there and back.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use dateline::export::opml::{self, Feed};
use dateline::import::{self, Format, NewFeed};
use dateline::text::sanitize::SafeText;
use serde_json::{Value, json};

/// What `inspect` says of a document in a file of that name.
fn inspect(name: &str, document: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, document).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    let output = command.arg("inspect").args(arguments).arg(path).env_clear().output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

const LIST: &str = r#"<opml version="1.1"><head><title>Mine</title></head><body>
  <outline text="News & more"><outline TITLE="World"><outline text="A" xmlurl="https://example.org/a"/>
  </outline></outline>
  <outline text="B" xmlUrl="|make-feed"/></body></opml>"#;

#[test]
fn inspect_tells_the_feeds_of_a_list() {
    let value = json(&inspect("list.opml", LIST, &["--json"]));
    let outlines = json!([
        { "title": "A", "xml_url": "https://example.org/a", "folder": "News & more/World" },
        { "title": "B", "xml_url": "|make-feed", "folder": "" },
    ]);
    assert_eq!(value, json!({ "kind": "opml", "outlines": outlines, "warnings": [] }));
}

#[test]
fn inspect_draws_a_list_for_eyes() {
    let text = inspect("list.txt", LIST, &[]);
    let expected = "\
format      OPML
title       Mine
feeds       2

News & more/World/A https://example.org/a
B |make-feed
";
    assert_eq!(text, expected);
}

const PAGE: &str = r#"<!doctype html><html><head><title>The pier</title>
  <link rel="alternate" type="application/rss+xml" title="Notes" href="/notes.rss">
  <link rel="alternate" type="application/atom+xml" href="all.atom"></head>
  <body><article><h1>The pier</h1><p>It opens in May.</p></article></body></html>"#;

#[test]
fn inspect_tells_the_feeds_of_a_page() {
    let arguments = ["--json", "--url", "https://example.org/blog/"];
    let value = json(&inspect("page.html", PAGE, &arguments));
    assert_eq!(value["kind"], "page");
    assert_eq!(
        value["feeds"],
        json!(["https://example.org/notes.rss", "https://example.org/blog/all.atom"])
    );
    assert_eq!(value["article"]["title"], "The pier");
    let text = inspect("page.html", PAGE, &["--url", "https://example.org/blog/"]);
    let end = "\nfeed        https://example.org/notes.rss Notes\n\
        feed        https://example.org/blog/all.atom\n";
    assert!(text.ends_with(end), "{text}");
}

#[test]
fn a_text_has_no_feeds() {
    let value = json(&inspect("a.txt", "Harbor\n\nThe pier opens in May.\n", &["--json"]));
    assert_eq!(value["kind"], "text");
    assert!(value.get("feeds").is_none());
}

/// A list of that many feeds in folders, as another program may have written it.
fn written(count: usize) -> String {
    let mut text = String::from(
        "<?xml version='1.0'?>\n<opml version='1.0' xmlns:o='https://o.example/'>\n<body>\n",
    );
    for folder in 0..count / 25 {
        writeln!(text, "<outline text='Folder {folder}'><outline title='Ünter &amp; &#252;ber'>")
            .unwrap();
        for feed in 0..25 {
            let number = folder * 25 + feed;
            writeln!(
                text,
                "<outline type='rss' text='Feed {number} & <b>' xmlUrl='https://h{number}.example/f?a=1&b={feed}' \
                 htmlUrl='https://h{number}.example/' category='t{feed},u' o:color='#{number:06}' description='two&#10;lines'/>"
            )
            .unwrap();
        }
        text.push_str("</outline></outline>\n");
    }
    text.push_str("</body></opml>");
    text
}

fn export(feeds: &[NewFeed]) -> String {
    let feeds = feeds.iter().map(|feed| Feed {
        url: Some(&feed.url),
        title: feed.title.as_deref().unwrap_or_default(),
        folder: feed.folder.as_deref().unwrap_or_default(),
        tags: feed.tags.iter().map(SafeText::as_str).collect(),
        site: None,
        opml: &feed.opml,
    });
    opml::write("My feeds", feeds)
}

#[test]
fn a_list_of_500_feeds_comes_back_whole() {
    let list = written(500);
    assert_eq!(import::guess(list.as_bytes()), Some(Format::Opml));
    let plan = import::read(list.as_bytes(), None).unwrap();
    assert_eq!(plan.warnings, []);
    assert_eq!(plan.feeds.len(), 500);
    let feed = &plan.feeds[26];
    assert_eq!(feed.url.as_str(), "https://h26.example/f?a=1&b=1");
    assert_eq!(feed.title.as_deref(), Some("Feed 26 & <b>"));
    assert_eq!(feed.folder.as_deref(), Some("Folder 1/Ünter & über"));
    assert_eq!(feed.tags, [SafeText::line("t1"), SafeText::line("u")]);
    let kept = [
        ("htmlUrl", "https://h26.example/"),
        ("xmlns:o", "https://o.example/"),
        ("o:color", "#000026"),
        ("description", "two\nlines"),
    ];
    assert_eq!(feed.opml, kept.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let first = export(&plan.feeds);
    let again = import::read(first.as_bytes(), Some(Format::Opml)).unwrap();
    assert_eq!(again, plan);
    assert_eq!(export(&again.feeds), first);
}

/// A reader's directories and the program in them.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// What the program prints, with its exit status.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        let folder = |name: &str| self.0.path().join(name);
        command.env_clear().env("DATELINE_CONFIG_DIR", folder("config"));
        command.env("DATELINE_DATA_DIR", folder("data")).stdin(std::process::Stdio::null());
        let output = command.args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    #[track_caller]
    fn prints(&self, arguments: &[&str]) -> String {
        let (status, printed, error) = self.run(arguments);
        assert_eq!(status, 0, "{error}");
        printed
    }
}

#[test]
fn a_list_goes_in_and_comes_out_with_all_that_it_says() {
    let home = Home::new();
    let list = home.write("list.opml", &written(50));
    assert_eq!(home.prints(&["import", &list]), "Imported 50 feeds.\n");
    assert_eq!(home.prints(&["import", &list]), "Nothing new; 50 were there already.\n");
    let exported = home.prints(&["export", "--format", "opml"]);
    let feeds = |text: &str| {
        let mut feeds = import::read(text.as_bytes(), None).unwrap().feeds;
        // A table of TOML has no order that a reader could rely on.
        for feed in &mut feeds {
            feed.opml.sort();
        }
        feeds
    };
    assert_eq!(feeds(&exported), feeds(&written(50)));
}

#[test]
fn newsboat_lists_go_in_without_their_commands() {
    let home = Home::new();
    let urls = home.write(
        "urls",
        "https://example.org/a news \"~The A\"\nexec:make-feed tools\n\"query:Fresh:unread = \\\"yes\\\"\"\n",
    );
    let (status, printed, error) = home.run(&["import", &urls]);
    assert_eq!((status, printed.as_str()), (0, "Imported 1 feed, 1 search.\n"), "{error}");
    assert!(error.contains("1 command was left out"), "{error}");
    let written = fs::read_to_string(home.0.path().join("config/feeds.toml")).unwrap();
    assert!(written.contains("\"The A\"") && written.contains("\"is:unread\""), "{written}");
    assert!(!written.contains("make-feed"), "{written}");
}

#[test]
fn what_was_put_aside_elsewhere_is_saved_here() {
    let home = Home::new();
    let page = home.write(
        "bookmarks.html",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><H1>Bookmarks</H1><DL><p>\n<DT><A \
         HREF=\"https://example.org/pier\" ADD_DATE=\"1700000000\" TAGS=\"sea\">The pier</A>\n</DL>",
    );
    let printed = home.prints(&["import", &page]);
    assert!(printed.starts_with("Imported 1 story, "), "{printed}");
    let starred = home.write(
        "starred.json",
        r#"{"items": [{"id": "1", "title": "The ferry", "canonical": [{"href": "https://example.org/ferry"}],
            "published": 1700000000, "content": {"content": "<p>It runs.</p>"}, "origin": {"title": "Gazette"}}]}"#,
    );
    home.prints(&["import", &starred]);
    let stories = home.prints(&["list", "is:saved", "--json"]);
    let mut stories: Vec<Value> = stories.lines().map(json).collect();
    stories.sort_by_key(|story| story["title"].to_string());
    assert_eq!(stories.len(), 2, "{stories:?}");
    assert_eq!(
        (&stories[0]["title"], &stories[0]["source"]),
        (&json!("The ferry"), &json!("Gazette"))
    );
    assert_eq!((&stories[1]["title"], &stories[1]["tags"]), (&json!("The pier"), &json!(["sea"])));
    let id = stories[0]["id"].as_str().unwrap();
    assert!(home.prints(&["show", id, "--text"]).contains("It runs."));
}
