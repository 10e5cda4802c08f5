//! `dateline refresh` as a person and a script see it.

use std::fs;

use serde_json::Value;

use super::{Answer, Home, Item, Server, numbered, rss};

fn report(home: &Home, arguments: &[&str]) -> (Value, i32, String) {
    let output = home.output(arguments);
    let report = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let errors = String::from_utf8(output.stderr).unwrap();
    (report, output.status.code().unwrap(), errors)
}

fn outcomes(report: &Value) -> Vec<&str> {
    let feeds = report["feeds"].as_array().unwrap();
    feeds.iter().map(|feed| feed["outcome"].as_str().unwrap()).collect()
}

#[test]
fn a_report_has_every_feed_in_the_order_of_the_file() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/missing" => Answer::status(404),
        _ => Answer::feed(numbered(0..3)),
    });
    let home = Home::new(&[server.url("/z"), server.url("/missing"), server.url("/a")]);
    let (found, status, errors) = report(&home, &["refresh", "--json"]);
    assert_eq!(outcomes(&found), ["ok", "error", "ok"]);
    assert_eq!(found["feeds"][0]["url"], server.url("/z"));
    assert_eq!(found["feeds"][0]["error"], Value::Null);
    assert_eq!((&found["feeds"][0]["stories"], &found["new"]), (&3.into(), &3.into()));
    assert!(found["feeds"][1]["error"].as_str().unwrap().contains("404"));
    assert!(found["seconds"].is_f64());
    assert_eq!(status, 1);
    assert!(errors.contains(&server.url("/missing")) && errors.lines().count() == 1, "{errors}");
    let (found, status, errors) = report(&home, &["refresh", "--json"]);
    assert_eq!(outcomes(&found), ["skipped"; 3]);
    assert_eq!((status, errors.as_str()), (0, ""));
}

#[test]
fn under_cron_it_is_quiet() {
    let server = Server::start(|_| Answer::feed(numbered(0..3)));
    let home = Home::new(&[server.url("/a")]);
    for arguments in [&["refresh"][..], &["refresh", "--force"], &["--quiet", "refresh"]] {
        let (_, status, errors) = report(&home, arguments);
        assert_eq!((status, errors.as_str()), (0, ""));
        assert_eq!(home.output(arguments).stdout, b"");
    }
}

#[test]
fn only_the_feeds_that_are_named_are_asked() {
    let server = Server::start(|_| Answer::feed(numbered(0..3)));
    let home = Home::new(&[server.url("/a"), server.url("/b")]);
    let (found, status, _) = report(&home, &["refresh", "--json", &server.url("/b")]);
    assert_eq!((outcomes(&found), status), (vec!["ok"], 0));
    assert_eq!((server.asked("/a").len(), server.asked("/b").len()), (0, 1));
    let (_, status, errors) = report(&home, &["refresh", "nobody"]);
    assert_eq!(status, 3);
    assert!(errors.contains("no feed \"nobody\""), "{errors}");
}

#[test]
fn a_damaged_library_keeps_no_feed_that_is_named_from_being_fetched() {
    let server = Server::start(|_| Answer::feed(numbered(0..3)));
    let home = Home::new(&[server.url("/a")]);
    fs::create_dir_all(home.data()).unwrap();
    fs::write(home.data().join("library.db"), [b'x'; 9000]).unwrap();
    let (found, status, errors) = report(&home, &["refresh", "--json", &server.url("/a")]);
    assert_eq!((outcomes(&found), status), (vec!["ok"], 0), "{errors}");
    assert!(errors.contains("was damaged"), "{errors}");
}

#[test]
fn without_feeds_it_says_what_to_do() {
    let home = Home::new(&[]);
    let (_, status, errors) = report(&home, &["refresh"]);
    assert_eq!(status, 3);
    assert!(errors.contains("dateline add"), "{errors}");
    let (found, ..) = report(&home, &["refresh", "--json"]);
    assert_eq!(outcomes(&found), [""; 0]);
}

#[test]
#[cfg(unix)]
fn what_the_readers_own_program_prints_is_a_feed() {
    let home = Home::new(&[]);
    let file = home.config().join("feed.xml");
    fs::write(&file, numbered(0..3)).unwrap();
    let cat = format!("[[feed]]\ncommand = [\"/bin/cat\", \"{}\"]\n", file.display());
    home.write_feeds(&format!("{cat}[[feed]]\ncommand = [\"/bin/cat\", \"/nowhere\"]\n"));
    let (found, status, errors) = report(&home, &["refresh", "--json"]);
    assert_eq!((outcomes(&found), status), (vec!["ok", "error"], 1));
    assert!(errors.contains("/nowhere"), "{errors}");
    assert_eq!(home.titles().len(), 3);
}

