//! `dateline add`: subscribes to the feeds of what was typed, and fetches their stories.

use std::io::{self, IsTerminal as _, Write};
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use super::{Common, Status, Usage, clock, complain, print_json, refresh};
use crate::config::subscriptions::{Origin, Subscription};
use crate::feed::discover::asked;
use crate::feeds::FeedsFile;
use crate::refresh::Settings as Fetching;
use crate::refresh::find::{Candidate, find};
use crate::runtime::paths::Paths;
use crate::runtime::settings::Settings;
use crate::story::SourceKey;
use crate::text::address::shown;
use crate::text::sanitize::SafeText;

/// Subscribe to a feed, or to the feeds of a site
///
/// Any address will do: a page is searched for its feeds. Of several you are asked which
/// you mean; without a terminal it is the first one.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Addresses of feeds, pages or sites
    #[arg(value_name = "URL", required = true)]
    urls: Vec<String>,
    /// Subscribe to every feed that a site has
    #[arg(long)]
    all: bool,
    /// The folder to put them into, such as News/World
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// A title of your own, for one feed
    #[arg(long, value_name = "TITLE", conflicts_with = "all")]
    title: Option<String>,
    /// A tag for its stories; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    if arguments.title.is_some() && arguments.urls.len() > 1 {
        let sentence = "--title is for one feed, and several were given; leave it out";
        return Err(Usage(sentence.to_owned()).into());
    }
    let paths = common.paths()?;
    // Before anything is fetched: a file that cannot be written is said at once.
    FeedsFile::new(&paths.config, &paths.data).check()?;
    let settings = Settings::read(&paths.config);
    let net = Fetching::of(&settings.config.fetch).net;
    let stop = AtomicBool::new(false);
    let mut status = Status::Done;
    let mut new = Vec::new();
    for text in &arguments.urls {
        match find(text, &net, &stop) {
            Ok(found) => new.extend(subscribe(text, &found, arguments, common, &paths, out)?),
            Err(not_found) => {
                if common.json {
                    let error = not_found.to_string();
                    answer(text, &[], &not_found.tried, Some(&error), out)?;
                }
                complain(&not_found.into());
                status = Status::Failed;
            }
        }
    }
    if !new.is_empty() {
        out.flush()?;
        let totals = refresh::fetch_new(&new, &paths, &settings)?;
        if !common.json && !common.quiet {
            writeln!(out, "{}", refresh::summary(&totals))?;
        }
        if totals.failed > 0 {
            status = Status::Failed;
        }
    }
    Ok(status)
}

/// Subscribes to what is meant of the feeds that were found for a text, and says so. Returns
/// those that are new.
fn subscribe(
    text: &str,
    found: &[Candidate],
    arguments: &Arguments,
    common: &Common,
    paths: &Paths,
    out: &mut impl Write,
) -> anyhow::Result<Vec<SourceKey>> {
    let chosen = choose(found, arguments, common)?;
    let feeds = chosen.iter().filter_map(|at| subscription(found, *at, arguments));
    let feeds: Vec<_> = feeds.collect();
    let file = FeedsFile::new(&paths.config, &paths.data);
    let (added, _) = file.edit(clock(paths), |text| {
        let added = text.add(&feeds)?;
        let what = match added.as_slice() {
            [only] => format!("Subscribed to {}", title(found, only)),
            many => format!("Subscribed to {} feeds", many.len()),
        };
        Ok((added, what))
    })?;
    if common.json {
        let feeds: Vec<_> = found.iter().map(|candidate| object(candidate, &added)).collect();
        answer(text, &feeds, &[], None, out)?;
    } else if !common.quiet {
        tell(found, &chosen, &added, out)?;
    }
    Ok(added)
}

/// What came of a text, for scripts.
fn answer(
    text: &str,
    feeds: &[Value],
    tried: &[SafeText],
    error: Option<&str>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let asked = asked(text);
    print_json(out, &json!({ "asked": asked, "feeds": feeds, "tried": tried, "error": error }))
}

