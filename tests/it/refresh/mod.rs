//! Fetching feeds: what servers are asked, what is stored of their answers, and what stays
//! stored whatever they answer.

#[cfg(unix)]
mod damaged;
mod fetching;
mod finding;
#[cfg(unix)]
mod killed;
mod program;
mod server;
mod stories;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use dateline::config::subscriptions::{self, Subscription};
use dateline::feed::health::Health;
use dateline::library::store::Reader;
use dateline::net;
use dateline::refresh::{self, Event, Job, Outcome, Report, Settings, Totals};
use dateline::story::{SourceKey, Story};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

pub use server::{Answer, Server};

/// A reader's directories, and the time, which passes when a test says so.
pub struct Home {
    dir: TempDir,
    now: Timestamp,
}

impl Home {
    /// Subscribed to some addresses.
    pub fn new(urls: &[String]) -> Self {
        let home = Self {
            dir: tempfile::tempdir().unwrap(),
            now: "2026-11-23T12:00:00Z".parse().unwrap(),
        };
        fs::create_dir_all(home.config()).unwrap();
        let tables: Vec<String> =
            urls.iter().map(|url| format!("[[feed]]\nurl = \"{url}\"\n")).collect();
        let feeds = tables.concat();
        home.write_feeds(&feeds);
        home
    }

    pub fn config(&self) -> PathBuf {
        self.dir.path().join("config")
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn write_feeds(&self, text: &str) {
        fs::write(self.config().join("feeds.toml"), text).unwrap();
    }

    pub fn subscriptions(&self) -> Vec<Subscription> {
        let text = fs::read_to_string(self.config().join("feeds.toml")).unwrap();
        let (subscriptions, warnings) = subscriptions::parse(&text);
        assert_eq!(warnings, []);
        subscriptions.feeds
    }

    pub fn wait(&mut self, hours: i64) {
        self.now += SignedDuration::from_hours(hours);
    }

    /// Fetches what is due.
    pub fn refresh(&self) -> Refreshed {
        self.run(false)
    }

    /// Fetches everything.
    pub fn force(&self) -> Refreshed {
        self.run(true)
    }

    fn run(&self, force: bool) -> Refreshed {
        let mut reports = Vec::new();
        let stop = AtomicBool::new(false);
        let totals = self.run_until(force, &stop, &mut |report| reports.push(report));
        reports.sort_by(|one, other| one.key.cmp(&other.key));
        Refreshed { totals, reports }
    }

    pub fn run_until(&self, force: bool, stop: &AtomicBool, on: &mut dyn FnMut(Report)) -> Totals {
        let feeds = self.subscriptions();
        let job = Job { all: feeds.clone(), feeds, force, ahead: Duration::ZERO, now: self.now };
        let net = net::Settings::default();
        let limits = net::Limits { retry: Duration::from_millis(1), ..net.limits.clone() };
        let settings = Settings { net: net::Settings { limits, ..net }, patience: Duration::ZERO };
        let on = &mut |event| match event {
            Event::Feed(report) => on(*report),
            Event::Started(_) | Event::Offline => {}
            Event::SetAside(set_aside) => panic!("{set_aside}"),
        };
        refresh::run(&self.data(), job, &settings, stop, on).unwrap()
    }

    pub fn reader(&self) -> Reader {
        Reader::open(&self.data()).unwrap().unwrap()
    }

    pub fn health(&self) -> HashMap<SourceKey, Health> {
        self.reader().health().unwrap()
    }

    /// Every stored story, the latest first.
    pub fn stories(&self) -> Vec<Story> {
        self.reader().page(None, 100_000).unwrap().stories
    }

    pub fn titles(&self) -> Vec<String> {
        let mut titles: Vec<_> =
            self.stories().iter().map(|story| story.title.to_string()).collect();
        titles.sort();
        titles
    }

    /// The program, for these directories.
    pub fn dateline(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.arg("--config-dir").arg(self.config()).arg("--data-dir").arg(self.data());
        command.args(arguments).env_clear();
        command
    }

    pub fn output(&self, arguments: &[&str]) -> Output {
        self.dateline(arguments).output().unwrap()
    }
}

/// What a refresh came to.
#[derive(Debug)]
pub struct Refreshed {
    pub totals: Totals,
    /// By key.
    pub reports: Vec<Report>,
}

impl Refreshed {
    /// The only feed's report.
    #[track_caller]
    pub fn only(&self) -> &Report {
        assert_eq!(self.reports.len(), 1, "{:?}", self.reports);
        &self.reports[0]
    }

    #[track_caller]
    pub fn check(&self, outcome: Outcome, stories: usize, new: usize) {
        let report = self.only();
        let found = (report.outcome, report.stories, report.new.len());
        assert_eq!(found, (outcome, stories, new), "{:?}", report.error);
    }
}

/// An entry of a feed.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: String,
    pub link: String,
    pub title: String,
    pub text: String,
}

impl Item {
    /// One of many.
    pub fn number(number: usize) -> Self {
        Self {
            id: format!("id-{number}"),
            link: format!("http://ferry.example/{number}"),
            title: format!("Story {number}"),
            text: format!("The ferry sails for the {number}th time."),
        }
    }
}

/// A feed of some entries.
pub fn rss(items: &[Item]) -> String {
    let mut text = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Ferry</title>\
        <link>http://ferry.example/</link><description>News of the ferry</description>"
        .to_owned();
    for Item { id, link, title, text: body } in items {
        write!(
            text,
            "<item><guid isPermaLink=\"false\">{id}</guid><link>{link}</link><title>{title}</title>\
             <pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate><description>{body}</description></item>"
        )
        .unwrap();
    }
    text + "</channel></rss>"
}

/// A feed of some of many entries.
pub fn numbered(numbers: std::ops::Range<usize>) -> String {
    rss(&numbers.map(Item::number).collect::<Vec<_>>())
}
