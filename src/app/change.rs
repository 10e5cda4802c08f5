//! Changes of state: read, bookmark, tags, note; and taking them back.

use crate::command::{AppCommand, Command};
use crate::reading::{About, Change, Mark, Wish, undo};
use crate::story::StoryId;
use crate::text::number::counted;
use crate::text::sanitize::SafeText;

use super::App;
use super::effect::Effect;
use super::geometry::Focus;
use super::prompt::{Prompt, Purpose};
use super::view::View;

impl App {
    /// The story that commands are about: the one under the cursor, or the open one.
    pub(super) fn subject(&self) -> Option<StoryId> {
        match self.focus {
            Focus::Article => self.reader.story(),
            Focus::List | Focus::Sources => self.stories.selected_id(&self.catalog),
        }
    }

    pub(super) fn about(&self, story: StoryId) -> Option<About> {
        let story = self.catalog.get(story)?;
        // A file of the reader's own is found again by its path.
        let file = story.file().map(|path| path.to_string_lossy().into_owned());
        let url = file.or_else(|| story.url().map(ToString::to_string));
        Some(About { title: story.title.to_text(), url, source: story.source.name.clone() })
    }

    /// Makes a change that can be taken back, and writes it down.
    pub(super) fn record(&mut self, what: &str, wishes: Vec<Wish>, effects: &mut Vec<Effect>) {
        let marks = self.reading.step(self.now, &SafeText::title(what), wishes);
        self.take(marks, effects);
    }

    /// Applies own marks, writes them down, and keeps the saved files in step with the
    /// bookmarks. A file comes before its bookmark and goes after it: whatever happens
    /// between the two, no bookmark is without its article.
    fn take(&mut self, marks: Vec<Mark>, effects: &mut Vec<Effect>) {
        self.merge(&marks);
        let mut unsaved = Vec::new();
        for mark in &marks {
            match mark.change {
                Change::Saved(true) => effects.push(self.saving(mark.story)),
                Change::Saved(false) => unsaved.push(Effect::Unsave(mark.story)),
                // The saved file of a story holds its tags and note.
                Change::Tag { .. } | Change::Note(_) if self.reading.is_saved(mark.story) => {
                    effects.push(self.saving(mark.story));
                }
                Change::Read(_) | Change::Tag { .. } | Change::Note(_) | Change::Place(_) => {}
            }
        }
        if !marks.is_empty() {
            effects.push(Effect::Record(marks));
        }
        effects.append(&mut unsaved);
    }

    /// Writes a story's file, with what was added to the story.
    fn saving(&self, story: StoryId) -> Effect {
        let state = self.reading.get(story);
        let tags = state.tags.into_iter().cloned().collect();
        Effect::Save { story, tags, note: state.note.cloned() }
    }

    /// Applies marks, made here or elsewhere. Rows stay where they are; counts follow.
    pub(super) fn merge(&mut self, marks: &[Mark]) {
        let mut changed = false;
        for mark in marks {
            self.undo.apply(mark);
            let Self { catalog, reading, sources, stories, .. } = self;
            let place = catalog.place(mark.story);
            if let Some(place) = place {
                sources.counts.leave_out(place, catalog, reading);
            }
            let was_read = reading.is_read(mark.story);
            changed |= reading.apply(mark);
            if let Some(place) = place {
                sources.counts.add(place..place + 1, catalog, reading);
            }
            let read = reading.is_read(mark.story);
            if was_read != read && stories.row_of(mark.story, catalog).is_some() {
                let unread = &mut stories.unread;
                *unread = if read { unread.saturating_sub(1) } else { *unread + 1 };
            }
        }
        if changed {
            self.sources.list(&self.catalog, &self.feeds);
        }
    }

    /// The wish to mark a story as read or as unread. A file of the reader's own is named
    /// with it, so that the way back finds it again.
    pub(super) fn reading_wish(&self, story: StoryId, read: bool) -> Wish {
        let of_a_file = self.catalog.get(story).is_some_and(|story| story.file().is_some());
        let about = if of_a_file { self.about(story) } else { None };
        Wish { story, change: Change::Read(read), about }
    }

    pub(super) fn toggle_read(&mut self, effects: &mut Vec<Effect>) {
        let Some(story) = self.subject() else { return };
        let read = !self.reading.is_read(story);
        let word = if read { "read" } else { "unread" };
        let what = format!("Marked {} as {word}", self.title_of(story));
        self.record(&what, vec![self.reading_wish(story, read)], effects);
        self.notices.say(self.now, format!("Marked as {word}."));
    }

    pub(super) fn toggle_bookmark(&mut self, effects: &mut Vec<Effect>) {
        let Some(story) = self.subject() else { return };
        let saved = !self.reading.is_saved(story);
        let what = if saved { "Bookmarked" } else { "Removed the bookmark of" };
        let wish = Wish { story, change: Change::Saved(saved), about: self.about(story) };
        self.record(&format!("{what} {}", self.title_of(story)), vec![wish], effects);
        let said = if saved { "Bookmarked." } else { "Bookmark removed; U brings it back." };
        self.notices.say(self.now, said);
    }