#[test]
#[cfg(unix)]
fn a_password_comes_from_a_program_and_goes_to_its_server() {
    let server = Server::start(|asked| match asked.headers.get("authorization") {
        Some(_) => Answer::feed(numbered(0..3)),
        None => Answer::status(401),
    });
    let home = Home::new(&[]);
    let feed = |url: String, command: &str| {
        format!(
            "[[feed]]\nurl = \"{url}\"\nusername = \"reader\"\npassword_command = [{command}]\n"
        )
    };
    let good = feed(server.url("/good"), "\"/bin/echo\", \"secret\"");
    let bad = feed(server.url("/bad"), "\"/bin/cat\", \"/nowhere\"");
    home.write_feeds(&format!("{good}{bad}[[feed]]\nurl = \"{}\"\n", server.url("/none")));
    let (found, _, errors) = report(&home, &["refresh", "--json"]);
    assert_eq!(outcomes(&found), ["ok", "error", "error"], "{errors}");
    // "reader:secret" in base 64.
    assert_eq!(server.asked("/good")[0].headers["authorization"], "Basic cmVhZGVyOnNlY3JldA==");
    assert_eq!(server.asked("/bad").len(), 0);
    assert!(!errors.contains("secret"), "{errors}");
}

#[test]
fn two_at_once_ask_each_server_once() {
    let server = Server::start(|_| Answer::feed(numbered(0..3)));
    let urls: Vec<_> = (0..30).map(|number| server.url(&format!("/{number}"))).collect();
    let home = Home::new(&urls);
    let mut children: Vec<_> =
        (0..3).map(|_| home.dateline(&["refresh"]).spawn().unwrap()).collect();
    assert!(children.iter_mut().all(|child| child.wait().unwrap().success()));
    for number in 0..30 {
        assert_eq!(server.asked(&format!("/{number}")).len(), 1, "{number}");
    }
}

#[test]
fn a_library_that_is_being_read_is_written_all_the_same() {
    let server = Server::start(|asked| Answer::feed(numbered(0..asked.before + 3)));
    let home = Home::new(&[server.url("/feed")]);
    home.force();
    let reader = home.reader();
    assert_eq!(reader.page(None, 10).unwrap().stories.len(), 3);
    assert_eq!(report(&home, &["refresh", "--force"]).1, 0);
    assert_eq!(reader.page(None, 10).unwrap().stories.len(), 4);
}

