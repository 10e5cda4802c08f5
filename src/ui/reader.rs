//! The reading pane: the lines in sight, what is focused, found or labeled in them.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::app::App;
use crate::app::geometry::{Area, Focus, GUTTER};
use crate::app::reader::Open;
use crate::config::theme::Role;
use crate::layout::{Gutter, Line, Run, Sign, Target, Voice};
use crate::text::width::{prefix, width};

use super::bidi::{has_right_to_left, reorder};
use super::glyph::{Glyph, ascii, spoken as spoken_sign};
use super::paint::Painter;

/// Draws the pane.
pub fn draw(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, pane: Area) {
    if let Some((story, sentence)) = &app.reader.failure {
        let title =
            app.catalog.get(*story).map(|story| story.title.to_string()).unwrap_or_default();
        let lines = [(title.as_str(), Role::Title), (sentence.as_str(), Role::Text)];
        painter.centered(buffer, pane, &lines);
        return;
    }
    let Some(open) = &app.reader.open else {
        if app.reader.pending.is_none() {
            let say = "Enter opens the story under the cursor";
            painter.centered(buffer, pane, &[(say, Role::Dim)]);
        }
        return;
    };
    let text = app.text_area();
    let height = app.page();
    for (row, line) in open.visible(height).iter().enumerate() {
        let y = text.y + row as u16;
        gutter(painter, buffer, text, y, line, open.eye == Some(open.top + row));
        draw_line(app, painter, buffer, Area { y, height: 1, ..text }, open, line);
    }
    if !painter.accessible() {
        scroll_bar(painter, buffer, pane, open, height);
    }
}

fn gutter(painter: &Painter<'_>, buffer: &mut Buffer, text: Area, y: u16, line: &Line, eye: bool) {
    let left = text.x.checked_sub(GUTTER);
    let x = if line.right_to_left { Some(text.x + text.width + GUTTER - 1) } else { left };
    let Some(x) = x else { return };
    if eye {
        painter.put(buffer, x, y, 1, painter.glyph(Glyph::Eye), Role::Accent);
    }
    match line.gutter {
        Gutter::Empty => {}
        Gutter::Section => {
            painter.put(buffer, x, y, 1, painter.glyph(Glyph::Section), Role::Heading);
        }
    }
}

fn draw_line(
    app: &App,
    painter: &Painter<'_>,
    buffer: &mut Buffer,
    area: Area,
    open: &Open,
    line: &Line,
) {
    let whole = painter;
    let painter = &painter.in_pieces();
    let shift = if line.overflow { open.shift } else { 0 };
    let cells = line.runs.iter().fold(0_u16, |cells, run| cells.saturating_add(run.width));
    let mut x = area.x;
    if line.right_to_left {
        x += area.width.saturating_sub(cells);
    }
    let (start, edge) = (x, area.x + area.width);
    let mut skip = shift;
    for run in &line.runs {
        // The bar and the indent of shifted code stay where they are.
        let fixed = run.source.is_empty();
        let mut text = run.text.as_str();
        if skip > 0 && !fixed {
            let cut = prefix(text, usize::from(skip)).len();
            skip = skip.saturating_sub(run.width);
            text = text.get(cut..).unwrap_or_default();
        }
        if let Voice::Sign(sign) = run.voice {
            let spoken = painter.accessible();
            let plain = if spoken { spoken_sign(sign) } else { ascii(sign) };
            let plain = plain.repeat(usize::from(run.width));
            let text = if painter.ascii() || spoken { &plain } else { text };
            x += painter.put(buffer, x, area.y, edge.saturating_sub(x), text, role_of(run.voice));
            continue;
        }
        let style = style_of(app, painter, open, run);
        // The dots between the facts under a headline are ours.
        let dotless = painter.ascii() && matches!(run.voice, Voice::Meta | Voice::Note);
        let replaced = dotless.then(|| text.replace('·', "-"));
        let text = replaced.as_deref().unwrap_or(text);
        if text.len() == run.text.len() {
            let rest = Area { x, width: edge.saturating_sub(x), ..area };
            x += put_run(painter, buffer, rest, open, line, run, style);
        } else {
            x += painter.put_styled(buffer, x, area.y, edge.saturating_sub(x), text, style);
        }
    }
    let text = || line.runs.iter().any(|run| has_right_to_left(&run.text));
    if whole.reorders() && (line.right_to_left || text()) {
        reorder(buffer, start, area.y, x.min(edge) - start, line.right_to_left);
    }
    if line.overflow && cells.saturating_sub(shift) > area.width {
        painter.put(
            buffer,
            edge.saturating_sub(1),
            area.y,
            1,
            painter.glyph(Glyph::Overflow),
            Role::Dim,
        );
    }
}

