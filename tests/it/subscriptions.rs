//! Subscriptions from the command line: `add`, `remove`, `feeds`, and lists of feeds in and
//! out.

use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::refresh::{Answer, Server};

/// A reader's directories, and the program in them.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn with_feeds(text: &str) -> Self {
        let home = Self::new();
        fs::create_dir(home.0.path().join("config")).unwrap();
        fs::write(home.0.path().join("config/feeds.toml"), text).unwrap();
        home
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command
            .env_clear()
            .env("DATELINE_CONFIG_DIR", self.0.path().join("config"))
            .env("DATELINE_DATA_DIR", self.0.path().join("data"))
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command().args(args).output().unwrap()
    }

    /// What a call prints that goes well.
    #[track_caller]
    pub fn says(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// The objects that a call prints, a line each.
    #[track_caller]
    pub fn lines(&self, args: &[&str]) -> Vec<Value> {
        let said = self.says(&[args, &["--json"]].concat());
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// A call that ends with another status than 0, and what it says on standard error.
    #[track_caller]
    pub fn fails(&self, args: &[&str], status: i32, sentence: &str) {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(status), "{args:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains(sentence), "{}", text(&output.stderr));
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn feeds_file(&self) -> String {
        fs::read_to_string(self.0.path().join("config/feeds.toml")).unwrap()
    }

    pub fn path(&self) -> &std::path::Path {
        self.0.path()
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn rss(title: &str) -> Answer {
    Answer::feed(format!(
        "<rss version=\"2.0\"><channel><title>{title}</title>\
         <item><guid>1</guid><title>Ferry stays</title><description>It runs.</description></item>\
         </channel></rss>"
    ))
}

const PAGE: &str = "<html><head><title>Harbor</title>\
    <link rel=alternate type=application/rss+xml title=All href=/all.xml>\
    <link rel=alternate type=application/rss+xml title=Boats href=/boats.xml></head></html>";

fn site() -> Server {
    Server::start(|asked| match asked.path.as_str() {
        "/" => Answer::page(PAGE),
        "/all.xml" => rss("All of the harbor"),
        "/boats.xml" => rss("Boats"),
        _ => Answer::status(404),
    })
}

#[test]
fn an_address_becomes_a_subscription_that_can_be_read() {
    let (site, home) = (site(), Home::with_feeds("# mine\n"));
    let url = site.url("/all.xml");
    let said = home.says(&["add", &url, "--folder", "News/World", "--tag", "local"]);
    let wanted =
        format!("Subscribed to All of the harbor (RSS 2.0): {url}\n1 new story in 1 feed.\n");
    assert_eq!(said, wanted);
    let written = format!(
        "# mine\n\n[[feed]]\nurl = \"{url}\"\nfolder = \"News/World\"\ntags = [\"local\"]\n"
    );
    assert_eq!(home.feeds_file(), written);
    let said = home.says(&["add", &url]);
    assert_eq!(said, format!("Already subscribed to All of the harbor: {url}\n"));
    assert_eq!(home.feeds_file(), written);
    let stories = home.lines(&["list", "tag:local"]);
    assert_eq!(stories[0]["title"], "Ferry stays");
    assert_eq!(stories[0]["source"], "All of the harbor");
    let id = stories[0]["id"].as_str().unwrap();
    assert!(home.says(&["show", id]).contains("It runs."));
}

#[test]
fn an_address_is_looked_at_without_a_subscription() {
    let (site, home) = (site(), Home::new());
    let page = &home.lines(&["inspect", &site.url("/")])[0];
    assert_eq!(page["kind"], "page");
    assert_eq!(page["feeds"], serde_json::json!([site.url("/all.xml"), site.url("/boats.xml")]));
    let feed = &home.lines(&["inspect", &site.url("/all.xml")])[0];
    assert_eq!(feed["title"], "All of the harbor");
    assert!(home.says(&["show", &site.url("/")]).contains("Harbor"));
    home.fails(&["show", &site.url("/gone")], 1, "status 404");
    home.fails(&["show", "http://"], 2, "is no address");
    home.fails(&[&site.url("/")], 2, "the reader needs a terminal");
    home.fails(&["http://"], 2, "is no address");
    assert!(!home.0.path().join("config/feeds.toml").exists());
}

#[test]
fn of_the_feeds_of_a_page_the_first_is_taken_or_all() {
    let (site, home) = (site(), Home::new());
    let (page, all, boats) = (site.url("/"), site.url("/all.xml"), site.url("/boats.xml"));
    let said = home.says(&["add", &page]);
    let wanted = format!(
        "Subscribed to All of the harbor (RSS 2.0): {all}\nAlso there: Boats (RSS 2.0): {boats}\n\
         1 new story in 1 feed.\n"
    );
    assert_eq!(said, wanted);
    let found = home.lines(&["add", &page, "--all"]);
    assert_eq!(found[0]["asked"], page.as_str());
    assert_eq!(found[0]["feeds"][0]["added"], false);
    assert_eq!(found[0]["feeds"][1]["url"], boats.as_str());
    assert_eq!(found[0]["feeds"][1]["added"], true);
}

#[test]
fn where_there_is_no_feed_it_is_said_what_was_tried() {
    let server = Server::start(|_| Answer::page("<html><title>Nothing</title></html>"));
    let home = Home::new();
    let url = server.url("/");
    home.fails(&["add", &url], 1, &format!("no feed was found at {url}"));
    home.fails(&["add", &url], 1, "; tried ");
    home.fails(&["add"], 2, "<URL>");
    home.fails(&["add", "--title", "x", "a.example", "b.example"], 2, "--title is for one feed");
}

#[test]
fn a_file_that_is_no_toml_is_never_written() {
    let broken = "[[feed]]\nurl = \"https://a.example/\"\ntitle = \"half\n";
    let home = Home::with_feeds(broken);
    home.fails(&["add", "https://b.example/"], 1, "was not changed, for line 3");
    home.fails(&["remove", "https://a.example/"], 1, "was not changed, for line 3");
    assert_eq!(home.feeds_file(), broken);
}

const FEEDS: &str = "# mine\n\n[[feed]]\nurl = \"https://me:secret@a.example/feed\" # the first\n\
    title = \"Ferry\"\nfolder = \"News\"\n\n# more\n[[feed]]\nurl = \"https://b.example/\"\n\
    tags = [\"slow\"]\npaused = true\n";

#[test]
fn the_subscriptions_are_shown_with_their_health() {
    let home = Home::with_feeds(FEEDS);
    let said = home.says(&["feeds"]);
    let rows: Vec<_> =
        said.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).collect();
    assert_eq!(rows[1], ["new", "Ferry", "https://me@a.example/feed"]);
    assert_eq!(rows[2], ["paused", "b.example", "https://b.example/"]);
    let feeds = home.lines(&["feeds"]);
    assert_eq!(feeds.len(), 2);
    assert_eq!(feeds[0]["key"], "a.example/feed");
    assert_eq!(feeds[0]["title"], "Ferry");
    assert_eq!(feeds[0]["error"], Value::Null);
    assert_eq!(feeds[1]["tags"][0], "slow");
    assert_eq!(home.lines(&["feeds", "ferry"]).len(), 1);
    home.fails(&["feeds", "bus"], 3, "there is no feed \"bus\"");
    let none = Home::new().run(&["feeds"]);
    assert_eq!(none.status.code(), Some(3));
    assert_eq!(text(&none.stdout), "There are no feeds yet; dateline add URL subscribes to one.\n");
}

#[test]
fn the_password_of_an_address_is_never_said() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/ferry-news" => Answer::feed("<rss><channel><title>Ferry</title></channel></rss>"),
        "/old" => Answer::status(308).with("Location", "/ferry-news"),
        _ => Answer::status(404),
    });
    let home = Home::new();
    for (path, arguments) in [
        ("/none", &["add"][..]),
        ("/none", &["add", "--json"]),
        ("/ferry-news", &["add"]),
        ("/ferry-news", &["add", "--json"]),
    ] {
        let url = server.url(path).replace("//", "//reader:secret@");
        let output = home.run(&[arguments, &[&url]].concat());
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains(path) && !said.contains("secret"), "{said}");
    }
    let url = server.url("/old").replace("//", "//reader:secret@");
    let elsewhere = Home::new();
    elsewhere.says(&["add", &url]);
    for home in [&home, &elsewhere] {
        let file = home.feeds_file();
        assert!(file.contains("reader:secret@") && file.contains("/ferry-news"), "{file}");
    }
    for arguments in [&["feeds"][..], &["feeds", "--json"], &["refresh", "--force", "--json"]] {
        let output = home.run(arguments);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains("reader@") && !said.contains("secret"), "{said}");
    }
    for (name, arguments) in [
        ("there is no feed", &["feeds", "https://reader:secret@none.example/"][..]),
        ("there is no feed", &["remove", "https://reader:secret@none.example/"]),
        ("there is no feed", &["refresh", "https://reader:secret@none.example/"]),
        ("is no address", &["show", "https://reader:secret@no ne/"]),
    ] {
        let output = home.run(arguments);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains(name) && !said.contains("secret"), "{said}");
    }
    let output = home.run(&["export", "--format", "opml"]);
    let list = text(&output.stdout);
    assert!(list.contains("//reader@") && !list.contains("secret"), "{list}");
    let told = "dateline: 1 password was left out of the addresses; feeds.toml has them\n";
    assert_eq!(text(&output.stderr), told);
    let list = home.file("list.opml", &list.replace("reader@", "reader:secret@"));
    let output = home.run(&["import", &list, "--json"]);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(said.contains("\"known\":1") && !said.contains("secret"), "{said}");
    let library = fs::read(home.path().join("data/library.db")).unwrap();
    assert!(!library.windows(6).any(|bytes| bytes == b"secret"));
}

