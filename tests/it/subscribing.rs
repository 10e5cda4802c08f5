//! Feeds in the open reader: they are added, fetched, edited, fetched by others, and read
//! without a network.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use rustix::process::Signal;

use crate::output::assert_meant;
use crate::pty::{Program, Start, dateline};
use crate::refresh::{Answer, Item, Server, numbered, rss};

/// The Esc key where keys are told apart.
const ESC: &str = "\x1b[27u";

/// A server whose feed has so many stories, as many as the test says.
fn growing(stories: usize) -> (Server, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(stories));
    let counted = count.clone();
    let server = Server::start(move |asked| match &*asked.path {
        "/feed" => Answer::feed(numbered(0..counted.load(Ordering::Relaxed))),
        "/other" => {
            Answer::feed(rss(&[Item { title: "The other one".into(), ..Item::number(70) }]))
        }
        _ => Answer::status(404),
    });
    (server, count)
}

/// The reader with some feeds. It does not ask for them by itself.
fn reader(feeds: &[String]) -> Start {
    let tables: Vec<String> =
        feeds.iter().map(|url| format!("[[feed]]\nurl = \"{url}\"\n\n")).collect();
    let text = tables.concat();
    dateline(&[])
        .size(120, 40)
        .file("config/config.toml", b"refresh_on_start = false\n")
        .file("config/feeds.toml", text.as_bytes())
}

fn write_feeds(program: &Program, text: &str) {
    let folder = program.home().join("config");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("feeds.toml"), text).unwrap();
}

/// Fetches all feeds beside the open reader.
fn fetch(program: &Program) {
    run(program, &["refresh", "--force", "--quiet"]);
}

/// Runs a command beside the open reader.
fn run(program: &Program, arguments: &[&str]) {
    let home = program.home();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(arguments).env_clear().env("HOME", home);
    command.env("DATELINE_CONFIG_DIR", home.join("config"));
    command.env("DATELINE_DATA_DIR", home.join("data"));
    assert!(command.output().unwrap().status.success());
}

fn leave(mut program: Program) {
    program.press("\x03");
    let (status, _) = program.end();
    assert!(status.success(), "{status:?}");
}

#[test]
fn a_feed_is_added_and_read_and_is_there_without_a_network() {
    let (server, count) = growing(3);
    let mut program = dateline(&[]).size(120, 40).start();
    program.wait_for("Start Here");
    program.press("a");
    program.wait_for("any address");
    program.press(&format!("{}\r", server.url("/feed")));
    program.wait_for("3 new stories");
    program.wait_for("Story 2");
    // What comes later waits until it is asked for, and moves nothing.
    count.store(5, Ordering::Relaxed);
    program.press("R");
    let screen = program.wait_for("2 new");
    assert!(!screen.contains("Story 4"), "{screen}");
    program.press(".");
    program.wait_for("Story 4");
    program.press("g\r");
    program.wait_for("The ferry sails for the");
    let headline = |screen: &str| {
        let texts = screen.lines().find(|line| line.contains("The ferry sails"));
        texts.unwrap().split('│').next_back().unwrap().trim().to_owned()
    };
    let before = headline(&program.wait_for("4 unread"));
    program.press("\x03");
    assert!(program.end().0.success());
    drop(server);
    let again = dateline(&[]).size(120, 40).after(&program).start();
    let screen = again.wait_for("The ferry sails for the");
    assert_eq!(headline(&screen), before);
    again.wait_for("4 unread");
    leave(again);
}

#[test]
fn feeds_that_are_edited_by_hand_are_picked_up() {
    let (server, _) = growing(2);
    let mut program = dateline(&[]).size(120, 40).start();
    program.wait_for("Start Here");
    let feed = format!("[[feed]]\nurl = \"{}\"\n", server.url("/feed"));
    let other = format!("[[feed]]\nurl = \"{}\"\n", server.url("/other"));
    // The folder may not have been there to be watched.
    write_feeds(&program, &feed);
    program.press("\x1b[I"); // The window has the focus again.
    program.wait_for("Story 1");
    write_feeds(&program, &format!("{feed}{other}"));
    program.wait_until("what is new", |screen| {
        let text = screen.contents();
        text.contains("The other one") || text.contains("1 new")
    });
    // What is no TOML is told of, and changes nothing.
    write_feeds(&program, &format!("{feed}[[feed\n{other}"));
    let screen = program.wait_for("feeds.toml");
    assert!(screen.contains("Story 1"), "{screen}");
    write_feeds(&program, &other);
    program.wait_until("the feed gone", |screen| !screen.contents().contains("Story 1"));
    leave(program);
}

