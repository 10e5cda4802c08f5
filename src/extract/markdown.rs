//! Markdown to an [`Article`]: front matter, `CommonMark`, and GitHub's tables, strikethrough,
//! task lists and footnotes.
//!
//! The Markdown becomes HTML and the HTML an article, as everywhere on the web: so the
//! HTML that authors write between their Markdown needs no rules of its own.

#[cfg(test)]
mod tests;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html as to_html};
use url::Url;

use crate::article::{Article, Image};
use crate::extract::front_matter::{self, FrontMatter};
use crate::extract::{Extracted, Hints, byline, date, html};
use crate::text::markup::escaped;
use crate::text::sanitize::SafeText;
use crate::warning::Warning;

/// Reads a Markdown document. The first heading of the first level is the headline where
/// the front matter names none.
pub fn read(text: &str, hints: &Hints) -> Extracted {
    let (front, markdown, mut warnings) = front_matter::split(text);
    let mut article = described(&front, &mut warnings);
    if article.url.is_none() {
        article.url.clone_from(&hints.url);
    }
    let base = hints.url.as_ref().or(article.url.as_ref());
    let body = html::document_body(&to_page(markdown), base, &article.title);
    if article.title.is_empty() {
        article.title = body.headline;
    }
    article.blocks = body.blocks;
    article.links = body.links;
    article.related = body.related;
    warnings.extend(body.warnings);
    (article, warnings)
}

/// What the front matter says. Keys that are not an article's are left to whoever asks
/// [`front_matter::split`] for them.
fn described(front: &FrontMatter, warnings: &mut Vec<Warning>) -> Article {
    let text = |keys: &[&str]| front.text(keys).map(|text| SafeText::title(&text));
    let mut date = |keys: &[&str]| {
        let entry = front.entry(keys)?;
        let read = front.text(keys).and_then(|text| date::parse(&text));
        if read.is_none() {
            let message =
                format!("The date of \"{}\" cannot be read; write it as 2024-03-05.", entry.key);
            warnings.push(Warning::at(entry.line, message));
        }
        read
    };
    let (published, updated) =
        (date(&["published", "date"]), date(&["updated", "modified", "lastmod"]));
    let mut address = |keys: &[&str]| {
        let entry = front.entry(keys)?;
        let read = front.text(keys).and_then(|text| Url::parse(text.trim()).ok());
        if read.is_none() {
            let message = format!(
                "The address of \"{}\" cannot be read; it needs https:// before it.",
                entry.key
            );
            warnings.push(Warning::at(entry.line, message));
        }
        read
    };
    let url = address(&["url", "link", "canonical"]);
    let image = address(&["image", "cover"]).map(|url| Image {
        url: Some(url),
        alt: text(&["image_alt"]).unwrap_or_default(),
        ..Image::default()
    });
    Article {
        title: text(&["title"]).unwrap_or_default(),
        standfirst: text(&["standfirst", "description", "summary", "subtitle"]),
        byline: front
            .list(&["byline", "author", "authors"])
            .iter()
            .flat_map(|n| byline::names(n))
            .collect(),
        published,
        updated,
        site: text(&["site", "publication", "source"]),
        section: text(&["section", "category"]),
        language: text(&["language", "lang"]),
        url,
        image,
        ..Article::default()
    }
}

fn to_page(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let events: Vec<Event> = Parser::new_ext(markdown, options).collect();
    let mut rewriter =
        Rewriter { out: Vec::with_capacity(events.len()), notes: Vec::new(), note: None };
    let mut at = 0;
    while let Some(rest) = events.get(at..).filter(|rest| !rest.is_empty()) {
        at += match rest {
            [Event::Start(Tag::Paragraph), inner @ ..] => match figure(inner) {
                // Both ends of the paragraph go: a figure is no phrase.
                Some((figure, length)) => {
                    rewriter.out.extend(figure);
                    length + 2
                }
                None => rewriter.step(rest),
            },
            // The paragraph of an item in a dense list is not told.
            [item @ Event::Start(Tag::Item), inner @ ..] => {
                rewriter.out.push(item.clone());
                figure(inner).map_or(1, |(figure, length)| {
                    rewriter.out.extend(figure);
                    length + 1
                })
            }
            _ => rewriter.step(rest),
        };
    }
    let mut page = String::with_capacity(markdown.len() * 2);
    to_html::push_html(&mut page, rewriter.out.into_iter());
    page
}

