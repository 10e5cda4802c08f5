//! The rows of the source pane: views and sources with their counts.

use ratatui::buffer::Buffer;

use crate::app::App;
use crate::app::geometry::{Area, Focus};
use crate::config::theme::Role;
use crate::text::width::width;

use super::glyph::Glyph;
use super::paint::Painter;

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
        if current {
            painter.put_styled(
                buffer,
                area.x,
                y,
                1,
                painter.glyph(Glyph::Cursor),
                style(Role::Accent),
            );
        }
        let count = if row.count > 0 { row.count.to_string() } else { String::new() };
        let left = 1 + row.indent * 2;
        let room = area.width.saturating_sub(left + width(&count) as u16 + 2);
        let role = if current { Role::Title } else { Role::Text };
        let title = painter.cut(&row.view.title(), room);
        painter.put_styled(buffer, area.x + left, y, room, &title, style(role));
        let at = area.x + area.width.saturating_sub(width(&count) as u16 + 1);
        painter.put_styled(buffer, at, y, area.width, &count, style(Role::Dim));
    }
}