#[test]
fn what_is_wrong_in_the_file_is_said_with_its_line() {
    let home = Home::with_feeds("[[feed]]\nurl = \"https://a.example/\"\ncolor = \"red\"\n");
    let output = home.run(&["feeds"]);
    assert_eq!(output.status.code(), Some(0));
    let said = text(&output.stderr);
    assert!(said.ends_with("feeds.toml: line 3: there is no setting \"feed.color\"\n"), "{said}");
    let doctor = home.run(&["doctor"]);
    assert!(text(&doctor.stdout).contains("line 3: there is no setting \"feed.color\""));
}

#[test]
fn a_removed_feed_leaves_what_stands_around_it() {
    let home = Home::with_feeds(FEEDS);
    let said = home.says(&["remove", "https://a.example/feed"]);
    assert_eq!(said, "Unsubscribed from Ferry. Its stories stay stored.\n");
    let left = "# mine\n\n# more\n[[feed]]\nurl = \"https://b.example/\"\n\
        tags = [\"slow\"]\npaused = true\n";
    assert_eq!(home.feeds_file(), left);
    home.fails(&["remove", "bus", "b.example"], 1, "there is no feed \"bus\"");
    home.fails(&["remove", "b.example"], 3, "there is no feed \"b.example\"");
}

const OPML: &str = "<opml version=\"2.0\"><head><title>Mine</title></head><body>\
    <outline text=\"News\"><outline text=\"World\">\
    <outline type=\"rss\" text=\"Ferry\" xmlUrl=\"https://a.example/feed\" rating=\"5\"/>\
    </outline></outline>\
    <outline type=\"rss\" text=\"Boats\" xmlUrl=\"https://b.example/boats\"/></body></opml>";

