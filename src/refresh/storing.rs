//! `Storing`: what has been read goes into the library, and is reported when it is there.
//!
//! It runs on the thread that called for the refresh, the only one that writes.

use std::collections::HashMap;
use std::path::Path;

use jiff::Timestamp;

use super::judge;
use super::reach::Waiting;
use super::transaction::{Judged, Transaction};
use super::{Asked, Event, Totals};
use crate::config::subscriptions::{Origin, Subscription};
use crate::feed::health::Health;
use crate::library::store::{Reader, StoreError, Writer};
use crate::net::politeness::domain;
use crate::story::SourceKey;

/// The library to write, and what it knows of the feeds. A damaged one is set aside.
pub(super) fn open(
    data: &Path,
    on: &mut dyn FnMut(Event),
) -> Result<(Writer, HashMap<SourceKey, Health>), StoreError> {
    let writer = |on: &mut dyn FnMut(Event)| {
        let (writer, set_aside) = Writer::open(data)?;
        if let Some(set_aside) = set_aside {
            on(Event::SetAside(set_aside));
        }
        Ok(writer)
    };
    let first = writer(on)?;
    let Some(reader) = Reader::open(data)? else { return Ok((first, HashMap::new())) };
    match reader.health() {
        // To write alone may not meet it, and then every refresh would end here.
        Err(error) if error.is_damage() => {
            drop(first);
            if let Some(set_aside) = reader.set_aside(&error.to_string())? {
                on(Event::SetAside(set_aside));
            }
            Ok((writer(on)?, HashMap::new()))
        }
        known => Ok((first, known?)),
    }
}

/// A refresh, as far as it is stored.
pub(super) struct Storing<'a> {
    writer: Writer,
    asked: &'a [Asked],
    /// What is known of every feed by now.
    known: HashMap<SourceKey, Health>,
    waiting: Waiting,
    open: Transaction,
    /// The domains that want to be left alone, and until when.
    holds: HashMap<String, Timestamp>,
    totals: Totals,
}

impl<'a> Storing<'a> {
    pub fn new(writer: Writer, asked: &'a [Asked], known: HashMap<SourceKey, Health>) -> Self {
        let totals = Totals { asked: asked.len(), ..Totals::default() };
        let (waiting, open) = (Waiting::default(), Transaction::default());
        Self { writer, asked, known, waiting, open, holds: HashMap::new(), totals }
    }

    /// Stores what has been read, unless it is to wait for a server to answer.
    pub fn take(
        &mut self,
        judged: Vec<Judged>,
        now: Timestamp,
        on: &mut dyn FnMut(Event),
    ) -> Result<(), StoreError> {
        let judged = self.waiting.sift(judged);
        self.put(judged, now, on)
    }

    fn put(
        &mut self,
        judged: Vec<Judged>,
        now: Timestamp,
        on: &mut dyn FnMut(Event),
    ) -> Result<(), StoreError> {
        for (domain, until) in judged.iter().filter_map(|judged| judged.verdict.hold.as_ref()) {
            let longest = self.holds.entry(domain.clone()).or_insert(*until);
            *longest = (*longest).max(*until);
        }
        let before = self.open.reports.len();
        self.open.put(&mut self.writer, self.asked, judged, now)?;
        if let Some(set_aside) = self.writer.take_set_aside() {
            self.open.lose(before);
            on(Event::SetAside(set_aside));
        }
        if self.open.is_full() { self.commit(on) } else { Ok(()) }
    }

    /// Stores for good what was taken, and reports it.
    pub fn commit(&mut self, on: &mut dyn FnMut(Event)) -> Result<(), StoreError> {
        self.writer.commit()?;
        for report in std::mem::take(&mut self.open).reports {
            self.totals.failed += usize::from(report.outcome.is_failure());
            self.totals.new += report.new.len();
            self.known.insert(report.key.clone(), report.health.clone());
            on(Event::Feed(Box::new(report)));
        }
        Ok(())
    }

    /// All that were asked have been taken. `all` are the feeds that there are: those of
    /// domains that asked for peace wait too.
    pub fn end(
        mut self,
        all: &[Subscription],
        now: Timestamp,
        on: &mut dyn FnMut(Event),
    ) -> Result<Totals, StoreError> {
        let (unreached, offline) = std::mem::take(&mut self.waiting).end(self.asked);
        if offline {
            self.totals.offline = true;
            self.totals.failed += unreached.len();
            on(Event::Offline);
            for judged in &unreached {
                let Some(asked) = self.asked.get(judged.feed) else { continue };
                on(Event::Feed(Box::new(judged.unreached(asked))));
            }
        } else if !unreached.is_empty() {
            self.put(unreached, now, on)?;
            self.commit(on)?;
        }
        self.hold_back(all)?;
        self.writer.finish();
        Ok(self.totals)
    }

    /// Lets all feeds of the domains wait that asked for peace.
    fn hold_back(&mut self, all: &[Subscription]) -> Result<(), StoreError> {
        if self.holds.is_empty() {
            return Ok(());
        }
        let never = Health::default();
        let changed = all.iter().filter_map(|subscription| {
            let Origin::Address(url) = &subscription.origin else { return None };
            let until = self.holds.get(&domain(url)?)?;
            let health = self.known.get(&subscription.key).unwrap_or(&never);
            Some((subscription.key.clone(), judge::held_until(health, *until)?))
        });
        let changed: Vec<_> = changed.collect();
        self.writer.set_health(&changed)
    }
}
