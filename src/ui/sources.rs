//! The rows of the source pane: views, folders and feeds with their counts.

use ratatui::buffer::Buffer;

use crate::app::App;
use crate::app::geometry::{Area, Focus};
use crate::app::sources::{FeedState, Standing};
use crate::config::theme::Role;
use crate::text::width::width;

use super::glyph::Glyph;
use super::paint::Painter;

/// Cells of a step of the tree.
pub(super) const STEP: u16 = 2;

/// Draws the pane.
pub fn draw(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, area: Area) {
    let list = &app.sources;
    let rows = list.rows.iter().enumerate().skip(list.top).take(usize::from(area.height));
    for (line, (index, row)) in rows.enumerate() {
        let y = area.y + line as u16;
        let cursor = index == list.selected && app.focus == Focus::Sources;
        let current = row.view == app.stories.view;
        let style = |role| if cursor { painter.selected(role) } else { painter.style(role) };
        if cursor {
            let blank = " ".repeat(usize::from(area.width));
            painter.put_styled(buffer, area.x, y, area.width, &blank, style(Role::Text));
        }
        if current && !painter.accessible() {
            let sign = painter.glyph(Glyph::Cursor);
            painter.put_styled(buffer, area.x, y, 1, sign, style(Role::Accent));
        }
        let note = row.note(painter.accessible());
        let cells = width(&note) as u16;
        // A name is never pushed off the pane by the folders that it is in.
        let left = 1 + (row.indent * STEP).min(area.width / 2);
        painter.put_styled(
            buffer,
            area.x + left,
            y,
            1,
            sign(painter, row.standing()),
            style(Role::Dim),
        );
        // Signs have a column of their own, so that names stand below one another.
        let left = left + if painter.accessible() { 0 } else { STEP };
        let room = area.width.saturating_sub(left + cells + 2);
        let role = match row.state {
            _ if current => Role::Title,
            FeedState::Well => Role::Text,
            FeedState::Failing | FeedState::Paused | FeedState::Hidden => Role::Dim,
        };
        let name = painter.cut(&row.name, room);
        painter.put_styled(buffer, area.x + left, y, room, &name, style(role));
        let at = area.x + area.width.saturating_sub(cells + 1);
        painter.put_styled(buffer, at, y, cells, &note, style(Role::Dim));
    }
}

/// What stands before a name: whether a folder is folded, what is the matter with a feed.
pub(super) fn sign(painter: &Painter<'_>, line: Standing) -> &'static str {
    if painter.accessible() {
        return "";
    }
    match (line.folded, line.state) {
        (Some(true), _) => painter.glyph(Glyph::Folded),
        (Some(false), _) => painter.glyph(Glyph::Unfolded),
        (None, FeedState::Failing) => "!",
        (None, FeedState::Well | FeedState::Paused | FeedState::Hidden) => "",
    }
}
