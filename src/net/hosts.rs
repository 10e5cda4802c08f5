//! `Hosts`: who may talk to which server now, and the connections that stand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body_util::Empty;
use hyper::body::Bytes;
use hyper::client::conn::http1::SendRequest;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::error::FetchError;
use super::politeness;
use crate::text::sanitize::SafeText;

/// Refusals with 403 before a domain is left in peace: one may be about a single document.
const FORBIDDEN: u32 = 2;

/// Servers by name, and domains that want peace.
#[derive(Debug)]
pub(super) struct Hosts {
    per_host: usize,
    servers: Mutex<HashMap<String, Arc<Server>>>,
    domains: Mutex<HashMap<String, Domain>>,
}

/// One server. It stays known as long as somebody holds a seat at it or waits for one.
#[derive(Debug)]
struct Server {
    gate: Arc<Semaphore>,
    idle: Mutex<Vec<(Line, Sender)>>,
}

/// What one may ask over a connection that stands.
pub(super) type Sender = SendRequest<Empty<Bytes>>;

/// Which requests a connection is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) scheme: String,
    pub(super) port: Option<u16>,
    /// It may end at a private address.
    pub(super) open: bool,
    pub(super) proxy: Option<String>,
}

/// What a domain said in this run.
#[derive(Debug, Default)]
struct Domain {
    forbidden: u32,
    answered: bool,
    held: Option<(u16, Option<String>)>,
}

/// The right to use one connection to a server.
#[derive(Debug)]
pub(super) struct Seat<'a> {
    hosts: &'a Hosts,
    name: String,
    server: Arc<Server>,
    permit: Option<OwnedSemaphorePermit>,
}

impl Hosts {
    pub(super) fn new(per_host: usize) -> Self {
        Self { per_host, servers: Mutex::default(), domains: Mutex::default() }
    }

    /// Waits for one's turn at the server of `url`.
    pub(super) async fn seat(&self, url: &Url) -> Seat<'_> {
        let name = url.host_str().unwrap_or_default().to_owned();
        let server = Arc::clone(lock(&self.servers).entry(name.clone()).or_insert_with(|| {
            let gate = Arc::new(Semaphore::new(self.per_host.max(1)));
            Arc::new(Server { gate, idle: Mutex::default() })
        }));
        let gate = Arc::clone(&server.gate);
        // A seat exists while one waits, so that the server is not forgotten.
        let mut seat = Seat { hosts: self, name, server, permit: None };
        seat.permit = gate.acquire_owned().await.ok(); // The gate is never closed.
        seat
    }

    /// Fails if the domain of `url` has asked for peace.
    pub(super) fn check(&self, url: &Url) -> Result<(), FetchError> {
        let Some(domain) = politeness::domain(url) else { return Ok(()) };
        match lock(&self.domains).get(&domain).and_then(|domain| domain.held.clone()) {
            Some((status, retry_after)) => {
                Err(FetchError::Held { domain: SafeText::line(&domain), status, retry_after })
            }
            None => Ok(()),
        }
    }

    /// Notes what a server answered.
    pub(super) fn note(&self, url: &Url, status: u16, retry_after: Option<&str>) {
        let Some(domain) = politeness::domain(url) else { return };
        let mut domains = lock(&self.domains);
        let domain = domains.entry(domain).or_default();
        match status {
            403 => {
                domain.forbidden += 1;
                if domain.answered || domain.forbidden < FORBIDDEN {
                    return;
                }
            }
            429 | 503 => {}
            200..=399 => {
                domain.answered = true;
                return;
            }
            _ => return,
        }
        domain.held = Some((status, retry_after.map(str::to_owned)));
    }
}

impl Seat<'_> {
    /// Whether it is a seat at the server of `url`.
    pub(super) fn is_at(&self, url: &Url) -> bool {
        url.host_str() == Some(&self.name)
    }

    /// A connection that stands, if there is one.
    pub(super) fn take(&self, line: &Line) -> Option<Sender> {
        let mut idle = lock(&self.server.idle);
        idle.retain(|(_, sender)| !sender.is_closed());
        let place = idle.iter().position(|(kept, _)| kept == line)?;
        Some(idle.swap_remove(place).1)
    }

    /// Gives a connection back for the next one.
    pub(super) fn give(&self, line: Line, sender: Sender) {
        lock(&self.server.idle).push((line, sender));
    }
}

impl Drop for Seat<'_> {
    /// Who leaves last closes the connections: they are worth nothing to anybody else.
    fn drop(&mut self) {
        let mut servers = lock(&self.hosts.servers);
        // This seat and the map.
        if Arc::strong_count(&self.server) <= 2 {
            servers.remove(&self.name);
        }
    }
}

/// A lock whose holder panicked guards nothing half done here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