#[test]
fn an_opml_file_goes_in_and_comes_out_the_same() {
    let home = Home::new();
    let path = home.file("list.opml", OPML);
    assert_eq!(home.says(&["import", &path]), "Imported 2 feeds.\n");
    assert_eq!(home.says(&["import", &path]), "Nothing new; 2 were there already.\n");
    let feeds = home.lines(&["feeds"]);
    assert_eq!((&feeds[0]["folder"], &feeds[0]["title"]), (&"News/World".into(), &"Ferry".into()));
    let written = home.says(&["export", "--format", "opml"]);
    assert!(written.contains("rating=\"5\""), "{written}");
    let other = Home::new();
    let path = other.file("again.opml", &written);
    let outcome = other.lines(&["import", "--format", "opml", &path]);
    assert_eq!((&outcome[0]["feeds"], &outcome[0]["known"]), (&2.into(), &0.into()));
    assert_eq!(other.feeds_file(), home.feeds_file());
    home.fails(&["export", "--format", "opml", "rust"], 2, "opml holds feeds and no stories");
}

#[test]
fn a_newsboat_list_is_taken_over_without_its_commands() {
    let home = Home::new();
    let urls = "https://a.example/feed local \"~Ferry\"\n\
        https://b.example/feed \"!\"\n\
        \"exec:/usr/bin/rm -r /\" tools\n\
        \"query:New:unread = \\\"yes\\\"\"\n";
    let path = home.file("urls", urls);
    let output = home.run(&["import", "--format", "newsboat", &path]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout), "Imported 2 feeds, 1 search.\n");
    assert!(text(&output.stderr).contains("1 command was left out"), "{}", text(&output.stderr));
    let written = home.feeds_file();
    assert!(!written.contains("rm"), "{written}");
    let feeds = home.lines(&["feeds"]);
    assert_eq!((&feeds[0]["title"], &feeds[0]["tags"][0]), (&"Ferry".into(), &"local".into()));
    assert_eq!(feeds[1]["hidden"], true);
}

