//! Which stories of the library an article leads to: by its links and by the headlines
//! that it names.
//!
//! A link from a file to another file leads there too, if both are in the folder that
//! the reader named: a saved site can be read like one. Such a file is read to know
//! which story it is, and listed only when it is opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;

use super::leads::Leads;
use super::{Library, Origin, folder};
use crate::article::Article;
use crate::related::titles::{Headline, Headlines, How, Query};
use crate::story::StoryId;

/// Files that one article may bring in by its links.
const FILES: usize = 64;

/// The stories of an article's links and of its related lines.
type Resolved = (Vec<Option<StoryId>>, Vec<Option<StoryId>>);

pub(super) fn resolve(library: &Library, id: StoryId, article: &Article) -> Resolved {
    let root = library.root(id);
    let mut budget = FILES;
    let files: Vec<Option<StoryId>> = article
        .links
        .iter()
        .map(|link| library.file_story(root.as_deref()?, &link.url, &mut budget))
        .collect();
    let headlines = library.headlines();
    // Without the store, links lead to the browser.
    let leads = library.ask(|reader| Leads::find(reader, id, article));
    let leads = leads.ok().flatten().unwrap_or_default();
    let resolve = |query: &Query<'_>| {
        let (here, stored) = (headlines.resolve(query), leads.headlines.resolve(query));
        let address =
            |found: &Option<(StoryId, How)>| found.is_some_and(|(_, how)| how == How::Address);
        if address(&stored) && !address(&here) { stored } else { here.or(stored) }
    };
    let stored_source = || leads.own.as_ref().map(|own| own.source.name.to_string());
    let source = library.source(id).or_else(stored_source);
    let links = article.links.iter().zip(files).map(|(link, file)| {
        let query = Query { url: Some(link.url.as_str()), ..Query::default() };
        // The words of a link are no headline; only its address says where it leads.
        let by_address = || resolve(&query).filter(|(_, how)| *how == How::Address);
        file.or_else(|| by_address().map(|(story, _)| story))
    });
    let related = article.related.iter().map(|related| {
        let query = Query {
            title: &related.title,
            url: related.url.as_ref().map(Url::as_str),
            from_source: source.as_deref(),
        };
        let local = related.url.as_ref().zip(root.as_deref());
        let local = local.and_then(|(url, root)| library.file_story(root, url, &mut budget));
        // A headline that means the very article it stands in means something else.
        let named = local.or_else(|| resolve(&query).map(|(story, _)| story));
        named.filter(|story| *story != id)
    });
    (links.collect(), related.collect())
}

impl Library {
    /// The folder that the links of a story's file may lead about in.
    fn root(&self, id: StoryId) -> Option<PathBuf> {
        match &self.lock().entries.get(&id)?.origin {
            Origin::File { root, .. } => Some(root.clone()),
            Origin::Edition(_) | Origin::Stream(_) | Origin::Published(_) | Origin::Saved(_) => {
                None
            }
        }
    }

    fn source(&self, id: StoryId) -> Option<String> {
        self.lock().entries.get(&id).map(|entry| entry.story.source.name.to_string())
    }

    /// The story of a local file, if it is an article under `root`. A file that is new
    /// here is read, as long as the budget lasts.
    fn file_story(&self, root: &Path, url: &Url, budget: &mut usize) -> Option<StoryId> {
        if url.scheme() != "file" {
            return None;
        }
        let path = url.to_file_path().ok()?.canonicalize().ok()?;
        if let Some(id) = self.lock().paths.get(&path) {
            return Some(*id);
        }
        if !path.starts_with(root) || !folder::is_article(&path) {
            return None;
        }
        *budget = budget.checked_sub(1)?;
        let mut entry = self.describe_file(&path, &path, root).ok()?;
        let id = entry.story.id;
        let mut state = self.lock();
        state.paths.insert(path, id);
        if !state.entries.contains_key(&id) {
            entry.unlisted = true;
            state.add(entry);
        }
        Some(id)
    }

    /// The headlines of all stories.
    fn headlines(&self) -> Arc<Headlines> {
        let mut state = self.lock();
        if let Some(headlines) = &state.headlines {
            return headlines.clone();
        }
        let entries = state.order.iter().filter_map(|id| state.entries.get(id));
        let headlines = Headlines::new(entries.map(|entry| Headline {
            story: entry.story.id,
            title: &entry.story.title,
            source: &entry.story.source.name,
            url: entry.address.as_ref().or(entry.story.url()).map(Url::as_str),
        }));
        let headlines = Arc::new(headlines);
        state.headlines = Some(headlines.clone());
        headlines
    }
}
