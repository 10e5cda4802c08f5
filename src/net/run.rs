//! `Net`: many requests at once, for callers that know nothing of it.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::{Id, JoinSet};
use tokio::time::{Instant, timeout};

use super::client::Client;
use super::names::LOOKUPS;
use super::{Answer, FetchError, Request, Settings, trip};
use crate::text::sanitize::SafeText;
use crate::text::system::reason;

/// How often a run looks whether it is to stop.
const ATTENTION: Duration = Duration::from_millis(50);

/// Open files that the rest of the program needs.
const OTHER_FILES: usize = 64;

/// The client, and the runtime that drives it on the thread that calls. Nothing waits for
/// the network when it is dropped.
pub struct Net {
    runtime: Option<Runtime>,
    client: Arc<Client>,
    at_once: usize,
}

impl fmt::Debug for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Net").field("client", &self.client).finish_non_exhaustive()
    }
}

/// A job that is done.
#[derive(Debug)]
pub struct Done<T> {
    pub job: T,
    pub result: Result<Answer, FetchError>,
    /// From the moment that it was its turn at the host.
    pub took: Duration,
}

impl Net {
    pub fn new(settings: Settings) -> Result<Self, FetchError> {
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(LOOKUPS)
            .build()
            .map_err(|error| FetchError::Machine(SafeText::line(&reason(&error))))?;
        let at_once = settings.limits.at_once.min(room_for_connections()).max(1);
        Ok(Self { runtime: Some(runtime), client: Arc::new(Client::new(settings)), at_once })
    }

    /// Fetches one thing and waits for it.
    pub fn fetch(&self, request: &Request) -> Result<Answer, FetchError> {
        let Some(runtime) = &self.runtime else { return Err(stopped()) };
        runtime.block_on(async { trip::fetch(&self.client, request).await.0 })
    }

    /// Fetches everything, many at once, and hands over each answer as it comes. Jobs are
    /// taken from `jobs` as connections become free. While `on` has not returned, nothing is
    /// read from the network: a slow caller holds the servers back, and memory stays small.
    /// Ends soon after `stop` is set; what was under way is dropped.
    pub fn run<T>(
        &self,
        jobs: impl IntoIterator<Item = (T, Request)>,
        stop: &AtomicBool,
        on: &mut dyn FnMut(Done<T>),
    ) {
        let Some(runtime) = &self.runtime else { return };
        runtime.block_on(self.drive(jobs.into_iter(), stop, on));
    }

    async fn drive<T>(
        &self,
        mut jobs: impl Iterator<Item = (T, Request)>,
        stop: &AtomicBool,
        on: &mut dyn FnMut(Done<T>),
    ) {
        let mut under_way = JoinSet::new();
        let mut known: HashMap<Id, T> = HashMap::new();
        loop {
            if stop.load(Ordering::Relaxed) {
                return; // Dropping the set ends the requests.
            }
            while under_way.len() < self.at_once {
                let Some((job, request)) = jobs.next() else { break };
                let client = Arc::clone(&self.client);
                let task = under_way.spawn(async move { trip::fetch(&client, &request).await });
                known.insert(task.id(), job);
            }
            let (id, result, took) = match timeout(ATTENTION, under_way.join_next_with_id()).await {
                Err(_) => continue,
                Ok(None) => return,
                Ok(Some(Ok((id, (result, took))))) => (id, result, took),
                // A panic below costs its own request alone.
                Ok(Some(Err(error))) => (error.id(), Err(stopped()), Duration::ZERO),
            };
            if let Some(job) = known.remove(&id) {
                let handed = Instant::now();
                on(Done { job, result, took });
                self.client.was_held_up(handed.elapsed());
            }
        }
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn stopped() -> FetchError {
    FetchError::Machine(SafeText::from("the request was given up"))
}

/// Connections that the system's limit of open files leaves room for.
#[cfg(unix)]
fn room_for_connections() -> usize {
    use rustix::process::{Resource, getrlimit};
    let limit = getrlimit(Resource::Nofile).current;
    limit.map_or(usize::MAX, |limit| {
        usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(OTHER_FILES)
    })
}

#[cfg(not(unix))]
fn room_for_connections() -> usize {
    usize::MAX
}
