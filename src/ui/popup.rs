//! A list in a box, above the panes.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::App;
use crate::app::geometry::Area;
use crate::app::popup::{Choice, Item, Popup};
use crate::app::sources::Standing;
use crate::config::theme::Role;
use crate::text::width::width;

use super::glyph::Glyph;
use super::paint::Painter;
use super::rect;
use super::sources::{STEP, sign};

/// Where the box stands: in the top third, as large as it needs to be and no larger
/// than most of the screen. For those who hear the screen it is all there is.
fn place(app: &App, popup: &Popup, screen: Rect) -> Area {
    if app.display.accessible {
        let Rect { width, height, .. } = screen;
        return Area { x: 0, y: 0, width, height: height.saturating_sub(1) };
    }
    let names = names(popup);
    let widest = popup.items.iter().map(|item| {
        let detail = if names > 0 { usize::from(names) + 2 + width(&item.detail) } else { 0 };
        usize::from(item.indent) * 2
            + usize::from(marks(popup) + signs(app, popup))
            + width(&item.text).max(detail)
            + width(&item.note)
            + 4
    });
    let wanted =
        widest.chain([width(popup.hint), width(&popup.title) + 4, 32]).max().unwrap_or(32) + 4;
    let cells = (wanted as u16).min(app.popup_cells());
    let rows = popup.shown.len().max(1).min(app.popup_height()) as u16;
    // Borders, the hint, and the line of the filter where there is one.
    let height = (rows + 3 + u16::from(popup.filter.is_some())).min(screen.height);
    let tallest = (popup.items.len().min(app.popup_height()) as u16 + 4).min(screen.height);
    // The upper edge stays where it is while the list is narrowed.
    let y = screen.height.saturating_sub(tallest) / 3;
    Area { x: (screen.width - cells) / 2, y, width: cells, height }
}

/// Cells of the column of names, where the items say more in a second one.
fn names(popup: &Popup) -> u16 {
    if popup.items.iter().all(|item| item.detail.is_empty()) {
        return 0;
    }
    popup.items.iter().map(|item| width(&item.text)).max().unwrap_or(0) as u16
}

/// Cells of the column that says what is chosen, where several can be.
fn marks(popup: &Popup) -> u16 {
    if popup.marked.is_some() { 4 } else { 0 }
}

/// Cells of the column of signs, where an item has one. Words say the same to those who
/// hear the screen.
fn signs(app: &App, popup: &Popup) -> u16 {
    let has_sign = |item: &Item| item.standing != Standing::default();
    if popup.items.iter().any(has_sign) && !app.display.accessible { STEP } else { 0 }
}

