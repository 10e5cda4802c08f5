//! Keys and pasted text that go into a line, a box or a label, before any pane.

use std::path::PathBuf;

use crate::article::Place;
use crate::command::{AppCommand, Command, KeyContext, ListCommand};
use crate::config::key::{Key, KeyCode};
use crate::layout::Target;

use super::App;
use super::effect::Effect;
use super::find::Find;
use super::keys::Outcome;
use super::labels::LabelUse;
use super::prompt::{Purpose, Typed};
use super::run::{copy, quit};

pub(super) fn type_label(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    let Some(labels) = &mut app.labels else { return };
    let target = match key.code {
        KeyCode::Char(letter) if !key.ctrl && !key.alt => match labels.press(letter) {
            Some(target) => target,
            None => return,
        },
        KeyCode::Backspace if !labels.typed.is_empty() => {
            labels.typed.pop();
            return;
        }
        KeyCode::Enter => match labels.best() {
            Some(target) => target,
            None => return,
        },
        _ => {
            app.labels = None;
            return;
        }
    };
    let purpose = labels.purpose;
    app.labels = None;
    match purpose {
        LabelUse::Open => app.follow(target, effects),
        LabelUse::Copy => copy_target(app, target, effects),
    }
}

fn copy_target(app: &mut App, target: Target, effects: &mut Vec<Effect>) {
    let Some(open) = &app.reader.open else { return };
    let Some(destination) = open.destinations.get(target) else { return };
    let text = destination.url.as_ref().map_or(destination.title.to_string(), ToString::to_string);
    copy(app, &text, effects);
}

pub(super) fn press_in_popup(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    let height = app.popup_height();
    let Some(popup) = &mut app.popup else { return };
    let digit = match key {
        Key { code: KeyCode::Char(c @ '1'..='9'), ctrl: false, alt: false, .. } => c.to_digit(10),
        _ => None,
    };
    if let Some(digit) = digit.filter(|_| popup.marked.is_some() && popup.filter.is_none()) {
        popup.toggle_number(digit as usize);
        popup.show_cursor(height);
        return;
    }
    let command = match app.keys.press(key, KeyContext::Popup, &app.keymap) {
        Outcome::Command(command, count) => Some((command, count.unwrap_or(1))),
        Outcome::Wait | Outcome::Nothing => None,
    };
    // While something is typed, keys that are letters are letters.
    let letter = matches!(key, Key { code: KeyCode::Char(_), ctrl: false, alt: false, .. });
    if popup.filter.is_some() && (letter || command.is_none() || key.code == KeyCode::Backspace) {
        app.keys.clear();
        if popup.press(key) || letter {
            return;
        }
        if key.code == KeyCode::Backspace {
            app.popup = None;
            return;
        }
    }
    match command {
        Some((Command::Motion(motion), count)) => popup.motion(motion, count, height),
        Some((Command::App(AppCommand::Filter), _)) => popup.begin_filter(),
        // What was looked for is marked, and the others are there again.
        Some((Command::List(ListCommand::Open), _))
            if popup.filter.is_some() && popup.marked.is_some() =>
        {
            popup.toggle();
            popup.end_filter();
            popup.show_cursor(height);
        }
        Some((Command::List(ListCommand::ToggleChoice), _)) => {
            if !popup.toggle() {
                app.choose(effects);
            }
        }
        Some((Command::List(ListCommand::Open), _)) => app.choose(effects),
        Some((Command::App(AppCommand::Quit), _)) => quit(app, effects),
        Some((Command::App(AppCommand::Leave | AppCommand::LeaveOrQuit | AppCommand::Help), _)) => {
            app.popup = None;
        }
        Some(_) | None => {}
    }
}

pub(super) fn type_into_prompt(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    let Some(prompt) = &mut app.prompt else { return };
    let typed = match (&prompt.purpose, key.code) {
        (Purpose::Folder(_), KeyCode::Tab) => prompt.complete(app.feeds.folders()),
        _ => prompt.press(key),
    };
    typed_into_prompt(app, typed, effects);
}

fn typed_into_prompt(app: &mut App, typed: Typed, effects: &mut Vec<Effect>) {
    let Some(prompt) = &app.prompt else { return };
    let (purpose, text) = (prompt.purpose.clone(), prompt.text().to_owned());
    match typed {
        Typed::Same => return,
        Typed::Changed => {}
        Typed::Accepted | Typed::Cancelled => app.prompt = None,
    }
    match (purpose, typed) {
        (Purpose::Find { before }, Typed::Cancelled) => find(app, "", &before),
        (Purpose::Find { before }, _) => find(app, &text, &before),
        (Purpose::Filter { before }, Typed::Cancelled) => filter(app, &before),
        (Purpose::Filter { .. }, _) => filter(app, &text),
        (Purpose::Tags(story), Typed::Accepted) => app.set_tags(story, &text, effects),
        (Purpose::Note(story), Typed::Accepted) => app.set_note(story, &text, effects),
        (Purpose::Add, Typed::Accepted) => {
            app.look_for(&app.whole_address(&text), None, effects);
        }
        (Purpose::Address(key), Typed::Accepted) => app.look_for(&text, Some(key), effects),
        (Purpose::Name(key), Typed::Accepted) => app.rename(&key, &text, effects),
        (Purpose::Folder(key), Typed::Accepted) => app.move_to(&key, &text, effects),
        (Purpose::Import, Typed::Accepted) if !text.trim().is_empty() => {
            effects.push(Effect::Import(PathBuf::from(text.trim()), app.tick()));
        }
        (
            Purpose::Tags(_)
            | Purpose::Note(_)
            | Purpose::Add
            | Purpose::Address(_)
            | Purpose::Name(_)
            | Purpose::Folder(_)
            | Purpose::Import,
            _,
        ) => {}
    }
}

/// Looks for words in the article, from where the reader stood before he typed.
fn find(app: &mut App, needle: &str, before: &Place) {
    let page = app.page();
    let typing = app.prompt.is_some();
    let Some(open) = &mut app.reader.open else { return };
    open.return_to(before, page);
    if needle.is_empty() {
        open.find = None;
        return;
    }
    let find = Find::new(&open.article, needle, open.position);
    let (found, said) = (find.position(), find.describe());
    open.find = Some(find);
    if let Some(position) = found {
        let line = open.layout.line_of(position);
        open.reveal(line, page);
        app.moved();
    }
    if !typing {
        app.notices.say_here(app.now, said);
    }
}

fn filter(app: &mut App, words: &str) {
    words.clone_into(&mut app.stories.filter);
    app.rebuild();
}

pub(super) fn paste(app: &mut App, text: &str) {
    if let Some(prompt) = &mut app.prompt {
        let typed = prompt.paste(text);
        typed_into_prompt(app, typed, &mut Vec::new());
    } else if let Some(popup) = &mut app.popup {
        popup.paste(text);
    } else if ["http://", "https://", "feed:"].iter().any(|form| text.trim().starts_with(form)) {
        // Only an address of a site or a feed can be meant.
        app.ask_for_address(text.trim());
    } else {
        let say = "Pasted text goes into a line that is being typed; / begins one.";
        app.notices.say_here(app.now, say);
    }
}
