//! The `commands!` table: every named thing that a reader can ask for.
//!
//! One row gives the variant, the name used in `config.toml`, the palette entry,
//! the help line and the row of the README's table. Commands are grouped by who
//! carries them out, so that a new one breaks exactly one `match`.
//! Which key asks for which command is the keymap's business.

use std::fmt;
use std::str::FromStr;

/// The screens on which a key can mean different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyContext {
    /// Everywhere where nothing nearer says otherwise.
    Global,
    /// The story list has the focus.
    List,
    /// The reading pane has the focus.
    Article,
    /// The source tree has the focus.
    Sources,
    /// A list in a box has the focus: outline, palette, help, bookmarks.
    Popup,
}

impl KeyContext {
    pub const ALL: [Self; 5] =
        [Self::Global, Self::List, Self::Article, Self::Sources, Self::Popup];

    /// The name of its table in `config.toml`, under `[keys]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Article => "article",
            Self::Sources => "sources",
            Self::Popup => "popup",
        }
    }
}

/// Under which head the help and the palette show a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    Move,
    Read,
    Mark,
    Find,
    Feeds,
    View,
}

impl Section {
    pub const ALL: [Self; 6] =
        [Self::Move, Self::Read, Self::Mark, Self::Find, Self::Feeds, Self::View];

    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Read => "Read",
            Self::Mark => "Mark",
            Self::Find => "Find",
            Self::Feeds => "Feeds",
            Self::View => "View",
        }
    }
}

/// The text is the name of no command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no command of that name")]
pub struct UnknownCommand;

macro_rules! commands {
    ($($(#[doc = $about:literal])* $group:ident / $type:ident {
        $($section:ident $variant:ident = $name:literal, $help:literal;)*
    })*) => {
        /// A named thing that a reader can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command {
            $($(#[doc = $about])* $group($type),)*
        }

        $(
            $(#[doc = $about])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub enum $type {
                $(#[doc = $help] $variant,)*
            }
        )*

        impl Command {
            /// Every command, in the order of the table.
            pub const ALL: &'static [Self] = &[$($(Self::$group($type::$variant),)*)*];

            /// The name in `config.toml` and in the palette.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$group($type::$variant) => $name,)*)* }
            }

            /// One sentence about what it does.
            pub fn help(self) -> &'static str {
                match self { $($(Self::$group($type::$variant) => $help,)*)* }
            }

            /// Under which head the help shows it.
            pub fn section(self) -> Section {
                match self { $($(Self::$group($type::$variant) => Section::$section,)*)* }
            }
        }
    };
}

