//! Lines of JSON become stored stories, with their marks.

use std::collections::HashMap;
use std::io::{BufRead, Read as _};
use std::path::Path;
use std::sync::Arc;

use super::Outcome;
use crate::cli::{bookmarks, now, say};
use crate::config::subscriptions::Subscriptions;
use crate::feed::health::Health;
use crate::feed::identity;
use crate::feeds::FeedsFile;
use crate::import::jsonl::{self, Imported};
use crate::journal::{Durability, Journal};
use crate::library::file::FileError;
use crate::library::store::{Arrival, Reader, Update, Writer};
use crate::reading::{About, Change, Wish};
use crate::runtime::paths::Paths;
use crate::story::{Source, SourceKey, StoryId};
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

/// Stories that are put into the library at a time, and how often that is done in one
/// transaction.
const BATCH: usize = 2_000;
const BATCHES: usize = 10;

/// Bytes of text that are put there at a time, where that is fewer stories.
const BATCH_BYTES: usize = 16 << 20;

/// Bytes of the longest line.
const LONGEST: u64 = 32 << 20;

/// Lines that are complained about one by one.
const COMPLAINTS: usize = 20;

/// Stores the stories of a document, a line each.
pub(super) fn import(
    path: &Path,
    lines: &mut impl BufRead,
    paths: &Paths,
) -> anyhow::Result<Outcome> {
    let mut import = Import::open(paths)?;
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let fail = |error| FileError::of(path, error);
        if lines.by_ref().take(LONGEST).read_until(b'\n', &mut line).map_err(fail)? == 0 {
            break;
        }
        number += 1;
        if line.len() as u64 == LONGEST && !line.ends_with(b"\n") {
            lines.skip_until(b'\n').map_err(fail)?;
            import.complain(number, &format!("this is longer than {} MiB", LONGEST >> 20));
            continue;
        }
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if text.is_empty() {
            continue;
        }
        match jsonl::line(text) {
            Ok(story) => import.take(story)?,
            Err(why) => import.complain(number, &why.to_string()),
        }
    }
    import.finish(paths)
}

/// Stores stories as they are told of. Whoever tells them says at the end what was odd.
pub(super) fn store(
    paths: &Paths,
    each: impl FnOnce(&mut dyn FnMut(Imported)) -> anyhow::Result<Vec<Warning>>,
) -> anyhow::Result<Outcome> {
    let mut import = Import::open(paths)?;
    let mut taken = Ok(());
    let warnings = each(&mut |story| {
        if taken.is_ok() {
            taken = import.take(story);
        }
    })?;
    taken?;
    import.outcome.warnings = warnings;
    import.finish(paths)
}

struct Import {
    subscriptions: Subscriptions,
    health: HashMap<SourceKey, Health>,
    reader: Option<Reader>,
    writer: Writer,
    /// By source, in the order in which they first came.
    batch: Vec<Update>,
    places: HashMap<SourceKey, usize>,
    waiting: usize,
    /// Of their texts.
    bytes: usize,
    batches: usize,
    wishes: Vec<Wish>,
    refused: usize,
    outcome: Outcome,
}

impl Import {
    fn open(paths: &Paths) -> anyhow::Result<Self> {
        let (writer, set_aside) = Writer::open(&paths.data)?;
        if let Some(set_aside) = set_aside {
            say(set_aside.to_string());
        }
        let reader = Reader::open(&paths.data)?;
        let health = match &reader {
            Some(reader) => reader.health()?,
            None => HashMap::new(),
        };
        let subscriptions = FeedsFile::new(&paths.config, &paths.data).load()?.subscriptions;
        Ok(Self {
            subscriptions,
            health,
            reader,
            writer,
            batch: Vec::new(),
            places: HashMap::new(),
            waiting: 0,
            bytes: 0,
            batches: 0,
            wishes: Vec::new(),
            refused: 0,
            outcome: Outcome::default(),
        })
    }

