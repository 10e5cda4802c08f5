//! Stored stories from the command line: `import`, `list`, `mark`, `undo`, `export`, `show`.

use std::fs;

use serde_json::{Value, json};

use crate::subscriptions::{Home, text};

const LINES: &str = r#"{"id":"1","url":"https://a.example/1","title":"Ferry stays","text":"It runs.\nAll winter.","published":"2026-11-20T08:00:00Z","source":"Gazette"}
{"id":"2","url":"https://a.example/2","title":"Café opens","text":"Coffee at the pier.","published":"2026-11-22","source":"Gazette"}

{"id":"3","title":"Boats for sale","text":"Two of them.","published":"2025-01-01","source":"Market"}
"#;

fn home() -> Home {
    let home = Home::new();
    let path = home.file("stories.jsonl", LINES);
    assert_eq!(home.says(&["import", "--format", "jsonl", &path]), "Imported 3 stories.\n");
    home
}

fn titles(home: &Home, query: &[&str]) -> Vec<String> {
    let output = home.run(&[&["list", "--json"], query].concat());
    let lines = text(&output.stdout);
    let title = |line: &str| serde_json::from_str::<Value>(line).unwrap()["title"].clone();
    let titles: Vec<_> =
        lines.lines().map(|line| title(line).as_str().unwrap().to_owned()).collect();
    let status = if titles.is_empty() { 3 } else { 0 };
    assert_eq!(output.status.code(), Some(status), "{}", text(&output.stderr));
    titles
}

#[test]
fn stories_are_listed_the_latest_first() {
    let home = home();
    assert_eq!(titles(&home, &[]), ["Café opens", "Ferry stays", "Boats for sale"]);
    assert_eq!(titles(&home, &["--limit", "1"]), ["Café opens"]);
    let line = home.lines(&["list", "ferry"]).remove(0);
    let first_seen = line["first_seen"].clone();
    let id = line["id"].clone();
    assert!(first_seen.as_str().unwrap().ends_with('Z'));
    let wanted = json!({
        "id": id, "entry_id": "1", "url": "https://a.example/1", "title": "Ferry stays",
        "source": "Gazette", "source_key": "site:Gazette", "author": null,
        "published": "2026-11-20T08:00:00Z", "updated": null, "first_seen": first_seen,
        "language": null, "read": false, "saved": false, "tags": [], "note": null, "event": null,
    });
    assert_eq!(line, wanted);
    let row = home.says(&["list", "boats"]);
    let wanted = "2025 + Market               Boats for sale\n";
    assert!(row.ends_with(wanted), "{row}");
}

