//! One transaction's work: an [`Update`] becomes rows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::identity::{Candidate, Document, address_key, title_key};
use super::row::{self, Rest};
use super::{Arrival, Stored, Update, health};
use crate::feed::Content;
use crate::feed::health::{Health, Validators};
use crate::story::{Source, SourceKey, Story, StoryId};

/// Earlier texts that are kept of a story: the first one and the latest.
const VERSIONS: i64 = 32;

/// Entries of a feed that one without a link and with a new id is compared with.
const COMPARED: i64 = 5_000;

/// A transaction at work.
pub(super) struct Batch<'a> {
    pub db: &'a Connection,
    pub now: Timestamp,
}

/// An entry's story, found by its id.
#[derive(Debug, Clone, Copy)]
struct Known {
    story: i64,
    digest: i64,
}

/// A row of the table of stories.
struct Row {
    id: StoryId,
    source: i64,
    body: i64,
    minutes: u16,
    title: crate::text::sanitize::SafeText,
}

impl Batch<'_> {
    /// Stores what one feed answered.
    pub(super) fn update(&self, update: &Update) -> rusqlite::Result<Stored> {
        let source = self.source(update)?;
        let mut stored = Stored {
            source: update.source.key.clone(),
            new: Vec::new(),
            updated: Vec::new(),
            shared: Vec::new(),
            aliases: Vec::new(),
        };
        let mut seen = HashSet::new();
        let mut known = Vec::with_capacity(update.arrivals.len());
        for arrival in update.arrivals.iter().filter(|arrival| seen.insert(arrival.id)) {
            known.push((arrival, self.known(arrival.id)?));
        }
        let mut feed = Feed { batch: self, source, update, stored: &mut stored };
        if known.iter().all(|(_, known)| known.is_some()) {
            for (arrival, known) in known {
                feed.again(arrival, known)?;
            }
        } else {
            feed.document(&known)?;
        }
        Ok(stored)
    }

    /// The number of a source, which is made or brought up to date.
    ///
    /// One that is not here and brings nothing was asked for changes alone, before the library
    /// that had its stories was lost: the next time it is asked for all.
    fn source(&self, update: &Update) -> rusqlite::Result<i64> {
        let Update { source, health, arrivals } = update;
        let whole = !arrivals.is_empty() || self.has(&source.key)?;
        let anew;
        let health = if whole {
            health
        } else {
            anew = Health { validators: Validators::default(), ..health.clone() };
            &anew
        };
        self.db
            .prepare_cached(
                "INSERT INTO source (key, name, health) VALUES (?1, ?2, ?3)
                 ON CONFLICT (key) DO UPDATE SET name = ?2, health = ?3 RETURNING source",
            )?
            .query_row(
                params![source.key.as_str(), source.name.as_str(), health::to_json(health)],
                |row| row.get(0),
            )
    }

    fn has(&self, source: &SourceKey) -> rusqlite::Result<bool> {
        self.db.prepare_cached("SELECT 1 FROM source WHERE key = ?1")?.exists([source.as_str()])
    }

    fn known(&self, id: StoryId) -> rusqlite::Result<Option<Known>> {
        self.db
            .prepare_cached("SELECT story, digest FROM entry WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| Ok(Known { story: row.get(0)?, digest: row.get(1)? }))
            .optional()
    }

    fn row(&self, story: i64) -> rusqlite::Result<Row> {
        self.db
            .prepare_cached("SELECT id, source, body, minutes, title FROM story WHERE story = ?1")?
            .query_row([story], |row| {
                Ok(Row {
                    id: StoryId::from_bytes(row.get(0)?),
                    source: row.get(1)?,
                    body: row.get(2)?,
                    minutes: row.get(3)?,
                    title: row::title(row, 4)?,
                })
            })
    }

    /// A number for a story of a date.
    fn free_number(&self, date: Timestamp) -> rusqlite::Result<i64> {
        let mut numbers = row::numbers_of(date);
        loop {
            // Not in one statement with the insertion: what reads and writes one table goes by
            // a temporary one.
            let last: Option<i64> = self
                .db
                .prepare_cached("SELECT max(story) FROM story WHERE story BETWEEN ?1 AND ?2")?
                .query_row([numbers.start(), numbers.end()], |row| row.get(0))?;
            let number = last.map_or(*numbers.start(), |last| last + 1);
            if numbers.contains(&number) {
                return Ok(number);
            }
            // A feed that gives a million stories one date gets no number of another second:
            // that it is taken would look like damage.
            numbers = row::numbers_before(&numbers);
        }
    }

    /// The stories at an address, for a feed.
    fn candidates(&self, address: i64, source: i64) -> rusqlite::Result<Vec<Candidate>> {
        // Nearly always there is none, and that can be told with less.
        let mut any = self.db.prepare_cached("SELECT 1 FROM address WHERE address = ?1")?;
        if !any.exists([address])? {
            return Ok(Vec::new());
        }
        self.db
            .prepare_cached(
                "SELECT story.story, story.source, story.title, body.entry_id,
                    story.source = ?2 OR EXISTS (SELECT 1 FROM shared
                        WHERE shared.story = story.story AND shared.source = ?2),
                    body.kind, body.content
                 FROM address JOIN story USING (story) JOIN body USING (body)
                 WHERE address = ?1 ORDER BY story.story",
            )?
            .query_map([address, source], |row| {
                Ok(Candidate {
                    story: row.get(0)?,
                    source: row.get(1)?,
                    title: row::title(row, 2)?,
                    entry_id: row::text(row, 3)?.unwrap_or_default(),
                    own: row.get(4)?,
                    content: row::content(row, 5)?,
                })
            })?
            .collect()
    }

    /// The stories of a feed by the digests of what they last said.
    fn digests(&self, source: i64) -> rusqlite::Result<HashMap<i64, i64>> {
        self.db
            .prepare_cached(
                "SELECT entry.digest, story.story FROM story JOIN entry USING (id)
                 WHERE source = ?1 ORDER BY story.story DESC LIMIT ?2",
            )?
            .query_map([source, COMPARED], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }
}

/// One feed's part of a batch.
struct Feed<'a, 'b> {
    batch: &'a Batch<'b>,
    source: i64,
    update: &'a Update,
    stored: &'a mut Stored,
}

impl Feed<'_, '_> {
    /// Stores a document in which there are unknown ids.
    fn document(&mut self, entries: &[(&Arrival, Option<Known>)]) -> rusqlite::Result<()> {
        let addresses: Vec<_> = entries
            .iter()
            .map(|(arrival, _)| arrival.entry.link.as_ref().and_then(address_key))
            .collect();
        let mut document = Document::new(addresses.iter().copied());
        document.present =
            entries.iter().filter_map(|(_, known)| Some(known.as_ref()?.story)).collect();
        let none_known = document.present.is_empty();

        let mut found = Vec::with_capacity(entries.len());
        for ((_, known), address) in entries.iter().zip(&addresses) {
            let alone = address.filter(|at| known.is_none() && document.is_of_one(*at));
            found.push(match alone {
                Some(address) => self.batch.candidates(address, self.source)?,
                None => Vec::new(),
            });
        }
        let moved = found.iter().filter(|found| found.iter().any(|at| at.own)).count();
        document.renumbered = none_known && moved >= 2 && moved * 2 >= entries.len();
        let digests = if none_known { self.batch.digests(self.source)? } else { HashMap::new() };

        // The last entry first: of the same second, the first of the document comes on top.
        let entries = entries.iter().zip(addresses).zip(found).rev();
        for (((arrival, known), address), candidates) in entries {
            if known.is_some() {
                self.again(arrival, *known)?;
                continue;
            }
            let same = document.choose(arrival, &candidates).map(|same| (same.story, same.own));
            // Ids that are made anew for every answer, and no links that tell.
            let same = same.or_else(|| {
                let story = digests.get(&arrival.digest.cast_signed())?;
                (!document.present.contains(story)).then_some((*story, true))
            });
            let story = match same {
                Some((story, own)) => {
                    self.alias(arrival, story, own)?;
                    story
                }
                None => self.new_story(arrival)?,
            };
            document.present.insert(story);
            if let Some(address) = address {
                self.at(address, story)?;
            }
        }
        self.stored.new.reverse();
        self.stored.updated.reverse();
        Ok(())
    }

    /// An entry with a known id.
    fn again(&mut self, arrival: &Arrival, known: Option<Known>) -> rusqlite::Result<()> {
        let Some(known) = known.filter(|known| known.digest != arrival.digest.cast_signed()) else {
            return Ok(());
        };
        self.batch
            .db
            .prepare_cached("UPDATE entry SET digest = ?2 WHERE id = ?1")?
            .execute(params![arrival.id.as_bytes(), arrival.digest.cast_signed()])?;
        if let Some(address) = arrival.entry.link.as_ref().and_then(address_key) {
            self.at(address, known.story)?;
        }
        let row = self.batch.row(known.story)?;
        // What another feed tells of it is its own to tell.
        if row.source == self.source { self.revise(arrival, known.story, row) } else { Ok(()) }
    }

    /// Another id of a story.
    fn alias(&mut self, arrival: &Arrival, story: i64, own: bool) -> rusqlite::Result<()> {
        let row = self.batch.row(story)?;
        let said = self.batch.known(row.id)?.map(|known| known.digest);
        self.entry(arrival, story, true)?;
        self.stored.aliases.push((row.id, arrival.id));
        if !own {
            self.batch
                .db
                .prepare_cached("INSERT OR IGNORE INTO shared (story, source) VALUES (?1, ?2)")?
                .execute([story, self.source])?;
            self.stored.shared.push(row.into_story(story, self.update.source.clone()));
        } else if row.source == self.source && said != Some(arrival.digest.cast_signed()) {
            self.revise(arrival, story, row)?;
        }
        Ok(())
    }

    fn new_story(&mut self, arrival: &Arrival) -> rusqlite::Result<i64> {
        let db = self.batch.db;
        let entry = &arrival.entry;
        let now = self.batch.now;
        // A date in the future is none: a story is not on top until then.
        let past = |date: Option<Timestamp>| date.filter(|date| *date <= now);
        let date = past(entry.published).or(past(entry.updated)).unwrap_or(now);
        let (kind, content) = row::content_columns(&entry.content);
        db.prepare_cached(
            "INSERT INTO body
                (entry_id, first_seen, published, updated, link, rest, kind, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            arrival.entry_id,
            now.as_second(),
            row::seconds(past(entry.published)),
            row::seconds(past(entry.updated)),
            entry.link.as_ref().map(url::Url::as_str),
            Rest::of(entry),
            kind,
            content,
        ])?;
        let body = db.last_insert_rowid();
        let number = self.batch.free_number(date)?;
        db.prepare_cached(
            "INSERT INTO story (story, id, source, body, minutes, title)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            number,
            arrival.id.as_bytes(),
            self.source,
            body,
            arrival.minutes,
            entry.title.as_str(),
        ])?;
        self.entry(arrival, number, false)?;
        self.titled(&entry.title, number)?;
        let row = Row {
            id: arrival.id,
            source: self.source,
            body,
            minutes: arrival.minutes,
            title: entry.title.clone(),
        };
        self.stored.new.push(row.into_story(number, self.update.source.clone()));
        Ok(number)
    }

    /// The publisher changed a story. What it said before is kept as a version.
    fn revise(&mut self, arrival: &Arrival, story: i64, mut row: Row) -> rusqlite::Result<()> {
        let db = self.batch.db;
        let entry = &arrival.entry;
        let old: Content = db
            .prepare_cached("SELECT kind, content FROM body WHERE body = ?1")?
            .query_row([row.body], |row| row::content(row, 0))?;
        // A feed that gives shorter entries from now on takes no text away.
        let emptied = entry.content == Content::None && old != Content::None;
        let content = if emptied { &old } else { &entry.content };
        let minutes = if emptied { row.minutes } else { arrival.minutes };
        if row.title != entry.title || *content != old {
            self.keep_version(story, &row, &old)?;
        }
        let (kind, content) = row::content_columns(content);
        let now = self.batch.now;
        let past = |date: Option<Timestamp>| row::seconds(date.filter(|date| *date <= now));
        db.prepare_cached(
            "UPDATE body SET published = ?2, updated = ?3, link = coalesce(?4, link),
                rest = ?5, kind = ?6, content = ?7 WHERE body = ?1",
        )?
        .execute(params![
            row.body,
            past(entry.published),
            past(entry.updated),
            entry.link.as_ref().map(url::Url::as_str),
            Rest::of(entry),
            kind,
            content,
        ])?;
        db.prepare_cached("UPDATE story SET minutes = ?2, title = ?3 WHERE story = ?1")?
            .execute(params![story, minutes, entry.title.as_str()])?;
        self.titled(&entry.title, story)?;
        (row.minutes, row.title) = (minutes, entry.title.clone());
        self.stored.updated.push(row.into_story(story, self.update.source.clone()));
        Ok(())
    }

    fn keep_version(&self, story: i64, row: &Row, old: &Content) -> rusqlite::Result<()> {
        let db = self.batch.db;
        let (kind, content) = row::content_columns(old);
        db.prepare_cached(
            "INSERT INTO version (story, until, title, kind, content) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            story,
            self.batch.now.as_second(),
            row.title.as_str(),
            kind,
            content
        ])?;
        // Some pages change with every answer.
        db.prepare_cached(
            "DELETE FROM version WHERE story = ?1 AND version = (
                SELECT version FROM version WHERE story = ?1 ORDER BY version LIMIT 1 OFFSET 1
             ) AND (SELECT count(*) FROM version WHERE story = ?1) > ?2",
        )?
        .execute([story, VERSIONS])?;
        Ok(())
    }

    fn entry(&self, arrival: &Arrival, story: i64, alias: bool) -> rusqlite::Result<()> {
        self.batch
            .db
            .prepare_cached("INSERT INTO entry (id, story, digest, alias) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![arrival.id.as_bytes(), story, arrival.digest.cast_signed(), alias])
            .map(drop)
    }

    fn at(&self, address: i64, story: i64) -> rusqlite::Result<()> {
        self.batch
            .db
            .prepare_cached("INSERT OR IGNORE INTO address (address, story) VALUES (?1, ?2)")?
            .execute([address, story])
            .map(drop)
    }

    fn titled(&self, title: &str, story: i64) -> rusqlite::Result<()> {
        let Some(key) = title_key(title) else { return Ok(()) };
        self.batch
            .db
            .prepare_cached("INSERT OR IGNORE INTO title (title, story) VALUES (?1, ?2)")?
            .execute([key, story])
            .map(drop)
    }
}

impl Row {
    fn into_story(self, number: i64, source: Arc<Source>) -> Story {
        Story {
            id: self.id,
            title: self.title,
            source,
            published: Some(row::published(number)),
            minutes: self.minutes,
            details: None,
        }
    }
}