/// What the feed of a key is called.
fn title<'a>(found: &'a [Candidate], key: &'a SourceKey) -> &'a str {
    let found = found.iter().find(|candidate| self::key(candidate) == *key);
    found.map_or(key.as_str(), |candidate| &*candidate.title)
}

fn key(candidate: &Candidate) -> SourceKey {
    Origin::Address(candidate.url.clone()).key()
}

fn object(candidate: &Candidate, added: &[SourceKey]) -> Value {
    let Candidate { url, title, kind } = candidate;
    let added = added.contains(&key(candidate));
    json!({ "url": shown(url), "title": title, "kind": kind, "added": added })
}

/// Says what was found, and which of it is subscribed to now.
fn tell(
    found: &[Candidate],
    chosen: &[usize],
    added: &[SourceKey],
    out: &mut impl Write,
) -> io::Result<()> {
    let mut others = Vec::new();
    for (at, candidate) in found.iter().enumerate() {
        let Candidate { url, title, kind } = candidate;
        let url = shown(url);
        if added.contains(&key(candidate)) {
            writeln!(out, "Subscribed to {title} ({kind}): {url}")?;
        } else if chosen.contains(&at) {
            writeln!(out, "Already subscribed to {title}: {url}")?;
        } else {
            others.push(format!("{title} ({kind}): {url}"));
        }
    }
    for other in others {
        writeln!(out, "Also there: {other}")?;
    }
    Ok(())
}

fn subscription(found: &[Candidate], at: usize, arguments: &Arguments) -> Option<Subscription> {
    let mut feed = Subscription::new(Origin::Address(found.get(at)?.url.clone()), 0);
    let some = |text: &Option<String>| {
        text.as_deref().map(SafeText::title).filter(|text| !text.is_empty())
    };
    feed.title = some(&arguments.title);
    feed.folder = some(&arguments.folder);
    feed.tags = arguments.tags.iter().map(|tag| SafeText::title(tag)).collect();
    Some(feed)
}

/// Which of the feeds are meant, by their places.
fn choose(
    found: &[Candidate],
    arguments: &Arguments,
    common: &Common,
) -> anyhow::Result<Vec<usize>> {
    if arguments.all {
        return Ok((0..found.len()).collect());
    }
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    if found.len() < 2 || !asks || common.json || common.quiet {
        return Ok(vec![0]);
    }
    let mut err = io::stderr().lock();
    for (at, Candidate { url, title, kind }) in found.iter().enumerate() {
        let url = shown(url);
        writeln!(err, "{:>3}  {title} ({kind}): {url}", at + 1)?;
    }
    loop {
        write!(err, "Which? Numbers, all, none; or Enter for the first: ")?;
        err.flush()?;
        let mut answer = String::new();
        let end = io::stdin().read_line(&mut answer)? == 0;
        if let Some(chosen) = read_answer(&answer, found.len()) {
            return Ok(chosen);
        }
        if end {
            return Ok(Vec::new());
        }
    }
}

/// The places that an answer names; none if it is no answer.
fn read_answer(answer: &str, count: usize) -> Option<Vec<usize>> {
    let words: Vec<_> = answer
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        [] if answer.ends_with('\n') => Some(vec![0]),
        ["all" | "a"] => Some((0..count).collect()),
        ["none" | "n" | "q"] => Some(Vec::new()),
        [] => None,
        numbers => numbers
            .iter()
            .map(|number| number.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < count))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_feeds_by_their_numbers() {
        let cases = [
            ("\n", Some(vec![0])),
            ("2\n", Some(vec![1])),
            ("3, 1\n", Some(vec![2, 0])),
            ("all\n", Some(vec![0, 1, 2])),
            ("none\n", Some(vec![])),
            ("4\n", None),
            ("0\n", None),
            ("yes\n", None),
            ("", None),
        ];
        for (answer, wanted) in cases {
            assert_eq!(read_answer(answer, 3), wanted, "{answer:?}");
        }
    }
}