#[test]
fn what_another_program_fetches_arrives() {
    let (server, count) = growing(1);
    let start = reader(&[server.url("/feed")]);
    let mut program = start.start();
    program.wait_for("No stories yet");
    fetch(&program);
    program.wait_for("Story 0");
    count.store(3, Ordering::Relaxed);
    fetch(&program);
    program.wait_for("2 new");
    program.press(".");
    program.wait_for("Story 2");
    leave(program);
}

#[test]
fn imported_stories_of_no_feed_are_shown() {
    let line = |title: &str, source: &str| {
        format!("{{\"title\":\"{title}\",\"text\":\"Words.\",\"source\":\"{source}\"}}\n")
    };
    let import = |program: &Program, lines: &str| {
        let path = program.home().join("lines.jsonl");
        fs::write(&path, lines).unwrap();
        run(program, &["import", "--format", "jsonl", path.to_str().unwrap()]);
    };
    let (server, _) = growing(1);
    let mut program = reader(&[server.url("/feed")]).start();
    program.wait_for("No stories yet");
    // While the reader is open, of a site that is new to it.
    import(&program, &line("Ferry stays", "Gazette"));
    program.wait_for("Ferry stays");
    import(&program, &line("Boats for sale", "Market"));
    program.wait_for("1 new");
    program.press("\x03");
    assert!(program.end().0.success());
    let again = dateline(&[]).size(120, 40).after(&program).start();
    let screen = again.wait_for("Boats for sale");
    assert!(screen.contains("Ferry stays"), "{screen}");
    leave(again);
}

#[test]
fn what_another_program_finds_changed_is_shown() {
    let title = Arc::new(std::sync::Mutex::new("High water".to_owned()));
    let said = title.clone();
    let server = Server::start(move |_| {
        let title = said.lock().unwrap().clone();
        Answer::feed(rss(&[Item { title, ..Item::number(1) }]))
    });
    let program = reader(&[server.url("/feed")]).start();
    program.wait_for("No stories yet");
    fetch(&program);
    program.wait_for("High water");
    *title.lock().unwrap() = "Low water".to_owned();
    fetch(&program);
    // In the list: an article that is open stays as it was opened.
    program.wait_for("Low water");
    leave(program);
}

#[test]
fn a_story_of_two_feeds_is_in_both() {
    let first = Arc::new(AtomicUsize::new(3));
    let from = first.clone();
    let server = Server::start(move |asked| match &*asked.path {
        "/quay" => Answer::feed(numbered(0..5)),
        "/pier" => Answer::feed(numbered(from.load(Ordering::Relaxed)..5)),
        _ => Answer::status(404),
    });
    let table = |name: &str| {
        let url = server.url(&format!("/{}", name.to_lowercase()));
        format!("[[feed]]\nurl = \"{url}\"\ntitle = \"{name}\"\n")
    };
    let both = table("Quay") + &table("Pier");
    let mut program = reader(&[]).file("config/feeds.toml", both.as_bytes()).start();
    program.wait_for("No stories yet");
    // Another program finds them, and tells of all at once.
    fetch(&program);
    program.wait_for("5 unread");
    let show = |program: &mut Program, name: &str| program.press(&format!("v/{name}\r"));
    show(&mut program, "Pier");
    let screen = program.wait_for("2 unread");
    assert!(screen.contains("Story 4") && !screen.contains("Story 2"), "{screen}");
    // One that is known joins the list by itself.
    first.store(2, Ordering::Relaxed);
    program.press("R");
    program.wait_for("Nothing new in 1 feed");
    program.wait_for("3 unread");
    program.press("A");
    program.wait_for("Marked 3 stories of Pier as read");
    show(&mut program, "Quay");
    program.wait_for("2 unread");
    program.press("\x03");
    assert!(program.end().0.success());
    // The first is gone, and they are of the second.
    fs::write(program.home().join("config/feeds.toml"), table("Pier")).unwrap();
    let mut again = dateline(&[]).size(120, 40).after(&program).start();
    again.wait_for("You are not subscribed to this feed");
    show(&mut again, "All stories");
    let screen = again.wait_for("Story 2");
    assert!(screen.contains("Story 4") && !screen.contains("Story 1"), "{screen}");
    leave(again);
}