#[test]
fn what_cannot_be_imported_is_said() {
    let home = Home::new();
    let path = home.file("page.html", "<html><p>Hello</p></html>");
    home.fails(&["import", &path], 1, "this is no list of feeds");
    home.fails(&["import", "/no/such.opml"], 1, "does not exist; check the path");
    let good = home.file("list.opml", OPML);
    home.fails(&["import", "/no/such.opml", &good], 1, "does not exist");
    assert_eq!(home.lines(&["feeds"]).len(), 2, "the others are imported all the same");
}

#[cfg(unix)]
mod on_a_terminal {
    use super::*;
    use crate::pty::dateline;

    #[test]
    fn one_is_asked_which_of_several_feeds_is_meant() {
        let site = site();
        let mut program = dateline(&["add", &site.url("/")]).start();
        program.wait_for("2  Boats (RSS 2.0)");
        program.wait_for("Which?");
        program.press("5\r");
        program.press("2\r");
        let (status, said) = program.end();
        let said = text(&said);
        assert!(status.success() && said.contains("Subscribed to Boats"), "{said}");
        assert!(said.contains("Also there: All of the harbor"), "{said}");
    }

    #[test]
    fn a_command_is_taken_after_a_yes() {
        let urls = b"\"exec:/usr/bin/news --all\"\n\"exec:/bin/other\"\n";
        let start = dateline(&["import", "--format", "newsboat", "urls"]).file("urls", urls);
        let mut program = start.start();
        program.wait_for("/usr/bin/news --all");
        program.wait_for("Take it? y or n:");
        program.press("y\r");
        program.wait_for("/bin/other");
        program.press("\r");
        let (_, said) = program.end();
        assert!(text(&said).contains("Imported 1 feed from a command."), "{}", text(&said));
        let written = fs::read_to_string(program.home().join("config/feeds.toml")).unwrap();
        assert_eq!(written, "[[feed]]\ncommand = [\"sh\", \"-c\", \"/usr/bin/news --all\"]\n");
    }
}
