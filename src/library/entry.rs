//! A feed's entry as an article.

use std::panic::{AssertUnwindSafe, catch_unwind};

use url::Url;

use super::LibraryError;
use super::store::StoredEntry;
use crate::article::{Article, Block, Image, Link, LinkId, ListItem, Span};
use crate::extract::{html, plain};
use crate::feed::{Content, Enclosure};
use crate::text::sanitize::SafeText;

/// The article of an entry: what it says, what its feed says about it, and last the files
/// and the discussion that come with it, as links.
pub fn article(entry: &StoredEntry) -> Result<Article, LibraryError> {
    let story = &entry.story;
    let mut article = body(&story.title, &entry.content, entry.base.as_ref())
        .ok_or_else(|| LibraryError::Mistake(story.title.to_string()))?;
    article.title = story.title.clone();
    article.byline.clone_from(&entry.authors);
    // The date that the list shows: a date in the future was none.
    article.published = story.published;
    article.site = Some(story.source.name.clone()).filter(|name| !name.is_empty());
    if let Some(details) = &story.details {
        article.updated = details.updated;
        article.language.clone_from(&details.language);
        article.url.clone_from(&details.url);
    }
    let is_image = |file: &&Enclosure| kind(file) == "Image";
    let file = entry.enclosures.iter().find(is_image).map(|file| &file.url);
    let lead = entry.image.as_ref().or(file);
    if let Some(url) = lead {
        let image = Image { url: Some(url.clone()), ..Image::default() };
        if !article.blocks.iter().any(shows_image) {
            article.blocks.insert(0, Block::Image(image.clone()));
        }
        article.image = Some(image);
    }
    let files = entry.enclosures.iter().filter(|file| lead != Some(&file.url));
    let files = files.map(|file| (file.url.clone(), label(file)));
    let comments = entry.comments.iter().map(|url| (url.clone(), SafeText::line("Comments")));
    append(&mut article, files.chain(comments));
    Ok(article)
}

/// What an entry says, and nothing else; none after a mistake of ours.
fn body(headline: &str, content: &Content, base: Option<&Url>) -> Option<Article> {
    // Whatever is in an entry, only that entry can fail by it.
    match content {
        Content::None => Some(Article::default()),
        Content::Html(html) => {
            let read = AssertUnwindSafe(|| html::fragment(html, base).0);
            catch_unwind(read).ok()
        }
        Content::Text(text) => catch_unwind(|| plain::under(headline, text)).ok(),
    }
}

/// Whether a block or one within it is an image.
fn shows_image(block: &Block) -> bool {
    match block {
        Block::Image(_) => true,
        Block::Quote(blocks) => blocks.iter().any(shows_image),
        Block::List { items, .. } => items.iter().flat_map(|item| &item.0).any(shows_image),
        Block::Heading { .. }
        | Block::Paragraph(_)
        | Block::Code { .. }
        | Block::Table(_)
        | Block::Embed { .. }
        | Block::Related(_)
        | Block::Rule => false,
    }
}

/// Adds a list of links.
fn append(article: &mut Article, links: impl Iterator<Item = (Url, SafeText)>) {
    let mut items = Vec::new();
    for (url, text) in links {
        let link = LinkId(article.links.len() as u32);
        article.links.push(Link { url, text: text.clone() });
        let span = Span { text, link: Some(link), ..Span::default() };
        items.push(ListItem(vec![Block::Paragraph(vec![span])]));
    }
    if !items.is_empty() {
        article.blocks.push(Block::List { start: None, items });
    }
}

/// What a file is called: `Audio: ferry.mp3 (31 MB)`.
fn label(file: &Enclosure) -> SafeText {
    let name = file.url.path_segments().and_then(Iterator::last).unwrap_or_default();
    let name = if name.is_empty() { file.url.host_str().unwrap_or_default() } else { name };
    // Many feeds say 0 or 1 where they do not know.
    let size = file.length.map(|bytes| bytes / 1_000_000).filter(|size| *size > 0);
    let size = size.map(|size| format!(" ({size} MB)")).unwrap_or_default();
    SafeText::title(&format!("{}: {name}{size}", kind(file)))
}

/// The kind of a file by its media type.
fn kind(file: &Enclosure) -> &'static str {
    let media = file.media.as_deref().unwrap_or_default().to_ascii_lowercase();
    match media.split('/').next().unwrap_or_default() {
        "audio" => "Audio",
        "video" => "Video",
        "image" => "Image",
        _ => "File",
    }
}
