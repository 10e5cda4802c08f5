//! What the popups hold, and what choosing in them does.

use crate::command::{
    AppCommand, Command, FeedCommand, KeyContext, ListCommand, ReaderCommand, Section, StoryCommand,
};
use crate::config::subscriptions::edit::FeedChange;
use crate::config::theme::Theme;
use crate::text::sanitize::SafeText;

use super::App;
use super::effect::Effect;
use super::geometry::Focus;
use super::popup::{Choice, Item, Popup};
use super::run::run;
use super::view::View;

impl App {
    /// In which context the keys of the focused pane are.
    pub fn context(&self) -> KeyContext {
        match self.focus {
            Focus::Sources => KeyContext::Sources,
            Focus::List => KeyContext::List,
            Focus::Article => KeyContext::Article,
        }
    }

    /// The key that asks for a command here, or its name where none does.
    pub fn hint(&self, command: Command) -> String {
        self.keymap
            .keys(self.context(), command)
            .map_or_else(|| format!(":{command}"), ToString::to_string)
    }

    pub(super) fn outline(&mut self) {
        let page = self.page();
        let Some(open) = &self.reader.open else { return };
        let lines = open.layout.lines.len().max(1);
        let depth =
            |index: usize| open.layout.headings.get(index).map_or(0, |h| h.level.number() - 2);
        let items: Vec<Item> = open
            .layout
            .headings
            .iter()
            .enumerate()
            .map(|(index, heading)| {
                let percent = format!("{}%", heading.line * 100 / lines);
                let mut item = Item::new(&heading.text, &percent, Choice::Jump(heading.position));
                item.indent = u16::from(depth(index));
                item
            })
            .collect();
        let sections = open.article.headings().count();
        if sections < 2 {
            self.notices.say_here(self.now, "No headings.");
            return;
        }
        let at_end = open.at_end(page);
        let current = if at_end { None } else { open.current_heading() };
        let popup = Popup::new("Outline", "j/k move · Enter jump · / narrow · Esc close", items);
        self.popup = Some(popup.at(current.unwrap_or(0)));
        self.show_popup_cursor();
    }

    pub(super) fn palette(&mut self) {
        let context = self.context();
        let items =
            Command::ALL.iter().filter(|command| self.makes_sense(**command)).map(|command| {
                let key = self.keymap.keys(context, *command).map(ToString::to_string);
                let key = key.unwrap_or_default();
                let item = Item::new(command.name(), &key, Choice::Run(*command));
                Item { detail: command.help().into(), ..item }
            });
        let items = items.collect();
        self.popup = Some(Popup::new("Commands", "Enter run · Esc close", items).typing());
    }

    /// The keys of this screen, those of the focused pane first.
    pub(super) fn help(&mut self) {
        let context = self.context();
        let mut items = Vec::new();
        for section in Section::ALL {
            let head = items.len();
            for command in Command::ALL.iter().filter(|command| command.section() == section) {
                let keys: Vec<String> = self
                    .keymap
                    .bindings(context)
                    .filter(|(_, bound)| bound == command)
                    .map(|(keys, _)| keys.to_string())
                    .collect();
                if !keys.is_empty() && self.makes_sense(*command) {
                    // Two spaces, as a sequence of keys has one in it.
                    let keys = SafeText::line(&keys.join("  "));
                    let item = Item::new(command.help(), "", Choice::Run(*command));
                    items.push(Item { note: keys, ..item });
                }
            }
            if items.len() > head {
                items.insert(head, Item::head(section.title()));
            }
        }
        items.push(Item::head("Numbers"));
        items.push(Item::new(
            "Digits before a key repeat it: 5j goes five down.",
            "5j",
            Choice::Close,
        ));
        let follow = self.hint(Command::Reader(ReaderCommand::FollowLink));
        let digits = format!("12 {follow}");
        items.push(Item::new(
            "Digits and then the key of a link open that link.",
            &digits,
            Choice::Close,
        ));
        let title = match self.focus {
            Focus::Sources => "Keys in the sources",
            Focus::List => "Keys in the list",
            Focus::Article => "Keys in an article",
        };
        self.popup = Some(Popup::new(title, "j/k move · Enter run · / narrow · Esc close", items));
    }

    /// Whether a command can do anything in the pane that has the focus.
    fn makes_sense(&self, command: Command) -> bool {
        match command {
            Command::Feeds(FeedCommand::ToggleFold | FeedCommand::Unfold | FeedCommand::Fold) => {
                self.focus == Focus::Sources
            }
            Command::Motion(_) | Command::Story(_) | Command::App(_) | Command::Feeds(_) => true,
            // It is of boxes alone.
            Command::List(ListCommand::ToggleChoice) => false,
            Command::List(_) => self.focus != Focus::Article,
            Command::Reader(_) => self.focus == Focus::Article,
        }
    }

    pub(super) fn choose_view(&mut self) {
        self.sources.list(&self.catalog, &self.feeds);
        let mut items = Vec::new();
        let mut current = 0;
        for row in &self.sources.rows {
            let note = row.note(self.display.accessible);
            let mut item = Item::new(&row.name, &note, Choice::Show(row.view.clone()));
            (item.indent, item.standing) = (row.indent, row.standing());
            if row.view == self.stories.view {
                current = items.len();
            }
            items.push(item);
        }
        let popup = Popup::new("Show", "Enter show · / narrow · Esc close", items);
        self.popup = Some(popup.at(current));
        self.show_popup_cursor();
    }

