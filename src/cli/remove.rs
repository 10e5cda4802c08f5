//! `dateline remove`: feeds are unsubscribed from. Nothing that is stored is deleted.

use std::io::Write;

use serde_json::json;

use super::feeds::address;
use super::named::named;
use super::{Common, Status, clock, print_json, say};
use crate::feeds::FeedsFile;
use crate::library::store::Reader;

/// Unsubscribe from feeds
///
/// Their stories stay stored, with all marks, and show again when you subscribe again.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Addresses or titles, as dateline feeds shows them
    #[arg(value_name = "FEED", required = true)]
    feeds: Vec<String>,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut impl Write,
) -> anyhow::Result<Status> {
    let paths = common.paths()?;
    let file = FeedsFile::new(&paths.config, &paths.data);
    let health = Reader::health_in(&paths.data)?;
    let subscriptions = file.load()?.subscriptions;
    let (mut removed, mut failed) = (0, 0);
    for text in &arguments.feeds {
        let found = named(&subscriptions, &health, text);
        let [feed] = found.as_slice() else {
            failed += 1;
            say(match found.len() {
                0 => format!("there is no feed {text:?}; dateline feeds lists them"),
                count => format!("{count} feeds are called {text:?}; give an address instead"),
            });
            continue;
        };
        let title = feed.name(health.get(&feed.key).map(|health| &health.title));
        let what = format!("Unsubscribed from {title}");
        file.edit(clock(&paths), |text| Ok((text.remove(&feed.key)?, what)))?;
        removed += 1;
        if common.json {
            let url = address(feed);
            print_json(out, &json!({ "key": feed.key.as_str(), "url": url, "title": title }))?;
        } else if !common.quiet {
            writeln!(out, "Unsubscribed from {title}. Its stories stay stored.")?;
        }
    }
    Ok(match (removed, failed) {
        (0, _) => Status::Nothing,
        (_, 0) => Status::Done,
        (_, _) => Status::Failed,
    })
}
