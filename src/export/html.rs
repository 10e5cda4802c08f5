//! An article as a clean page of its own: no script, nothing fetched but its pictures.
//!
//! [`crate::extract::html`] reads it back as the same article.

#![expect(clippy::format_push_string, reason = "it reads as the markup that it writes")]

use crate::article::{Article, Block, Image, ListItem, Marks, Row, Span, Table};
use crate::text::markup::escaped;

/// What the page looks like where nothing else says: one readable column.
const STYLE: &str = "body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.6 serif}\
img{max-width:100%;height:auto}figcaption,.meta{color:#666;font-size:.9rem}\
pre{overflow-x:auto}table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left}\
blockquote{border-left:3px solid #ccc;margin-left:0;padding-left:1rem}";

/// The article as a standalone page.
pub fn article(article: &Article) -> String {
    let mut out = String::from("<!DOCTYPE html>\n");
    match &article.language {
        Some(language) => out.push_str(&format!("<html lang=\"{}\">\n", escaped(language))),
        None => out.push_str("<html>\n"),
    }
    head(article, &mut out);
    out.push_str("<body>\n<article>\n");
    header(article, &mut out);
    for each in &article.blocks {
        out.push_str(&block(article, each));
        out.push('\n');
    }
    out.push_str("</article>\n</body>\n</html>\n");
    out
}

