//! Reading a file of feeds that another program wrote.

use std::path::{Path, PathBuf};

use super::fetch::sentence;
use crate::config::subscriptions::{Origin, Subscription};
use crate::import;
use crate::library::file;

/// What a file holds that is subscribed to.
#[derive(Debug)]
pub(super) struct Found {
    pub feeds: Vec<Subscription>,
    /// What is not, as a sentence.
    pub left_out: Option<String>,
}

/// Reads a file; a `~` at the beginning is the home directory. Else a sentence says why not.
pub(super) fn read(path: &Path) -> Result<Found, String> {
    let path = expand(path);
    let document = file::read(&path).map_err(|error| sentence(&error))?;
    let plan = import::read(&document.bytes, None).map_err(|error| sentence(&error))?;
    let left_out = match plan.commands.len() {
        0 => None,
        1 => Some("1 command is left out; dateline import asks about it.".to_owned()),
        n => Some(format!("{n} commands are left out; dateline import asks about them.")),
    };
    let feeds = plan.feeds.into_iter().map(|feed| Subscription {
        title: feed.title,
        folder: feed.folder,
        tags: feed.tags,
        hidden: feed.hidden,
        opml: feed.opml,
        ..Subscription::new(Origin::Address(feed.url), 0)
    });
    Ok(Found { feeds: feeds.collect(), left_out })
}

fn expand(path: &Path) -> PathBuf {
    let home = directories::BaseDirs::new();
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.home_dir().join(rest),
        (Err(_), _) | (_, None) => path.to_owned(),
    }
}
