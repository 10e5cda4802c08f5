//! `Writer`: puts what feeds answered into the library.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::batch::Batch;
use super::damage::{self, Identity};
use super::log::Log;
use super::{FILE, SetAside, StoreError, Stored, Update, health, schema};
use crate::feed::health::Health;
use crate::library::untitled;
use crate::story::SourceKey;

/// The one that writes. Another process may have one too: they take turns.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    /// Stands before the database, so that it is the last to close it.
    log: Log,
    /// None only while the file is replaced.
    open: Option<Open>,
    set_aside: Option<SetAside>,
}

#[derive(Debug)]
struct Open {
    db: Connection,
    file: Option<Identity>,
}

impl Writer {
    /// Opens the library in the data directory, or begins one. A damaged one is set aside.
    pub fn open(dir: &Path) -> Result<(Self, Option<SetAside>), StoreError> {
        let path = dir.join(FILE);
        let mut writer = Self { path, open: None, set_aside: None, log: Log::default() };
        writer.mend(|writer| writer.opened().map(drop))?;
        let set_aside = writer.take_set_aside();
        Ok((writer, set_aside))
    }

    /// Stores what feeds answered, all of it or, after an error, none of it. A library that
    /// is found damaged is set aside, and a new one begins with these.
    pub fn write(
        &mut self,
        now: Timestamp,
        updates: Vec<Update>,
    ) -> Result<Vec<Stored>, StoreError> {
        let stored = self.put(now, updates)?;
        self.commit()?;
        Ok(stored)
    }

    /// Does the same, but keeps the transaction open for more, which saves much: half of the
    /// pages that each transaction changes are those of the indexes, and they are the same
    /// ones every time. Nobody else sees any of it, and a crash loses it, until
    /// [`commit`](Self::commit). Another process that wants to write waits so long. After an
    /// error, nothing is stored that came since the last commit.
    pub fn put(
        &mut self,
        now: Timestamp,
        mut updates: Vec<Update>,
    ) -> Result<Vec<Stored>, StoreError> {
        let entries = updates.iter_mut().flat_map(|update| &mut update.arrivals);
        for entry in entries.map(|arrival| &mut arrival.entry) {
            if entry.title.is_empty() {
                entry.title = untitled::title(entry);
            }
        }
        self.mend(|writer| {
            writer.step(|db| {
                let batch = Batch { db, now };
                updates.iter().map(|update| batch.update(update)).collect()
            })
        })
    }

    /// Stores what was put for good.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        match &mut self.open {
            Some(open) if !open.db.is_autocommit() => {
                let done = open.db.execute_batch("COMMIT");
                if done.is_err() {
                    open.roll_back();
                }
                self.log.empty(&self.path);
                done.map_err(|error| StoreError::of(&self.path, error))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Changes what is known of feeds that were asked before, and no story.
    pub fn set_health(&mut self, health: &[(SourceKey, Health)]) -> Result<(), StoreError> {
        self.mend(|writer| {
            writer.step(|db| {
                let mut set = db.prepare_cached("UPDATE source SET health = ?2 WHERE key = ?1")?;
                for (key, health) in health {
                    set.execute(params![key.as_str(), health::to_json(health)])?;
                }
                Ok(())
            })
        })?;
        self.commit()
    }

    /// A library that was found damaged while writing, and set aside.
    pub fn take_set_aside(&mut self) -> Option<SetAside> {
        self.set_aside.take()
    }

    /// Tidies up after the last commit. What cannot be tidied now is the next time.
    pub fn finish(&mut self) {
        self.log.settle();
        if let Ok(open) = self.opened() {
            let _ = open.db.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    /// Does something, and once more with a new library if this one is damaged.
    fn mend<T>(
        &mut self,
        work: impl Fn(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match work(self) {
            Err(StoreError::Damaged { reason, .. }) => {
                self.log.settle();
                let file = match self.open.take() {
                    Some(open) => open.file,
                    None => Identity::of(&self.path),
                };
                if let Some(set_aside) = damage::set_aside(&self.path, file, reason)? {
                    self.set_aside = Some(set_aside);
                }
                work(self)
            }
            done => done,
        }
    }

    /// The database, opened anew if its file was replaced or deleted.
    fn opened(&mut self) -> Result<&mut Open, StoreError> {
        let stale = |open: &mut Open| open.file.is_none() || open.file != Identity::of(&self.path);
        if self.open.as_mut().is_some_and(stale) {
            self.log.settle();
            self.open = None;
        }
        let open = if let Some(open) = self.open.take() {
            open
        } else {
            let db = schema::open_to_write(&self.path)?;
            Open { db, file: Identity::of(&self.path) }
        };
        Ok(self.open.insert(open))
    }

    /// Does a part of a transaction, and begins one if none is open.
    fn step<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let path = self.path.clone();
        let open = self.opened()?;
        let step = || {
            if open.db.is_autocommit() {
                open.db.execute_batch("BEGIN IMMEDIATE")?;
                schema::fit_cache(&open.db)?;
            }
            work(&open.db)
        };
        let done = step();
        if done.is_err() {
            open.roll_back();
        }
        done.map_err(|error| StoreError::of(&path, error))
    }
}

impl Open {
    /// Forgets what was put since the last commit.
    fn roll_back(&self) {
        // SQLite may have done it itself.
        let _ = self.db.execute_batch("ROLLBACK");
    }
}
