//! The thread that looks after feeds: the file of subscriptions, what is stored of them,
//! and when they are due.
//!
//! It tells the machine of every change, whoever made it: the reader here, an editor, a
//! refresh of this program or of another one. What takes a network is done on threads of
//! its own, which nobody ever waits for: what they store is whole at every moment. Asleep
//! unless something is asked, a file has changed, or a feed is due.

mod desk;
mod due;
mod fetch;
mod file;
mod import;
mod load;
mod telling;
mod watch;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Sender, unbounded};

use super::Input;
use super::gather::Gathering;
use super::paths::Paths;
use super::workers::THREAD_NAME;
use crate::app::feeds::{FeedStep, NewFeed, Which};
use crate::config::subscriptions::edit::FeedChange;
use crate::library::Library;
use crate::reading::Clock;
use crate::refresh;
use crate::story::{SourceKey, StoryId};

use desk::Desk;

/// What can be asked.
#[derive(Debug)]
pub enum Order {
    Refresh {
        which: Which,
        force: bool,
    },
    /// Look for the feeds of what the reader typed.
    Find(String),
    Subscribe(Vec<NewFeed>, Clock),
    Unsubscribe(SourceKey, FeedStep),
    Edit(SourceKey, FeedChange, FeedStep),
    /// Take back the step of this clock.
    TakeBack(Clock),
    /// Subscribe to the feeds of a file.
    Import(PathBuf, Clock),
    /// A file may have changed.
    Look,
    /// A refresh is over.
    Fetched,
}

/// How feeds are looked after.
#[derive(Debug)]
pub struct Options {
    pub paths: Paths,
    /// What is opened comes from there; it is to lead to what is shown alone.
    pub library: Arc<Library>,
    pub settings: refresh::Settings,
    /// Ask for what is due while the reader is open.
    pub automatic: bool,
    /// The stories that the screen needs first.
    pub first: Vec<StoryId>,
    /// The stories that are shown whether or not their feed is: the reader marked them.
    pub kept: Vec<StoryId>,
}

/// The thread, as the loop sees it.
#[derive(Debug)]
pub struct Feeds {
    orders: Sender<Order>,
    stop: Arc<AtomicBool>,
}

impl Feeds {
    /// Starts the thread. It tells of all feeds and stories that there are, and lets go of
    /// the search that it was given when it has.
    pub fn start(
        options: Options,
        search: Option<Gathering>,
        inbox: Sender<Input>,
    ) -> io::Result<Self> {
        let (orders, queue) = unbounded();
        let stop = Arc::new(AtomicBool::new(false));
        let feeds = Self { orders: orders.clone(), stop: stop.clone() };
        let name = format!("{THREAD_NAME} feeds");
        std::thread::Builder::new().name(name).spawn(move || {
            Desk::new(options, inbox, orders, stop).run(search, &queue);
        })?;
        Ok(feeds)
    }

    /// Asks for something. The answer comes as a message.
    pub fn ask(&self, order: Order) {
        // Should the thread have died of a mistake, the rest of the program goes on.
        let _ = self.orders.send(order);
    }

    /// Ends the programs that the refresh runs. For the end of this one, which waits for
    /// nothing else.
    pub fn end(&self) {
        self.stop();
        refresh::end_programs();
    }

    /// Stops the refresh that is going on. What has come stays.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
