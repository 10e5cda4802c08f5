//! A list in a box, above the panes.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::App;
use crate::app::geometry::Area;
use crate::app::popup::{Choice, Item, Popup};
use crate::app::sources::Standing;
use crate::config::theme::Role;
use crate::text::number::grouped;
use crate::text::width::width;

use super::glyph::Glyph;
use super::paint::Painter;
use super::rect;
use super::sources::{STEP, sign};

/// Cells of the columns that all items share; none where there is no such column.
#[derive(Debug, Clone, Copy)]
struct Columns {
    /// What says what is chosen, where several can be.
    marks: u16,
    /// Signs, where an item has one. Words say the same to those who hear the screen.
    signs: u16,
    /// Names, where the items say more in a second column.
    names: u16,
}

impl Columns {
    fn of(app: &App, popup: &Popup) -> Self {
        let has_sign = |item: &Item| item.standing != Standing::default();
        let signs = popup.items.iter().any(has_sign) && !app.display.accessible;
        let names = if popup.items.iter().all(|item| item.detail.is_empty()) {
            0
        } else {
            popup.items.iter().map(|item| width(&item.text)).max().unwrap_or(0)
        };
        Self {
            marks: if popup.marked.is_some() { 4 } else { 0 },
            signs: if signs { STEP } else { 0 },
            names: names as u16,
        }
    }
}

