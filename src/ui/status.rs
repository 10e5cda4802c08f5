//! The first row and the last: what is shown, how far one is, what can be done.

use ratatui::buffer::Buffer;

use crate::app::App;
use crate::app::geometry::{Area, Focus};
use crate::app::labels::LabelUse;
use crate::app::notices::NoticeKind;
use crate::app::prompt::{Prompt, Purpose};
use crate::config::theme::Role;
use crate::layout::Target;
use crate::text::number::grouped;
use crate::text::width::width;

use super::glyph::Glyph;
use super::paint::Painter;
use super::rect;

/// The titles above the panes.
pub fn titles(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, row: Area) {
    let panes = app.panes();
    let role = |focus| if app.focus == focus { Role::Title } else { Role::Dim };
    let above = |area: Area| Area { y: row.y, height: 1, ..area };
    if let Some(area) = panes.sources {
        title(painter, buffer, above(area), "Sources", "", role(Focus::Sources));
    }
    if let Some(area) = panes.list {
        let list = &app.stories;
        let name = if list.filter.is_empty() {
            list.view.title(&app.feeds).into_owned()
        } else {
            let view = list.view.title(&app.feeds);
            format!("{view} {} /{}", painter.glyph(Glyph::Dot), list.filter)
        };
        let mut counts = Vec::new();
        counts.extend(some(list.unread).map(|unread| format!("{unread} unread")));
        counts.extend(some(list.count));
        let dot = format!(" {} ", painter.glyph(Glyph::Dot));
        let mut area = above(area);
        let counts = counts.join(&dot);
        // What has arrived is told here, where no row has to make room for it.
        if let Some(new) = some(app.news.waiting()).map(|new| format!("{new} new")) {
            let rest = if counts.is_empty() { counts } else { dot + &counts };
            let inside = Area { width: area.width.saturating_sub(1), ..area };
            let cells = painter.put_right(buffer, inside, &rest, Role::Dim);
            let inside = Area { width: inside.width.saturating_sub(cells), ..inside };
            let cells = cells + painter.put_right(buffer, inside, &new, Role::Unread);
            area.width = area.width.saturating_sub(cells + 1);
            title(painter, buffer, area, &name, "", role(Focus::List));
        } else {
            title(painter, buffer, area, &name, &counts, role(Focus::List));
        }
    }
    if let Some(area) = panes.article {
        let story = app.reader.story();
        let source =
            story.and_then(|id| app.catalog.get(id)).map(|story| story.source.name.to_string());
        let place = story.and_then(|id| app.stories.ordinal(id, &app.catalog));
        let place =
            place.map(|place| format!("{} / {}", grouped(place), grouped(app.stories.count)));
        title(
            painter,
            buffer,
            above(area),
            &source.unwrap_or_default(),
            &place.unwrap_or_default(),
            role(Focus::Article),
        );
    }
}

/// A number, unless it is none.
fn some(number: usize) -> Option<String> {
    (number > 0).then(|| grouped(number))
}

