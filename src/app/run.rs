//! `run`: one arm a command. What has a body lives with its pane, or in the file named
//! after what the reader does.

use crate::command::{AppCommand, Command, ListCommand, StoryCommand};
use crate::config::MEASURE;
use crate::story::StoryId;

use super::App;
use super::effect::Effect;
use super::feed_run::run_feeds;
use super::geometry::Focus;
use super::message::Shelf;
use super::prompt::{Prompt, Purpose};
use super::reader_run::{next_match, run_reader};
use super::view::View;

/// Carries a command out.
pub(super) fn run(
    app: &mut App,
    command: Command,
    count: Option<usize>,
    effects: &mut Vec<Effect>,
) {
    match command {
        Command::Motion(motion) => app.go(motion, count.unwrap_or(1)),
        Command::Story(command) => story(app, command, effects),
        Command::List(command) => list(app, command, effects),
        Command::Reader(command) => run_reader(app, command, count, effects),
        Command::Feeds(command) => run_feeds(app, command, effects),
        Command::App(command) => program(app, command, count.unwrap_or(1), effects),
    }
}

fn story(app: &mut App, command: StoryCommand, effects: &mut Vec<Effect>) {
    match command {
        StoryCommand::ToggleBookmark => app.toggle_bookmark(effects),
        StoryCommand::ToggleRead => app.toggle_read(effects),
        StoryCommand::EditTags => app.edit_tags(),
        StoryCommand::EditNote => app.edit_note(),
        StoryCommand::OpenInBrowser => match address(app) {
            Some(url) => {
                app.notices.say(app.now, format!("Opening {url}"));
                effects.push(Effect::Open(url));
            }
            None => match stored(app) {
                Some(story) => {
                    app.notices.say(app.now, format!("Opening {}", app.title_of(story)));
                    effects.push(Effect::OpenStory(story));
                }
                None => app.notices.say_here(app.now, "This story has no address to open."),
            },
        },
        StoryCommand::CopyAddress => match address(app) {
            Some(url) => copy(app, url.as_str(), effects),
            None => match stored(app) {
                Some(story) => {
                    let title = app.title_of(story);
                    app.notices.say(app.now, format!("Copied the address of {title}"));
                    effects.push(Effect::CopyStory(story));
                }
                None => app.notices.say_here(app.now, "This story has no address to copy."),
            },
        },
    }
}

/// The story that a command is about, if the library knows more of it than the list does.
fn stored(app: &App) -> Option<StoryId> {
    let story = app.catalog.get(app.subject()?)?;
    (story.shelf == Shelf::Stored && story.details.is_none()).then_some(story.id)
}

/// The address that a command is about: of the focused link, or of the story.
fn address(app: &App) -> Option<url::Url> {
    let page = app.page();
    if app.focus == Focus::Article
        && let Some(open) = &app.reader.open
        && let Some(target) = open.focused_in_sight(page)
    {
        return open.destinations.get(target)?.url.clone();
    }
    let story = app.subject()?;
    let open = app.reader.open.as_ref().filter(|open| open.story == story);
    let listed = app.catalog.get(story)?.url();
    listed.or_else(|| open?.article.url.as_ref()).cloned()
}

pub(super) fn copy(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    app.notices.say(app.now, format!("Copied {text}"));
    effects.push(Effect::Copy(text.to_owned()));
}

fn list(app: &mut App, command: ListCommand, effects: &mut Vec<Effect>) {
    match command {
        // Lists choose one thing only.
        ListCommand::Open | ListCommand::ToggleChoice => app.open_chosen(effects),
        ListCommand::MarkAllRead => {
            if app.focus == Focus::Sources
                && let Some(view) = app.sources.chosen().cloned()
            {
                app.show_view(view, effects);
            }
            app.mark_all_read(effects);
        }
        ListCommand::MarkAboveRead => app.mark_above_read(effects),
    }
}