#[test]
fn feeds_are_taken_along_from_a_file() {
    let (server, _) = growing(2);
    let list = format!(
        "<opml version=\"2.0\"><body><outline text=\"Harbor\">\
         <outline text=\"Boats\" xmlUrl=\"{}\"/></outline></body></opml>",
        server.url("/feed")
    );
    let mut program = dateline(&[]).size(120, 40).file("lists/mine.opml", list.as_bytes()).start();
    program.wait_for("Start Here");
    let import = |program: &mut Program, path: &str| {
        program.press(":import\r");
        program.wait_for("Import from file");
        program.press(&format!("{path}\r"));
    };
    import(&mut program, "~/lists/none.opml");
    program.wait_for("does not exist; check the path.");
    import(&mut program, "~/lists/mine.opml");
    program.wait_for("2 new stories in 1 feed");
    program.wait_for("Story 1");
    let feeds = fs::read_to_string(program.home().join("config/feeds.toml")).unwrap();
    assert!(feeds.contains("folder = \"Harbor\""), "{feeds}");
    import(&mut program, "~/lists/mine.opml");
    program.wait_for("subscribed to this feed already.");
    import(&mut program, "~/lists");
    program.wait_for("is a folder; give the files in it.");
    leave(program);
}

#[test]
fn a_program_tells_of_news() {
    let (server, _) = growing(2);
    // It fails, which is seen on the screen.
    let script = "printf '<%s>' \"$#\" \"$@\" > told\nexit 1\n";
    let config = "refresh_on_start = false\n\
        [notify]\nnotifications = \"sh tell.sh {title} {body}\"\n";
    let feed = format!(
        "[[feed]]\nurl = \"{}\"\ntitle = \"--all; $(id) 'x\"\nnotify = true\n",
        server.url("/feed")
    );
    let mut program = dateline(&[])
        .size(120, 40)
        .file("config/config.toml", config.as_bytes())
        .file("config/feeds.toml", feed.as_bytes())
        .file("tell.sh", script.as_bytes())
        .start();
    program.wait_for("No stories yet");
    program.press("r");
    program.wait_for("sh failed");
    let told = fs::read_to_string(program.home().join("told")).unwrap();
    assert_eq!(told, "<2><2 new stories>< --all; $(id) 'x>");
    leave(program);
}

#[test]
fn a_kill_in_the_middle_of_a_refresh_loses_nothing_that_came() {
    let (release, held) = mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let server = Server::start(move |asked| match &*asked.path {
        "/slow" => {
            // Until the test is over.
            let _ = held.lock().unwrap().recv();
            Answer::status(503)
        }
        _ => Answer::feed(numbered(0..2)),
    });
    let mut program = reader(&[server.url("/feed"), server.url("/slow")]).start();
    program.wait_for("No stories yet");
    program.press("r");
    program.wait_for("Story 1");
    program.signal(Signal::KILL);
    program.end();
    let mut again = dateline(&[]).size(120, 40).after(&program).start();
    let screen = again.wait_for("Story 1");
    assert!(screen.contains("2 unread"), "{screen}");
    // Nobody waits for the network at the end.
    again.press("r\x03");
    assert!(again.end().0.success());
    drop(release);
}

#[test]
fn a_damaged_library_is_set_aside_and_told_of() {
    let (server, _) = growing(2);
    let feeds = [server.url("/feed")];
    let mut program = reader(&feeds).file("data/library.db", &[b'x'; 9000]).start();
    program.wait_for("was damaged");
    program.wait_for("r refreshes");
    program.press("R");
    program.wait_for("Story 1");
    let files = fs::read_dir(program.home().join("data")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    assert!(names.into_iter().any(|name| name.starts_with("library.db.corrupt-")));
    leave(program);
}

#[test]
fn no_feed_speaks_to_the_terminal() {
    let evil = "&#27;]2;owned&#7; &#27;[2J \u{202e}desrever\u{2066}\u{200b} \u{9b}31m \u{e0041}";
    let server = Server::start(move |asked| match &*asked.path {
        "/ferry.rss" => Answer::feed(
            rss(&[Item {
                title: format!("Harbor \u{1b}]0;x\u{7} {evil}"),
                text: format!("Words {evil} &lt;p&gt;&amp;#27;[2J \u{1b}[31m&lt;/p&gt;"),
                ..Item::number(1)
            }])
            .replace("The Ferry", &format!("Ferry \u{1b}[2J {evil}")),
        )
        .with("X-Evil", "\u{9b}2J"),
        _ => Answer::page("<title>\u{1b}]2;owned\u{7}</title>"),
    });
    let mut program = dateline(&[]).size(120, 40).start();
    program.wait_for("Start Here");
    program.press(&format!("a{}\r", server.url("/ferry.rss")));
    program.wait_for("1 new story");
    program.wait_for("Harbor");
    // A place that is no feed.
    program.press(&format!("a{}\r", server.url("/none?\u{202e}")));
    program.wait_for("No feed was found");
    program.press("g\r");
    program.wait_for("Words");
    // Its health, the sources, and the end.
    program.press(&format!("H{ESC}v{ESC}{ESC}{ESC}\x03"));
    let (status, bytes) = program.end();
    assert!(status.success(), "{status:?}");
    assert_meant("a feed", bytes);
}