/// Where the box stands: in the top third, as large as it needs to be and no larger
/// than most of the screen. For those who hear the screen it is all there is.
fn place(app: &App, popup: &Popup, columns: Columns, screen: Rect) -> Area {
    if app.display.accessible {
        let Rect { width, height, .. } = screen;
        return Area { x: 0, y: 0, width, height: height.saturating_sub(1) };
    }
    let Columns { marks, signs, names } = columns;
    let widest = popup.items.iter().map(|item| {
        let detail = if names > 0 { usize::from(names) + 2 + width(&item.detail) } else { 0 };
        usize::from(item.indent) * 2
            + usize::from(marks + signs)
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

/// Draws the box and what is in it.
pub fn draw(app: &App, painter: &Painter<'_>, frame: &mut Frame) {
    let Some(popup) = &app.popup else { return };
    let columns = Columns::of(app, popup);
    let area = place(app, popup, columns, frame.area());
    let buffer = frame.buffer_mut();
    clear(painter, buffer, area);
    border(painter, buffer, area, popup);
    more(app, painter, buffer, area, popup);
    let mut list = Area {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(3),
    };
    let hints = Area { y: area.y + area.height.saturating_sub(2), height: 1, ..list };
    if let Some(input) = &popup.filter {
        let scroll = input.visual_scroll(usize::from(list.width.saturating_sub(3)));
        let shown: String = input.value().chars().skip(scroll).collect();
        let line = format!("/{shown}{}", painter.glyph(Glyph::Caret));
        painter.put(buffer, list.x, list.y, list.width, &line, Role::Text);
        list.y += 1;
        list.height = list.height.saturating_sub(1);
    }
    if popup.shown.is_empty() {
        painter.put(buffer, list.x, list.y, list.width, "Nothing matches.", Role::Dim);
    }
    for (row, item) in popup.lines().skip(popup.top).take(usize::from(list.height)).enumerate() {
        let line = Line {
            item,
            cursor: popup.top + row == popup.selected && !item.choice.is_fixed(),
            marked: popup.is_marked(popup.top + row),
        };
        let area = Area { y: list.y + row as u16, height: 1, ..list };
        line.draw(painter, buffer, area, columns);
    }
    hint(painter, buffer, hints, popup);
}

/// Makes room for the box.
fn clear(painter: &Painter<'_>, buffer: &mut Buffer, area: Area) {
    painter.clear(buffer, rect(area));
    // A wide character that reaches under the box would hide its edge.
    for y in area.y..area.y + area.height {
        let left = area.x.checked_sub(1).and_then(|x| buffer.cell_mut((x, y)));
        if let Some(cell) = left.filter(|cell| width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
}

/// An item in its row.
struct Line<'a> {
    item: &'a Item,
    cursor: bool,
    marked: bool,
}

impl Line<'_> {
    fn draw(&self, painter: &Painter<'_>, buffer: &mut Buffer, area: Area, columns: Columns) {
        let Self { item, cursor, marked } = *self;
        let Area { x, y, .. } = area;
        let style = |role| if cursor { painter.selected(role) } else { painter.style(role) };
        let mut put = |x, max, text: &str, role| {
            painter.put_styled(buffer, x, y, max, text, style(role));
        };
        if cursor {
            // From edge to edge of the box.
            let (x, cells) = (x - 1, area.width + 2);
            put(x, cells, &" ".repeat(usize::from(cells)), Role::Popup);
            if painter.mono() {
                put(x, 1, painter.glyph(Glyph::Cursor), Role::Popup);
            }
        }
        let mut left = item.indent * 2;
        if columns.marks > 0 && !item.choice.is_fixed() {
            put(x, columns.marks, if marked { "[x]" } else { "[ ]" }, Role::Popup);
            left += columns.marks;
        }
        if columns.signs > 0 {
            put(x + left, 1, sign(painter, item.standing), Role::Dim);
            left += columns.signs;
        }
        let note = width(&item.note) as u16;
        let room = area.width.saturating_sub(left + note + 2);
        // Of a fact the name whispers, of anything else what is said of it.
        let (role, whisper) = if item.choice == Choice::Fact {
            (Role::Dim, Role::Popup)
        } else {
            (if item.choice == Choice::Head { Role::Title } else { Role::Popup }, Role::Dim)
        };
        put(x + left, room, &painter.cut(&item.text, room), role);
        let column = columns.names + 2;
        if !item.detail.is_empty() && room > column + 8 {
            let room = room - column;
            put(x + left + column, room, &painter.cut(&item.detail, room), whisper);
        }
        put(x + area.width.saturating_sub(note), note, &item.note, Role::Dim);
    }
}

/// The cell of the item under the cursor.
pub fn cursor(app: &App, screen: Rect) -> Option<(u16, u16)> {
    let popup = app.popup.as_ref()?;
    let area = place(app, popup, Columns::of(app, popup), screen);
    let row = popup.selected.saturating_sub(popup.top) as u16 + u16::from(popup.filter.is_some());
    Some((area.x + 2, (area.y + 1 + row).min(area.y + area.height - 1)))
}

/// What keys do in the box. What has no room is left out, from the right.
fn hint(painter: &Painter<'_>, buffer: &mut Buffer, line: Area, popup: &Popup) {
    let mut hints = popup.hint;
    while width(hints) > usize::from(line.width)
        && let Some((fitting, _)) = hints.rsplit_once(" · ")
    {
        hints = fitting;
    }
    let words = hints.replace('·', painter.glyph(Glyph::Dot));
    let text = painter.cut(&words, line.width);
    painter.put(buffer, line.x, line.y, line.width, &text, Role::Dim);
}

/// How many lines are below the last one in sight, on the lower edge.
fn more(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, area: Area, popup: &Popup) {
    let below = popup.shown.len().saturating_sub(popup.top + app.popup_height());
    if below == 0 || painter.accessible() {
        return;
    }
    let text = format!(" {} more ", grouped(below));
    let cells = width(&text) as u16;
    let x = (area.x + area.width).saturating_sub(cells + 2);
    painter.put(buffer, x, area.y + area.height - 1, cells, &text, Role::Dim);
}

fn border(painter: &Painter<'_>, buffer: &mut Buffer, area: Area, popup: &Popup) {
    if painter.accessible() {
        painter.put(buffer, area.x + 2, area.y, area.width, &popup.title, Role::Title);
        return;
    }
    let [top_left, top_right, bottom_left, bottom_right] = painter.corners();
    let edge = painter.glyph(Glyph::Dash).repeat(usize::from(area.width.saturating_sub(2)));
    let bottom = area.y + area.height - 1;
    let top = format!("{top_left}{edge}{top_right}");
    painter.put(buffer, area.x, area.y, area.width, &top, Role::Popup);
    let low = format!("{bottom_left}{edge}{bottom_right}");
    painter.put(buffer, area.x, bottom, area.width, &low, Role::Popup);
    for y in area.y + 1..bottom {
        painter.put(buffer, area.x, y, 1, painter.glyph(Glyph::Rule), Role::Popup);
        painter.put(buffer, area.x + area.width - 1, y, 1, painter.glyph(Glyph::Rule), Role::Popup);
    }
    let title = format!(" {} ", painter.cut(&popup.title, area.width.saturating_sub(6)));
    painter.put(buffer, area.x + 2, area.y, area.width.saturating_sub(4), &title, Role::Title);
}
