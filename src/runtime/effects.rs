//! `World`: carries out what the machine wishes, here or on another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crossbeam_channel::Sender;
use url::Url;

use super::Input;
use super::feeds::{Feeds, Order};
use super::keeper::Keeper;
use super::notify::notify;
use super::open::Desktop;
use super::saving::Additions;
use super::signals;
use super::terminal::Screen;
use super::visit::Visitor;
use super::workers::Workers;
use crate::app::effect::Effect;
use crate::app::message::{Failure, Found, Loaded, Message, Shelf};
use crate::config::{Notifier, Program};
use crate::library::Library;
use crate::story::StoryId;

/// All that effects are carried out with.
#[derive(Debug)]
pub struct World {
    pub library: Arc<Library>,
    pub workers: Workers,
    pub keeper: Keeper,
    pub feeds: Feeds,
    pub visitor: Visitor,
    pub desktop: Desktop,
    pub browser: Program,
    pub notifier: Notifier,
    pub inbox: Sender<Input>,
    /// The generation of the article that was asked for last.
    pub wanted: Arc<AtomicU64>,
    /// The program was stopped and has not heard yet that it goes on.
    pub stopped: bool,
}

impl World {
    /// Carries out an effect.
    pub fn carry_out(&mut self, effect: Effect, screen: &mut Screen) {
        match effect {
            Effect::LoadArticle { story, generation } => self.load(story, generation),
            Effect::Record(marks) => self.keeper.record(marks),
            Effect::Save { story, tags, note } => {
                self.keeper.save(story, Additions { tags, note });
            }
            Effect::Unsave(story) => self.keeper.unsave(story),
            Effect::KeepSession(session) => self.keeper.keep_session(session),
            Effect::Open(url) => self.open(&url),
            Effect::Copy(text) => self.copy(screen, &text),
            Effect::OpenStory(story) => self.with_address(story, |world, url| world.open(&url)),
            Effect::CopyStory(story) => self.with_address(story, |world, url| {
                world.copy(screen, url.as_str());
            }),
            Effect::Refresh { which, force } => self.feeds.ask(Order::Refresh { which, force }),
            Effect::StopRefresh => self.feeds.stop(),
            Effect::FindFeeds(asked) => self.feeds.ask(Order::Find(asked)),
            Effect::Visit(url) => self.visitor.go(url),
            Effect::Subscribe(feeds, clock) => self.feeds.ask(Order::Subscribe(feeds, clock)),
            Effect::Unsubscribe(key, step) => self.feeds.ask(Order::Unsubscribe(key, step)),
            Effect::TakeBackFeeds(clock) => self.feeds.ask(Order::TakeBack(clock)),
            Effect::EditFeed { key, change, step } => {
                self.feeds.ask(Order::Edit(key, change, step));
            }
            Effect::Import(path, clock) => self.feeds.ask(Order::Import(path, clock)),
            Effect::Notify { title, body } => {
                notify(&self.notifier, &title, &body, screen, &self.inbox);
            }
            Effect::Suspend => self.suspend(screen),
            Effect::Redraw => {
                // A terminal that is gone is noticed by the next frame.
                let _ = screen.redraw();
            }
            // The machine says that it is quitting, and the loop looks.
            Effect::Quit => {}
        }
    }

    fn load(&self, story: StoryId, generation: u64) {
        self.wanted.store(generation, Ordering::Release);
        // Stories of other windows may have been read meanwhile.
        self.keeper.look();
        let answer = move |result| Message::Article { story, generation, result };
        let mistake = "This story could not be read by a mistake in dateline; the others can.";
        let (library, wanted) = (self.library.clone(), self.wanted.clone());
        self.workers.run(answer(Err(Failure(mistake.to_owned()))), move |inbox| {
            if wanted.load(Ordering::Acquire) != generation {
                return; // The reader has gone on; nobody waits for this one.
            }
            let result = match library.opened(story) {
                Ok(opened) => {
                    if let Some(story) = opened.listed {
                        let found = vec![Found { story, shelf: Shelf::Given }];
                        let _ = inbox.send(Input::Message(Message::Stories(found)));
                    }
                    let (links, related) = (opened.links, opened.related);
                    Ok(Loaded { article: opened.article, links, related })
                }
                Err(error) => Err(Failure(error.to_string())),
            };
            let _ = inbox.send(Input::Message(answer(result)));
            if let Some(set_aside) = library.take_set_aside() {
                let _ = inbox.send(Input::Message(Message::Failed(set_aside.to_string())));
            }
        });
    }

    fn copy(&self, screen: &mut Screen, text: &str) {
        if let Err(sentence) = screen.copy(text) {
            self.send(Message::Failed(sentence));
        }
    }

    /// Does something with the address of a story, which the library knows.
    fn with_address(&self, story: StoryId, then: impl FnOnce(&Self, Url)) {
        match self.library.address(story) {
            Some(url) => then(self, url),
            None => self.send(Message::Said("This story has no address.".to_owned())),
        }
    }

    fn open(&self, url: &Url) {
        self.desktop.open(url, self.browser.argv(url.as_str()), &self.inbox);
    }

    /// Stops, and returns when the shell lets the program go on.
    pub fn suspend(&mut self, screen: &mut Screen) {
        if let Err(sentence) = signals::can_stop() {
            self.send(Message::Failed(sentence.to_string()));
            return;
        }
        screen.leave();
        // SIGCONT is heard by the thread for signals, and comes through the inbox.
        self.stopped = signals::stop();
        if !self.stopped {
            let _ = self.inbox.send(Input::Continued);
            self.stopped = true;
        }
    }

    pub fn send(&self, message: Message) {
        let _ = self.inbox.send(Input::Message(message));
    }
}