#[test]
fn a_query_says_which() {
    let home = home();
    let cases: [(&[&str], &[&str]); 9] = [
        (&["cafe"], &["Café opens"]),
        (&["pier", "OR", "winter"], &["Café opens", "Ferry stays"]),
        (&["source:gazette -ferry"], &["Café opens"]),
        (&["--", "-source:gazette"], &["Boats for sale"]),
        (&["title:pier"], &[]),
        (&["after:2026-11-21"], &["Café opens"]),
        (&["before:2026"], &["Boats for sale"]),
        (&["has:link", "is:unread", "(ferry", "OR", "boats)"], &["Ferry stays"]),
        (&["is:updated"], &[]),
    ];
    for (query, wanted) in cases {
        assert_eq!(titles(&home, query), wanted, "{query:?}");
    }
    let output = home.run(&["list", "colour:red"]);
    let said = text(&output.stderr);
    assert_eq!(
        said,
        "dateline: \"colour:red\" is no field of the search, and is looked for as text\n"
    );
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn ids_alone_mean_their_stories() {
    let home = home();
    let listed = home.lines(&["list"]);
    let id = |at: usize| listed[at]["id"].as_str().unwrap();
    assert_eq!(titles(&home, &[id(1)]), [listed[1]["title"].as_str().unwrap()]);
    assert_eq!(home.says(&["mark", "read", id(0), id(1)]), "Marked 2 stories as read.\n");
    // A word may have as many letters as an id.
    home.fails(&["list", "responsibilities"], 3, "");
    // And an id may begin like an option.
    for id in ["-q1flm3r21prRSJK", "-1flm3r21prRSJKR", "--flm3r21prRSJKR"] {
        home.fails(&["show", id], 1, "not stored");
        home.fails(&["mark", "read", id, "--json"], 3, "");
    }
}

#[test]
fn marks_are_one_step_that_can_be_taken_back() {
    let home = home();
    let gazette = "source:gazette";
    assert_eq!(home.says(&["mark", "read", gazette]), "Marked 2 stories as read.\n");
    assert_eq!(titles(&home, &["is:unread"]), ["Boats for sale"]);
    let said = home.says(&["mark", "read", gazette]);
    assert_eq!(said, "All 2 stories that match are so already.\n");
    assert_eq!(home.says(&["mark", "unread", "ferry"]), "Marked 1 story as unread.\n");
    assert_eq!(home.says(&["undo"]), "Taken back: Marked 1 story as unread\n");
    assert_eq!(home.says(&["undo"]), "Taken back: Marked 2 stories as read\n");
    assert_eq!(titles(&home, &["is:read"]), [""; 0]);
    let counted = home.lines(&["mark", "tag:slow travel", "is:unread"]);
    assert_eq!(counted, [json!({ "matched": 3, "changed": 3 })]);
    assert_eq!(
        home.says(&["mark", "untag:slow travel", "boats"]),
        "Took the tag “slow travel” from 1 story.\n"
    );
    assert_eq!(titles(&home, &["tag:\"slow travel\""]), ["Café opens", "Ferry stays"]);
    home.fails(&["mark", "read", "bus"], 3, "");
    home.fails(&["mark", "blue", "ferry"], 2, "\"blue\" is no mark; give read, unread, saved");
    home.fails(&["mark", "read"], 2, "<QUERY>");
}

#[test]
fn a_bookmark_keeps_its_article_when_the_library_is_gone() {
    let home = home();
    assert_eq!(home.says(&["mark", "saved", "ferry"]), "Bookmarked 1 story.\n");
    assert_eq!(titles(&home, &["is:saved"]), ["Ferry stays"]);
    for file in fs::read_dir(home.path().join("data")).unwrap() {
        let path = file.unwrap().path();
        if path.to_string_lossy().contains("library.db") {
            fs::remove_file(path).unwrap();
        }
    }
    let line = home.lines(&["list"]).remove(0);
    assert_eq!((&line["title"], &line["saved"]), (&"Ferry stays".into(), &true.into()));
    let id = line["id"].as_str().unwrap();
    assert!(home.says(&["show", id]).contains("All winter."));
    assert_eq!(home.says(&["mark", "unsaved", "is:saved"]), "Removed the bookmarks of 1 story.\n");
    assert_eq!(titles(&home, &[]), [""; 0]);
}

#[test]
fn what_is_exported_is_taken_back_with_its_marks() {
    let home = home();
    home.says(&["mark", "saved", "ferry"]);
    home.says(&["mark", "tag:local", "source:gazette"]);
    home.says(&["mark", "read", "boats"]);
    let lines = home.says(&["export", "--format", "jsonl"]);
    let first: Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    assert_eq!(first["text"], "It runs.\nAll winter.");
    assert_eq!(first["related"], json!([]));
    let other = Home::new();
    let path = other.file("all.jsonl", &lines);
    assert_eq!(other.says(&["import", &path]), "Imported 3 stories, 4 marks.\n");
    let seen = |line: &str| {
        let mut value: Value = serde_json::from_str(line).unwrap();
        value["first_seen"] = Value::Null;
        value
    };
    let again = other.says(&["export", "--format", "jsonl"]);
    assert_eq!(
        again.lines().map(seen).collect::<Vec<_>>(),
        lines.lines().map(seen).collect::<Vec<_>>()
    );
    assert_eq!(other.says(&["import", &path]), "Nothing new; 3 were there already.\n");
}

#[test]
fn lines_that_are_no_stories_are_named() {
    let home = Home::new();
    let path = home.file("some.jsonl", "{\"title\":\"One\"}\nnonsense\n{}\n");
    let output = home.run(&["import", &path]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "Imported 1 story.\n");
    let said = text(&output.stderr);
    assert!(said.contains("some.jsonl: line 2: this is not JSON"), "{said}");
    assert!(said.contains("some.jsonl: line 3: a story is a JSON object"), "{said}");
}

#[test]
fn articles_are_exported_in_the_formats_of_others() {
    let home = home();
    home.says(&["mark", "tag:local", "ferry"]);
    let markdown = home.says(&["export", "ferry", "--format", "markdown"]);
    assert!(markdown.starts_with("---\ntitle: Ferry stays\n"), "{markdown}");
    assert!(markdown.contains("tags: local\n") && markdown.contains("All winter."), "{markdown}");
    let folder = home.path().join("out");
    let folder = folder.to_str().unwrap();
    let said = home.says(&["export", "source:gazette", "--format", "html", "--out", folder]);
    assert_eq!(said, format!("Wrote 2 files to {folder}.\n"));
    let pages = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let pages: Vec<_> = pages.map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(pages.iter().any(|page| page.contains("<h1>Ferry stays</h1>")), "{pages:?}");
    let bookmarks = home.says(&["export", "ferry", "--format", "netscape"]);
    assert!(
        bookmarks.contains(
            "<A HREF=\"https://a.example/1\" ADD_DATE=\"1795161600\" TAGS=\"local\">Ferry stays</A>"
        ),
        "{bookmarks}"
    );
    let atom = home.file("stories.atom", &home.says(&["export", "--format", "atom"]));
    let feed = home.lines(&["inspect", &atom]).remove(0);
    assert_eq!((&feed["kind"], &feed["format"]), (&"feed".into(), &"Atom 1.0".into()));
    assert_eq!(feed["entries"].as_array().unwrap().len(), 3);
    assert_eq!(feed["entries"][1]["content_text"], "It runs.\nAll winter.");
    home.fails(&["export", "--format", "html"], 2, "give a folder with --out");
    home.fails(&["export", "bus", "--format", "jsonl"], 3, "");
}

#[test]
fn a_hidden_feed_is_in_no_list_but_its_own() {
    let feed = "[[feed]]\nurl = \"https://a.example/feed\"\n";
    let home = Home::with_feeds(feed);
    let line = r#"{"id":"1","title":"Ferry","source":"Harbor","source_key":"a.example/feed"}"#;
    let path = home.file("one.jsonl", line);
    home.says(&["import", &path]);
    assert_eq!(titles(&home, &[]), ["Ferry"]);
    fs::write(home.path().join("config/feeds.toml"), format!("{feed}hidden = true\n")).unwrap();
    assert_eq!(titles(&home, &[]), [""; 0]);
    assert_eq!(titles(&home, &["source:harbor"]), ["Ferry"]);
    home.says(&["remove", "a.example/feed"]);
    assert_eq!(titles(&home, &["source:harbor"]), [""; 0], "what is unsubscribed is not shown");
}
