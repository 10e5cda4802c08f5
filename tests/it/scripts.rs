//! What scripts rely on, beside the stories themselves: related stories of exports, names of
//! files in any bytes, options that are refused rather than ignored, and limits of what is
//! imported.

use std::fs;

use serde_json::{Value, json};

use crate::refresh::{Answer, Server};
use crate::subscriptions::{Home, text};

const STARRED: &str = r#"{"items": [
    {"guid": "1", "title": "Ferry runs all winter after council vote", "published": 1700000300,
     "canonical": [{"href": "https://a.example/ferry"}], "origin": {"title": "Gazette"},
     "content": {"content": "<p>It runs, says <a href=\"https://b.example/pier?utm_source=x\">the Herald</a>, and <a href=\"https://a.example/ferry\">here</a>.</p><p>Read more: Bridge over the river opens in spring</p>"}},
    {"guid": "2", "title": "Bridge over the river opens in spring", "published": 1700000200,
     "canonical": [{"href": "https://a.example/bridge"}], "origin": {"title": "Gazette"},
     "content": {"content": "<p>Read more: Ferry runs all winter after council vote</p><p>Read more: Nobody has this headline here at all</p>"}},
    {"guid": "3", "title": "The pier is closed", "published": 1700000100,
     "canonical": [{"href": "https://b.example/pier"}], "origin": {"title": "Herald"},
     "content": {"content": "<p>Alone.</p>"}}]}"#;

fn home() -> Home {
    let home = Home::new();
    let path = home.file("starred.json", STARRED);
    home.says(&["import", &path]);
    home
}

/// Each exported story's title, and of its related ones the reason and the entry id.
fn related(home: &Home, arguments: &[&str]) -> Vec<(String, Vec<String>)> {
    let said = home.says(&[&["export", "--format", "jsonl"], arguments].concat());
    let story = |line: &str| {
        let story: Value = serde_json::from_str(line).unwrap();
        let reason = |found: &Value| {
            assert!(found["id"].is_string() && found["title"].is_string(), "{found}");
            format!("{} {}", found["reason"].as_str().unwrap(), found["entry_id"].as_str().unwrap())
        };
        let related = story["related"].as_array().unwrap().iter().map(reason).collect();
        (story["entry_id"].as_str().unwrap().to_owned(), related)
    };
    said.lines().map(story).collect()
}

#[test]
fn an_export_names_the_stories_that_each_leads_to() {
    let home = home();
    let of = |one: &[&str]| one.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let all = [
        ("1".to_owned(), of(&["named 2", "linked 3"])),
        ("2".to_owned(), of(&["named 1"])),
        ("3".to_owned(), of(&[])),
    ];
    assert_eq!(related(&home, &[]), all);
    assert_eq!(related(&home, &["--related", "10"]), all);
    assert_eq!(related(&home, &["--related", "1"])[0].1, of(&["named 2"]));
    assert_eq!(related(&home, &["--related", "0"])[0].1, of(&[]));
    let wrong = "only jsonl names related stories";
    home.fails(&["export", "--format", "atom", "--related", "3"], 2, wrong);
    home.fails(&["export", "--format", "opml", "--out", "x"], 2, "--out is for markdown and html");
}

#[test]
fn what_cannot_be_answered_is_said() {
    let home = home();
    for call in [&["list", "ferry", "--sort", "rank"][..], &["list", "-q", "ferry", "sort:rank"]] {
        let output = home.run(call);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(
            text(&output.stderr),
            "dateline: matches are not ranked yet; the latest story stands first\n"
        );
        assert_eq!(text(&output.stdout).lines().count(), 1);
    }
    assert_eq!(text(&home.run(&["list", "--sort", "date"]).stderr), "");
    for call in [&["list"][..], &["mark", "read"], &["export", "--format", "jsonl"]] {
        let query = ["is:unread", "OR", "like:AAAAAAAAAAAAAAAA"];
        home.fails(&[call, &query].concat(), 2, "like: cannot be answered yet");
    }
    assert_eq!(home.lines(&["list", "is:unread"]).len(), 3, "nothing was marked");
}

#[test]
fn what_a_call_may_say_is_listed_where_it_says_something_else() {
    let home = Home::new();
    home.fails(&["export", "--format", "word"], 2, "give one of opml, jsonl, markdown, html");
    home.fails(&["completions", "tcl"], 2, "give one of bash, elvish, fish");
}

#[test]
fn a_shown_story_says_which_stories_its_lines_name() {
    let home = home();
    let stories = home.lines(&["list"]);
    let shown = home.lines(&["show", stories[0]["id"].as_str().unwrap()]).remove(0);
    assert_eq!(shown["related"][0]["headline"], "Bridge over the river opens in spring");
    assert_eq!(shown["related"][0]["story"], stories[1]["id"]);
}

#[test]
fn what_is_no_bookmark_is_counted() {
    let home = Home::new();
    let lines = "{\"title\":\"No address\"}\n{\"title\":\"One\",\"url\":\"https://a.example/1\"}\n";
    let path = home.file("two.jsonl", lines);
    home.says(&["import", &path]);
    let output = home.run(&["export", "--format", "netscape"]);
    assert_eq!(text(&output.stdout).matches("<A ").count(), 1);
    assert_eq!(
        text(&output.stderr),
        "dateline: 1 story has no address and cannot be a bookmark; jsonl takes all\n"
    );
}

#[test]
fn files_of_an_export_are_counted_for_scripts() {
    let home = home();
    let folder = home.path().join("out");
    let folder = folder.to_str().unwrap();
    let said = home.lines(&["export", "--format", "markdown", "--out", folder]);
    assert_eq!(said, [json!({ "files": 3, "folder": folder })]);
}

