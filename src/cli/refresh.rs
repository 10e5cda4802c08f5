//! `dateline refresh`: feeds are asked for what is new.

use std::collections::HashMap;
use std::io::{self, IsTerminal as _, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::{Span, SpanRelativeTo};
use serde_json::json;

use super::named::named;
use super::{Common, Status, now, print_json, say, stories};
use crate::config::subscriptions::{Subscription, Subscriptions};
use crate::feeds::FeedsFile;
use crate::journal::{Durability, Journal};
use crate::library::store::Reader;
use crate::refresh::{self, Event, Job, Report, Totals};
use crate::runtime::paths::Paths;
use crate::runtime::settings::Settings;
use crate::runtime::signals;
use crate::story::{SourceKey, StoryId};
use crate::text::number::counted;

/// Fetch what is new in your feeds
///
/// Feeds that are not due yet are left alone, and so are servers that asked for it. Under
/// cron it prints nothing but what failed. A reader that is open shows what comes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Ask only these: addresses or titles, as dateline feeds shows them
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
    /// Ask all of them, due or not
    #[arg(long)]
    force: bool,
    /// Ask also what would become due in this time without a network, such as 2d or 12h
    #[arg(long, value_name = "TIME", value_parser = time)]
    offline: Option<Duration>,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let paths = common.paths()?;
    let is_watched = io::stderr().is_terminal() && !common.quiet;
    let settings = Settings::read(&paths.config);
    let file = FeedsFile::new(&paths.config, &paths.data);
    let loaded = file.load()?;
    if is_watched {
        // A cron job would say the same every hour; the doctor says it too.
        let name = file.path().display();
        let warnings = loaded.warnings.iter().map(|warning| format!("{name}: {warning}"));
        settings.warnings.iter().cloned().chain(warnings).for_each(say);
    }
    let (feeds, mut status) = chosen(arguments, &loaded.subscriptions, &paths);
    if loaded.subscriptions.feeds.is_empty() {
        say("there are no feeds yet; dateline add subscribes to one");
    }
    if feeds.is_empty() {
        status = Status::Nothing;
        if !common.json {
            return Ok(status);
        }
    }
    let order: HashMap<SourceKey, usize> =
        feeds.iter().enumerate().map(|(at, feed)| (feed.key.clone(), at)).collect();
    let job = Job {
        feeds,
        all: loaded.subscriptions.feeds,
        force: arguments.force,
        ahead: arguments.offline.unwrap_or_default(),
        now: now(),
    };
    let bar = if is_watched && !common.json { progress() } else { ProgressBar::hidden() };
    let mut lines = Vec::new();
    let totals = fetch(job, &settings, &paths, &bar, &mut |report| {
        if report.outcome.is_failure() {
            status = Status::Failed;
        }
        lines.push((order.get(&report.key).copied(), line(report)));
    })?;
    if totals.stopped {
        status = Status::Failed;
    }
    if common.json {
        lines.sort_by_key(|(at, _)| *at);
        let feeds: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
        let seconds = rounded(totals.seconds);
        print_json(
            out,
            &json!({ "feeds": feeds, "new": totals.new, "seconds": seconds, "offline": totals.offline }),
        )?;
    } else if is_watched && !totals.offline {
        writeln!(out, "{}", summary(&totals))?;
    }
    Ok(status)
}

/// Fetches for the first time what was subscribed to just now. What fails is said, and is
/// tried again with all others.
pub(super) fn fetch_new(
    keys: &[SourceKey],
    paths: &Paths,
    settings: &Settings,
) -> anyhow::Result<Totals> {
    let all = FeedsFile::new(&paths.config, &paths.data).load()?.subscriptions.feeds;
    let feeds = all.iter().filter(|feed| keys.contains(&feed.key)).cloned().collect();
    let job = Job { feeds, all, force: false, ahead: Duration::ZERO, now: now() };
    fetch(job, settings, paths, &ProgressBar::hidden(), &mut |_| {})
}

