//! From outside text to an [`Article`]: plain text, Markdown, HTML.
//!
//! Nothing here fails but on bytes that are no text at all: what cannot be read becomes
//! a [`Warning`] beside what could.

mod byline;
pub mod date;
pub(crate) mod decode;
pub mod front_matter;
pub mod html;
pub mod label;
pub mod markdown;
mod metadata;
mod page;
pub mod plain;
mod same;

pub(crate) use decode::decode;

use url::Url;

use crate::article::Article;
use crate::text::cut::beginning;
use crate::warning::Warning;

/// What a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    Html,
}

/// What is known of a document beside its bytes.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// Where it came from; relative addresses start here.
    pub url: Option<Url>,
    /// The media type that its carrier named, with parameters: `text/html; charset=utf-8`.
    pub content_type: Option<String>,
    /// The file's name, for its ending.
    pub file_name: Option<String>,
}

/// The bytes are no text. The sentence says what they seem to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotText(pub String);

/// An article and what was odd about its document.
pub type Extracted = (Article, Vec<Warning>);

/// Reads a document in whichever format it is.
pub fn document(bytes: &[u8], hints: &Hints) -> Result<(Format, Extracted), NotText> {
    let (text, mut warnings) = decode::decode(bytes, hints)?;
    let format = Format::of(&text, hints);
    let (article, found) = match format {
        Format::Plain => plain::read(&text, hints),
        Format::Markdown => markdown::read(&text, hints),
        Format::Html => html::read(&text, hints),
    };
    warnings.extend(found);
    Ok((format, (article, warnings)))
}

impl Format {
    /// The format by media type, else by the ending of the name, else by the text itself.
    ///
    /// `text/plain` and `.txt` are often said of what is Markdown or HTML; an HTML document
    /// is unmistakable, and a name that ends in `.md` is believed over `text/plain`.
    fn of(text: &str, hints: &Hints) -> Self {
        if is_html_document(text) {
            return Self::Html;
        }
        let media = hints.content_type.as_deref().unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match media.as_str() {
            "text/html" | "application/xhtml+xml" => return Self::Html,
            "text/markdown" | "text/x-markdown" => return Self::Markdown,
            _ => {}
        }
        let path = hints.url.as_ref().map(|url| url.path().to_owned());
        let name = hints.file_name.clone().or(path).unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml" | "xht") => Self::Html,
            Some("md" | "markdown" | "mkd" | "mdown") => Self::Markdown,
            Some("txt" | "text") => Self::Plain,
            _ if media == "text/plain" => Self::Plain,
            _ if is_html_fragment(text) => Self::Html,
            _ if is_markdown(text) => Self::Markdown,
            _ => Self::Plain,
        }
    }
}

/// Bytes that are looked at to tell a format.
const SNIFF: usize = 16 * 1024;

/// Whether a text begins as only an HTML document begins (WHATWG MIME Sniffing, 7.1).
fn is_html_document(text: &str) -> bool {
    let mut rest = beginning(text, SNIFF).trim_start();
    // A declaration and comments may stand before the first tag.
    loop {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?xml") {
            "?>"
        } else {
            break;
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let starts = |tag: &str| {
        rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
            && rest
                .get(tag.len()..)
                .and_then(|rest| rest.chars().next())
                .is_none_or(|c| c.is_whitespace() || c == '>')
    };
    ["<!doctype html", "<html", "<head", "<body"].into_iter().any(starts)
}

/// Whether a text begins with a tag of running text and closes such tags.
fn is_html_fragment(text: &str) -> bool {
    let text = beginning(text, SNIFF).trim_start().to_ascii_lowercase();
    let tags = [
        "p",
        "div",
        "article",
        "section",
        "main",
        "h1",
        "h2",
        "ul",
        "ol",
        "figure",
        "blockquote",
        "table",
    ];
    let opens = tags.iter().any(|tag| {
        let rest = text.strip_prefix('<').and_then(|rest| rest.strip_prefix(tag));
        rest.is_some_and(|rest| rest.starts_with(['>', ' ', '\n']))
    });
    opens && tags.iter().any(|tag| text.contains(&format!("</{tag}>")))
}

/// Whether a text is unmistakably Markdown: front matter, or headings and links of it.
fn is_markdown(text: &str) -> bool {
    let text = beginning(text, SNIFF);
    if let Some(rest) = text.strip_prefix("---\n") {
        let front = rest.split_once("\n---").map(|(front, _)| front);
        if front.is_some_and(|front| front.lines().next().is_some_and(|line| line.contains(':'))) {
            return true;
        }
    }
    let heading = text.lines().any(|line| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    });
    heading && (text.contains("](http") || text.lines().any(|line| line.starts_with("```")))
}
