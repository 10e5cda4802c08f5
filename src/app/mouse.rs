//! What the mouse does: the wheel moves what is under it, a click goes there.

use crate::command::Motion;

use super::App;
use super::effect::Effect;
use super::geometry::{Area, Focus};
use super::message::{Mouse, MouseAction};

pub(super) fn click(app: &mut App, mouse: Mouse, effects: &mut Vec<Effect>) {
    let Mouse { column, row, action } = mouse;
    if let MouseAction::WheelDown | MouseAction::WheelUp = action {
        let motion = if action == MouseAction::WheelDown { Motion::Next } else { Motion::Previous };
        let height = app.popup_height();
        match &mut app.popup {
            Some(popup) => popup.motion(motion, 3, height),
            None => wheel(app, motion, column, row),
        }
        return;
    }
    if app.popup.take().is_some() || app.prompt.is_some() || app.labels.take().is_some() {
        return;
    }
    let panes = app.panes();
    if let Some(area) = panes.list.filter(|area| area.contains(column, row)) {
        app.focus = Focus::List;
        if let Some(index) = app.stories.row_at(usize::from(row - area.y), panes.tall_rows) {
            // A click on the row under the cursor opens it, as Enter does.
            if app.stories.selected == index {
                app.open_chosen(effects);
            } else {
                app.stories.selected = index;
            }
        }
    } else if panes.article.is_some_and(|area| area.contains(column, row)) {
        app.focus = Focus::Article;
        let text = app.text_area();
        let Some(open) = &app.reader.open else { return };
        let Some(line) = row.checked_sub(text.y).map(|line| open.top + usize::from(line)) else {
            return;
        };
        let Some(cell) = column.checked_sub(text.x) else { return };
        if let Some(target) = open.target_at(line, cell) {
            app.follow(target, effects);
        }
    } else if let Some(area) = panes.sources.filter(|area| area.contains(column, row)) {
        app.focus = Focus::Sources;
        let index = app.sources.top + usize::from(row - area.y);
        if index < app.sources.rows.len() {
            app.sources.selected = index;
            app.open_chosen(effects);
        }
    }
}

/// The wheel moves what is under it, not what has the focus.
fn wheel(app: &mut App, motion: Motion, column: u16, row: u16) {
    let panes = app.panes();
    let over = |area: Option<Area>| area.is_some_and(|area| area.contains(column, row));
    let before = app.focus;
    app.focus = if over(panes.article) {
        Focus::Article
    } else if over(panes.list) {
        Focus::List
    } else if over(panes.sources) {
        Focus::Sources
    } else {
        return;
    };
    app.go(motion, 3);
    app.focus = before;
}
