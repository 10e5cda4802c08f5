//! Finds the stories at the start, on the workers, and tells of them as they come.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crossbeam_channel::Sender;

use super::Input;
use super::workers::Workers;
use crate::app::message::{Found, Message, Shelf};
use crate::journal::saved::{Saved, SavedFile};
use crate::library::{Library, LibraryError, file};
use crate::reading::ReadingState;
use crate::reading::session::Session;
use crate::story::{Story, StoryId};

/// Something named in the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input.
    Stream,
}

/// Starts the search of all places that hold stories.
pub fn start(
    workers: &Workers,
    library: &Arc<Library>,
    targets: Vec<Target>,
    saved: Saved,
    inbox: &Sender<Input>,
) -> Gathering {
    let search = Arc::new(Search { library: library.clone(), inbox: inbox.clone() });
    let failed = Message::Failed("Some stories could not be read.".to_owned());
    let edition = search.clone();
    let gathering = Gathering(search.clone());
    workers.run(failed.clone(), move |_| {
        edition.tell(Shelf::Edition, edition.library.add_edition());
    });
    workers.run(failed, move |_| {
        let troubles: Vec<String> =
            targets.iter().filter_map(|target| search.target(target)).collect();
        if !troubles.is_empty() {
            let _ = search.inbox.send(Input::Troubles(troubles));
        }
        search.saved(&saved);
    });
    gathering
}

/// A search that goes on, and may be given more places.
#[derive(Debug, Clone)]
#[must_use = "the search is complete when this is dropped"]
pub struct Gathering(Arc<Search>);

impl Gathering {
    /// Finds the files that were begun at another time, or that the way back leads to, and
    /// that lie where they lay. One that has gone is no trouble: nobody named it today.
    pub fn begun(self, workers: &Workers, state: &ReadingState, session: &Session) {
        let shown = session.stories().into_iter();
        let mut stories: Vec<StoryId> = shown.chain(state.begun()).chain(state.saved()).collect();
        let mut seen = HashSet::new();
        stories.retain(|story| seen.insert(*story));
        let paths: Vec<PathBuf> = stories
            .into_iter()
            .filter_map(|story| state.get(story).about?.url.as_ref().map(PathBuf::from))
            .filter(|path| path.is_absolute())
            .collect();
        let failed = Message::Failed("Some stories could not be read.".to_owned());
        workers.run(failed, move |_| {
            for path in paths.iter().filter(|path| path.is_file()) {
                let _ = self.0.library.add_path(path, &mut |stories| {
                    self.0.tell(Shelf::Kept, stories);
                });
            }
        });
    }
}

/// The search. When the last job has let go of it, however that ended, it is complete.
#[derive(Debug)]
struct Search {
    library: Arc<Library>,
    inbox: Sender<Input>,
}

impl Drop for Search {
    fn drop(&mut self) {
        let _ = self.inbox.send(Input::Message(Message::StoriesComplete));
    }
}

impl Search {
    /// Finds the stories of one target. Returns what went wrong, as a sentence.
    fn target(&self, target: &Target) -> Option<String> {
        let found = match target {
            Target::Stream => file::read_stream(io::stdin().lock())
                .map_err(LibraryError::from)
                .and_then(|stream| self.library.add_stream(stream))
                .map(|story| {
                    self.tell(Shelf::Given, vec![story]);
                    Vec::new()
                }),
            Target::Path(path) => {
                self.library.add_path(path, &mut |stories| self.tell(Shelf::Given, stories))
            }
        };
        match found {
            Err(error) => Some(error.to_string()),
            // A folder may hold a thousand that are alike: one sentence is enough.
            Ok(skipped) => skipped.first().map(|first| match skipped.len() {
                1 => first.to_string(),
                n => format!("{first} (and {} more in that folder)", n - 1),
            }),
        }
    }

    /// Finds the saved copies whose originals are nowhere else.
    fn saved(&self, saved: &Saved) {
        // A folder that cannot be listed is the journal's trouble, and told there.
        let files = saved.list().unwrap_or_default();
        let add = |file: &SavedFile| self.library.add_saved(file.id, &file.path).ok()?;
        self.tell(Shelf::Kept, files.iter().filter_map(add).collect());
        let renamed = self.library.renamed();
        if !renamed.is_empty() {
            let _ = self.inbox.send(Input::Message(Message::Aliases(renamed)));
        }
    }

    fn tell(&self, shelf: Shelf, found: Vec<Story>) {
        if !found.is_empty() {
            let found = found.into_iter().map(|story| Found { story, shelf }).collect();
            let _ = self.inbox.send(Input::Message(Message::Stories(found)));
        }
    }
}
