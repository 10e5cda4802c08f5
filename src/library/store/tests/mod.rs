//! What every test of the store needs: small documents, and a library to put them in.

mod damage;
mod keeping;
mod same;

use std::sync::Arc;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;

/// Some moment in 2026.
const NOON: i64 = 1_790_000_000;

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// An entry with the id, title and link given, a minute younger than those after it.
fn arrival(key: &str, id: &str, title: &str, link: &str) -> Arrival {
    let entry = Entry {
        id: Some(id.to_owned()),
        title: title.into(),
        link: link.parse().ok(),
        published: Some(time(NOON - 3_600)),
        content: Content::Html(format!("<p>{title}, and nothing more.</p>")),
        ..Entry::default()
    };
    let mut arrival = Arrival {
        id: StoryId::new(key, id),
        entry_id: id.to_owned(),
        digest: 0,
        minutes: 1,
        entry,
    };
    digest(&mut arrival);
    arrival
}

/// Gives an arrival the digest of what it says.
fn digest(arrival: &mut Arrival) {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    arrival.entry.title.hash(&mut hasher);
    format!("{:?}{:?}", arrival.entry.content, arrival.entry.link).hash(&mut hasher);
    arrival.digest = hasher.finish();
}

fn update(key: &str, arrivals: Vec<Arrival>) -> Update {
    let source = Arc::new(Source { key: SourceKey::new(key), name: key.into() });
    Update { source, health: Health { status: Some(200), ..Health::default() }, arrivals }
}

/// The document of a feed with these entries: id, title and link of each.
fn document(key: &str, entries: &[(&str, &str, &str)]) -> Update {
    let arrivals = entries.iter().map(|(id, title, link)| arrival(key, id, title, link));
    update(key, arrivals.collect())
}

/// A library in a directory of its own.
struct Desk {
    dir: TempDir,
    writer: Writer,
    /// The time of the next write.
    now: i64,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (writer, set_aside) = Writer::open(dir.path()).unwrap();
        assert_eq!(set_aside, None);
        Self { dir, writer, now: NOON }
    }

    /// Stores one answer, an hour after the one before.
    #[track_caller]
    fn store(&mut self, update: Update) -> Stored {
        self.now += 3_600;
        self.writer.write(time(self.now), vec![update]).unwrap().remove(0)
    }

    fn reader(&self) -> Reader {
        Reader::open(self.dir.path()).unwrap().unwrap()
    }

    /// The titles of all stories, the latest first.
    fn titles(&self) -> Vec<String> {
        titles(&self.reader().page(None, usize::MAX).unwrap().stories)
    }
}

fn titles(stories: &[Story]) -> Vec<String> {
    stories.iter().map(|story| story.title.to_string()).collect()
}
