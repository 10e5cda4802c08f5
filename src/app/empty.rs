//! What an empty list says: that it is empty, and what can be done.

use crate::command::{AppCommand, Command, FeedCommand, StoryCommand};
use crate::story::SourceKey;

use super::App;
use super::sources::FeedState;
use super::view::View;

impl App {
    /// Two lines for a list in which there is nothing.
    pub fn empty_list(&self) -> [String; 2] {
        if !self.stories.filter.is_empty() {
            return ["No title holds these words.", "Esc shows all stories again"].map(Into::into);
        }
        let none_yet = self.feeds.is_empty();
        match &self.stories.view {
            View::Given if self.is_fetching() => {
                let what = self.visiting().unwrap_or_else(|| "Fetching".into());
                [what, format!("{} meanwhile", self.another_view())]
            }
            View::Given => ["Nothing was opened.".into(), self.another_view()],
            View::All if none_yet => {
                let [add, starters] = [FeedCommand::Add, FeedCommand::Starters]
                    .map(|command| self.hint(Command::Feeds(command)));
                let then =
                    format!("{add} adds a site or a feed · {starters} offers some to start with");
                ["No stories.".into(), then]
            }
            View::All => self.not_fetched("No stories yet."),
            View::Unread if none_yet => ["Nothing unread.".into(), self.another_view()],
            View::Unread => {
                let choose = self.hint(Command::App(AppCommand::ChooseView));
                let read = format!("{choose} shows read stories");
                ["Nothing unread.".into(), self.or_refresh(Some(read))]
            }
            View::Saved => {
                let bookmark = self.hint(Command::Story(StoryCommand::ToggleBookmark));
                let then = format!("{bookmark} bookmarks the story under the cursor");
                ["No bookmarks yet.".into(), then]
            }
            View::Continue => {
                ["Nothing begun.".into(), "A story that you leave half read is kept here".into()]
            }
            View::Feed(key) => self.empty_feed(key),
            View::Folder(_) => self.not_fetched("No stories in this folder."),
            View::Search(_) => ["Nothing is found by this search.".into(), self.another_view()],
            View::Source(_) => ["No stories from this source.".into(), self.another_view()],
            View::Tag(_) => {
                let tags = self.hint(Command::Story(StoryCommand::EditTags));
                ["No story has this tag.".into(), format!("{tags} edits the tags of a story")]
            }
        }
    }

    /// The same for the list of a feed.
    fn empty_feed(&self, key: &SourceKey) -> [String; 2] {
        let Some(feed) = self.feeds.get(key) else {
            let undo = self.hint(Command::App(AppCommand::Undo));
            let what = "You are not subscribed to this feed.";
            return [what.into(), format!("{undo} may bring it back")];
        };
        let more = self.hint(Command::Feeds(FeedCommand::Health));
        match FeedState::of(feed) {
            FeedState::Failing => {
                let error = feed.health.error.as_ref().map(ToString::to_string);
                let error = error.unwrap_or_else(|| "This feed is gone for good.".into());
                let retry = self.hint(Command::Feeds(FeedCommand::RefreshShown));
                [error, format!("{retry} tries again · {more} says more")]
            }
            FeedState::Paused => {
                ["This feed is paused.".into(), format!("{more} says how to resume it")]
            }
            FeedState::Well | FeedState::Hidden => self.not_fetched("No stories in this feed."),
        }
    }

    /// A list of feeds that may be empty only because nothing was fetched.
    fn not_fetched(&self, what: &str) -> [String; 2] {
        [what.to_owned(), self.or_refresh(None)]
    }

    /// When there was a refresh, and how to have another; in between, what else can be done.
    fn or_refresh(&self, other: Option<String>) -> String {
        let refresh = self.hint(Command::Feeds(FeedCommand::Refresh));
        let parts = [self.last_update(), other, Some(format!("{refresh} refreshes"))];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// How to have another view shown.
    fn another_view(&self) -> String {
        let choose = self.hint(Command::App(AppCommand::ChooseView));
        format!("{choose} chooses what the list shows")
    }
}