fn head(article: &Article, out: &mut String) {
    out.push_str("<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(&format!("<title>{}</title>\n", escaped(&article.title)));
    let mut meta = |attribute: &str, name: &str, content: &str| {
        let content = escaped(content);
        out.push_str(&format!("<meta {attribute}=\"{name}\" content=\"{content}\">\n"));
    };
    if let Some(standfirst) = &article.standfirst {
        meta("name", "description", standfirst);
    }
    for name in &article.byline {
        meta("name", "author", name);
    }
    if let Some(date) = article.published {
        meta("property", "article:published_time", &date.to_string());
    }
    if let Some(date) = article.updated {
        meta("property", "article:modified_time", &date.to_string());
    }
    if let Some(site) = &article.site {
        meta("property", "og:site_name", site);
    }
    if let Some(section) = &article.section {
        meta("property", "article:section", section);
    }
    if let Some(Image { url: Some(url), alt, size, .. }) = &article.image {
        meta("property", "og:image", url.as_str());
        if !alt.is_empty() {
            meta("property", "og:image:alt", alt);
        }
        if let Some((width, height)) = size {
            meta("property", "og:image:width", &width.to_string());
            meta("property", "og:image:height", &height.to_string());
        }
    }
    if let Some(url) = &article.url {
        out.push_str(&format!("<link rel=\"canonical\" href=\"{}\">\n", escaped(url.as_str())));
    }
    out.push_str(&format!("<style>{STYLE}</style>\n</head>\n"));
}

fn header(article: &Article, out: &mut String) {
    out.push_str("<header>\n");
    if !article.title.is_empty() {
        out.push_str(&format!("<h1>{}</h1>\n", escaped(&article.title)));
    }
    if let Some(standfirst) = &article.standfirst {
        out.push_str(&format!("<p class=\"standfirst\">{}</p>\n", escaped(standfirst)));
    }
    let mut parts: Vec<String> = Vec::new();
    if !article.byline.is_empty() {
        let names: Vec<_> = article.byline.iter().map(|name| escaped(name)).collect();
        parts.push(format!("<span class=\"byline\">{}</span>", names.join(", ")));
    }
    if let Some(date) = article.published {
        parts.push(format!("<time datetime=\"{date}\">{date}</time>"));
    }
    if let Some(site) = &article.site {
        parts.push(escaped(site).into_owned());
    }
    if !parts.is_empty() {
        out.push_str(&format!("<p class=\"meta\">{}</p>\n", parts.join(" · ")));
    }
    out.push_str("</header>\n");
}

/// One block, without a line feed that is not its own.
pub(super) fn block(article: &Article, part: &Block) -> String {
    match part {
        Block::Heading { level, text } => {
            let number = level.number();
            format!("<h{number}>{}</h{number}>", spans(article, text))
        }
        Block::Paragraph(text) => format!("<p>{}</p>", spans(article, text)),
        Block::List { start, items } => {
            let items: String = items.iter().map(|each| item(article, each)).collect();
            match start {
                Some(1) => format!("<ol>{items}</ol>"),
                Some(start) => format!("<ol start=\"{start}\">{items}</ol>"),
                None => format!("<ul>{items}</ul>"),
            }
        }
        Block::Quote(blocks) => format!("<blockquote>{}</blockquote>", all(article, blocks)),
        Block::Code { language, text } => {
            let class =
                language.as_ref().map(|name| format!(" class=\"language-{}\"", escaped(name)));
            format!("<pre><code{}>{}</code></pre>", class.unwrap_or_default(), escaped(text))
        }
        Block::Image(image) => figure(article, image),
        Block::Table(each) => table(article, each),
        Block::Embed { title, url } => {
            let title = escaped(title);
            let inner = match url {
                Some(url) => format!("<a href=\"{}\">{title}</a>", escaped(url.as_str())),
                None => title.into_owned(),
            };
            format!("<figure class=\"embed\">{inner}</figure>")
        }
        Block::Related(id) => {
            let Some(related) = article.related.get(id.0 as usize) else { return String::new() };
            let (label, title) = (escaped(&related.label), escaped(&related.title));
            let story = match &related.url {
                Some(url) => format!("<a href=\"{}\">{title}</a>", escaped(url.as_str())),
                None => title.into_owned(),
            };
            format!("<p class=\"related\">{label}: {story}</p>")
        }
        Block::Rule => "<hr>".to_owned(),
    }
}

fn all(article: &Article, blocks: &[Block]) -> String {
    blocks.iter().map(|each| block(article, each)).collect()
}

fn item(article: &Article, item: &ListItem) -> String {
    match item.0.as_slice() {
        [Block::Paragraph(text)] => format!("<li>{}</li>", spans(article, text)),
        blocks => format!("<li>{}</li>", all(article, blocks)),
    }
}

fn figure(article: &Article, image: &Image) -> String {
    let mut out = String::from("<figure><img");
    if let Some(url) = &image.url {
        out.push_str(&format!(" src=\"{}\"", escaped(url.as_str())));
    }
    out.push_str(&format!(" alt=\"{}\"", escaped(&image.alt)));
    if let Some((width, height)) = image.size {
        out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    out.push('>');
    if !image.caption.is_empty() {
        out.push_str(&format!("<figcaption>{}</figcaption>", spans(article, &image.caption)));
    }
    out.push_str("</figure>");
    out
}

fn table(article: &Article, table: &Table) -> String {
    let mut out = String::from("<table>");
    if !table.caption.is_empty() {
        out.push_str(&format!("<caption>{}</caption>", spans(article, &table.caption)));
    }
    if !table.head.is_empty() {
        out.push_str(&format!("<thead>{}</thead>", row(article, &table.head, "th")));
    }
    let rows: String = table.rows.iter().map(|each| row(article, each, "td")).collect();
    out.push_str(&format!("<tbody>{rows}</tbody></table>"));
    out
}

fn row(article: &Article, row: &Row, element: &str) -> String {
    let cell = |cell: &Vec<Span>| format!("<{element}>{}</{element}>", spans(article, cell));
    format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>())
}

/// The elements of some marks, from the outermost in.
fn elements(marks: Marks) -> impl DoubleEndedIterator<Item = &'static str> {
    let all = [
        (marks.strong, "strong"),
        (marks.emphasis, "em"),
        (marks.deleted, "del"),
        (marks.highlight, "mark"),
        (marks.superscript, "sup"),
        (marks.subscript, "sub"),
        (marks.code, "code"),
    ];
    all.into_iter().filter(|(on, _)| *on).map(|(_, name)| name)
}

/// Spans as phrases. Every span closes what it opens; a link goes on over several.
fn spans(article: &Article, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut open = None;
    for span in spans {
        if span.link != open {
            if open.is_some() {
                out.push_str("</a>");
            }
            let link = span.link.and_then(|id| article.links.get(id.0 as usize));
            if let Some(link) = link {
                out.push_str(&format!("<a href=\"{}\">", escaped(link.url.as_str())));
            }
            open = link.and(span.link);
        }
        for name in elements(span.marks) {
            out.push_str(&format!("<{name}>"));
        }
        out.push_str(&escaped(&span.text).replace('\n', "<br>"));
        for name in elements(span.marks).rev() {
            out.push_str(&format!("</{name}>"));
        }
    }
    if open.is_some() {
        out.push_str("</a>");
    }
    out
}
