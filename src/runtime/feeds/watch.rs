//! Watching the files of feeds, so that what others change is seen at once.
//!
//! The system tells; nothing is looked at by the clock. Where it cannot, files are looked
//! at when the window gets the focus.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crossbeam_channel::Sender;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Order;
use crate::library::store;

/// Sends [`Order::Look`] when a file of feeds has changed.
#[derive(Debug)]
pub(super) struct Watch {
    watcher: Option<RecommendedWatcher>,
    /// The folders that are watched. They may be made only later.
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    pub fn start(orders: Sender<Order>) -> Self {
        let heard = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| matters(&event)) {
                let _ = orders.send(Order::Look);
            }
        };
        Self { watcher: notify::recommended_watcher(heard).ok(), watched: BTreeSet::new() }
    }

    /// Watches the folder of a file, and where a link in its place leads.
    pub fn file(&mut self, path: &Path) {
        let target = path.canonicalize().ok();
        for path in [Some(path), target.as_deref()].into_iter().flatten() {
            if let Some(folder) = path.parent() {
                self.folder(folder);
            }
        }
    }

    pub fn folder(&mut self, folder: &Path) {
        let Some(watcher) = &mut self.watcher else { return };
        if !self.watched.contains(folder)
            && watcher.watch(folder, RecursiveMode::NonRecursive).is_ok()
        {
            self.watched.insert(folder.to_owned());
        }
    }
}

/// Whether something was written that is read here.
fn matters(event: &Event) -> bool {
    let is_change = match event.kind {
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => true,
        EventKind::Access(_) | EventKind::Other => false,
    };
    is_change
        && event.paths.iter().any(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let of_library = name.strip_prefix(store::FILE);
            path.extension().is_some_and(|ending| ending == "toml")
                || of_library.is_some_and(|rest| rest != "-shm")
        })
}