/// Writes a run, with the matches in it marked. Says how many cells it took.
fn put_run(
    painter: &Painter<'_>,
    buffer: &mut Buffer,
    area: Area,
    open: &Open,
    line: &Line,
    run: &Run,
    style: Style,
) -> u16 {
    let Area { x, y, width: room, .. } = area;
    let used = painter.put_styled(buffer, x, y, room, &run.text, style);
    let Some(find) = &open.find else { return used };
    let Range { start, end } = run.source;
    for (found, current) in find.in_block(line.position.block) {
        let (from, to) = (found.start.max(start), found.end.min(end));
        if from >= to {
            continue;
        }
        // Where layout changed the text, its bytes are not those of the block.
        let same = run.text.len() as u32 == end - start;
        let bytes =
            if same { (from - start) as usize..(to - start) as usize } else { 0..run.text.len() };
        let (Some(before), Some(text)) = (run.text.get(..bytes.start), run.text.get(bytes)) else {
            continue;
        };
        let role = if current { Role::CurrentMatch } else { Role::Match };
        let left = width(before) as u16;
        let marked = style.patch(painter.style(role));
        painter.put_styled(buffer, x + left, y, room.saturating_sub(left), text, marked);
    }
    used
}

fn style_of(app: &App, painter: &Painter<'_>, open: &Open, run: &Run) -> Style {
    let mut style = painter.style(role_of(run.voice));
    let marks = run.marks;
    if marks.code {
        style = style.patch(painter.style(Role::Code));
    }
    for (on, modifier) in [
        (marks.emphasis, Modifier::ITALIC),
        (marks.strong, Modifier::BOLD),
        (marks.deleted, Modifier::CROSSED_OUT),
        (marks.highlight, Modifier::BOLD | Modifier::UNDERLINED),
    ] {
        if on {
            style = style.add_modifier(modifier);
        }
    }
    if let Some(target) = run.target {
        if !matches!(run.voice, Voice::Note) {
            style = style.patch(painter.style(Role::Link));
        }
        if open.focused == Some(target) && app.focus == Focus::Article {
            style = style.add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM);
        }
        if let Some(key) = open.destinations.key(target) {
            // The terminal's link travels as a color of the underline, which the
            // backend takes out again: so the screen's difference sees it.
            let [_, red, green, blue] = key.to_be_bytes();
            style = style.underline_color(Color::Rgb(red, green, blue));
        }
    }
    style
}

fn role_of(voice: Voice) -> Role {
    match voice {
        Voice::Text | Voice::Sign(Sign::Bullet(_)) => Role::Text,
        Voice::Headline => Role::Headline,
        Voice::Standfirst => Role::Standfirst,
        Voice::Meta | Voice::Note => Role::Dim,
        Voice::Heading(_) | Voice::TableHead => Role::Heading,
        Voice::Code => Role::Code,
        Voice::Caption => Role::Caption,
        Voice::Sign(Sign::QuoteBar) => Role::QuoteBar,
        Voice::Sign(_) => Role::Rule,
    }
}

/// How much of the page is in sight, and where. A page in sight as a whole has none.
fn scroll_bar(painter: &Painter<'_>, buffer: &mut Buffer, pane: Area, open: &Open, sight: usize) {
    let lines = open.layout.lines.len();
    if lines <= sight {
        return;
    }
    let height = usize::from(pane.height);
    let thumb = (sight * height / lines).max(1);
    let free = (lines - sight).max(1);
    let from = (open.top * (height - thumb) + free / 2) / free;
    let x = pane.x + pane.width - 1;
    for row in from..from + thumb {
        painter.put(buffer, x, pane.y + row as u16, 1, painter.glyph(Glyph::Thumb), Role::Rule);
    }
}

/// Labels on the links in sight; all else is dimmed.
pub fn labels(app: &App, painter: &Painter<'_>, buffer: &mut Buffer) {
    let (Some(labels), Some(open), Some(pane)) =
        (&app.labels, &app.reader.open, app.panes().article)
    else {
        return;
    };
    painter.dim(buffer, pane);
    let text = app.text_area();
    let places: Vec<(Target, u16, u16)> = open
        .visible_targets(app.page())
        .map(|at| (at.target, at.column, (at.line - open.top) as u16))
        .collect();
    for (label, target) in labels.matching() {
        let Some((_, column, row)) = places.iter().find(|(at, ..)| *at == target) else { continue };
        let rest = label.get(labels.typed.len()..).unwrap_or_default();
        let style = painter.style(Role::LinkLabel);
        painter.put_styled(buffer, text.x + column, text.y + row, 2, label, style);
        let typed = label.len() - rest.len();
        if typed > 0 {
            let style = style.remove_modifier(Modifier::BOLD);
            let typed = label.get(..typed).unwrap_or_default();
            painter.put_styled(buffer, text.x + column, text.y + row, 2, typed, style);
        }
    }
}

/// The first cell of the line that is read, or of what is focused.
pub fn cursor(app: &App) -> Option<(u16, u16)> {
    let open = app.reader.open.as_ref()?;
    let text = app.text_area();
    let page = app.page();
    let focused = open.focused_in_sight(page);
    let at = focused.and_then(|target| open.visible_targets(page).find(|at| at.target == target));
    Some(match at {
        Some(at) => (text.x + at.column, text.y + (at.line - open.top) as u16),
        None => (text.x, text.y),
    })
}
