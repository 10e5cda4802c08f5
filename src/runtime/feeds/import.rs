//! Reading a file of feeds that another program wrote.

use std::path::{Path, PathBuf};

use crate::config::subscriptions::Subscription;
use crate::import::{self, Plan};
use crate::library::file;
use crate::runtime::sentence::{first_of, sentence};
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
    let left_out = left_out(&plan);
    let feeds = plan.feeds.into_iter().map(Subscription::from);
    Ok(Found { feeds: feeds.collect(), left_out })
}

/// What of a plan is not subscribed to here, and what was odd in the file.
fn left_out(plan: &Plan) -> Option<String> {
    let commands = (!plan.commands.is_empty()).then(|| {
        let commands = counted(plan.commands.len(), "command is", "commands are");
        format!("{commands} left out; dateline import asks before it takes one.")
    });
    let searches = (!plan.searches.is_empty()).then(|| {
        let searches = counted(plan.searches.len(), "saved search is", "saved searches are");
        let them = if plan.searches.len() == 1 { "it" } else { "them" };
        format!("{searches} left out; dateline import takes {them} along.")
    });
    let warnings: Vec<String> = plan.warnings.iter().map(sentence).collect();
    let parts: Vec<String> =
        [commands, searches, first_of(&warnings)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn expand(path: &Path) -> PathBuf {
    let home = directories::BaseDirs::new();
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.home_dir().join(rest),
        (Err(_), _) | (_, None) => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_subscribed_to_is_told_of() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("urls");
        let mut list = String::from("https://harbor.example/feed\n");
        std::fs::write(&path, &list).unwrap();
        assert_eq!(read(&path).unwrap().left_out, None);
        list.push_str("\"exec:list-tides --week\"\n");
        std::fs::write(&path, &list).unwrap();
        assert_eq!(
            read(&path).unwrap().left_out.as_deref(),
            Some("1 command is left out; dateline import asks before it takes one.")
        );
        list.push_str("\"query:Fresh:unread = \\\"yes\\\"\"\nfile:///tides.xml\n");
        std::fs::write(&path, &list).unwrap();
        let found = read(&path).unwrap();
        assert_eq!(found.feeds.len(), 1);
        assert_eq!(
            found.left_out.as_deref(),
            Some(
                "1 command is left out; dateline import asks before it takes one. \
                 1 saved search is left out; dateline import takes it along. \
                 Line 4: file:///tides.xml is no address of the web; it was left out."
            )
        );
    }

    #[test]
    #[cfg(unix)]
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
