//! `dateline feeds`: the subscriptions, and how it stands with each.

use std::io::Write;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::named::named;
use super::{Common, Status, now, print_json, say};
use crate::config::subscriptions::{Origin, Subscription};
use crate::feed::health::Health;
use crate::feeds::FeedsFile;
use crate::library::store::Reader;
use crate::refresh;
use crate::text::address::shown;
use crate::text::sanitize::SafeText;
use crate::text::time;
use crate::text::width::{fit_left, width};

/// Show what you subscribe to, and how it stands with each feed
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Only these: addresses or titles, as shown here
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
}

/// Cells of the longest name that is shown whole.
const NAME: usize = 32;

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let paths = common.paths()?;
    let file = FeedsFile::new(&paths.config, &paths.data);
    let loaded = file.load()?;
    if !common.quiet {
        for warning in &loaded.warnings {
            say(format!("{}: {warning}", file.path().display()));
        }
    }
    let health = Reader::health_in(&paths.data)?;
    let mut status = Status::Done;
    let mut feeds = Vec::new();
    for text in &arguments.feeds {
        let found = named(&loaded.subscriptions, &health, text);
        if found.is_empty() {
            say(format!("there is no feed {text:?}; dateline feeds lists them"));
            status = Status::Failed;
        }
        feeds.extend(found);
    }
    if arguments.feeds.is_empty() {
        feeds.extend(&loaded.subscriptions.feeds);
    }
    if feeds.is_empty() {
        if !common.json && !common.quiet && arguments.feeds.is_empty() {
            writeln!(out, "There are no feeds yet; dateline add URL subscribes to one.")?;
        }
        return Ok(Status::Nothing);
    }
    let unknown = Health::default();
    let rows = feeds.iter().map(|feed| (*feed, health.get(&feed.key).unwrap_or(&unknown)));
    if common.json {
        for (feed, health) in rows {
            print_json(out, &object(feed, health))?;
        }
    } else {
        table(&rows.collect::<Vec<_>>(), now(), out)?;
    }
    Ok(status)
}

/// Where a feed is, without a password; none if it comes from a command.
pub(super) fn address(feed: &Subscription) -> Option<SafeText> {
    match &feed.origin {
        Origin::Address(url) => Some(shown(url)),
        Origin::Command(_) => None,
    }
}

fn object(feed: &Subscription, health: &Health) -> Value {
    let command = match &feed.origin {
        Origin::Address(_) => None,
        Origin::Command(argv) => Some(argv),
    };
    let time = |time: Option<Timestamp>| time.map(|time| time.to_string());
    json!({
        "key": feed.key.as_str(),
        "url": address(feed),
        "command": command,
        "title": feed.name(Some(&health.title)),
        "folder": feed.folder,
        "tags": feed.tags,
        "hidden": feed.hidden,
        "paused": feed.paused,
        "notify": feed.notify,
        "full_text": feed.full_text,
        "interval": feed.interval.map(|interval| interval.as_secs() / 60),
        "site": health.site.as_ref().map(shown),
        "checked": time(health.checked),
        "succeeded": time(health.succeeded),
        "status": health.status,
        "error": health.error,
        "failures": health.failures,
        "next_check": time(health.next_check),
        "moved": health.new_address().map(shown),
        "gone": health.gone,
        "entries": health.entries,
        "per_week": health.per_week,
        "warning": health.warning,
    })
}

/// How it stands with a feed, in a word.
fn standing(feed: &Subscription, health: &Health) -> &'static str {
    match health {
        Health { gone: true, .. } => "gone",
        _ if feed.paused => "paused",
        Health { checked: None, .. } => "new",
        Health { failures: 0, .. } => "ok",
        Health { .. } => "failing",
    }
}

fn table(
    feeds: &[(&Subscription, &Health)],
    now: Timestamp,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let zone = TimeZone::system();
    let names: Vec<_> = feeds.iter().map(|(feed, health)| feed.name(Some(&health.title))).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or_default().min(NAME);
    writeln!(
        out,
        "{:<8}{:>7}  {:>7}  {}  ADDRESS",
        "STATE",
        "FETCHED",
        "A WEEK",
        fit_left("NAME", widest)
    )?;
    for ((feed, health), name) in feeds.iter().zip(names) {
        let state = standing(feed, health);
        let age = health.succeeded.map(|then| time::age(now, then, &zone)).unwrap_or_default();
        let often = health.per_week.map(|often| format!("{often:.1}")).unwrap_or_default();
        let address = refresh::address(&feed.origin);
        writeln!(out, "{state:<8}{age:>7}  {often:>7}  {}  {address}", fit_left(&name, widest))?;
        if let Some(error) = &health.error {
            let times = match health.failures {
                0 | 1 => String::new(),
                times => format!(" ({times} times in a row)"),
            };
            writeln!(out, "        {error}{times}")?;
        }
        if let Some(url) = health.new_address() {
            writeln!(out, "        It has moved to {}", shown(url))?;
        }
    }
    Ok(())
}