    /// Shows the sources and goes there.
    pub(super) fn go_to_sources(&mut self) {
        self.show_sources = true;
        self.focus = Focus::Sources;
        let height = self.list_height().0;
        self.sources.show_cursor(height);
        self.reshape();
    }

    /// Shows or hides the sources; where there is no room beside the list, goes there and back.
    pub(super) fn toggle_sources(&mut self) {
        let beside = self.panes().sources.is_some() && self.panes().list.is_some();
        if beside {
            self.show_sources = false;
            if self.focus == Focus::Sources {
                self.focus = Focus::List;
            }
        } else if self.focus == Focus::Sources {
            self.focus = Focus::List;
        } else {
            self.show_sources = true;
            if self.panes().sources.is_none() {
                return self.go_to_sources();
            }
        }
        self.reshape();
    }

    /// Cells of a box at most, with its edges.
    pub fn popup_cells(&self) -> u16 {
        let width = self.size.width;
        if width < 80 || self.display.accessible {
            width
        } else {
            (width * 6 / 10).max(96.min(width - 4))
        }
    }

    /// Rows of a popup's list.
    pub fn popup_height(&self) -> usize {
        // A border above and below, the line of the filter and that of the hint.
        let height = usize::from(self.size.height);
        let most = (height * 7 / 10).max(height.min(26).saturating_sub(2));
        most.saturating_sub(4).max(1)
    }

    pub(super) fn show_popup_cursor(&mut self) {
        let height = self.popup_height();
        if let Some(popup) = &mut self.popup {
            popup.show_cursor(height);
        }
    }

    /// Does what the item under the cursor says.
    pub(super) fn choose(&mut self, effects: &mut Vec<Effect>) {
        let Some(popup) = self.popup.take() else { return };
        let Some(item) = popup.chosen() else { return };
        let page = self.page();
        match item.choice.clone() {
            Choice::Head | Choice::Fact | Choice::Close => {}
            Choice::Jump(position) => {
                if let Some(open) = &mut self.reader.open {
                    open.go_to(position, page);
                }
                self.moved();
            }
            Choice::Run(command) => run(self, command, None, effects),
            Choice::Show(view) => self.show_view(view, effects),
            Choice::Subscribe(_) => {
                let chosen = popup.all_chosen().into_iter();
                let feeds = chosen.filter_map(|item| {
                    if let Choice::Subscribe(feed) = &item.choice {
                        Some(feed.clone())
                    } else {
                        None
                    }
                });
                effects.push(Effect::Subscribe(feeds.collect(), self.tick()));
            }
            Choice::Replace(key, url) => {
                self.edit_feed(&key, FeedChange::Address(url), effects);
            }
            Choice::Feed(key, action) => self.act(key, action, effects),
            Choice::Browse(url) => {
                self.notices.say(self.now, format!("Opening {url}"));
                effects.push(Effect::Open(url));
            }
            Choice::Copy(text) => {
                self.notices.say(self.now, "Copied.");
                effects.push(Effect::Copy(text));
            }
            Choice::Filter(words) => {
                self.show_view(View::All, effects);
                self.stories.filter = words;
                self.rebuild();
            }
        }
    }

    /// Changes to the next theme: the reader's own, then the built-in ones.
    pub(super) fn next_theme(&mut self) {
        let mut names: Vec<String> = Theme::names().map(str::to_owned).collect();
        if !names.contains(&self.own_theme.0) {
            names.insert(0, self.own_theme.0.clone());
        }
        let at = names.iter().position(|name| *name == self.theme_name).map_or(0, |at| at + 1);
        let Some(name) = names.get(at % names.len().max(1)) else { return };
        self.theme = if *name == self.own_theme.0 {
            self.own_theme.1.clone()
        } else {
            Theme::named(name, None).0
        };
        self.theme_name.clone_from(name);
        self.notices.say(self.now, format!("Theme: {name}"));
    }

    /// What the first keys of the status line are, by what can be done here.
    pub fn hints(&self) -> Vec<(String, &'static str)> {
        let key = |command: Command, word| (self.hint(command), word);
        let help = key(Command::App(AppCommand::Help), "help");
        match self.focus {
            Focus::Article => vec![
                key(Command::Reader(ReaderCommand::LabelLinks), "links"),
                key(Command::Reader(ReaderCommand::Outline), "outline"),
                key(Command::App(AppCommand::Leave), "list"),
                help,
            ],
            Focus::Sources => vec![
                (String::from("Enter"), "show"),
                key(Command::Feeds(FeedCommand::ToggleFold), "fold"),
                key(Command::Feeds(FeedCommand::Health), "health"),
                help,
            ],
            Focus::List => vec![
                (String::from("Enter"), "read"),
                key(Command::Story(StoryCommand::ToggleBookmark), "bookmark"),
                key(Command::App(AppCommand::ChooseView), "show"),
                help,
            ],
        }
    }
}
