//! `Painter`: roles and signs become styles and characters. Text becomes cells.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::{Clear, Widget as _};
use unicode_width::UnicodeWidthChar as _;

use crate::app::App;
use crate::app::geometry::Area;
use crate::config::theme::{self, Display, Role, Theme};
use crate::text::width::{ellipsis, width};

use super::bidi::{has_right_to_left, reorder};
use super::glyph::Glyph;
use super::rect;

/// How roles and signs look on this terminal.
#[derive(Debug, Clone, Copy)]
pub struct Painter<'a> {
    theme: &'a Theme,
    display: Display,
    ascii: bool,
    reorders: bool,
}

impl<'a> Painter<'a> {
    pub fn new(app: &'a App) -> Self {
        Self { theme: &app.theme, display: app.display, ascii: app.ascii, reorders: app.reorders }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        convert(self.theme.style(role, self.display))
    }

    /// The style of a role in the row under the cursor.
    pub fn selected(&self, role: Role) -> Style {
        let style = self
            .theme
            .style(role, self.display)
            .under(self.theme.style(Role::Selected, self.display));
        convert(style.selected())
    }

    /// Whether only attributes tell things apart.
    pub fn mono(&self) -> bool {
        self.display.depth == theme::ColorDepth::None
    }

    pub fn accessible(&self) -> bool {
        self.display.accessible
    }

    /// What is behind everything.
    pub fn ground(&self, buffer: &mut Buffer, area: Rect) {
        let mut style = self.style(Role::Text);
        if let Some(color) = self.theme.background(self.display) {
            style = style.bg(color_of(color));
        }
        if style == Style::new() {
            return;
        }
        if area == buffer.area {
            for cell in &mut buffer.content {
                cell.set_style(style);
            }
        } else {
            buffer.set_style(area, style);
        }
    }

    /// Takes away what stands in an area: text that is put over other text would keep its
    /// style where it has none of its own.
    pub fn clear(&self, buffer: &mut Buffer, area: Rect) {
        Clear.render(area, buffer);
        self.ground(buffer, area);
    }

    /// Writes text from a cell on, at most `max` cells of it. Says how many it took.
    pub fn put(
        &self,
        buffer: &mut Buffer,
        x: u16,
        y: u16,
        max: u16,
        text: &str,
        role: Role,
    ) -> u16 {
        self.put_styled(buffer, x, y, max, text, self.style(role))
    }

    /// The same with a style of its own.
    pub fn put_styled(
        &self,
        buffer: &mut Buffer,
        x: u16,
        y: u16,
        max: u16,
        text: &str,
        style: Style,
    ) -> u16 {
        let area = buffer.area;
        if max == 0 || !area.contains((x, y).into()) {
            return 0;
        }
        // Signs are one character in one cell.
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && c.width() == Some(1)
            && let Some(cell) = buffer.cell_mut((x, y))
        {
            cell.set_char(c).set_style(style);
            return 1;
        }
        // Most text is ASCII, of which every byte is a cell: no need to look for clusters.
        // The last byte before anything else may carry a mark, and is left to the library.
        let other = text.bytes().position(|byte| !(0x20..0x7f).contains(&byte));
        let plain = other.map_or(text.len(), |at| at.saturating_sub(1));
        let room = usize::from(max).min(usize::from(area.right() - x));
        let start = usize::from(y - area.y) * usize::from(area.width) + usize::from(x - area.x);
        let cells = buffer.content.iter_mut().skip(start).take(room);
        let mut used = 0;
        for (cell, byte) in cells.zip(text.bytes().take(plain)) {
            cell.set_char(char::from(byte)).set_style(style);
            used += 1;
        }
        let rest = text.get(plain..).unwrap_or_default();
        if rest.is_empty() || usize::from(used) == room {
            return used;
        }
        let (end, _) = buffer.set_stringn(x + used, y, rest, room - usize::from(used), style);
        if self.reorders && has_right_to_left(rest) {
            let first = text.chars().find(|c| c.is_alphabetic());
            let turned = first.is_some_and(|c| has_right_to_left(c.encode_utf8(&mut [0; 4])));
            reorder(buffer, x, y, end - x, turned);
        }
        end - x
    }

