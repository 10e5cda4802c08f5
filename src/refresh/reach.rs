//! Whether servers could be reached at all, so that a machine without a network
//! holds nothing against its feeds.
//!
//! Pure. What reached nobody waits here until another server has answered in the same
//! refresh; if none does, it is the network that is missing.

use std::collections::HashSet;

use super::Asked;
use super::judge::Came;
use super::transaction::Judged;
use crate::config::subscriptions::Origin;

/// Whether an answer shows that a server was reached; none where it says nothing about that.
pub(super) fn reached(came: &Came) -> Option<bool> {
    match came {
        Came::Answer(Ok(_)) => Some(true),
        Came::Answer(Err(error)) => error.reached(),
        Came::Printed(_) => None,
    }
}

/// The feeds that reached nobody, while nobody has been reached.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    judged: Vec<Judged>,
    somebody: bool,
}

impl Waiting {
    /// Passes on what is to be stored now.
    pub fn sift(&mut self, judged: Vec<Judged>) -> Vec<Judged> {
        self.somebody |= judged.iter().any(|judged| judged.reached == Some(true));
        if self.somebody {
            let mut all = std::mem::take(&mut self.judged);
            all.extend(judged);
            return all;
        }
        let (waiting, rest): (Vec<_>, Vec<_>) =
            judged.into_iter().partition(|judged| judged.reached == Some(false));
        self.judged.extend(waiting);
        rest
    }

    /// What is left when all has been asked, and whether it is for want of a network. One
    /// server alone that never answered, or failed before, may well be what is missing.
    pub fn end(self, asked: &[Asked]) -> (Vec<Judged>, bool) {
        let feeds: Vec<_> =
            self.judged.iter().filter_map(|judged| asked.get(judged.feed)).collect();
        let hosts: HashSet<_> = feeds.iter().map(|asked| host(asked)).collect();
        let answered_last =
            |asked: &&Asked| asked.before.failures == 0 && asked.before.succeeded.is_some();
        let offline = hosts.len() > 1 || feeds.iter().any(answered_last);
        (self.judged, offline)
    }
}

fn host(asked: &Asked) -> Option<&str> {
    match &asked.subscription.origin {
        Origin::Address(url) => url.host_str(),
        Origin::Command(_) => None,
    }
}
