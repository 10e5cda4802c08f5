//! The commands about the article that is open.

use crate::command::{Motion, ReaderCommand};

use super::App;
use super::effect::Effect;
use super::labels::{LabelUse, Labels};
use super::prompt::{Prompt, Purpose};

/// Carries a command about the open article out.
pub(super) fn run_reader(
    app: &mut App,
    command: ReaderCommand,
    count: Option<usize>,
    effects: &mut Vec<Effect>,
) {
    if app.reader.open.is_none() {
        return;
    }
    let many = count.unwrap_or(1);
    match command {
        ReaderCommand::NextSection => section(app, true, many),
        ReaderCommand::PreviousSection => section(app, false, many),
        ReaderCommand::NextLink => link(app, true, many),
        ReaderCommand::PreviousLink => link(app, false, many),
        ReaderCommand::FollowLink => follow(app, count, effects),
        ReaderCommand::LabelLinks => label(app, LabelUse::Open),
        ReaderCommand::CopyLink => label(app, LabelUse::Copy),
        ReaderCommand::ToggleLinkNumbers => {
            app.config.reading.link_numbers = !app.config.reading.link_numbers;
            app.reshape();
        }
        ReaderCommand::ReadOn => read_on(app, effects),
        ReaderCommand::Outline => app.outline(),
        ReaderCommand::Related => go_to_foot(app),
        ReaderCommand::FindInArticle => begin_find(app),
        ReaderCommand::ToggleCodeWrap => {
            app.config.reading.wrap_code = !app.config.reading.wrap_code;
            let how = if app.config.reading.wrap_code {
                "Code wraps."
            } else {
                "Code runs off the edge; < and > shift it."
            };
            app.notices.say(app.now, how);
            app.reshape();
        }
    }
}

fn section(app: &mut App, forward: bool, count: usize) {
    let page = app.page();
    if app.reader.open.as_mut().is_some_and(|open| open.section(forward, count, page)) {
        app.moved();
    } else {
        let which = if forward { "No section below." } else { "No section above." };
        app.notices.say(app.now, which);
    }
}

fn link(app: &mut App, forward: bool, count: usize) {
    let page = app.page();
    if app.reader.open.as_mut().is_some_and(|open| open.step_target(forward, count, page)) {
        app.moved();
    } else {
        let which = if forward { "No link below." } else { "No link above." };
        app.notices.say(app.now, which);
    }
}

/// Follows link N, or the focused one.
fn follow(app: &mut App, number: Option<usize>, effects: &mut Vec<Effect>) {
    let page = app.page();
    let Some(open) = &app.reader.open else { return };
    match number {
        Some(number) => match open.numbered(number) {
            Some(target) => app.follow(target, effects),
            None => app.notices.say_here(app.now, format!("There is no link {number} here.")),
        },
        None => match open.focused_in_sight(page) {
            Some(target) => app.follow(target, effects),
            // With nothing focused, the key that opened the story reads on in it.
            None => app.go(Motion::Next, 1),
        },
    }
}

fn read_on(app: &mut App, effects: &mut Vec<Effect>) {
    let page = app.page();
    if app.reader.open.as_mut().is_some_and(|open| open.turn_page(page)) {
        app.moved();
    } else {
        app.neighbor(true, true, effects);
    }
}

fn go_to_foot(app: &mut App) {
    let page = app.page();
    let Some(open) = &mut app.reader.open else { return };
    let blocks = open.article.blocks.len() as u32;
    let foot = open.layout.headings.iter().find(|heading| heading.position.block >= blocks);
    match foot.map(|heading| heading.position) {
        Some(position) => {
            open.go_to(position, page);
            app.moved();
        }
        None => app.notices.say_here(app.now, "This article names no other stories."),
    }
}

fn begin_find(app: &mut App) {
    let page = app.page();
    let Some(open) = &mut app.reader.open else { return };
    let before = open.place(page);
    open.find = None;
    app.prompt = Some(Prompt::new(Purpose::Find { before }, ""));
}

fn label(app: &mut App, purpose: LabelUse) {
    let page = app.page();
    let Some(open) = &app.reader.open else { return };
    let labels = Labels::new(purpose, open.visible_targets(page).map(|target| target.target));
    if labels.labels.is_empty() {
        app.notices.say_here(app.now, "No links in sight.");
    } else {
        app.labels = Some(labels);
    }
}

/// Goes to the next match of what is being looked for. Says whether anything is.
pub(super) fn next_match(app: &mut App, forward: bool, count: usize) -> bool {
    let page = app.page();
    let Some(open) = &mut app.reader.open else { return false };
    let Some(find) = &mut open.find else { return false };
    find.step(forward, count);
    let said = find.describe();
    if let Some(position) = find.position() {
        let line = open.layout.line_of(position);
        open.reveal(line, page);
        app.moved();
    }
    app.notices.say_here(app.now, said);
    true
}