    pub(super) fn mark_all_read(&mut self, effects: &mut Vec<Effect>) {
        let unread = |id: &StoryId| !self.reading.is_read(*id);
        let wishes: Vec<Wish> = self
            .stories
            .ids(&self.catalog)
            .filter(unread)
            .map(|story| self.reading_wish(story, true))
            .collect();
        self.mark_read(wishes, effects);
    }

    /// Marks the stories of the list up to the one under the cursor as read.
    pub(super) fn mark_above_read(&mut self, effects: &mut Vec<Effect>) {
        let rows = 0..=self.stories.selected;
        let wishes = rows
            .filter_map(|row| Some(self.stories.story_at(row, &self.catalog)?.id))
            .filter(|story| !self.reading.is_read(*story))
            .map(|story| self.reading_wish(story, true))
            .collect();
        self.mark_read(wishes, effects);
    }

    /// Marks stories of the list as read, and says how many there were, and of what.
    fn mark_read(&mut self, wishes: Vec<Wish>, effects: &mut Vec<Effect>) {
        if wishes.is_empty() {
            self.notices.say_here(self.now, "Every story shown is read already.");
            return;
        }
        let view = &self.stories.view;
        let of = match view {
            View::Feed(_) | View::Folder(_) | View::Search(_) | View::Source(_) | View::Tag(_) => {
                format!(" of {}", view.title(&self.feeds))
            }
            View::Given | View::All | View::Unread | View::Saved | View::Continue => String::new(),
        };
        let what = format!("Marked {}{of} as read", counted(wishes.len(), "story", "stories"));
        self.record(&what, wishes, effects);
        let key = self.hint(Command::App(AppCommand::Undo));
        self.notices.say(self.now, format!("{what}; {key} takes it back."));
    }

    pub(super) fn take_back(&mut self, effects: &mut Vec<Effect>) {
        if self.take_back_feeds(effects) {
            return;
        }
        let Some(undone) = undo::undo(&mut self.undo, &mut self.reading, self.now) else {
            self.notices.say_here(self.now, "Nothing to take back.");
            return;
        };
        self.take(undone.marks, effects);
        let left = match undone.left {
            0 => String::new(),
            count => format!(" ({count} were changed since, and stay)"),
        };
        self.notices.say(self.now, format!("Taken back{left}: {}", undone.step.what));
    }

    pub(super) fn edit_tags(&mut self) {
        let Some(story) = self.subject() else { return };
        let tags = self.reading.get(story).tags;
        let text = tags.iter().map(|tag| tag.as_str()).collect::<Vec<_>>().join(" ");
        self.prompt = Some(Prompt::new(Purpose::Tags(story), &text));
    }

    pub(super) fn edit_note(&mut self) {
        let Some(story) = self.subject() else { return };
        let note = self.reading.get(story).note.cloned().unwrap_or_default();
        self.prompt = Some(Prompt::new(Purpose::Note(story), &note));
    }

    pub(super) fn set_tags(&mut self, story: StoryId, text: &str, effects: &mut Vec<Effect>) {
        let wanted: Vec<SafeText> = text
            .split([',', ' ', ';'])
            .map(|tag| SafeText::title(tag.trim_start_matches('#')))
            .filter(|tag| !tag.is_empty())
            .collect();
        let about = self.about(story);
        let wish = |name: &SafeText, on| {
            let change = Change::Tag { name: name.clone(), on };
            Wish { story, change, about: about.clone() }
        };
        let present: Vec<SafeText> = self.reading.get(story).tags.into_iter().cloned().collect();
        let mut wishes: Vec<Wish> = present
            .iter()
            .filter(|tag| !wanted.contains(tag))
            .map(|tag| wish(tag, false))
            .collect();
        wishes
            .extend(wanted.iter().filter(|tag| !present.contains(tag)).map(|tag| wish(tag, true)));
        if wishes.is_empty() {
            return;
        }
        self.record(&format!("Changed the tags of {}", self.title_of(story)), wishes, effects);
        let said = if wanted.is_empty() { "No tags." } else { "Tags kept." };
        self.notices.say(self.now, said);
    }

    pub(super) fn set_note(&mut self, story: StoryId, text: &str, effects: &mut Vec<Effect>) {
        let note = SafeText::multiline(text.trim());
        let said = if note.is_empty() { "No note." } else { "Note kept." };
        let wish = Wish { story, change: Change::Note(note), about: self.about(story) };
        self.record(&format!("Changed the note on {}", self.title_of(story)), vec![wish], effects);
        self.notices.say(self.now, said);
    }
}
