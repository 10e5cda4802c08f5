//! Pictures, films and posts: what a page shows beside its words.

use dom_query::NodeRef;
use url::Url;

use super::dom;
use super::flow::Flow;
use super::line::Voice;
use super::reader::Reader;
use crate::article::{Block, Image, Span};
use crate::text::sanitize::SafeText;

/// Pixels up to which a picture stands for a character: an emoji, a bullet, a letter.
const SMALL: u32 = 32;

/// Attributes in which pages keep the real address until the picture scrolls into view.
const LAZY: [&str; 4] = ["data-src", "data-original", "data-lazy-src", "data-src-medium"];

/// Reads an `img`.
pub(super) fn image(reader: &mut Reader, node: &NodeRef, voice: &Voice, flow: &mut Flow) {
    if is_character(node) {
        flow.line.push(&inline_alt(node), voice);
        return;
    }
    if let Some(image) = described(reader, node, None) {
        push_image(reader, flow, image);
    }
}

/// Reads a `picture`, whose sources may know an address where its `img` does not.
pub(super) fn picture(
    reader: &mut Reader,
    node: &NodeRef,
    voice: &Voice,
    flow: &mut Flow,
    depth: usize,
) {
    let Some(img) = dom::all(node, "img").next() else {
        reader.children(node, voice, flow, depth);
        return;
    };
    let mut sources = dom::all(node, "source");
    let set =
        sources.find_map(|s| dom::attr(&s, "srcset").or_else(|| dom::attr(&s, "data-srcset")));
    if let Some(image) = described(reader, &img, set.as_deref()) {
        push_image(reader, flow, image);
    }
}

/// Pages repeat a picture in `noscript` for those who do not run scripts: as we do not.
pub(super) fn noscript(reader: &mut Reader, node: &NodeRef, flow: &mut Flow) {
    for img in dom::all(node, "img") {
        let Some(image) = described(reader, &img, None) else { continue };
        if let Some(Block::Image(last)) = flow.blocks.last_mut()
            && (last.url.is_none() || last.url == image.url)
        {
            let caption = std::mem::take(&mut last.caption);
            *last = Image { caption, ..image };
        } else {
            push_image(reader, flow, image);
        }
    }
}

/// Reads a `figure`: a picture, a table, code or a quote with a caption.
pub(super) fn figure(reader: &mut Reader, node: &NodeRef, flow: &mut Flow, depth: usize) {
    reader.flush(flow);
    let mut inner = Flow { in_figure: true, nested: true, ..Flow::default() };
    reader.children(node, &Voice::default(), &mut inner, depth);
    let caption = inner.caption.take().unwrap_or_default();
    let mut blocks = reader.finish(inner);
    if dom::any_class(node, |class| class == "embed" || class.ends_with("-embed"))
        && let Some(embed) = linked(reader, &mut blocks)
    {
        blocks = vec![embed];
    }
    if let Some(rest) = place_caption(&mut blocks, caption) {
        blocks.push(Block::Paragraph(rest));
    }
    for block in blocks {
        reader.push(flow, block);
    }
}

/// Joins a second caption (often the photographer's name) to the first.
pub(super) fn add_caption(caption: &mut Vec<Span>, more: Vec<Span>) {
    if !caption.is_empty() && !more.is_empty() {
        caption.push(Span::plain(" "));
    }
    caption.extend(more);
}

/// Gives a caption to what it describes; gives it back where nothing takes one.
fn place_caption(blocks: &mut [Block], caption: Vec<Span>) -> Option<Vec<Span>> {
    if caption.is_empty() {
        return None;
    }
    for block in blocks.iter_mut().rev() {
        match block {
            Block::Image(Image { caption: own, .. }) if own.is_empty() => *own = caption,
            Block::Table(table) if table.caption.is_empty() => table.caption = caption,
            Block::Embed { title, .. } => *title = SafeText::title(&Span::join(&caption)),
            Block::Image(_)
            | Block::Table(_)
            | Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::List { .. }
            | Block::Quote(_)
            | Block::Code { .. }
            | Block::Related(_)
            | Block::Rule => continue,
        }
        return None;
    }
    Some(caption)
}

/// Whether an element's class says that it is the caption of what stands before it.
pub(super) fn is_caption(node: &NodeRef) -> bool {
    dom::any_class(node, |class| class.split(['-', '_']).any(|word| word == "caption"))
}

/// Takes the pending line as the caption of the picture before it.
pub(super) fn caption_line(reader: &mut Reader, flow: &mut Flow) -> bool {
    let Some(Block::Image(image)) = flow.blocks.last_mut() else { return false };
    let takes = image.caption.is_empty() && !flow.line.is_blank();
    if takes {
        image.caption = flow.line.take(&mut reader.links);
    }
    takes
}

/// A post of some network, quoted by its own markup for embedding: `twitter-tweet`,
/// `instagram-media`, `tiktok-embed`.
pub(super) fn is_embedded_post(node: &NodeRef) -> bool {
    dom::any_class(node, |class| {
        ["-tweet", "-media", "-embed", "-post"].iter().any(|end| class.ends_with(end))
    }) && dom::all(node, "a").next().is_some()
}

