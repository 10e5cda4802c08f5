//! Finds the stories at the start, on the workers, and tells of them as they come.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::Sender;

use super::Input;
use super::workers::Workers;
use crate::app::message::{Found, Message, Shelf};
use crate::journal::saved::Saved;
use crate::library::{Library, LibraryError, file};
use crate::story::Story;

/// Something named in the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input.
    Stream,
}

/// Starts the search of all places that hold stories.
pub fn start(workers: &Workers, library: &Arc<Library>, targets: Vec<Target>, saved: Saved) {
    // The saved copies come last: what is only kept there must not hide what is elsewhere.
    let left = Arc::new(AtomicUsize::new(2));
    let finish = move |library: &Library, saved: &Saved, inbox: &Sender<Input>| {
        if left.fetch_sub(1, Ordering::AcqRel) == 1 {
            saved_stories(library, saved, inbox);
            send(inbox, Message::StoriesComplete);
        }
    };
    let failed = Message::Failed("Some stories could not be read.".to_owned());
    let (edition, given) = (library.clone(), library.clone());
    let (saved_too, finish_too) = (saved.clone(), finish.clone());
    workers.run(failed.clone(), move |inbox| {
        tell(inbox, Shelf::Edition, edition.add_edition());
        finish(&edition, &saved, inbox);
    });
    workers.run(failed, move |inbox| {
        let troubles: Vec<String> =
            targets.iter().filter_map(|target| search(&given, target, inbox)).collect();
        if !troubles.is_empty() {
            let _ = inbox.send(Input::Troubles(troubles));
        }
        finish_too(&given, &saved_too, inbox);
    });
}

/// Finds the stories of one target. Returns what went wrong, as sentences.
fn search(library: &Library, target: &Target, inbox: &Sender<Input>) -> Option<String> {
    let found = match target {
        Target::Stream => file::read_stream(io::stdin().lock())
            .map_err(LibraryError::from)
            .and_then(|stream| library.add_stream(stream))
            .map(|story| {
                tell(inbox, Shelf::Given, vec![story]);
                Vec::new()
            }),
        Target::Path(path) => {
            library.add_path(path, &mut |stories| tell(inbox, Shelf::Given, stories))
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

fn saved_stories(library: &Library, saved: &Saved, inbox: &Sender<Input>) {
    // A folder of saved files that cannot be listed is the journal's trouble, and told there.
    let files = saved.list().unwrap_or_default();
    let stories = files.iter().filter_map(|file| library.add_saved(file.id, &file.path).ok()?);
    tell(inbox, Shelf::Kept, stories.collect());
}

fn tell(inbox: &Sender<Input>, shelf: Shelf, stories: Vec<Story>) {
    if !stories.is_empty() {
        let found = stories.into_iter().map(|story| Found { story, shelf }).collect();
        send(inbox, Message::Stories(found));
    }
}

fn send(inbox: &Sender<Input>, message: Message) {
    let _ = inbox.send(Input::Message(message));
}