/// Draws the box and what is in it.
pub fn draw(app: &App, painter: &Painter<'_>, frame: &mut Frame) {
    let Some(popup) = &app.popup else { return };
    let screen = frame.area();
    let area = place(app, popup, screen);
    let buffer = frame.buffer_mut();
    painter.clear(buffer, rect(area));
    // A wide character that reaches under the box would hide its edge.
    for y in area.y..area.y + area.height {
        let left = area.x.checked_sub(1).and_then(|x| buffer.cell_mut((x, y)));
        if let Some(cell) = left.filter(|cell| width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
    border(painter, buffer, area, popup);
    let inside = Area {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(3),
    };
    let mut list = inside;
    if let Some(input) = &popup.filter {
        let scroll = input.visual_scroll(usize::from(inside.width.saturating_sub(3)));
        let shown: String = input.value().chars().skip(scroll).collect();
        painter.put(
            buffer,
            inside.x,
            inside.y,
            inside.width,
            &format!("/{shown}{}", painter.glyph(Glyph::Caret)),
            Role::Text,
        );
        list.y += 1;
        list.height = list.height.saturating_sub(1);
    }
    let names = names(popup);
    if popup.shown.is_empty() {
        painter.put(buffer, list.x, list.y, list.width, "Nothing matches.", Role::Dim);
    }
    for (row, item) in popup.lines().skip(popup.top).take(usize::from(list.height)).enumerate() {
        let y = list.y + row as u16;
        let cursor = popup.top + row == popup.selected && !item.choice.is_fixed();
        let style = |role| if cursor { painter.selected(role) } else { painter.style(role) };
        if cursor {
            let blank = " ".repeat(usize::from(area.width.saturating_sub(2)));
            painter.put_styled(buffer, area.x + 1, y, area.width - 2, &blank, style(Role::Popup));
            if painter.mono() {
                painter.put_styled(
                    buffer,
                    area.x + 1,
                    y,
                    1,
                    painter.glyph(Glyph::Cursor),
                    style(Role::Popup),
                );
            }
        }
        let note = width(&item.note) as u16;
        let mark = if item.choice.is_fixed() { 0 } else { marks(popup) };
        if mark > 0 {
            let sign = if popup.is_marked(popup.top + row) { "[x]" } else { "[ ]" };
            painter.put_styled(buffer, list.x, y, mark, sign, style(Role::Popup));
        }
        let mut left = item.indent * 2 + mark;
        let signs = signs(app, popup);
        if signs > 0 {
            let sign = sign(painter, item.standing);
            painter.put_styled(buffer, list.x + left, y, 1, sign, style(Role::Dim));
            left += signs;
        }
        let room = list.width.saturating_sub(left + note + 2);
        // Of a fact the name whispers, of anything else what is said of it.
        let (role, whisper) = if item.choice == Choice::Fact {
            (Role::Dim, Role::Popup)
        } else {
            (if item.choice == Choice::Head { Role::Title } else { Role::Popup }, Role::Dim)
        };
        let text = painter.cut(&item.text, room);
        painter.put_styled(buffer, list.x + left, y, room, &text, style(role));
        let column = names + 2;
        if !item.detail.is_empty() && room > column + 8 {
            let detail = painter.cut(&item.detail, room - column);
            painter.put_styled(
                buffer,
                list.x + left + column,
                y,
                room - column,
                &detail,
                style(whisper),
            );
        }
        let at = list.x + list.width.saturating_sub(note);
        painter.put_styled(buffer, at, y, note, &item.note, style(Role::Dim));
    }
    let hint = Area { y: area.y + area.height.saturating_sub(2), height: 1, ..inside };
    let words = popup.hint.replace('·', painter.glyph(Glyph::Dot));
    let text = painter.cut(&words, hint.width);
    painter.put(buffer, hint.x, hint.y, hint.width, &text, Role::Dim);
}

/// The cell of the item under the cursor.
pub fn cursor(app: &App, screen: Rect) -> Option<(u16, u16)> {
    let popup = app.popup.as_ref()?;
    let area = place(app, popup, screen);
    let row = popup.selected.saturating_sub(popup.top) as u16 + u16::from(popup.filter.is_some());
    Some((area.x + 2, (area.y + 1 + row).min(area.y + area.height - 1)))
}

fn border(painter: &Painter<'_>, buffer: &mut ratatui::buffer::Buffer, area: Area, popup: &Popup) {
    if painter.accessible() {
        painter.put(buffer, area.x + 2, area.y, area.width, &popup.title, Role::Title);
        return;
    }
    let [top_left, top_right, bottom_left, bottom_right] = painter.corners();
    let edge = painter.glyph(Glyph::Dash).repeat(usize::from(area.width.saturating_sub(2)));
    let bottom = area.y + area.height - 1;
    painter.put(
        buffer,
        area.x,
        area.y,
        area.width,
        &format!("{top_left}{edge}{top_right}"),
        Role::Popup,
    );
    painter.put(
        buffer,
        area.x,
        bottom,
        area.width,
        &format!("{bottom_left}{edge}{bottom_right}"),
        Role::Popup,
    );
    for y in area.y + 1..bottom {
        painter.put(buffer, area.x, y, 1, painter.glyph(Glyph::Rule), Role::Popup);
        painter.put(buffer, area.x + area.width - 1, y, 1, painter.glyph(Glyph::Rule), Role::Popup);
    }
    let title = format!(" {} ", painter.cut(&popup.title, area.width.saturating_sub(6)));
    painter.put(buffer, area.x + 2, area.y, area.width.saturating_sub(4), &title, Role::Title);
}
