//! The rows of the story list. What a row says is made here, for the rows in sight alone.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::App;
use crate::app::catalog::Listed;
use crate::app::geometry::{Area, Focus};
use crate::app::stories::Row;
use crate::config::theme::Role;
use crate::text::time;
use crate::text::width::width;

use super::glyph::Glyph;
use super::paint::Painter;

/// Cells of the widest age.
const AGE: u16 = 6;

/// Draws the list.
pub fn draw(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, area: Area) {
    let list = &app.stories;
    if list.rows.is_empty() {
        let dot = painter.glyph(Glyph::Dot);
        let [what, then] = app.empty_list().map(|line| line.replace('·', dot));
        painter.centered(buffer, area, &[(&what, Role::Text), (&then, Role::Dim)]);
        return;
    }
    let tall = app.panes().tall_rows;
    let sight = list.rows.iter().enumerate().skip(list.top).take(usize::from(area.height));
    let rows: Vec<(&Row, Option<(Listed<'_>, Look)>)> = sight
        .map(|(index, row)| {
            let story = list.story_at(index, &app.catalog);
            (row, story.map(|story| (story, Look::of(app, &story, index == list.selected))))
        })
        .collect();
    // The column of ages is as wide as those in sight and that of the last story, which is
    // the oldest as a rule: the columns then stand still while the list scrolls.
    let ages = rows.iter().filter_map(|(_, story)| Some(width(&story.as_ref()?.1.age))).max();
    let last = list.story_at(list.rows.len() - 1, &app.catalog);
    let last = last.map_or(0, |story| width(&age(app, &story)));
    let ages = (ages.unwrap_or(0).max(last) as u16).clamp(3, AGE);
    let mut y = area.y;
    let bottom = area.y + area.height;
    for (row, story) in &rows {
        if y >= bottom {
            break;
        }
        let line = Area { y, height: 1, ..area };
        match (row, story) {
            (Row::Day(date), _) => day(app, painter, buffer, line, *date),
            (Row::Story(_), Some((story, look))) if tall => {
                tall_row(painter, buffer, line, story, look, bottom);
            }
            (Row::Story(_), Some((story, look))) => {
                row_of(app, painter, buffer, line, story, look, ages);
            }
            (Row::Story(_), None) => {}
        }
        y += row.height(tall);
    }
}

/// The cell of the row under the cursor.
pub fn cursor(app: &App, area: Area) -> Option<(u16, u16)> {
    let list = &app.stories;
    let tall = app.panes().tall_rows;
    let above = list.rows.get(list.top..list.selected)?;
    let cells: u16 = above.iter().map(|row| row.height(tall)).sum();
    (cells < area.height).then_some((area.x + 1, area.y + cells))
}

/// How a row is drawn.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Look {
    unread: bool,
    saved: bool,
    /// It was read, and says something else now.
    updated: bool,
    /// It is under the cursor.
    cursor: bool,
    /// It is under the cursor and the list has the focus.
    reverse: bool,
    age: String,
}

impl Look {
    fn of(app: &App, story: &Listed<'_>, cursor: bool) -> Self {
        Self {
            unread: !app.reading.is_read(story.id),
            saved: app.reading.is_saved(story.id),
            updated: app.news.is_updated(story.id),
            cursor,
            reverse: cursor && app.focus == Focus::List,
            age: age(app, story),
        }
    }

    fn style(&self, painter: &Painter<'_>, role: Role) -> Style {
        if self.reverse { painter.selected(role) } else { painter.style(role) }
    }

    fn title(&self) -> Role {
        if self.unread { Role::Unread } else { Role::Text }
    }
}

/// How old a story is; nothing where no date is known.
fn age(app: &App, story: &Listed<'_>) -> String {
    story.published.map(|date| date.age(app.now, &app.zone)).unwrap_or_default()
}

fn row_of(
    app: &App,
    painter: &Painter<'_>,
    buffer: &mut Buffer,
    line: Area,
    story: &Listed<'_>,
    look: &Look,
    ages: u16,
) {
    if painter.accessible() {
        return spoken_row(painter, buffer, line, story, look);
    }
    let Area { x, y, width: cells, .. } = line;
    marks(painter, buffer, line, look);
    let aside = aside(app, story);
    let aside_width = match (app.stories.one_source, cells) {
        (true, ..60) => 0,
        (true, 60..) => 6,
        (false, _) => (cells / 5).clamp(6, 16),
    };
    // From the right: a blank, the age, a blank, the star, and a blank after the source.
    let age = &look.age;
    let star_at = cells.saturating_sub(ages + 3);
    let aside_at = star_at.saturating_sub(if aside_width > 0 { aside_width + 1 } else { 0 });
    let room = aside_at.saturating_sub(if aside_width > 0 { 5 } else { 4 });
    let title = painter.cut(&story.title, room);
    painter.put_styled(buffer, x + 3, y, room, &title, look.style(painter, look.title()));
    let dim = look.style(painter, Role::Dim);
    let age_at = cells.saturating_sub(1 + width(age) as u16);
    // A source takes what a short age and no star leave of its row.
    let aside_room = if look.saved || aside_width == 0 || app.stories.one_source {
        aside_width
    } else {
        age_at.saturating_sub(aside_at + 2).max(aside_width)
    };
    let text = painter.cut(&aside, aside_room);
    let pad = if app.stories.one_source { aside_width - width(&text) as u16 } else { 0 };
    painter.put_styled(buffer, x + aside_at + pad, y, aside_room - pad, &text, dim);
    if look.saved {
        let star = look.style(painter, Role::Star);
        painter.put_styled(buffer, x + star_at, y, 1, painter.glyph(Glyph::Star), star);
    }
    painter.put_styled(buffer, x + age_at, y, AGE, age, dim);
}

/// A row in the order in which it is heard: unread, title, source, age.
fn spoken_row(
    painter: &Painter<'_>,
    buffer: &mut Buffer,
    line: Area,
    story: &Listed<'_>,
    look: &Look,
) {
    let mut words = Vec::new();
    words.extend(look.unread.then(|| "unread".to_owned()));
    words.extend(look.updated.then(|| "updated".to_owned()));
    words.push(story.title.to_string());
    words.extend(look.saved.then(|| "bookmarked".to_owned()));
    words.push(story.source.name.to_string());
    words.extend(Some(look.age.clone()).filter(|age| !age.is_empty()));
    let text = painter.cut(&words.join(", "), line.width.saturating_sub(2));
    painter.put_styled(
        buffer,
        line.x + 1,
        line.y,
        line.width,
        &text,
        look.style(painter, look.title()),
    );
}

/// A row of two lines, for narrow windows: the title, then what is known of it.
fn tall_row(
    painter: &Painter<'_>,
    buffer: &mut Buffer,
    line: Area,
    story: &Listed<'_>,
    look: &Look,
    bottom: u16,
) {
    marks(painter, buffer, line, look);
    let room = line.width.saturating_sub(4);
    let title = painter.cut(&story.title, room);
    painter.put_styled(buffer, line.x + 3, line.y, room, &title, look.style(painter, look.title()));
    if line.y + 1 >= bottom {
        return;
    }
    let mut parts = vec![story.source.name.to_string()];
    parts.extend(Some(look.age.clone()).filter(|age| !age.is_empty()));
    parts.push(time::minutes(story.minutes.into()));
    parts.extend(look.updated.then(|| "updated".to_owned()));
    if look.saved {
        parts.push(painter.glyph(Glyph::Star).to_owned());
    }
    let text = painter.cut(&parts.join(&format!(" {} ", painter.glyph(Glyph::Dot))), room);
    painter.put(buffer, line.x + 3, line.y + 1, room, &text, Role::Dim);
}

/// The row under the cursor as a whole, and the mark of an unread story.
fn marks(painter: &Painter<'_>, buffer: &mut Buffer, line: Area, look: &Look) {
    if look.reverse {
        let blank = " ".repeat(usize::from(line.width));
        painter.put_styled(
            buffer,
            line.x,
            line.y,
            line.width,
            &blank,
            painter.selected(Role::Text),
        );
    }
    if look.cursor && (painter.mono() || !look.reverse) {
        painter.put_styled(
            buffer,
            line.x,
            line.y,
            1,
            painter.glyph(Glyph::Cursor),
            look.style(painter, Role::Accent),
        );
    }
    let sign = if look.unread {
        Some((Glyph::Unread, Role::Accent))
    } else {
        look.updated.then_some((Glyph::Updated, Role::Dim))
    };
    if let Some((sign, role)) = sign {
        let style = look.style(painter, role);
        painter.put_styled(buffer, line.x + 1, line.y, 1, painter.glyph(sign), style);
    }
}

fn day(app: &App, painter: &Painter<'_>, buffer: &mut Buffer, line: Area, date: Date) {
    let heading = time::day_heading(time::day_of(app.now, &app.zone), date);
    if painter.accessible() {
        painter.put(buffer, line.x + 1, line.y, line.width.saturating_sub(1), &heading, Role::Dim);
        return;
    }
    let dash = painter.glyph(Glyph::Dash);
    let rest = usize::from(line.width).saturating_sub(width(&heading) + 6);
    let text = format!(" {dash}{dash} {heading} {}", dash.repeat(rest));
    painter.put(buffer, line.x, line.y, line.width, &text, Role::Dim);
}

/// What stands beside the title: the source; where all come from one, the minutes.
fn aside(app: &App, story: &Listed<'_>) -> String {
    if app.stories.one_source {
        time::minutes(story.minutes.into())
    } else {
        story.source.name.to_string()
    }
}