/// Reads a film, a sound, a frame or a post.
pub(super) fn embed(reader: &mut Reader, node: &NodeRef, flow: &mut Flow) {
    let too_small = |name| dom::pixels(node, name).is_some_and(|pixels| pixels <= 2);
    if too_small("width") || too_small("height") {
        return;
    }
    let own = ["src", "data-src", "data", "href"].iter().find_map(|name| dom::attr(node, name));
    let address = own.or_else(|| {
        let source = dom::all(node, "source").find_map(|source| dom::attr(&source, "src"));
        // The address of a post is its last link: its date.
        source.or_else(|| dom::all(node, "a").filter_map(|a| dom::attr(&a, "href")).last())
    });
    let Some(url) = address.and_then(|address| dom::resolve(reader.base.as_ref(), &address)) else {
        return;
    };
    let named = dom::attr(node, "title").or_else(|| dom::attr(node, "aria-label"));
    let title = named.unwrap_or_else(|| match dom::text(node) {
        words if node.has_name("blockquote") && !words.is_empty() => words,
        _ => url.host_str().unwrap_or_default().to_owned(),
    });
    let title = SafeText::title(&title);
    reader.push(flow, Block::Embed { title, url: Some(url) });
}

/// A formula: its TeX where the page gives it.
pub(super) fn formula(node: &NodeRef) -> String {
    let tex = || dom::all(node, "annotation").map(|tex| dom::text(&tex)).next();
    dom::attr(node, "alttext").or_else(tex).unwrap_or_else(|| dom::text(node))
}

/// What stands for a picture in running text.
pub(super) fn inline_alt(node: &NodeRef) -> String {
    dom::attr(node, "alt").unwrap_or_default()
}

/// A figure's only paragraph as an embed.
fn linked(reader: &mut Reader, blocks: &mut Vec<Block>) -> Option<Block> {
    let [Block::Paragraph(spans)] = blocks.as_slice() else { return None };
    let link = spans.first()?.link;
    if spans.iter().any(|span| span.link != link) {
        return None;
    }
    let title = SafeText::title(&Span::join(spans));
    let url = link.and_then(|id| reader.links.get(id.0 as usize)).map(|link| link.url.clone());
    if let Some(id) = link {
        reader.links.truncate(id.0 as usize);
    }
    Some(Block::Embed { title, url })
}

fn push_image(reader: &mut Reader, flow: &mut Flow, image: Image) {
    let again = if let Some(Block::Image(last)) = flow.blocks.last() {
        last.url == image.url && image.caption.is_empty()
    } else {
        false
    };
    if !again || !flow.line.is_blank() {
        reader.push(flow, Block::Image(image));
    }
}

/// Whether a picture stands for a character: by its size, or because it says so.
pub(super) fn is_character(node: &NodeRef) -> bool {
    let small = |name| dom::pixels(node, name).is_some_and(|pixels| (3..=SMALL).contains(&pixels));
    (small("width") && small("height"))
        || dom::any_class(node, |class| class.contains("emoji") || class.contains("smiley"))
}

/// The picture that an `img` describes; nothing for counting pixels and empty ones.
fn described(reader: &Reader, node: &NodeRef, set: Option<&str>) -> Option<Image> {
    let size = dom::pixels(node, "width").zip(dom::pixels(node, "height"));
    if size.is_some_and(|(width, height)| width <= 2 || height <= 2) {
        return None;
    }
    let url = address(reader.base.as_ref(), node, set);
    let alt = SafeText::title(&inline_alt(node));
    if url.is_none() && alt.is_empty() {
        return None;
    }
    Some(Image { url, alt, caption: Vec::new(), size })
}

fn address(base: Option<&Url>, node: &NodeRef, set: Option<&str>) -> Option<Url> {
    let find = |names: &[&str]| {
        let mut values = names.iter().filter_map(|name| dom::attr(node, name));
        values.find_map(|value| dom::resolve(base, &value))
    };
    let largest = |set: &str| largest(set).and_then(|value| dom::resolve(base, value));
    let sets = || ["data-srcset", "srcset"].iter().filter_map(|name| dom::attr(node, name));
    find(&LAZY)
        .or_else(|| find(&["src"]))
        .or_else(|| sets().find_map(|set| largest(&set)))
        .or_else(|| set.and_then(largest))
}

/// The address of the largest picture in a `srcset` (HTML standard, "Parsing a srcset
/// attribute"): candidates with a width or a density, parted by commas, which may also
/// stand inside an address.
fn largest(set: &str) -> Option<&str> {
    let mut best: Option<(f64, &str)> = None;
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return best.map(|(_, address)| address);
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, tail) = rest.split_at_checked(end)?;
        let bare = address.trim_end_matches(',');
        let (size, tail) = if bare.len() < address.len() {
            ("", tail)
        } else {
            tail.split_once(',').unwrap_or((tail, ""))
        };
        let size = size.trim().trim_end_matches(['w', 'x', 'h']).parse().unwrap_or(1.0);
        if best.is_none_or(|(most, _)| size > most) {
            best = Some((size, bare));
        }
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    use super::largest;

    #[test]
    fn the_largest_of_a_set() {
        for (set, address) in [
            ("a.jpg", Some("a.jpg")),
            ("a.jpg 320w, b.jpg 1280w, c.jpg 640w", Some("b.jpg")),
            ("a.jpg, b.jpg 2x", Some("b.jpg")),
            ("w_1,h_2/a.jpg 1x,w_2,h_2/a.jpg 2x", Some("w_2,h_2/a.jpg")),
            (" , ", None),
            ("", None),
        ] {
            assert_eq!(largest(set), address, "{set}");
        }
    }
}
