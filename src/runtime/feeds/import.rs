//! Reading a file of feeds that another program wrote.

use std::path::{Path, PathBuf};

use crate::config::subscriptions::Subscription;
use crate::import;
use crate::library::file;
use crate::runtime::sentence::sentence;
use crate::text::number::counted;

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
    // Reading a pipe would wait for whoever writes to it, and nothing else would be done.
    if path.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Err(format!("{} is no ordinary file; give one.", path.display()));
    }
    let document = file::read(&path).map_err(|error| sentence(&error))?;
    let plan = import::read(&document.bytes, None).map_err(|error| sentence(&error))?;
    let commands = counted(plan.commands.len(), "command is", "commands are");
    let left_out = (!plan.commands.is_empty())
        .then(|| format!("{commands} left out; dateline import asks before it takes one."));
    let feeds = plan.feeds.into_iter().map(Subscription::from);
    Ok(Found { feeds: feeds.collect(), left_out })
}

fn expand(path: &Path) -> PathBuf {
    let home = directories::BaseDirs::new();
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.home_dir().join(rest),
        (Err(_), _) | (_, None) => path.to_owned(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_ordinary_file_is_not_waited_for() {
        let home = tempfile::tempdir().unwrap();
        let pipe = home.path().join("pipe");
        let mode = rustix::fs::Mode::from_raw_mode(0o600);
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        let said = read(&pipe).unwrap_err();
        assert!(said.ends_with("pipe is no ordinary file; give one."), "{said}");
        let said = read(home.path()).unwrap_err();
        assert!(said.ends_with("is a folder; give the files in it."), "{said}");
        let large = home.path().join("large");
        std::fs::File::create(&large).unwrap().set_len(1 << 30).unwrap();
        let said = read(&large).unwrap_err();
        assert!(said.ends_with("large is larger than 32 MiB; give a part of it."), "{said}");
    }
}