    fn take(&mut self, story: Imported) -> anyhow::Result<()> {
        let source = self.source(&story);
        let id = story.id.unwrap_or_else(|| StoryId::new(source.key.as_str(), &story.entry_id));
        self.wish(id, &story, &source);
        let known = match &self.reader {
            Some(reader) => reader.story(id)?.is_some(),
            None => false,
        };
        if known {
            // What is stored came from the publisher, and says more.
            self.outcome.known += 1;
            return Ok(());
        }
        let Imported { entry_id, entry, .. } = story;
        let bytes = entry.content.as_str().len();
        let (digest, minutes) = identity::digest_and_minutes(&entry);
        let arrival = Arrival { id, entry_id, digest, minutes, entry };
        let key = source.key.clone();
        let place = *self.places.entry(key).or_insert(self.batch.len());
        if let Some(update) = self.batch.get_mut(place) {
            update.arrivals.push(arrival);
        } else {
            let health = self.health.get(&source.key).cloned().unwrap_or_default();
            self.batch.push(Update { source, health, arrivals: vec![arrival] });
        }
        self.waiting += 1;
        self.bytes += bytes;
        if self.waiting >= BATCH || self.bytes >= BATCH_BYTES { self.write() } else { Ok(()) }
    }

    /// The feed that it is of, if there is a subscription to it; else a site by its name.
    fn source(&self, story: &Imported) -> Arc<Source> {
        let feed = story.source_key.as_ref().and_then(|key| self.subscriptions.get(key));
        let named = Some(&story.source).filter(|name| !name.is_empty());
        let host = story.entry.link.as_ref().and_then(|link| link.host_str());
        let name = named.cloned().or_else(|| host.map(SafeText::title));
        let name = name.unwrap_or_else(|| "Imported".into());
        Arc::new(match feed {
            Some(feed) => Source { key: feed.key.clone(), name },
            None => Source::site(name),
        })
    }

    fn wish(&mut self, story: StoryId, line: &Imported, source: &Source) {
        let about = About {
            title: line.entry.title.clone(),
            url: line.entry.link.as_ref().map(ToString::to_string),
            source: source.name.clone(),
        };
        let tags = line.tags.iter().map(|name| Change::Tag { name: name.clone(), on: true });
        let mut changes: Vec<_> = tags.collect();
        changes.extend(line.saved.then_some(Change::Saved(true)));
        changes.extend(line.note.clone().map(Change::Note));
        let named = changes.into_iter().map(|change| (change, Some(about.clone())));
        let read = line.read.then_some((Change::Read(true), None));
        let wishes = named.chain(read).map(|(change, about)| Wish { story, change, about });
        self.wishes.extend(wishes);
    }

    fn complain(&mut self, line: usize, why: &str) {
        self.refused += 1;
        self.outcome.failed = true;
        if self.refused <= COMPLAINTS {
            self.outcome.warnings.push(Warning::at(line, why));
        }
    }

    fn write(&mut self) -> anyhow::Result<()> {
        self.places.clear();
        self.waiting = 0;
        self.bytes = 0;
        for stored in self.writer.put(now(), std::mem::take(&mut self.batch))? {
            self.outcome.stories += stored.new.len();
            self.outcome.known += stored.shared.len();
        }
        self.batches += 1;
        if self.batches.is_multiple_of(BATCHES) {
            self.writer.commit()?;
        }
        Ok(())
    }

    fn finish(mut self, paths: &Paths) -> anyhow::Result<Outcome> {
        self.write()?;
        self.writer.commit()?;
        self.writer.finish();
        if let Some(more) = self.refused.checked_sub(COMPLAINTS).filter(|more| *more > 0) {
            let sentence = format!("{more} more lines are no stories");
            self.outcome.warnings.push(Warning::new(sentence));
        }
        self.outcome.marks = mark(self.wishes, paths)?;
        Ok(self.outcome)
    }
}

/// Marks stories as the lines say, in one step that can be taken back. Says how many marks
/// that took.
fn mark(wishes: Vec<Wish>, paths: &Paths) -> anyhow::Result<usize> {
    if wishes.is_empty() {
        return Ok(0);
    }
    let (mut journal, mut loaded) = Journal::open(&paths.config, &paths.data);
    loaded.writable?;
    let marks = loaded.state.step(now(), &"Imported marks".into(), wishes);
    for mark in &marks {
        loaded.state.apply(mark);
    }
    journal.append(&marks, Durability::Now)?;
    bookmarks::files(&marks, &loaded.state, paths);
    Ok(marks.len())
}
