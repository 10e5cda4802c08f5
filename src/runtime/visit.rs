//! Addresses that are opened and not subscribed to, each on a thread of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crossbeam_channel::Sender;
use jiff::Timestamp;
use url::Url;

use super::Input;
use super::sentence::sentence;
use super::workers::THREAD_NAME;
use crate::app::message::{Failure, Message, Visited};
use crate::library::Library;
use crate::net;
use crate::refresh::RefreshError;
use crate::refresh::visit::{Visit, visit};

/// Who fetches what is opened.
#[derive(Debug)]
pub struct Visitor {
    pub settings: net::Settings,
    pub library: Arc<Library>,
    pub inbox: Sender<Input>,
}

impl Visitor {
    /// Fetches what is at an address. What came of it is told as a message.
    pub fn go(&self, url: Url) {
        let Self { settings, library, inbox } = self;
        let (settings, library) = (settings.clone(), library.clone());
        let tell = {
            let (inbox, url) = (inbox.clone(), url.clone());
            move |result: Result<Visited, String>| {
                let result = result.map_err(Failure);
                let _ = inbox.send(Input::Message(Message::Visited { url, result }));
            }
        };
        let again = tell.clone();
        let thread = std::thread::Builder::new().name(format!("{THREAD_NAME} visit"));
        let started = thread.spawn(move || {
            let found = catch_unwind(AssertUnwindSafe(|| find(&url, &settings, &library)));
            let mistake = || Err("That could not be read by a mistake in dateline.".to_owned());
            tell(found.unwrap_or_else(|_| mistake()));
        });
        if let Err(error) = started {
            again(Err(sentence(&RefreshError::Threads(error))));
        }
    }
}

/// What is at an address, in the library by then. Else a sentence says why nothing is.
fn find(url: &Url, settings: &net::Settings, library: &Library) -> Result<Visited, String> {
    let now = Timestamp::now();
    match visit(url, settings, now).map_err(|error| sentence(&error))? {
        Visit::Page(page) => {
            let story = library.add_page(url, page).map_err(|error| sentence(&error))?;
            Ok(Visited::Page(story))
        }
        Visit::Feed { url, source, arrivals } => {
            let stories = library.add_entries(&source, arrivals, now);
            Ok(Visited::Feed { url, name: source.name.clone(), stories })
        }
    }
}