commands! {
    /// Moving about; every pane understands these in its own way.
    Motion / Motion {
        Move Next = "next", "Go one line or one story down.";
        Move Previous = "previous", "Go one line or one story up.";
        Move HalfPageDown = "half-page-down", "Go half a page down.";
        Move HalfPageUp = "half-page-up", "Go half a page up.";
        Move PageDown = "page-down", "Go a page down.";
        Move PageUp = "page-up", "Go a page up.";
        Move Top = "top", "Go to the top.";
        Move Bottom = "bottom", "Go to the bottom.";
    }
    /// About the story under the cursor, or the one that is open.
    Story / StoryCommand {
        Mark ToggleBookmark = "toggle-bookmark", "Bookmark the story, or remove its bookmark.";
        Mark ToggleRead = "toggle-read", "Mark the story as read, or as unread.";
        Mark EditTags = "edit-tags", "Edit the story's tags.";
        Mark EditNote = "edit-note", "Write a note about the story.";
        Read OpenInBrowser = "open-in-browser", "Open the story, or the focused link, in the browser.";
        Read CopyAddress = "copy-address", "Copy the address of the story, or of the focused link.";
    }
    /// About the story list.
    List / ListCommand {
        Read Open = "open", "Open the story.";
        Mark MarkAllRead = "mark-all-read", "Mark every story shown as read.";
        Mark MarkAboveRead = "mark-above-read", "Mark the story under the cursor, and those above it, as read.";
        Read ToggleChoice = "toggle-choice", "Choose a line of a box, or leave it out, where several can be chosen.";
    }
    /// About the article that is open.
    Reader / ReaderCommand {
        Move NextSection = "next-section", "Go to the next section heading.";
        Move PreviousSection = "previous-section", "Go to the previous section heading.";
        Read NextLink = "next-link", "Focus the next link.";
        Read PreviousLink = "previous-link", "Focus the previous link.";
        Read FollowLink = "follow-link", "Open the focused link, or link N after its digits.";
        Read LabelLinks = "label-links", "Show a label on each link, and open the one typed.";
        Read CopyLink = "copy-link", "Show a label on each link, and copy the address of the one typed.";
        Read ToggleLinkNumbers = "toggle-link-numbers", "Show or hide the numbers of links.";
        Read ReadOn = "read-on", "Go a page down, then on to the next unread story.";
        Read Outline = "outline", "Show the sections, to jump to one.";
        Read Related = "related", "Go to the related stories at the foot.";
        Find FindInArticle = "find-in-article", "Find words in the article.";
        View ToggleCodeWrap = "toggle-code-wrap", "Wrap long lines of code, or let them run off the edge.";
    }
    /// About feeds, and the tree of sources.
    Feeds / FeedCommand {
        Feeds Add = "add-feed", "Add a site or a feed.";
        Feeds Starters = "starter-feeds", "Choose among feeds to start with.";
        Feeds Import = "import", "Take your feeds along from a file: OPML, or newsboat's urls.";
        Feeds Refresh = "refresh", "Fetch what is new from the feeds that are due.";
        Feeds RefreshShown = "refresh-shown", "Fetch what is new from the feeds shown, due or not.";
        Feeds RefreshAll = "refresh-all", "Fetch what is new from all feeds, due or not.";
        Feeds StopRefresh = "stop-refresh", "Stop fetching.";
        Feeds ShowNew = "show-new", "Put the stories that have arrived into the list.";
        Feeds Health = "feed-health", "Say how it stands with the feed, and what can be done.";
        Feeds Pause = "pause-feed", "Fetch the feed no more, or again.";
        Feeds Rename = "rename-feed", "Give the feed another name.";
        Feeds Move = "move-feed", "Move the feed to a folder.";
        Feeds Unsubscribe = "unsubscribe", "Take the feed off the list; its stories stay stored.";
        Move GoToSources = "sources", "Go to the views, folders and feeds.";
        Move ToggleFold = "toggle-fold", "Fold or unfold the folder; open what is none.";
        Move Unfold = "unfold", "Unfold the folder; open what is none.";
        Move Fold = "fold", "Fold the folder, or go up to it.";
    }
    /// About the panes and the program.
    App / AppCommand {
        Read NextStory = "next-story", "Open the next story.";
        Read PreviousStory = "previous-story", "Open the previous story.";
        Read NextUnread = "next-unread", "Go to the next unread story, or to the next match.";
        Read PreviousUnread = "previous-unread", "Go to the previous unread story, or to the previous match.";
        Read Back = "back", "Go back to where you came from.";
        Read Forward = "forward", "Go forward again.";
        Move NextPane = "next-pane", "Go to the next pane.";
        Move PreviousPane = "previous-pane", "Go to the previous pane.";
        Move Leave = "leave", "Go back one level: close, return to the list, show all.";
        Move LeaveOrQuit = "leave-or-quit", "Go back one level, and leave the program from the list.";
        Mark Undo = "undo", "Take back the last change of state.";
        View ChooseView = "choose-view", "Choose what the list shows.";
        View Bookmarks = "bookmarks", "List the bookmarked stories.";
        View ContinueReading = "continue-reading", "List the stories that were begun.";
        Find Filter = "filter", "Search the titles in the list.";
        View Zen = "zen", "Show the article alone, or the panes again.";
        View Narrower = "narrower", "Make the lines shorter.";
        View Wider = "wider", "Make the lines longer.";
        View ToggleSources = "toggle-sources", "Show or hide the sources.";
        View NextTheme = "next-theme", "Change to the next theme.";
        View Palette = "palette", "Find a command by name.";
        View Help = "help", "Show the keys of this screen.";
        View Redraw = "redraw", "Draw the whole screen again.";
        View Suspend = "suspend", "Return to the shell; fg comes back.";
        View Quit = "quit", "Leave the program.";
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Command {
    type Err = UnknownCommand;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|command| command.name() == name).ok_or(UnknownCommand)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_name_of_its_own_and_a_sentence() {
        let mut names: Vec<_> = Command::ALL.iter().map(|command| command.name()).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
        for command in Command::ALL {
            assert!(command.help().ends_with('.'), "{command} needs a sentence");
            assert_eq!(command.name().parse(), Ok(*command));
        }
    }
}