/// Whether each story is read and saved, by its title.
fn marks(home: &Home) -> Vec<(String, bool, bool)> {
    let output = home.output(&["list", "--json"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut marks: Vec<_> = lines
        .lines()
        .map(|line| {
            let story: Value = serde_json::from_str(line).unwrap();
            let is = |name: &str| story[name].as_bool().unwrap();
            (story["title"].as_str().unwrap().to_owned(), is("read"), is("saved"))
        })
        .collect();
    marks.sort();
    marks
}

#[test]
fn marks_stay_when_ids_change_and_when_the_library_is_fetched_again() {
    let server = Server::start(|asked| {
        let items = (0..6).map(|number| {
            let id =
                if asked.before == 0 { format!("old-{number}") } else { format!("new-{number}") };
            Item { id, ..Item::number(number) }
        });
        Answer::feed(rss(&items.collect::<Vec<_>>()))
    });
    let home = Home::new(&[server.url("/feed")]);
    assert_eq!(report(&home, &["refresh"]).1, 0);
    for (mark, title) in
        [("read", "\"Story 1\""), ("read", "\"Story 2\""), ("saved", "\"Story 2\"")]
    {
        let (_, status, errors) = report(&home, &["mark", mark, title]);
        assert_eq!(status, 0, "{errors}");
    }
    let before = marks(&home);
    assert_eq!(before.iter().filter(|(_, read, _)| *read).count(), 2);
    assert_eq!(before.iter().filter(|(_, _, saved)| *saved).count(), 1);
    assert_eq!(report(&home, &["refresh", "--force"]).1, 0);
    fs::remove_dir_all(home.data()).unwrap();
    assert_eq!(report(&home, &["refresh", "--force"]).1, 0);
    assert_eq!(marks(&home), before);
}

#[test]
fn a_bookmark_is_one_story_when_its_id_changed_while_the_library_was_gone() {
    let server = Server::start(|asked| {
        let items = (0..3).map(|number| Item {
            id: format!("{}-{number}", asked.before),
            ..Item::number(number)
        });
        Answer::feed(rss(&items.collect::<Vec<_>>()))
    });
    let home = Home::new(&[server.url("/feed")]);
    assert_eq!(report(&home, &["refresh"]).1, 0);
    for mark in ["saved", "tag:ferries"] {
        assert_eq!(report(&home, &["mark", mark, "\"Story 1\""]).1, 0);
    }
    let before = marks(&home);
    fs::remove_dir_all(home.data()).unwrap();
    assert_eq!(report(&home, &["refresh"]).1, 0);
    assert_eq!(marks(&home), before);
    assert_eq!(report(&home, &["mark", "unsaved", "\"Story 1\""]).1, 0);
    assert!(marks(&home).iter().all(|(_, _, saved)| !saved));
}

#[test]
fn marks_are_as_they_were_after_the_data_directory_was_deleted() {
    let server = Server::start(|_| Answer::feed(numbered(0..6)));
    let home = Home::new(&[server.url("/feed")]);
    assert_eq!(report(&home, &["refresh"]).1, 0);
    for (mark, title) in
        [("read", "\"Story 1\""), ("saved", "\"Story 2\""), ("tag:x", "\"Story 3\"")]
    {
        let (_, status, errors) = report(&home, &["mark", mark, title]);
        assert_eq!(status, 0, "{errors}");
    }
    let before = marks(&home);
    fs::remove_dir_all(home.data()).unwrap();
    assert_eq!(report(&home, &["refresh"]).1, 0);
    assert_eq!(marks(&home), before);
}

#[test]
fn marks_stay_when_the_address_of_a_feed_moves_to_https() {
    let server = Server::start(|_| Answer::feed(numbered(0..3)));
    let http = server.url("/feed");
    let home = Home::new(std::slice::from_ref(&http));
    assert_eq!(report(&home, &["refresh"]).1, 0);
    for mark in ["read", "saved"] {
        assert_eq!(report(&home, &["mark", mark, "\"Story 1\""]).1, 0);
    }
    let (before, health) = (marks(&home), home.health());
    home.write_feeds(&format!("[[feed]]\nurl = \"{}\"\n", http.replace("http:", "https:")));
    assert_eq!(marks(&home), before);
    assert!(before.contains(&("Story 1".to_owned(), true, true)), "{before:?}");
    // Nothing speaks TLS there: that is a failure of the very feed.
    assert_eq!(report(&home, &["refresh", "--force"]).1, 1);
    assert_eq!(home.health().keys().collect::<Vec<_>>(), health.keys().collect::<Vec<_>>());
    assert_eq!(marks(&home), before);
}

#[test]
fn feeds_and_marks_are_taken_back_in_the_order_in_which_they_were_done() {
    let server = Server::start(|_| Answer::feed(numbered(0..3)));
    let home = Home::new(&[server.url("/a"), server.url("/b")]);
    assert_eq!(report(&home, &["refresh"]).1, 0);
    let file = || fs::read_to_string(home.config().join("feeds.toml")).unwrap();
    let before = file();
    let list = home.config().join("list.opml");
    let outline = format!("<opml><body><outline xmlUrl=\"{}\"/></body></opml>", server.url("/c"));
    fs::write(&list, outline).unwrap();
    for step in [
        &["mark", "read", "\"Story 1\""][..],
        &["remove", &server.url("/b")],
        &["mark", "read", "\"Story 2\""],
        &["import", list.to_str().unwrap()],
    ] {
        assert_eq!(report(&home, step).1, 0, "{step:?}");
    }
    let undone: Vec<_> = (0..5)
        .map(|_| report(&home, &["undo", "--json"]).0["undone"].as_str().unwrap_or("").to_owned())
        .collect();
    let wanted = [
        "Subscribed to a feed of a list",
        "Marked 1 story as read",
        "Unsubscribed from The Ferry",
        "Marked 1 story as read",
        "",
    ];
    assert_eq!(undone, wanted);
    assert_eq!(file(), before);
    assert!(marks(&home).iter().all(|(_, read, _)| !read));
}