fn title(
    painter: &Painter<'_>,
    buffer: &mut Buffer,
    area: Area,
    left: &str,
    right: &str,
    role: Role,
) {
    let inside = Area { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let cells = width(right) as u16;
    let room = inside.width.saturating_sub(if cells > 0 { cells + 2 } else { 0 });
    painter.put(buffer, inside.x, inside.y, room, &painter.cut(left, room), role);
    painter.put_right(buffer, inside, right, Role::Dim);
}

/// The status line.
pub fn draw(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, row: Area) {
    if let Some(prompt) = &app.prompt {
        return draw_prompt(app, painter, buffer, row, prompt);
    }
    let panes = app.panes();
    let inside = |area: Area| Area { x: area.x + 1, width: area.width.saturating_sub(2), ..row };
    let whole = inside(row);
    if let Some((text, role)) = sentence(app) {
        // What goes with the next key may cover something; what stays may not.
        let passes = app.labels.is_none() && app.notices.current().is_some();
        say(painter, buffer, whole, &text, role, if passes { SENTENCE } else { 1 });
        return;
    }
    if app.zen && panes.list.is_none() && app.focus == Focus::Article {
        let percent = progress(app).map(|(percent, ..)| format!("{percent}%")).unwrap_or_default();
        painter.put_right(buffer, whole, &percent, Role::Dim);
        return;
    }
    let at = panes.article.map_or(whole, inside);
    if let Some(to) = focused(app).filter(|_| app.keys.pending().is_none()) {
        painter.put(buffer, at.x, at.y, at.width, &painter.cut(&to, at.width), Role::Dim);
        return;
    }
    let mut left =
        if panes.article.is_some() { draw_progress(app, painter, buffer, at) } else { 0 };
    left += draw_news(app, painter, buffer, at, left);
    if let Some(pending) = app.keys.pending() {
        painter.put_right(buffer, at, &pending, Role::Text);
        return;
    }
    hints(
        app,
        painter,
        buffer,
        Area { x: at.x + left, width: at.width.saturating_sub(left), ..at },
    );
}

/// Rows that a sentence takes at most, if it goes soon.
const SENTENCE: usize = 6;

/// Writes a sentence into the last row. A longer one grows upwards to so many rows, over what
/// is there: what is to be done about an error is often its end.
fn say(painter: &Painter<'_>, buffer: &mut Buffer, row: Area, text: &str, role: Role, rows: usize) {
    let lines = textwrap::wrap(text, usize::from(row.width.max(1)));
    let count = lines.len().min(rows).min(usize::from(row.y) / 2 + 1);
    let top = row.y.saturating_sub((count as u16).saturating_sub(1));
    let blank = |glyph: &str| glyph.repeat(usize::from(row.width) + 2);
    if top < row.y && !painter.accessible() {
        let edge = blank(painter.glyph(Glyph::Dash));
        painter.put(buffer, row.x - 1, top - 1, row.width + 2, &edge, Role::Dim);
    }
    for (index, y) in (top..=row.y).enumerate() {
        let rest = if index + 1 == count { lines.get(index..) } else { lines.get(index..=index) };
        let line = painter.cut(&rest.unwrap_or_default().join(" "), row.width);
        let covered = if top < row.y {
            Area { x: row.x - 1, width: row.width + 2, y, height: 1 }
        } else {
            Area { width: width(&line) as u16, y, height: 1, ..row }
        };
        painter.clear(buffer, rect(covered));
        painter.put(buffer, row.x, y, row.width, &line, role);
    }
}

/// What there is to say of feeds: below the list, or beside how far one is in the article.
/// Says how many cells of what is left there it took.
fn draw_news(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, at: Area, left: u16) -> u16 {
    let panes = app.panes();
    let fetching = app.is_fetching();
    let alone = panes.list.is_none() && panes.sources.is_none();
    let news = match app.feed_news() {
        Some(_) if alone && !fetching => return 0,
        // Nothing counts up before those who hear the screen.
        Some(_) if fetching && painter.accessible() => "Fetching".to_owned(),
        Some(news) => news.replace('·', painter.glyph(Glyph::Dot)),
        None => return 0,
    };
    if alone || panes.article.is_none() {
        let room = at.width.saturating_sub(left);
        return painter.put(buffer, at.x + left, at.y, room, &painter.cut(&news, room), Role::Dim)
            + 2;
    }
    let room = at.x.saturating_sub(3);
    painter.put(buffer, 1, at.y, room, &painter.cut(&news, room), Role::Dim);
    0
}

/// What is to be said before anything else: the link about to be chosen, a notice, what is
/// the matter with the journal.
fn sentence(app: &App) -> Option<(String, Role)> {
    if let Some(labels) = &app.labels {
        let word = match labels.purpose {
            LabelUse::Open => "open",
            LabelUse::Copy => "copy",
        };
        let to = labels.best().and_then(|target| leads_to(app, target)).unwrap_or_default();
        return Some((format!("{word}: {to}"), Role::Text));
    }
    if let Some(notice) = app.notices.current() {
        return Some(match notice.kind {
            NoticeKind::Message => (notice.text.to_string(), Role::Text),
            NoticeKind::Error => (format!("Error: {}", notice.text), Role::Error),
        });
    }
    app.notices.trouble().map(|trouble| (trouble.to_string(), Role::Error))
}

/// Where the focused link leads.
fn focused(app: &App) -> Option<String> {
    let open = app.reader.open.as_ref().filter(|_| app.focus == Focus::Article)?;
    leads_to(app, open.focused_in_sight(app.page())?)
}

/// Where a link or a row of the foot leads.
fn leads_to(app: &App, target: Target) -> Option<String> {
    let open = app.reader.open.as_ref()?;
    Some(open.destinations.get(target)?.describe(&app.catalog))
}

/// How far one is. Says how many cells that took.
fn draw_progress(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, at: Area) -> u16 {
    let Some((percent, fraction, minutes)) = progress(app) else { return 0 };
    let mut parts = vec![(format!("{percent}%"), Role::Dim)];
    if !painter.accessible() {
        let [done, rest] = painter.bar(fraction);
        parts = vec![(format!("{percent:>3}% "), Role::Dim), (done, Role::Text), (rest, Role::Dim)];
        if minutes > 0 {
            parts.push((format!(" {minutes} min left"), Role::Dim));
        }
    }
    let mut left = 0;
    for (text, role) in parts {
        left += painter.put(buffer, at.x + left, at.y, at.width.saturating_sub(left), &text, role);
    }
    left + 2
}

/// Percent of the page, thousandths of the text, minutes that are left.
fn progress(app: &App) -> Option<(usize, u16, usize)> {
    let page = app.page();
    let open = app.reader.open.as_ref()?;
    let percent = open.percent(page);
    Some((percent, percent as u16 * 10, open.minutes_left(page)))
}

/// The keys worth knowing here; the last ones go where there is no room.
fn hints(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, area: Area) {
    if painter.accessible() {
        return;
    }
    let hints = app.hints();
    let Some((help, rest)) = hints.split_last() else { return };
    let word = |(key, word): &(String, &str)| format!("{key} {word}");
    for keep in (0..=rest.len()).rev() {
        let mut parts: Vec<String> = rest.iter().take(keep).map(word).collect();
        parts.push(word(help));
        let text = parts.join("  ");
        if width(&text) <= usize::from(area.width) {
            painter.put_right(buffer, area, &text, Role::Dim);
            return;
        }
    }
}

fn draw_prompt(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, row: Area, prompt: &Prompt) {
    painter.clear(buffer, rect(row));
    let inside = Area { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let label = painter.put(buffer, inside.x, inside.y, inside.width, prompt.label(), Role::Title);
    let shown = scrolled(prompt.text(), prompt_scroll(prompt, row));
    let room = inside.width.saturating_sub(label);
    let used = painter.put(buffer, inside.x + label, inside.y, room, &shown, Role::Text);
    let note = match &prompt.purpose {
        Purpose::Find { .. } => app.reader.open.as_ref().and_then(|open| {
            let find = open.find.as_ref()?;
            Some(match find.matches.len() {
                0 => "not in this article".to_owned(),
                all => format!("{} of {all}", find.current + 1),
            })
        }),
        Purpose::Filter { .. } => {
            let stories = if app.stories.count == 1 { "story" } else { "stories" };
            Some(format!("{} {stories}", grouped(app.stories.count)))
        }
        Purpose::Tags(_) => Some("separated by spaces".to_owned()),
        Purpose::Folder(_) => Some("a/b nests, Tab completes".to_owned()),
        Purpose::Add | Purpose::Address(_) => Some("any address".to_owned()),
        Purpose::Import => Some("OPML, or newsboat's urls".to_owned()),
        Purpose::Name(_) => Some("empty: its own name".to_owned()),
        Purpose::Note(_) => None,
    };
    let found = matches!(prompt.purpose, Purpose::Find { .. } | Purpose::Filter { .. });
    let note = note.filter(|_| !found || !prompt.text().is_empty());
    let note = note.unwrap_or_default();
    if width(&note) + 2 + usize::from(used) <= usize::from(room) {
        painter.put_right(buffer, inside, &note, Role::Dim);
    }
}

/// Cells by which a long line is shifted so that its cursor is in sight.
pub fn prompt_scroll(prompt: &Prompt, row: Area) -> usize {
    let room = usize::from(row.width).saturating_sub(width(prompt.label()) + 4);
    prompt.input.visual_scroll(room)
}

/// Text without its first cells.
fn scrolled(text: &str, cells: usize) -> String {
    let mut passed = 0;
    let mut out = String::new();
    for (_, cluster) in unicode_segmentation::UnicodeSegmentation::grapheme_indices(text, true) {
        if passed >= cells {
            out.push_str(cluster);
        }
        passed += width(cluster);
    }
    out
}