/// Does a refresh, says what fails, and hands over what came of each feed.
fn fetch(
    job: Job,
    settings: &Settings,
    paths: &Paths,
    bar: &ProgressBar,
    on_feed: &mut dyn FnMut(&Report),
) -> anyhow::Result<Totals> {
    let mut aliases = Vec::new();
    let mut offline = false;
    let on = &mut |event| match event {
        Event::Offline => {
            offline = true;
            bar.suspend(|| say("no server can be reached: check whether this machine is online"));
        }
        Event::Started(feeds) => bar.set_length(feeds as u64),
        Event::SetAside(set_aside) => bar.suspend(|| say(set_aside.to_string())),
        Event::Feed(report) => {
            // Without a network all of them would say the same.
            if report.outcome.is_failure() && !offline {
                let error = report.error.as_deref().unwrap_or("it failed");
                bar.suspend(|| say(format!("{}: {error}", report.url)));
            }
            if report.outcome != refresh::Outcome::Skipped {
                bar.inc(1);
            }
            aliases.extend_from_slice(&report.aliases);
            on_feed(&report);
        }
    };
    let settings = refresh::Settings::of(&settings.config.fetch);
    let totals = refresh::run(&paths.data, job, &settings, &signals::stopper(), on);
    bar.finish_and_clear();
    if !aliases.is_empty() {
        adopt(&aliases, paths)?;
    }
    Ok(totals?)
}

/// The feeds that are meant, and whether each argument meant one.
fn chosen(
    arguments: &Arguments,
    subscriptions: &Subscriptions,
    paths: &Paths,
) -> (Vec<Subscription>, Status) {
    if arguments.feeds.is_empty() {
        return (subscriptions.feeds.clone(), Status::Done);
    }
    // What is the matter with the library, the refresh itself says, and mends.
    let health = Reader::health_in(&paths.data).unwrap_or_default();
    let mut status = Status::Done;
    let mut keys = Vec::new();
    for name in &arguments.feeds {
        let found = named(subscriptions, &health, name);
        if found.is_empty() {
            say(format!("there is no feed {name:?}; dateline feeds lists them"));
            status = Status::Failed;
        }
        keys.extend(found.into_iter().map(|feed| feed.key.clone()));
    }
    let feeds = subscriptions.feeds.iter().filter(|feed| keys.contains(&feed.key));
    (feeds.cloned().collect(), status)
}

/// Lets the marks of ids that turned out to be of one story be the same, so that they stay
/// whichever of the ids its feed gives when the library is made anew.
fn adopt(aliases: &[(StoryId, StoryId)], paths: &Paths) -> anyhow::Result<()> {
    let (mut journal, mut loaded) = Journal::open(&paths.config, &paths.data);
    loaded.writable?;
    let marks = stories::adopt(aliases, &mut loaded.state, now());
    Ok(journal.append(&marks, Durability::Now)?)
}

/// A feed as scripts know it.
fn line(report: &Report) -> serde_json::Value {
    json!({
        "url": &*report.url,
        "outcome": report.outcome.name(),
        "error": report.error,
        "stories": report.stories,
        "new": report.new.len(),
        "seconds": rounded(report.seconds),
    })
}

/// What came of it, for somebody who watches.
pub(super) fn summary(totals: &Totals) -> String {
    let Totals { asked, failed, new, .. } = *totals;
    if asked == 0 {
        return "No feed is due; --force asks all the same.".to_owned();
    }
    let feeds = counted(asked, "feed", "feeds");
    let stories = match new {
        0 => "Nothing new".to_owned(),
        new => counted(new, "new story", "new stories"),
    };
    match failed {
        0 => format!("{stories} in {feeds}."),
        failed => format!("{stories} in {feeds}, {failed} of which failed."),
    }
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:40} {pos}/{len}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A time as people write it: `2d`, `12h`, `1 week`.
fn time(text: &str) -> Result<Duration, String> {
    let span: Result<Span, _> = text.parse();
    let time = span.and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()));
    let time = time.ok().and_then(|time| Duration::try_from(time).ok());
    time.ok_or_else(|| "give a time such as 2d or 12h".to_owned())
}

/// In milliseconds, as far as anybody reads them.
fn rounded(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        assert_eq!(time("2d"), Ok(Duration::from_hours(48)));
        assert_eq!(time("90m"), Ok(Duration::from_secs(5400)));
        assert!(time("soon").is_err());
        assert!(time("-2d").is_err());
    }

    #[test]
    fn what_came_of_it_is_one_sentence() {
        let told =
            |asked, failed, new| summary(&Totals { asked, failed, new, ..Totals::default() });
        assert_eq!(told(0, 0, 0), "No feed is due; --force asks all the same.");
        assert_eq!(told(1, 0, 1), "1 new story in 1 feed.");
        assert_eq!(told(40, 2, 0), "Nothing new in 40 feeds, 2 of which failed.");
    }
}
