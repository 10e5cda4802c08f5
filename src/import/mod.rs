//! Lists of feeds from other programs, as a plan of what to subscribe to.
//!
//! Pure: bytes in, a [`Plan`] out. Nothing is subscribed to here, and no command of a
//! list is ever run without the reader's word.

pub mod bookmarks;
pub mod jsonl;
mod newsboat;
mod opml;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::config::subscriptions::{Origin, Subscription};
use crate::text::address::shown;
use crate::text::number::grouped;
use crate::text::sanitize::SafeText;
use crate::warning::Warning;
use crate::{extract, feed};

/// What a list holds that could be subscribed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order of the list, each address once.
    pub feeds: Vec<NewFeed>,
    pub searches: Vec<NewSearch>,
    /// Programs whose output is a feed. To be asked about before they are written down.
    pub commands: Vec<NewCommand>,
    pub warnings: Vec<Warning>,
}

/// A feed of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFeed {
    pub url: Url,
    /// What the list calls it.
    pub title: Option<SafeText>,
    /// Folders from the outermost, joined by `/`.
    pub folder: Option<SafeText>,
    pub tags: Vec<SafeText>,
    pub hidden: bool,
    /// Attributes of its OPML outline that mean nothing here. They are kept with the
    /// feed, so that an export has them again.
    pub opml: Vec<(String, String)>,
}

/// A saved search of a list, in the language of the reader's search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSearch {
    pub name: SafeText,
    pub query: String,
}

/// A program of a list whose output is a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCommand {
    /// The program and its arguments, as `command` of `feeds.toml` takes them.
    pub argv: Vec<String>,
    pub title: Option<SafeText>,
    pub folder: Option<SafeText>,
    pub tags: Vec<SafeText>,
    pub hidden: bool,
}

impl From<NewFeed> for Subscription {
    fn from(feed: NewFeed) -> Self {
        let NewFeed { url, title, folder, tags, hidden, opml } = feed;
        Self { title, folder, tags, hidden, opml, ..Self::new(Origin::Address(url), 0) }
    }
}

impl From<NewCommand> for Subscription {
    fn from(command: NewCommand) -> Self {
        let NewCommand { argv, title, folder, tags, hidden } = command;
        Self { title, folder, tags, hidden, ..Self::new(Origin::Command(argv), 0) }
    }
}

/// A format of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Opml,
    /// The `urls` file of newsboat and newsbeuter.
    Newsboat,
}

/// The document is no list of feeds. The sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAList(pub SafeText);

/// The format that a document seems to have.
pub fn guess(bytes: &[u8]) -> Option<Format> {
    if feed::kind(bytes, &extract::Hints::default()) == feed::Kind::Opml {
        return Some(Format::Opml);
    }
    let (text, _) = extract::decode::decode(bytes, &extract::Hints::default()).ok()?;
    newsboat::is_urls(&text).then_some(Format::Newsboat)
}

/// Reads a list; without a format, guesses it.
///
/// # Errors
///
/// The document is no list of that format, or of none that is known.
pub fn read(bytes: &[u8], format: Option<Format>) -> Result<Plan, NotAList> {
    let unknown =
        "this is no list of feeds and none of stories that is known; name what it is with --format";
    let format = format.or_else(|| guess(bytes)).ok_or_else(|| NotAList(unknown.into()))?;
    let mut draft = Draft::default();
    match format {
        Format::Opml => opml::read(bytes, &mut draft)?,
        Format::Newsboat => {
            let decoded = extract::decode::decode(bytes, &extract::Hints::default());
            let (text, warnings) = decoded.map_err(|error| NotAList(SafeText::line(&error.0)))?;
            draft.plan.warnings.extend(warnings);
            newsboat::read(&text, &mut draft);
        }
    }
    Ok(draft.finish())
}

/// Feeds, searches and commands of a list that are taken. Nobody reads as many.
const MOST: usize = 100_000;

/// Complaints about a list that are told one by one.
const COMPLAINTS: usize = 1_000;

/// Tags of a feed or a story that are taken: each is compared with all others, and nobody has as many.
const MOST_TAGS: usize = 100;

