//! The commands about feeds, and about the tree that they stand in.

use crate::command::FeedCommand;
use crate::story::SourceKey;

use super::App;
use super::effect::Effect;
use super::feeds::Which;
use super::geometry::Focus;

/// Carries a command about feeds out.
pub(super) fn run_feeds(app: &mut App, command: FeedCommand, effects: &mut Vec<Effect>) {
    match command {
        FeedCommand::Add => app.ask_for_address(&app.address_to_add()),
        FeedCommand::Starters => app.starters(),
        FeedCommand::Import => app.ask_for_file(),
        FeedCommand::Refresh => app.refresh(Which::All, false, effects),
        FeedCommand::RefreshShown => app.refresh_shown(effects),
        FeedCommand::RefreshAll => app.refresh(Which::All, true, effects),
        FeedCommand::StopRefresh => match app.news.progress {
            Some(_) => effects.push(Effect::StopRefresh),
            None => app.notices.say_here(app.now, "Nothing is being fetched."),
        },
        FeedCommand::ShowNew => app.show_new(effects),
        FeedCommand::GoToSources => app.go_to_sources(),
        FeedCommand::ToggleFold => fold(app, Folding::Turn, effects),
        FeedCommand::Unfold => fold(app, Folding::Unfold, effects),
        FeedCommand::Fold => fold(app, Folding::Fold, effects),
        FeedCommand::Health => about_feed(app, |app, key| app.show_health(&key)),
        FeedCommand::Pause => about_feed(app, |app, key| app.toggle_paused(&key, effects)),
        FeedCommand::Rename => about_feed(app, App::ask_for_name),
        FeedCommand::Move => about_feed(app, App::ask_for_folder),
        FeedCommand::Unsubscribe => about_feed(app, |app, key| app.unsubscribe(key, effects)),
    }
}

/// Does something about the feed in question, if there is one.
fn about_feed(app: &mut App, what: impl FnOnce(&mut App, SourceKey)) {
    if let Some(key) = app.feed_in_question() {
        what(app, key);
    }
}

/// What is to become of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Folding {
    Fold,
    Unfold,
    /// The other of both.
    Turn,
}

/// Folds and unfolds; what has nothing to unfold is opened, and what has nothing to fold
/// is left for what it is in.
fn fold(app: &mut App, how: Folding, effects: &mut Vec<Effect>) {
    if app.focus != Focus::Sources {
        return;
    }
    let height = app.list_height().0;
    let sources = &mut app.sources;
    let done = match how {
        Folding::Unfold => sources.fold(false),
        Folding::Fold => sources.fold(true) || sources.go_up(),
        Folding::Turn => sources.fold(true) || sources.fold(false),
    };
    if done {
        sources.list(&app.catalog, &app.feeds);
        sources.show_cursor(height);
    } else if how == Folding::Fold {
        app.leave(effects);
    } else {
        app.open_chosen(effects);
    }
}
