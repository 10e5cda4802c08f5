//! `Client`: what all requests of a run share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::Settings;
use super::dial::Dialer;
use super::hosts::Hosts;
use super::tls::Tls;

/// Documents that are read at full speed at a time.
const READERS: usize = 32;

/// Many requests may be under way with it at once, all on one thread.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) settings: Settings,
    pub(super) dialer: Dialer,
    pub(super) proxies: Matcher,
    /// The right to read a document at full speed: hundreds at once would fill the memory.
    pub(super) readers: Semaphore,
    pub(super) hosts: Hosts,
    begun: Instant,
    /// Microseconds for which nothing was read, because the caller took no answer.
    held_up: AtomicU64,
}

impl Client {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            dialer: Dialer::new(Tls::new(settings.roots.clone()), settings.limits.connect),
            hosts: Hosts::new(settings.limits.per_host),
            proxies: settings.proxies.matcher(),
            readers: Semaphore::new(READERS),
            begun: Instant::now(),
            held_up: AtomicU64::new(0),
            settings,
        }
    }

    /// A clock that stands still while the caller takes no answer, when no server is to blame.
    pub(super) fn reading(&self) -> Duration {
        let held_up = Duration::from_micros(self.held_up.load(Ordering::Relaxed));
        self.begun.elapsed().saturating_sub(held_up)
    }

    /// The caller took so long.
    pub(super) fn was_held_up(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.held_up.fetch_add(micros, Ordering::Relaxed);
    }
}