/// A plan that is being made.
#[derive(Debug, Default)]
struct Draft {
    plan: Plan,
    /// Where in the plan the feed of an address stands.
    places: HashMap<Url, usize>,
    /// The programs that stand in it.
    programs: HashSet<Vec<String>>,
    /// What there was no room for.
    left_out: usize,
    /// Complaints beyond those that are told.
    untold: usize,
}

impl Draft {
    /// Adds a feed. One that stands in the list twice is one feed with the tags of both.
    fn feed(&mut self, mut feed: NewFeed) {
        if !self.places.contains_key(&feed.url) && !self.has_room() {
            return;
        }
        feed.tags.truncate(MOST_TAGS);
        let place = *self.places.entry(feed.url.clone()).or_insert(self.plan.feeds.len());
        let Some(known) = self.plan.feeds.get_mut(place) else {
            self.plan.feeds.push(feed);
            return;
        };
        let new = feed.tags.into_iter().filter(|tag| !known.tags.contains(tag));
        let new: Vec<_> = new.take(MOST_TAGS.saturating_sub(known.tags.len())).collect();
        known.tags.extend(new);
        known.title = known.title.take().or(feed.title);
        match (&known.folder, feed.folder) {
            (None, other) => known.folder = other,
            (Some(folder), Some(other)) if *folder != other => {
                let url = shown(&known.url);
                let sentence =
                    format!("{url} stands in {folder} and in {other}; it is put into the first");
                self.complain(|| Warning::new(sentence));
            }
            (Some(_), _) => {}
        }
    }

    fn command(&mut self, command: NewCommand) {
        if !self.programs.contains(&command.argv) && self.has_room() {
            self.programs.insert(command.argv.clone());
            self.plan.commands.push(command);
        }
    }

    fn search(&mut self, search: NewSearch) {
        if self.has_room() {
            self.plan.searches.push(search);
        }
    }

    /// Whether one more is taken.
    fn has_room(&mut self) -> bool {
        let Plan { feeds, searches, commands, .. } = &self.plan;
        let has_room = feeds.len() + searches.len() + commands.len() < MOST;
        self.left_out += usize::from(!has_room);
        has_room
    }

    fn complain(&mut self, warning: impl FnOnce() -> Warning) {
        if self.plan.warnings.len() < COMPLAINTS {
            self.plan.warnings.push(warning());
        } else {
            self.untold += 1;
        }
    }

    fn warn(&mut self, line: usize, sentence: impl FnOnce() -> String) {
        self.complain(|| Warning::at(line, sentence()));
    }

    /// The plan, with what became too much.
    fn finish(mut self) -> Plan {
        if self.left_out > 0 {
            let sentence = format!(
                "a list of more than {} was cut: {} were left out; import it in parts",
                grouped(MOST),
                grouped(self.left_out)
            );
            self.plan.warnings.push(Warning::new(sentence));
        }
        if self.untold > 0 {
            let sentence = format!("{} more lines are odd as well", grouped(self.untold));
            self.plan.warnings.push(Warning::new(sentence));
        }
        self.plan
    }

    /// Says that an address leads nowhere.
    fn no_address(&mut self, line: Option<usize>, address: &str) {
        self.complain(|| {
            let address = feed::discover::asked(address);
            let message = format!("{address} is no address of the web; it was left out");
            Warning { message, line }
        });
    }

    /// Says that a feed was to pass through a program.
    fn filtered(&mut self, line: Option<usize>, address: &str, program: &str) {
        self.complain(|| {
            let (address, program) = (feed::discover::asked(address), SafeText::title(program));
            let message =
                format!("{address} comes without the filter {program}: the feed is taken as it is");
            Warning { message, line }
        });
    }
}

/// The address of a feed as lists write it.
fn address(written: &str) -> Option<Url> {
    feed::discover::typed(&written.trim().replace(' ', "%20"))
}

/// The program of a feed that is made by one: `exec:…`, and `|…` of older lists. A shell is to
/// read it, as it did there. One that is not all in sight is none: nobody could agree to it.
fn command(address: &str) -> Option<Vec<String>> {
    let line = address.strip_prefix("exec:").or_else(|| address.strip_prefix('|'))?.trim();
    let is_seen = !line.is_empty() && *SafeText::line(line) == *line;
    is_seen.then(|| vec!["sh".to_owned(), "-c".to_owned(), line.to_owned()])
}
