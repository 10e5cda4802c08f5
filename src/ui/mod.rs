//! The face: the machine's state as cells. Reads, and changes nothing.
//!
//! Only what is in sight is looked at, so that a frame costs as much as the screen is
//! large. Where the panes stand is asked of `app::geometry`, never decided here.

mod bidi;
mod glyph;
mod paint;
mod popup;
mod reader;
mod sources;
mod status;
mod stories;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::App;
use crate::app::geometry::{Area, Focus};
use crate::config::theme::Role;
use crate::text::width::width;

use glyph::Glyph;
use paint::Painter;

/// Draws the whole screen.
pub fn draw(app: &App, frame: &mut Frame) {
    let painter = Painter::new(app);
    let panes = app.panes();
    let area = frame.area();
    painter.ground(frame.buffer_mut(), area);
    if panes.too_small {
        let sentence = "This window is too small for dateline; make it larger, or leave with q.";
        painter.paragraph(frame.buffer_mut(), panes.status, sentence, Role::Text);
        return;
    }
    let buffer = frame.buffer_mut();
    if let Some(area) = panes.sources {
        sources::draw(app, &painter, buffer, area);
    }
    if let Some(area) = panes.list {
        stories::draw(app, &painter, buffer, area);
    }
    if let Some(area) = panes.article {
        reader::draw(app, &painter, buffer, area);
    }
    if let Some(title) = panes.title {
        status::titles(app, &painter, buffer, title);
    }
    rules(app, &painter, buffer);
    status::draw(app, &painter, buffer, panes.status);
    if app.labels.is_some() {
        reader::labels(app, &painter, frame.buffer_mut());
    }
    if app.popup.is_some() {
        popup::draw(app, &painter, frame);
    }
    cover(frame.buffer_mut());
    cursor(app, frame);
}

/// Empties the second cell of each wide character. When the first one is written over later,
/// some terminals leave half of the character in the second; what is blank there then differs
/// from this, and is sent.
fn cover(buffer: &mut Buffer) {
    let row = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(row) {
        let mut covered = false;
        for cell in row {
            if covered {
                cell.set_symbol("");
                covered = false;
                continue;
            }
            let symbol = cell.symbol();
            // Pictographs are told apart by the drawing library itself.
            covered = symbol.len() > 2 && width(symbol) == 2 && !symbol.contains('\u{fe0f}');
        }
    }
}

/// The rules between panes, from the first row to the last, where a long sentence goes
/// over them.
fn rules(app: &App, painter: &Painter<'_>, buffer: &mut Buffer) {
    if app.display.accessible {
        return;
    }
    let panes = app.panes();
    let bottom = panes.status.y + panes.status.height;
    let top = panes.title.map_or(0, |title| title.y);
    for area in [panes.list, panes.article].into_iter().flatten().filter(|area| area.x > 0) {
        for y in top..bottom {
            painter.put(buffer, area.x - 1, y, 1, painter.glyph(Glyph::Rule), Role::Rule);
        }
    }
}

/// Where the cursor of the terminal stands: in a line that is being typed; else, for
/// those who hear the screen, on what has the focus.
fn cursor(app: &App, frame: &mut Frame) {
    let panes = app.panes();
    if let Some(prompt) = &app.prompt {
        let before = width(prompt.label()) + 1;
        let column =
            before + prompt.input.visual_cursor() - status::prompt_scroll(prompt, panes.status);
        let x = panes.status.x + (column as u16).min(panes.status.width.saturating_sub(1));
        frame.set_cursor_position(Position { x, y: panes.status.y });
        return;
    }
    if !app.display.accessible {
        return;
    }
    let on = match (app.focus, panes.list, panes.article, panes.sources) {
        _ if app.popup.is_some() => popup::cursor(app, frame.area()),
        (Focus::List, Some(area), ..) => stories::cursor(app, area),
        (Focus::Article, _, Some(_), _) => reader::cursor(app),
        (Focus::Sources, .., Some(area)) => {
            let row = app.sources.selected.saturating_sub(app.sources.top) as u16;
            Some((area.x, area.y + row.min(area.height.saturating_sub(1))))
        }
        (Focus::List | Focus::Article | Focus::Sources, ..) => None,
    };
    if let Some((x, y)) = on {
        frame.set_cursor_position(Position { x, y });
    }
}

/// The same rectangle in the terms of the drawing library.
fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}
