//! An article as Markdown: front matter, then `CommonMark` with GitHub's tables.
//!
//! [`crate::extract::markdown`] reads it back as the same article, but for what Markdown
//! has no words for: the size of a picture, emphasis within a caption (which is emphasized
//! as a whole), and the caption of the lead image.

mod inline;
mod scalar;

use crate::article::{Article, Block, Image, ListItem, Related, Row, Span, Table};
use crate::export::html;
use crate::text::markup::escaped;
use crate::text::sanitize::SafeText;

use inline::{Place, address, inline, literal};
use scalar::{list, scalar};

/// The article as a Markdown document. `extra` keys are appended to the front matter.
pub fn article(article: &Article, extra: &[(&str, String)]) -> String {
    let mut out = String::from("---\n");
    front_matter(article, extra, &mut out);
    out.push_str("---\n");
    if !article.title.is_empty() {
        out.push_str("\n# ");
        out.push_str(&literal(&article.title, Place::Line));
        out.push('\n');
    }
    let writer = Writer { article };
    let body = writer.blocks(&article.blocks);
    if !body.is_empty() {
        out.push('\n');
        out.push_str(&body);
    }
    out
}

fn front_matter(article: &Article, extra: &[(&str, String)], out: &mut String) {
    let mut line = |key: &str, value: String| {
        out.push_str(key);
        out.push_str(": ");
        out.push_str(&value);
        out.push('\n');
    };
    let text = |value: &SafeText| scalar(value);
    line("title", text(&article.title));
    let optional = [
        ("standfirst", article.standfirst.as_ref().map(text)),
        (
            "byline",
            (!article.byline.is_empty())
                .then(|| list(&article.byline.iter().map(SafeText::as_str).collect::<Vec<_>>())),
        ),
        ("published", article.published.map(|date| date.to_string())),
        ("updated", article.updated.map(|date| date.to_string())),
        ("site", article.site.as_ref().map(text)),
        ("section", article.section.as_ref().map(text)),
        ("language", article.language.as_ref().map(text)),
        ("url", article.url.as_ref().map(|url| scalar(url.as_str()))),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            line(key, value);
        }
    }
    if let Some(Image { url: Some(url), alt, .. }) = &article.image {
        line("image", scalar(url.as_str()));
        if !alt.is_empty() {
            line("image_alt", text(alt));
        }
    }
    for (key, value) in extra {
        line(key, scalar(value));
    }
}

struct Writer<'a> {
    article: &'a Article,
}

impl Writer<'_> {
    /// Blocks with an empty line between them. Ends in a line feed, unless empty.
    fn blocks(&self, blocks: &[Block]) -> String {
        let mut out = String::new();
        // Of two lists in a row, the second needs other signs to be a list of its own.
        let mut alternate = false;
        let mut before: Option<&Block> = None;
        for block in blocks {
            if let (Some(Block::List { start: a, .. }), Block::List { start: b, .. }) =
                (before, block)
            {
                alternate = a.is_some() == b.is_some() && !alternate;
            } else {
                alternate = false;
            }
            let text = self.block(block, alternate);
            if text.is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&text);
            if !text.ends_with('\n') {
                out.push('\n');
            }
            before = Some(block);
        }
        out
    }

    fn block(&self, block: &Block, alternate: bool) -> String {
        match block {
            Block::Heading { level, text } => {
                let signs = "#".repeat(usize::from(level.number()));
                format!("{signs} {}", self.spans(text, Place::Line))
            }
            Block::Paragraph(text) => self.spans(text, Place::Paragraph),
            Block::List { start, items } => self.list(*start, items, alternate),
            Block::Quote(blocks) => prefixed(&self.blocks(blocks), "> ", "> "),
            Block::Code { language, text } => code(language.as_deref().unwrap_or_default(), text),
            Block::Image(image) => self.image(image),
            Block::Table(table) => self.table(table),
            // Markdown has no embeds: a figure of one link reads as one, and shows as a link.
            Block::Embed { title, url } => match url {
                Some(url) => format!(
                    "<figure class=\"embed\"><a href=\"{}\">{}</a></figure>",
                    escaped(url.as_str()),
                    escaped(title)
                ),
                None => format!("<figure class=\"embed\">{}</figure>", escaped(title)),
            },
            Block::Related(id) => {
                self.article.related.get(id.0 as usize).map(related).unwrap_or_default()
            }
            // Not dashes or asterisks: those could also begin an item.
            Block::Rule => "___".to_owned(),
        }
    }

    fn spans(&self, spans: &[Span], place: Place) -> String {
        inline(spans, &self.article.links, place)
    }

    fn list(&self, start: Option<u32>, items: &[ListItem], alternate: bool) -> String {
        let tight = items.iter().all(|item| matches!(item.0.as_slice(), [Block::Paragraph(_)]));
        let mut out = String::new();
        for (index, item) in items.iter().enumerate() {
            let sign = match start {
                Some(start) => {
                    let number = u64::from(start) + index as u64;
                    format!("{number}{} ", if alternate { ')' } else { '.' })
                }
                None if alternate => "* ".to_owned(),
                None => "- ".to_owned(),
            };
            if index > 0 && !tight {
                out.push('\n');
            }
            let indent = " ".repeat(sign.len());
            out.push_str(&prefixed(&self.blocks(&item.0), &sign, &indent));
        }
        out
    }

    fn image(&self, image: &Image) -> String {
        let url = image.url.as_ref().map(|url| address(url.as_str())).unwrap_or_default();
        let mut out = format!("![{}]({url})", literal(&image.alt, Place::Line));
        if !image.caption.is_empty() {
            let mut caption = image.caption.clone();
            for span in &mut caption {
                span.marks.emphasis = false;
            }
            out.push_str("\n_");
            out.push_str(&self.spans(&caption, Place::Line));
            out.push('_');
        }
        out
    }

    fn table(&self, table: &Table) -> String {
        if !table.caption.is_empty() {
            // Markdown's tables have no caption; HTML's have.
            return html::block(self.article, &Block::Table(table.clone()));
        }
        let columns = table.rows.iter().chain([&table.head]).map(Vec::len).max().unwrap_or(0);
        let mut out = String::new();
        let mut line = |row: &Row| {
            for column in 0..columns {
                let cell = row.get(column).map(Vec::as_slice).unwrap_or_default();
                out.push_str("| ");
                out.push_str(&self.spans(cell, Place::Cell));
                out.push(' ');
            }
            out.push_str("|\n");
        };
        line(&table.head);
        line(&vec![vec![Span::plain("---")]; columns]);
        for row in &table.rows {
            line(row);
        }
        out
    }
}

fn related(related: &Related) -> String {
    let label = literal(&related.label, Place::Paragraph);
    let title = literal(&related.title, Place::Line);
    match &related.url {
        Some(url) => format!("{label}: [{title}]({})", address(url.as_str())),
        None => format!("{label}: {title}"),
    }
}

fn code(language: &str, text: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}{language}\n{text}\n{fence}")
}

/// Each line behind a prefix; empty lines behind as much of it as is not white space.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (index, line) in text.lines().enumerate() {
        let prefix = if index == 0 { first } else { rest };
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
        out.push('\n');
    }
    out
}
