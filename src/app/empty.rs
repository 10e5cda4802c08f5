//! What an empty list says: that it is empty, and what can be done.

use crate::command::{AppCommand, Command, FeedCommand, StoryCommand};

use super::App;
use super::sources::FeedState;
use super::view::View;

impl App {
    /// Two lines for a list in which there is nothing.
    pub fn empty_list(&self) -> [String; 2] {
        let key = |command: FeedCommand| self.hint(Command::Feeds(command));
        let story = |command: StoryCommand| self.hint(Command::Story(command));
        let choose = self.hint(Command::App(AppCommand::ChooseView));
        if !self.stories.filter.is_empty() {
            return ["No title holds these words.", "Esc shows all stories again"].map(Into::into);
        }
        let none_yet = self.feeds.is_empty();
        match &self.stories.view {
            View::Given if self.is_fetching() => {
                let what = self.visiting().unwrap_or_else(|| "Fetching".into());
                [what, format!("{choose} chooses what the list shows meanwhile")]
            }
            View::Given => {
                ["Nothing was opened.".into(), format!("{choose} chooses what the list shows")]
            }
            View::All if none_yet => {
                let (add, starters) = (key(FeedCommand::Add), key(FeedCommand::Starters));
                let then =
                    format!("{add} adds a site or a feed · {starters} offers some to start with");
                ["No stories.".into(), then]
            }
            View::All => self.not_fetched("No stories yet."),
            View::Unread if none_yet => {
                ["Nothing unread.".into(), format!("{choose} chooses what the list shows")]
            }
            View::Unread => {
                let refresh = key(FeedCommand::Refresh);
                let parts = self.last_update().into_iter().chain([
                    format!("{choose} shows read stories"),
                    format!("{refresh} refreshes"),
                ]);
                ["Nothing unread.".into(), parts.collect::<Vec<_>>().join(" · ")]
            }
            View::Saved => {
                let bookmark = story(StoryCommand::ToggleBookmark);
                let then = format!("{bookmark} bookmarks the story under the cursor");
                ["No bookmarks yet.".into(), then]
            }
            View::Continue => {
                ["Nothing begun.".into(), "A story that you leave half read is kept here".into()]
            }
            View::Feed(feed) => match self.feeds.get(feed) {
                Some(feed) if FeedState::of(feed) == FeedState::Failing => {
                    let error = feed.health.error.as_ref().map(ToString::to_string);
                    let retry = key(FeedCommand::RefreshShown);
                    let more = key(FeedCommand::Health);
                    let error = error.unwrap_or_else(|| "This feed is gone for good.".into());
                    [error, format!("{retry} tries again · {more} says more")]
                }
                Some(feed) if feed.paused => {
                    let more = key(FeedCommand::Health);
                    ["This feed is paused.".into(), format!("{more} says how to resume it")]
                }
                Some(_) => self.not_fetched("No stories in this feed."),
                None => {
                    let undo = self.hint(Command::App(AppCommand::Undo));
                    [
                        "You are not subscribed to this feed.".into(),
                        format!("{undo} may bring it back"),
                    ]
                }
            },
            View::Folder(_) => self.not_fetched("No stories in this folder."),
            View::Search(_) => [
                "Nothing is found by this search.".into(),
                format!("{choose} chooses what the list shows"),
            ],
            View::Source(_) => [
                "No stories from this source.".into(),
                format!("{choose} chooses what the list shows"),
            ],
            View::Tag(_) => {
                let tags = story(StoryCommand::EditTags);
                ["No story has this tag.".into(), format!("{tags} edits the tags of a story")]
            }
        }
    }

    /// A list of feeds that may be empty only because nothing was fetched.
    fn not_fetched(&self, what: &str) -> [String; 2] {
        let refresh = self.hint(Command::Feeds(FeedCommand::Refresh));
        let parts = self.last_update().into_iter().chain([format!("{refresh} refreshes")]);
        [what.to_owned(), parts.collect::<Vec<_>>().join(" · ")]
    }
}
