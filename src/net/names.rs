//! `Names`: what the names of servers lead to.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::lookup_host;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::address::is_private;

/// Names that are looked up at a time. The system takes a thread for each, and the small
/// resolvers of home networks drop what is too much.
pub(super) const LOOKUPS: usize = 64;

/// Names that were looked up, for as long as a client lives: the length of one refresh.
#[derive(Debug)]
pub(super) struct Names {
    known: Mutex<HashMap<String, Arc<[SocketAddr]>>>,
    turns: Semaphore,
    patience: Duration,
}

/// A name leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum NameError {
    #[error("the name leads to private addresses alone")]
    Private,
    #[error("nobody knows the name")]
    Unknown,
    #[error("the name was not found in time")]
    TooSlow(Duration),
}

impl Names {
    /// `patience`: for one name, once it is its turn.
    pub(super) fn new(patience: Duration) -> Self {
        Self { known: Mutex::default(), turns: Semaphore::new(LOOKUPS), patience }
    }

    /// Every address of a name; the ports are 0.
    pub(super) async fn all(&self, name: &str) -> Result<Arc<[SocketAddr]>, NameError> {
        if let Some(found) = self.known(name) {
            return Ok(found);
        }
        let _turn = self.turns.acquire().await;
        if let Some(found) = self.known(name) {
            return Ok(found); // By somebody who was before in the queue.
        }
        let found = timeout(self.patience, lookup_host((name, 0))).await;
        let found = found.map_err(|_| NameError::TooSlow(self.patience))?;
        let found: Arc<[SocketAddr]> = found.map_err(|_| NameError::Unknown)?.collect();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(name.to_owned(), Arc::clone(&found));
        Ok(found)
    }

    /// The addresses that may be dialled: if `guarded`, the public ones.
    pub(super) async fn allowed(
        &self,
        name: &str,
        guarded: bool,
    ) -> Result<Vec<SocketAddr>, NameError> {
        let all = self.all(name).await?;
        let allowed: Vec<SocketAddr> =
            all.iter().copied().filter(|found| !guarded || !is_private(found.ip())).collect();
        if allowed.is_empty() && !all.is_empty() { Err(NameError::Private) } else { Ok(allowed) }
    }

    fn known(&self, name: &str) -> Option<Arc<[SocketAddr]>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_private_addresses_is_known_by_what_it_leads_to() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let names = Names::new(Duration::from_secs(60));
        let allowed = |name, guarded| runtime.block_on(names.allowed(name, guarded));
        assert_eq!(allowed("localhost", true), Err(NameError::Private));
        assert!(allowed("localhost", false).unwrap().iter().all(|found| found.ip().is_loopback()));
        let public: SocketAddr = "[2606:4700::1]:0".parse().unwrap();
        let inner: SocketAddr = "10.0.0.1:0".parse().unwrap();
        names.known.lock().unwrap().insert("mixed.example".to_owned(), [inner, public].into());
        assert_eq!(allowed("mixed.example", true), Ok(vec![public]));
        assert_eq!(allowed("mixed.example", false), Ok(vec![inner, public]));
    }
}