fn program(app: &mut App, command: AppCommand, count: usize, effects: &mut Vec<Effect>) {
    match command {
        AppCommand::NextStory => app.neighbor(true, false, effects),
        AppCommand::PreviousStory => app.neighbor(false, false, effects),
        AppCommand::NextUnread => next_match_or_unread(app, true, count, effects),
        AppCommand::PreviousUnread => next_match_or_unread(app, false, count, effects),
        // In the list, the last step may have been one from view to view.
        AppCommand::Back if app.focus == Focus::List && app.step_out(effects) => {}
        AppCommand::Back => app.travel(true, effects),
        AppCommand::Forward if app.focus == Focus::List && app.step_in(effects) => {}
        AppCommand::Forward => app.travel(false, effects),
        AppCommand::NextPane => cycle(app, true),
        AppCommand::PreviousPane => cycle(app, false),
        AppCommand::Leave => {
            // Leaving the program keeps the view, so only this goes out of one.
            if !app.leave(effects) && !app.step_out(effects) {
                let key = app.hint(Command::App(AppCommand::LeaveOrQuit));
                app.notices
                    .say_here(app.now, format!("This is the list; {key} leaves the program."));
            }
        }
        AppCommand::LeaveOrQuit => {
            if !app.leave(effects) {
                quit(app, effects);
            }
        }
        AppCommand::Undo => app.take_back(effects),
        AppCommand::ChooseView => app.choose_view(),
        AppCommand::Bookmarks => app.show_view(View::Saved, effects),
        AppCommand::ContinueReading => {
            app.keep_place(effects);
            app.show_view(View::Continue, effects);
        }
        AppCommand::Filter => {
            let before = app.stories.filter.clone();
            app.focus = Focus::List;
            app.prompt = Some(Prompt::new(Purpose::Filter { before }, ""));
        }
        AppCommand::Zen => {
            app.zen = !app.zen;
            if app.zen && app.reader.story().is_some() {
                app.focus = Focus::Article;
            }
            app.reshape();
        }
        AppCommand::Narrower => widen(app, -step(count)),
        AppCommand::Wider => widen(app, step(count)),
        AppCommand::ToggleSources => {
            app.toggle_sources();
        }
        AppCommand::NextTheme => app.next_theme(),
        AppCommand::Palette => app.palette(),
        AppCommand::Help => app.help(),
        AppCommand::Redraw => effects.push(Effect::Redraw),
        AppCommand::Suspend => {
            app.keep_place(effects);
            effects.push(Effect::Suspend);
        }
        AppCommand::Quit => quit(app, effects),
    }
}

/// Cells of one step of the measure.
const STEP: i16 = 4;
/// Cells by which wide code can be shifted at most.
const MAX_SHIFT: u16 = 4000;

fn step(count: usize) -> i16 {
    i16::try_from(count).unwrap_or(i16::MAX).saturating_mul(STEP)
}

/// Makes the lines longer or shorter; wide code in sight is shifted instead.
fn widen(app: &mut App, by: i16) {
    let page = app.page();
    if let Some(open) = &mut app.reader.open
        && (open.shift > 0 || open.visible(page).iter().any(|line| line.overflow))
    {
        open.shift = open.shift.saturating_add_signed(by).min(MAX_SHIFT);
        return;
    }
    let measure = app.measure.saturating_add_signed(by).clamp(*MEASURE.start(), *MEASURE.end());
    app.measure = measure;
    app.notices.say(app.now, format!("{measure} columns"));
    app.reshape();
}

fn next_match_or_unread(app: &mut App, forward: bool, count: usize, effects: &mut Vec<Effect>) {
    if app.focus == Focus::Article && next_match(app, forward, count) {
        return;
    }
    for _ in 0..count.min(app.stories.count.max(1)) {
        app.neighbor(forward, true, effects);
    }
}

/// The next pane that is on the screen, or would be if it had the focus.
fn cycle(app: &mut App, forward: bool) {
    let panes = app.panes();
    let mut order = vec![Focus::List];
    if app.reader.story().is_some() {
        order.push(Focus::Article);
    }
    if panes.sources.is_some() {
        order.insert(0, Focus::Sources);
    }
    let at = order.iter().position(|focus| *focus == app.focus).unwrap_or(0);
    let step = if forward { 1 } else { order.len() - 1 };
    if let Some(focus) = order.get((at + step) % order.len()) {
        app.focus = *focus;
    }
    app.reshape();
}

pub(super) fn quit(app: &mut App, effects: &mut Vec<Effect>) {
    if app.quitting {
        return;
    }
    app.quitting = true;
    app.keep_place(effects);
    effects.push(Effect::KeepSession(Box::new(app.session())));
    effects.push(Effect::Quit);
}