#[test]
fn a_refresh_of_nothing_matches_nothing_in_either_form() {
    let home = Home::new();
    for call in [&["refresh"][..], &["refresh", "--json"]] {
        home.fails(call, 3, "there are no feeds yet");
    }
}

#[test]
fn a_page_that_is_not_there_is_not_called_a_feed() {
    let server = Server::start(|_| Answer::status(404));
    let home = Home::new();
    for subcommand in ["show", "inspect"] {
        let output = home.run(&[subcommand, &server.url("/story")]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("status 404 (there is nothing at this address"), "{said}");
        assert!(!said.contains("feed"), "{said}");
    }
}

#[test]
fn a_story_of_a_long_first_line_is_told_to_be_one() {
    let home = Home::new();
    let long = "It goes on. ".repeat(10_000);
    let line = json!({ "id": "1", "title": "Long", "text": long.trim() }).to_string();
    let path = home.file("long.jsonl", &line);
    assert_eq!(home.says(&["import", &path]), "Imported 1 story.\n");
}

#[test]
fn what_is_too_much_is_refused_and_the_rest_is_taken() {
    let home = Home::new();
    let many = vec!["{}"; 300_000].join(",");
    let starred = format!(
        r#"{{"items":[{many},{{"title":"Ferry","canonical":[{{"href":"https://a.example/1"}}]}},
            {{"title":"Pier","canonical":[{{"href":"https://a.example/2"}},{many}]}}]}}"#
    );
    let path = home.file("starred.json", &starred);
    let output = home.run(&["import", "--format", "starred", &path]);
    assert!(text(&output.stdout).starts_with("Imported 2 stories"), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("300000 items have no address"));
    let path = home.file("list.json", &format!("[{many}]"));
    home.fails(&["import", "--format", "starred", &path], 1, "there is no list of items");
    let lines = format!(
        "{{\"title\":\"x\",\"more\":[{many}]}}\n{{\"title\":\"{}\"}}\n{{\"title\":\"After\"}}\n",
        "x".repeat(33 << 20)
    );
    let path = home.file("lines.jsonl", &lines);
    let output = home.run(&["import", "--format", "jsonl", &path]);
    let said = text(&output.stderr);
    assert_eq!(
        (output.status.code(), text(&output.stdout).as_str()),
        (Some(1), "Imported 1 story.\n")
    );
    assert!(said.contains("line 1: this holds more than 10,000 values"), "{said}");
    assert!(said.contains("line 2: this is longer than 32 MiB"), "{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
    let page = home.file("page.html", &format!("<dl><dt>{}", "<a>".repeat(1_000_001)));
    home.fails(&["import", "--format", "netscape", &page], 1, "more than a million tags");
}

#[test]
fn searches_of_a_list_are_one_change() {
    let home = Home::with_feeds("# mine\n");
    let line = |at: usize| format!("\"query:Search {at}:unread = \\\"yes\\\"\"\n");
    let path = home.file("urls", &(0..400).map(line).collect::<String>());
    let said = home.says(&["import", "--format", "newsboat", &path]);
    assert_eq!(said, "Imported 400 searches.\n");
    assert_eq!(home.feeds_file().matches("[[search]]").count(), 400);
    assert_eq!(home.says(&["undo"]), "Taken back: Imported 400 searches\n");
    assert_eq!(home.feeds_file(), "# mine\n");
}

/// Names are bytes on most systems.
#[cfg(target_os = "linux")]
mod names_that_are_no_text {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt as _;
    use std::process::Output;

    use super::*;

    fn run(home: &Home, arguments: &[&OsStr]) -> Output {
        home.command().args(arguments).output().unwrap()
    }

    #[test]
    fn are_names_all_the_same() {
        let home = Home::new();
        let name = |name: &[u8]| home.path().join(OsStr::from_bytes(name)).into_os_string();
        let (story, lines) = (name(b"caf\xe9.txt"), name(b"caf\xe9.jsonl"));
        fs::write(&story, "The ferry\n\nIt runs all winter.\n").unwrap();
        fs::write(&lines, "{\"title\":\"The pier\",\"text\":\"It is closed.\"}\n").unwrap();
        let says = |arguments: &[&OsStr]| {
            let output = run(&home, arguments);
            assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
            text(&output.stdout)
        };
        let word = OsStr::new;
        assert!(says(&[word("show"), &story]).contains("all winter"));
        let inspected: Value =
            serde_json::from_str(&says(&[word("inspect"), word("--json"), &story])).unwrap();
        assert_eq!(inspected["article"]["title"], "The ferry");
        assert_eq!(says(&[word("import"), &lines]), "Imported 1 story.\n");
        let out = name(b"o\xe9");
        says(&[word("export"), word("--format"), word("markdown"), word("--out"), &out]);
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
        for missing in [&[word("show")][..], &[word("inspect")], &[word("import")]] {
            let nowhere = name(b"no\xe9");
            let output = run(&home, &[missing, &[&*nowhere]].concat());
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains("does not exist; check the path"), "{said}");
        }
        // Without a terminal the reader says what it needs, and not what it could not read.
        let output = run(&home, &[&story]);
        assert!(text(&output.stderr).contains("the reader needs a terminal"));
    }

    #[test]
    fn are_no_words_of_a_search() {
        let home = Home::new();
        let words = OsString::from(OsStr::from_bytes(b"caf\xe9"));
        let output = run(&home, &[OsStr::new("list"), &words]);
        assert_eq!(output.status.code(), Some(2));
        let said = text(&output.stderr);
        assert!(
            said.contains("only the names of files and folders may be other than UTF-8"),
            "{said}"
        );
    }
}
