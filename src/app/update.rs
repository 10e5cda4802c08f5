//! `update`: the one door through which everything that happens enters.

use jiff::Timestamp;

use crate::command::{AppCommand, Command};
use crate::config::key::Key;
use crate::text::sanitize::SafeText;

use super::App;
use super::effect::Effect;
use super::keys::Outcome;
use super::message::Message;
use super::mouse::click;
use super::run::{quit, run};
use super::typing::{paste, press_in_popup, type_into_prompt, type_label};

/// Takes what happened, and says what is wanted of the world.
pub fn update(app: &mut App, now: Timestamp, message: Message) -> Vec<Effect> {
    app.now = now;
    let mut effects = Vec::new();
    match message {
        Message::Key(key) => press(app, key, &mut effects),
        Message::Paste(text) => paste(app, &text),
        Message::Mouse(mouse) => click(app, mouse, &mut effects),
        Message::Resize(size) => {
            app.size = size;
            app.labels = None;
            app.reshape();
            app.show_cursor();
            app.show_popup_cursor();
        }
        Message::Command(command) => run(app, command, None, &mut effects),
        Message::Stories(found) => {
            app.add(found);
            app.restore(&mut effects);
            app.reshape();
        }
        Message::StoriesComplete => {
            app.complete = true;
            app.restore(&mut effects);
        }
        Message::Feeds(feeds) => app.know_feeds(feeds, &mut effects),
        Message::Searches(searches) => {
            app.feeds.replace_searches(searches);
            app.rebuild();
        }
        Message::Health(all) => app.learn(all),
        Message::Arrived(found) => app.news_arrived(found, &mut effects),
        Message::Revised(stories) => app.revised(stories),
        Message::Refreshing { done, total } => app.refreshing(done, total, &mut effects),
        Message::Refreshed(result) => app.refreshed(result, &mut effects),
        Message::Candidates { asked, result } => app.found_feeds(&asked, result, &mut effects),
        Message::Visit(url) => app.visit(url, &mut effects),
        Message::Visited { url, result } => app.visited(&url, result, &mut effects),
        Message::FeedSteps(steps) => app.know_feed_steps(steps),
        Message::Subscribed(new) => app.subscribed(new, &mut effects),
        Message::Shared(pairs) => app.shared(&pairs, &mut effects),
        Message::Aliases(aliases) => app.adopt(&aliases, &mut effects),
        Message::Article { story, generation, result } => app.arrived(story, generation, result),
        Message::Marks(marks) => app.merge(&marks),
        Message::Journal(trouble) => {
            app.notices.set_trouble(trouble.map(|text| SafeText::title(&text)));
        }
        Message::Said(text) => app.notices.say(now, text),
        Message::Failed(text) => app.notices.fail(text),
        Message::Resumed => effects.push(Effect::Redraw),
        Message::Tick => {}
        Message::Hangup => quit(app, &mut effects),
    }
    app.offer_candidates(&mut effects);
    app.notices.expire(now);
    if app.place_due.is_some_and(|due| due <= now) {
        app.keep_place(&mut effects);
        effects.push(Effect::KeepSession(Box::new(app.session())));
    }
    effects
}

/// A key goes to what is in front: a line being typed, labels, a box, then the panes.
fn press(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    app.notices.key();
    app.news.touch();
    if let Some(open) = &mut app.reader.open {
        open.eye = None;
    }
    if app.prompt.is_some() {
        type_into_prompt(app, key, effects);
    } else if app.labels.is_some() {
        type_label(app, key, effects);
    } else if app.popup.is_some() {
        press_in_popup(app, key, effects);
    } else {
        match app.keys.press(key, app.context(), &app.keymap) {
            Outcome::Command(command, count) => run(app, command, count, effects),
            Outcome::Wait => {}
            Outcome::Nothing => {
                let help = app.hint(Command::App(AppCommand::Help));
                app.notices
                    .say_here(app.now, format!("{key} does nothing here; {help} shows the keys."));
            }
        }
    }
}