/// Changes the events that Markdown's usual HTML would lose something of.
struct Rewriter<'a> {
    out: Vec<Event<'a>>,
    /// Names of footnotes in the order of their first occurrence.
    notes: Vec<CowStr<'a>>,
    /// The number of the footnote whose text begins.
    note: Option<usize>,
}

impl<'a> Rewriter<'a> {
    /// Takes one event or more, and says how many.
    fn step(&mut self, events: &[Event<'a>]) -> usize {
        let Some(event) = events.first() else { return 1 };
        match event {
            // Addresses stay as written; the usual writer changes some characters.
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.inline(format!("<a href=\"{}\">", escaped(dest_url)));
            }
            Event::End(TagEnd::Link) => self.inline("</a>".to_owned()),
            Event::Start(Tag::Image { .. }) => {
                let (html, length) = image(events);
                self.inline(html);
                return length;
            }
            Event::FootnoteReference(name) => {
                let number = self.number(name);
                self.inline(format!("<sup>{number}</sup>"));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.note = Some(self.number(name));
                self.out.push(Event::Html("<div>".into()));
            }
            Event::End(TagEnd::FootnoteDefinition) => self.out.push(Event::Html("</div>".into())),
            Event::Start(Tag::Paragraph) => {
                self.out.push(event.clone());
                if let Some(number) = self.note.take() {
                    self.inline(format!("<sup>{number}</sup> "));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let language = info.split([' ', ',', '{']).next().unwrap_or_default().to_owned();
                let kind = CodeBlockKind::Fenced(language.into());
                self.out.push(Event::Start(Tag::CodeBlock(kind)));
            }
            other => self.out.push(other.clone()),
        }
        1
    }

    fn inline(&mut self, html: String) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    fn number(&mut self, name: &CowStr<'a>) -> usize {
        let known = self.notes.iter().position(|note| note == name);
        known.unwrap_or_else(|| {
            self.notes.push(name.clone());
            self.notes.len() - 1
        }) + 1
    }
}

/// An image as HTML, and how many events it takes.
fn image(events: &[Event]) -> (String, usize) {
    let Some(Event::Start(Tag::Image { dest_url, .. })) = events.first() else {
        return (String::new(), 1);
    };
    let mut alt = String::new();
    let mut depth = 0;
    let mut length = 0;
    for event in events {
        length += 1;
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    (format!("<img src=\"{}\" alt=\"{}\">", escaped(dest_url), escaped(&alt)), length)
}

/// One image alone, whose caption is its title or an emphasized line below it, as a
/// figure; and how many events that takes.
fn figure<'a>(events: &[Event<'a>]) -> Option<(Vec<Event<'a>>, usize)> {
    let Some(Event::Start(Tag::Image { title, .. })) = events.first() else { return None };
    let (html, length) = image(events);
    let mut figure = vec![Event::Html(format!("<figure>{html}<figcaption>").into())];
    let tail = events.get(length..)?;
    let length = if ends(tail) {
        figure.push(Event::Text(title.clone()));
        length
    } else {
        let [Event::SoftBreak | Event::HardBreak, Event::Start(Tag::Emphasis), caption @ ..] = tail
        else {
            return None;
        };
        let inner = emphasized(caption)?;
        if !ends(caption.get(inner + 1..)?) {
            return None;
        }
        let caption = caption.get(..inner)?;
        let mut rewriter = Rewriter { out: Vec::new(), notes: Vec::new(), note: None };
        let mut at = 0;
        while at < caption.len() {
            at += rewriter.step(caption.get(at..)?);
        }
        figure.extend(rewriter.out);
        length + inner + 3
    };
    figure.push(Event::Html("</figcaption></figure>".into()));
    Some((figure, length))
}

/// Whether a paragraph ends here: by itself, or because its item does or goes on in a list.
fn ends(events: &[Event]) -> bool {
    matches!(
        events.first(),
        Some(Event::End(TagEnd::Paragraph | TagEnd::Item) | Event::Start(Tag::List(_)))
    )
}

/// Events up to the end of an emphasis that has begun.
fn emphasized(events: &[Event]) -> Option<usize> {
    let mut depth = 1;
    events.iter().position(|event| {
        match event {
            Event::Start(Tag::Emphasis) => depth += 1,
            Event::End(TagEnd::Emphasis) => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}