    /// Text that fits, or is cut with an ellipsis.
    pub fn cut(&self, text: &str, max: u16) -> String {
        let cut = ellipsis(text, usize::from(max));
        if self.ascii && cut != text { cut.replace('…', "~") } else { cut }
    }

    /// Writes text so that it ends at the right edge of an area's first row.
    pub fn put_right(&self, buffer: &mut Buffer, area: Area, text: &str, role: Role) -> u16 {
        let text = self.cut(text, area.width);
        let cells = width(&text) as u16;
        self.put(buffer, area.x + area.width - cells, area.y, cells, &text, role)
    }

    /// Writes a sentence into an area, broken at spaces.
    pub fn paragraph(&self, buffer: &mut Buffer, area: Area, text: &str, role: Role) {
        let lines = textwrap::wrap(text, usize::from(area.width.max(1)));
        for (row, line) in lines.iter().take(usize::from(area.height)).enumerate() {
            self.put(buffer, area.x, area.y + row as u16, area.width, line, role);
        }
    }

    /// Writes sentences in the middle of an area.
    pub fn centered(&self, buffer: &mut Buffer, area: Area, lines: &[(&str, Role)]) {
        let room = usize::from(area.width.saturating_sub(4).max(1));
        let broken: Vec<(String, Role)> = lines
            .iter()
            .flat_map(|(text, role)| {
                textwrap::wrap(text, room).into_iter().map(|line| (line.into_owned(), *role))
            })
            .collect();
        let top = area.height.saturating_sub(broken.len() as u16) / 3;
        for (row, (line, role)) in broken.iter().enumerate() {
            let row = top + row as u16;
            if row >= area.height {
                break;
            }
            let left = (usize::from(area.width).saturating_sub(width(line)) / 2) as u16;
            self.put(buffer, area.x + left, area.y + row, area.width - left, line, *role);
        }
    }

    /// Dims everything in an area, under what is about to be shown.
    pub fn dim(&self, buffer: &mut Buffer, area: Area) {
        if !self.accessible() {
            buffer.set_style(rect(area), Style::new().add_modifier(Modifier::DIM));
        }
    }

    /// The same for pieces of a line that is put in order as a whole.
    #[must_use]
    pub fn in_pieces(self) -> Self {
        Self { reorders: false, ..self }
    }

    /// Whether right-to-left text is put in order here.
    pub fn reorders(&self) -> bool {
        self.reorders
    }

    pub fn ascii(&self) -> bool {
        self.ascii
    }

    /// A sign of the face.
    pub fn glyph(&self, glyph: Glyph) -> &'static str {
        glyph.text(self.ascii)
    }

    /// A bar of ten cells that is filled so far, in thousandths: its full part and the rest.
    pub fn bar(&self, filled: u16) -> [String; 2] {
        let halves = usize::from(filled.min(1000)) * 20 / 1000;
        let [full, half, empty] = if self.ascii { ["#", " ", " "] } else { ["━", "╸", "─"] };
        let mut done = full.repeat(halves / 2);
        if halves % 2 == 1 {
            done.push_str(half);
        }
        let rest = empty.repeat(10 - halves.div_ceil(2));
        if self.ascii { [format!("[{done}"), format!("{rest}]")] } else { [done, rest] }
    }

    /// Corners and edges of a box: top left, top right, bottom left, bottom right.
    pub fn corners(&self) -> [&'static str; 4] {
        if self.ascii { ["+", "+", "+", "+"] } else { ["┌", "┐", "└", "┘"] }
    }
}

/// A style in the terms of the drawing library.
fn convert(style: theme::Style) -> Style {
    let mut out = Style::new();
    if let Some(color) = style.fg {
        out = out.fg(color_of(color));
    }
    if let Some(color) = style.bg {
        out = out.bg(color_of(color));
    }
    for (on, modifier) in [
        (style.bold, Modifier::BOLD),
        (style.dim, Modifier::DIM),
        (style.italic, Modifier::ITALIC),
        (style.underline, Modifier::UNDERLINED),
        (style.crossed_out, Modifier::CROSSED_OUT),
        (style.reverse, Modifier::REVERSED),
    ] {
        if on {
            out = out.add_modifier(modifier);
        }
    }
    out
}

fn color_of(color: theme::Color) -> Color {
    match color {
        theme::Color::Ansi(number) => Color::Indexed(number),
        theme::Color::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}
