//! `Transaction`: what many feeds answered is stored together, and reported when it is.
//!
//! To be stored alone costs a feed several times as much. But others wait meanwhile, so a
//! transaction is bounded, and ends early when nothing comes.

#![expect(clippy::disallowed_methods, reason = "a transaction is bounded by time")]

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::judge::Verdict;
use super::{Asked, Report};
use crate::library::store::{StoreError, Stored, Update, Writer};
use crate::story::SourceKey;

/// Bytes of entries that become one transaction, and the longest that one may take: so long
/// others wait who write, and the reader for news.
const LARGEST: usize = 64 << 20;
const LONGEST: Duration = Duration::from_millis(500);

/// What a worker has read.
#[derive(Debug)]
pub(super) struct Judged {
    /// Which of the feeds that are asked.
    pub feed: usize,
    pub verdict: Verdict,
    /// Whether a server was reached, as far as that is known.
    pub reached: Option<bool>,
    /// About the bytes that it takes.
    pub size: usize,
    pub took: Duration,
}

impl Judged {
    /// The report of a feed that failed for want of a network: its health is as it was.
    pub fn unreached(&self, asked: &Asked) -> Report {
        let Verdict { outcome, error, .. } = &self.verdict;
        let seconds = self.took.as_secs_f64();
        Report { outcome: *outcome, error: error.clone(), seconds, ..asked.skipped() }
    }
}

/// What is in the library's open transaction, and is reported when it is stored.
#[derive(Default)]
pub(super) struct Transaction {
    pub reports: Vec<Report>,
    bytes: usize,
    begun: Option<Instant>,
}

impl Transaction {
    /// Whether others have waited long enough.
    pub fn is_full(&self) -> bool {
        self.bytes >= LARGEST || self.begun.is_some_and(|begun| begun.elapsed() >= LONGEST)
    }

    /// The library was set aside, and what the first feeds had put into it with it. Nothing is
    /// known of them any more, so they are asked again the next time.
    pub fn lose(&mut self, feeds: usize) {
        for report in self.reports.iter_mut().take(feeds) {
            report.new.clear();
            report.updated.clear();
            report.shared.clear();
            report.aliases.clear();
        }
    }

    /// Puts into the library what has been read.
    pub fn put(
        &mut self,
        writer: &mut Writer,
        asked: &[Asked],
        judged: Vec<Judged>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.begun.get_or_insert_with(Instant::now);
        let mut updates = Vec::with_capacity(judged.len());
        let first = self.reports.len();
        for Judged { feed, verdict, size, took, reached: _ } in judged {
            let Some(asked) = asked.get(feed) else { continue };
            let Verdict { outcome, error, health, arrivals, hold: _ } = verdict;
            let report = Report {
                outcome,
                error,
                stories: arrivals.len(),
                health: health.clone(),
                seconds: took.as_secs_f64(),
                ..asked.skipped()
            };
            self.bytes += size;
            self.reports.push(report);
            updates.push(Update { source: asked.source(&health), health, arrivals });
        }
        let stored = writer.put(now, updates)?;
        let mut stored: HashMap<SourceKey, Stored> =
            stored.into_iter().map(|stored| (stored.source.clone(), stored)).collect();
        for report in self.reports.iter_mut().skip(first) {
            if let Some(stored) = stored.remove(&report.key) {
                report.new = stored.new;
                report.updated = stored.updated;
                report.shared = stored.shared;
                report.aliases = stored.aliases;
            }
        }
        Ok(())
    }
}
