//! Telling the machine of the stories that are stored: what the screen needs first, then
//! all others in batches.

use std::collections::HashSet;
use std::sync::Arc;

use super::desk::Desk;
use crate::app::message::{Found, Message, Shelf};
use crate::library::store::{Reader, Since, StoreError, Tide, Writer};
use crate::story::{Source, SourceKey, Story, StoryId};

/// Stories that come before the first frame: more than the tallest screen shows.
const FIRST: usize = 200;

/// Stories of each message after it. Adding them takes less time than a frame.
const BATCH: usize = 1000;

impl Desk {
    /// Opens the library, if there is one. A damaged one is put out of the way, and told of.
    pub(super) fn open_library(&mut self) {
        if self.reader.as_ref().is_some_and(|reader| !reader.is_stale()) {
            return;
        }
        self.reader = match Reader::open(&self.data) {
            Ok(reader) => reader,
            Err(error) if error.is_damage() => {
                match Writer::open(&self.data) {
                    Ok((_, Some(set_aside))) => {
                        self.send(Message::Failed(set_aside.to_string()));
                    }
                    Ok((_, None)) => {}
                    Err(error) => self.fail(&error),
                }
                Reader::open(&self.data).unwrap_or_default()
            }
            Err(error) => {
                self.fail(&error);
                None
            }
        };
        let visible = self.visible();
        if let Some(reader) = &mut self.reader {
            reader.show_only(Some(visible));
        }
    }

    /// Whose stories are shown: those of the feeds, also of hidden ones, which have lists of
    /// their own, and those that were imported without a feed.
    pub(super) fn visible(&self) -> HashSet<SourceKey> {
        let imported = self.known.keys().filter(|key| key.is_site()).cloned();
        self.keys().chain(imported).collect()
    }

    /// Tells of every story that is shown.
    pub(super) fn load_all(&mut self) {
        if let Err(error) = self.try_load_all() {
            self.damaged(&error);
        }
    }

    fn try_load_all(&mut self) -> Result<(), StoreError> {
        self.tell_shared()?;
        let Some(reader) = &self.reader else {
            // The loop need not wait for it.
            self.hand_over(Vec::new());
            return Ok(());
        };
        let tide = reader.tide()?;
        let visible = self.visible();
        let mut page = reader.page(None, FIRST)?;
        // What was on the screen may be older.
        let shown = self.first.iter().filter_map(|id| reader.story(*id).transpose());
        let mut found = stored(page.stories);
        for story in shown {
            found.push(kept(story?, &visible));
        }
        self.hand_over(found);
        while let Some(next) = page.next {
            page = reader.page(Some(next), BATCH)?;
            self.hand_over(stored(page.stories));
        }
        let mut others = Vec::new();
        for id in &self.kept {
            let story = reader.story(*id)?;
            others.extend(story.filter(|story| !visible.contains(&story.source.key)));
        }
        if !others.is_empty() {
            self.hand_over(others.into_iter().map(|story| kept(story, &visible)).collect());
        }
        let aliases = reader.aliases()?;
        if !aliases.is_empty() {
            self.send(Message::Aliases(aliases));
        }
        self.tide = Some(tide);
        Ok(())
    }

    /// Tells which stories are of several feeds, as far as it was not told, and returns that.
    pub(super) fn tell_shared(&mut self) -> Result<Vec<(StoryId, Arc<Source>)>, StoreError> {
        let Some(reader) = &self.reader else { return Ok(Vec::new()) };
        let shared = reader.shared()?;
        let new: Vec<_> =
            shared.iter().filter(|pair| !self.shared.contains(*pair)).cloned().collect();
        self.shared = shared.into_iter().collect();
        if !new.is_empty() {
            self.send(Message::Shared(new.clone()));
        }
        Ok(new)
    }

    /// Tells of the stories of some feeds, which were not shown before.
    pub(super) fn load_of(&mut self, keys: HashSet<SourceKey>) {
        if let Err(error) = self.tell_shared() {
            return self.damaged(&error);
        }
        let visible = self.visible();
        let Some(reader) = &mut self.reader else { return };
        reader.show_only(Some(keys));
        let mut next = None;
        let loaded = loop {
            let Some(reader) = &self.reader else { break Ok(()) };
            match reader.page(next, BATCH) {
                Ok(page) => {
                    next = page.next;
                    if !page.stories.is_empty() {
                        self.hand_over(stored(page.stories));
                    }
                    if next.is_none() {
                        break Ok(());
                    }
                }
                Err(error) => break Err(error),
            }
        };
        if let Some(reader) = &mut self.reader {
            reader.show_only(Some(visible));
        }
        if let Err(error) = loaded {
            self.damaged(&error);
        }
    }

    /// Tells of stories that another program has stored or changed. Says whether it may have.
    pub(super) fn tell_of_new(&mut self) -> bool {
        let new = self.look_for_new();
        let Some(new) = new.transpose() else { return false };
        match new {
            Ok((tide, Some(Since { new, revised }))) => {
                self.tide = Some(tide);
                if !new.is_empty() {
                    self.send(Message::Arrived(stored(new)));
                }
                if !revised.is_empty() {
                    self.send(Message::Revised(revised));
                }
                true
            }
            // There was no library before: all of it is new.
            Ok((tide, None)) => {
                self.tide = Some(tide);
                self.load_of(self.visible());
                true
            }
            Err(error) => {
                self.damaged(&error);
                false
            }
        }
    }

    /// What has come since it was last told, and how much there is now. Nothing while there
    /// is no library.
    fn look_for_new(&mut self) -> Result<Option<(Tide, Option<Since>)>, StoreError> {
        let Some(reader) = &self.reader else { return Ok(None) };
        let tide = reader.tide()?;
        let Some(before) = self.tide else { return Ok(Some((tide, None))) };
        let mut since = reader.since(before)?;
        let shared = self.tell_shared()?;
        let Some(reader) = &self.reader else { return Ok(None) };
        for (story, _) in shared {
            // What another feed had first is new where that one is not shown.
            since.new.extend(reader.story(story)?.map(|story| Story { details: None, ..story }));
        }
        Ok(Some((tide, Some(since))))
    }

    /// Something went wrong while the library was read. Damage puts it out of the way.
    fn damaged(&mut self, error: &StoreError) {
        let reader = self.reader.take().filter(|_| error.is_damage());
        match reader.map(|reader| reader.set_aside(&error.to_string())) {
            Some(Ok(Some(set_aside))) => {
                self.send(Message::Failed(set_aside.to_string()));
            }
            Some(Ok(None)) => {}
            Some(Err(error)) => self.fail(&error),
            None => self.fail(error),
        }
    }
}

/// Stories as the machine takes them from the library.
fn stored(stories: Vec<Story>) -> Vec<Found> {
    stories.into_iter().map(|story| Found { story, shelf: Shelf::Stored }).collect()
}

/// A story by its id. What a list does not show of it would only take room.
fn kept(story: Story, visible: &HashSet<SourceKey>) -> Found {
    let shelf = if visible.contains(&story.source.key) { Shelf::Stored } else { Shelf::Kept };
    Found { story: Story { details: None, ..story }, shelf }
}
