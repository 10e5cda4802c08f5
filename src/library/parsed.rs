//! A few articles that were read lately, so that going back is instant.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use crate::article::Article;
use crate::story::StoryId;

/// Articles that are kept. The largest page that is read takes some 50 MB as an article,
/// the usual one 50 kB.
const KEPT: usize = 4;

/// When an article was as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stamp {
    /// It cannot change.
    Always,
    /// The file had this time and length.
    File(SystemTime, u64),
    /// Nothing is known, so it is read again.
    Never,
}

impl Stamp {
    /// The stamp of a file now.
    pub(super) fn of(path: &Path) -> Self {
        let data = path.metadata().ok();
        let stamp = data.and_then(|data| Some(Self::File(data.modified().ok()?, data.len())));
        stamp.unwrap_or(Self::Never)
    }
}

/// The articles read last, the latest in front.
#[derive(Debug, Default)]
pub(super) struct Parsed(VecDeque<(StoryId, Stamp, Arc<Article>)>);

impl Parsed {
    /// The article, if it is kept and still as it was read.
    pub(super) fn get(&mut self, id: StoryId, stamp: &Stamp) -> Option<Arc<Article>> {
        let index = self.0.iter().position(|(kept, _, _)| *kept == id)?;
        let (id, kept, article) = self.0.remove(index)?;
        if kept != *stamp || kept == Stamp::Never {
            return None;
        }
        self.0.push_front((id, kept, article.clone()));
        Some(article)
    }

    /// Keeps an article, and lets the oldest go.
    pub(super) fn keep(&mut self, id: StoryId, stamp: Stamp, article: Arc<Article>) {
        self.0.retain(|(kept, _, _)| *kept != id);
        self.0.push_front((id, stamp, article));
        self.0.truncate(KEPT);
    }
}
