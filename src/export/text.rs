//! An article as plain text at a width: the reading pane's own lines, without its colors.

use jiff::tz::TimeZone;

use crate::article::{Article, Level, PubDate};
use crate::layout::{Foot, Gutter, Head, Line, Shape, Voice, lay_out};
use crate::text::sanitize::SafeText;
use crate::text::time;

/// Cells of the narrowest text; below it nothing can be read.
const NARROWEST: usize = 10;

/// The article as plain text, no line wider than `width` cells, with the addresses of its
/// links below it, each whole on a line of its own whatever its length.
pub fn article(article: &Article, width: usize) -> String {
    let shape = Shape {
        width: u16::try_from(width.max(NARROWEST)).unwrap_or(u16::MAX),
        wrap_code: false,
        link_numbers: true,
        hyphenate: false,
        airy: false,
        plain: true,
    };
    let layout = lay_out(article, &head(article), &Foot::default(), shape);
    let mut out = String::new();
    let mut lines = layout.lines.iter().peekable();
    while let Some(line) = lines.next() {
        write(line, &mut out);
        // The reading pane shows a lesser heading by its weight alone.
        let close = |next: &&Line| !next.runs.is_empty() && !is_lesser_heading(next);
        if is_lesser_heading(line) && lines.peek().is_some_and(close) {
            out.push('\n');
        }
    }
    let mut rows: Vec<String> = Vec::new();
    for (index, link) in article.links.iter().enumerate() {
        rows.push(format!("[{}] {}", index + 1, link.url));
    }
    for story in &article.related {
        if let Some(url) = &story.url {
            rows.push(format!("{}: {} {url}", story.label, story.title));
        }
    }
    if !rows.is_empty() {
        out.push_str("\n\n");
        for row in rows {
            out.push_str(&row);
            out.push('\n');
        }
    }
    out
}

fn is_lesser_heading(line: &Line) -> bool {
    line.runs.iter().any(|run| matches!(run.voice, Voice::Heading(Level::Part | Level::Minor)))
}

fn write(line: &Line, out: &mut String) {
    if line.gutter == Gutter::Section {
        out.push_str("§ ");
    }
    let start = out.len();
    for run in &line.runs {
        if let Voice::Sign(sign) = run.voice {
            for _ in 0..run.width {
                out.push_str(&sign.glyph());
            }
        } else {
            out.push_str(&run.text);
        }
    }
    let end = out.trim_end_matches(' ').len().max(start);
    out.truncate(end);
    out.push('\n');
}

/// The line under the headline. A script has no time zone: instants are told in UTC.
fn head(article: &Article) -> Head {
    let stamp = |date: PubDate| match date {
        PubDate::Instant(at) => format!("{} UTC", time::stamp(at, &TimeZone::UTC)),
        PubDate::Day(day) => time::day_stamp(day),
    };
    let parts = [
        SafeText::list(&article.byline).map(SafeText::into_string),
        article.published.map(stamp),
        article.updated.map(|date| format!("updated {}", stamp(date))),
        article.site.as_ref().map(SafeText::to_string),
        (!article.blocks.is_empty()).then(|| time::minutes(article.minutes())),
    ];
    Head { meta: parts.into_iter().flatten().map(|part| SafeText::title(&part)).collect() }
}
