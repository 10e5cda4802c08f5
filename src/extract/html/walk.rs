//! The walk through a document's elements, which fills flows with blocks.
//!
//! The walk knows elements, not sites: what an element means is what the HTML standard
//! says of it. Depth is bounded, for a page can nest a hundred thousand deep.

use std::rc::Rc;

use dom_query::NodeRef;

use super::element::{code, is_chrome, is_furniture, is_phrase};
use super::flow::Flow;
use super::line::{Line, Voice};
use super::reader::Reader;
use super::{dom, media, table};
use crate::article::{Block, Level, ListItem, Marks, Span};
use crate::extract::label;
use crate::extract::same::same_words;
use crate::text::sanitize::SafeText;

/// How deep elements may nest before what is below them is read as mere text.
const MAX_DEPTH: usize = 256;

impl Reader {
    /// Reads the children of a node into blocks.
    pub fn blocks(&mut self, node: &NodeRef, voice: &Voice, depth: usize) -> Vec<Block> {
        let mut flow = Flow { nested: depth > 0, ..Flow::default() };
        self.children(node, voice, &mut flow, depth);
        self.finish(flow)
    }

    /// Reads the children of a node into one run of text; blocks become lines of it.
    pub fn spans(&mut self, node: &NodeRef, voice: &Voice, depth: usize) -> Vec<Span> {
        let mut line = Line::default();
        self.inline(node, voice, &mut line, depth);
        line.take(&mut self.links)
    }

    pub fn children(&mut self, node: &NodeRef, voice: &Voice, flow: &mut Flow, depth: usize) {
        if depth >= MAX_DEPTH {
            self.flattened = true;
            flow.line.push(&dom::text(node), voice);
            return;
        }
        for child in node.children_it(false) {
            self.node(&child, voice, flow, depth + 1);
        }
    }

    fn node(&mut self, node: &NodeRef, voice: &Voice, flow: &mut Flow, depth: usize) {
        if node.is_text() {
            flow.line.push(&node.text(), voice);
            return;
        }
        let Some(name) = dom::name(node) else { return };
        if is_furniture(&name)
            || dom::is_hidden(node)
            || (self.whole_page && is_chrome(node, &name) && !self.holds_most(node))
        {
            return;
        }
        if let Some(voice) = self.inner_voice(node, &name, voice) {
            self.children(node, &voice, flow, depth);
            return;
        }
        match &*name {
            "br" => {
                if flow.line.push_break(voice) {
                    self.flush(flow);
                }
            }
            "wbr" => {}
            "q" => {
                flow.line.push("“", voice);
                self.children(node, voice, flow, depth);
                flow.line.push("”", voice);
            }
            "input" => flow.line.push(checkbox(node), voice),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, &name, flow, depth),
            "ul" | "ol" | "menu" | "dir" => self.list(node, &name, flow, depth),
            "blockquote" if media::is_embedded_post(node) => media::embed(self, node, flow),
            "blockquote" => {
                self.flush(flow);
                let blocks = self.blocks(node, &Voice::default(), depth);
                if !blocks.is_empty() {
                    self.push(flow, Block::Quote(blocks));
                }
            }
            "pre" | "listing" | "xmp" => {
                if let Some(block) = code(node) {
                    self.push(flow, block);
                }
            }
            "hr" => {
                self.flush(flow);
                // Two rules in a row, or one before anything, part nothing.
                if !matches!(flow.blocks.last(), None | Some(Block::Rule)) {
                    self.push(flow, Block::Rule);
                }
            }
            "table" => table::table(self, node, voice, flow, depth),
            "figure" => media::figure(self, node, flow, depth),
            "figcaption" if flow.in_figure => {
                let spans = self.spans(node, &Voice::default(), depth);
                media::add_caption(flow.caption.get_or_insert_default(), spans);
            }
            "img" | "amp-img" => media::image(self, node, voice, flow),
            "picture" => media::picture(self, node, voice, flow, depth),
            "noscript" => media::noscript(self, node, flow),
            "iframe" | "video" | "audio" | "embed" | "object" | "amp-iframe" => {
                media::embed(self, node, flow);
            }
            "math" => flow.line.push(&media::formula(node), voice),
            "dt" | "summary" => {
                self.flush(flow);
                let marks = Marks { strong: true, ..voice.marks };
                self.children(node, &Voice { marks, ..voice.clone() }, flow, depth);
                self.flush(flow);
            }
            "aside" => self.aside(node, flow, depth),
            "header" if self.whole_page && flow.has_no_words() => self.header(node, flow, depth),
            name if is_phrase(name) => self.children(node, voice, flow, depth),
            _ => {
                self.flush(flow);
                self.children(node, voice, flow, depth);
                if media::is_caption(node) && media::caption_line(self, flow) {
                    return;
                }
                self.flush(flow);
            }
        }
    }

    /// Text only: for captions, cells and headings.
    fn inline(&mut self, node: &NodeRef, voice: &Voice, line: &mut Line, depth: usize) {
        if depth >= MAX_DEPTH {
            self.flattened = true;
            line.push(&dom::text(node), voice);
            return;
        }
        for child in node.children_it(false) {
            if child.is_text() {
                line.push(&child.text(), voice);
                continue;
            }
            let Some(name) = dom::name(&child) else { continue };
            if is_furniture(&name) || dom::is_hidden(&child) {
                continue;
            }
            if let Some(voice) = self.inner_voice(&child, &name, voice) {
                self.inline(&child, &voice, line, depth + 1);
                continue;
            }
            match &*name {
                "br" => {
                    line.push_break(voice);
                }
                "img" if media::is_character(&child) => {
                    line.push(&media::inline_alt(&child), voice);
                }
                "math" => line.push(&media::formula(&child), voice),
                "img" | "picture" | "noscript" | "iframe" | "video" | "audio" | "object" => {}
                "input" => line.push(checkbox(&child), voice),
                name if is_phrase(name) => self.inline(&child, voice, line, depth + 1),
                _ => {
                    line.push(" ", voice);
                    self.inline(&child, voice, line, depth + 1);
                    line.push(" ", voice);
                }
            }
        }
    }

    /// The voice inside an element that changes it; nothing if the element does not.
    fn inner_voice(&self, node: &NodeRef, name: &str, voice: &Voice) -> Option<Voice> {
        let mut inner = voice.clone();
        let marks = &mut inner.marks;
        match name {
            "em" | "i" | "cite" | "dfn" | "var" => marks.emphasis = true,
            "strong" | "b" => marks.strong = true,
            "code" | "kbd" | "samp" | "tt" => marks.code = true,
            "del" | "s" | "strike" => marks.deleted = true,
            "mark" => marks.highlight = true,
            "sup" => (marks.superscript, marks.subscript) = (true, false),
            "sub" => (marks.subscript, marks.superscript) = (true, false),
            "a" => {
                let address = dom::attr(node, "href");
                let url = address.and_then(|href| dom::resolve(self.base.as_ref(), &href));
                inner.anchor = url.map(Rc::new).or(inner.anchor);
            }
            _ => return None,
        }
        Some(inner)
    }

    fn heading(&mut self, node: &NodeRef, name: &str, flow: &mut Flow, depth: usize) {
        self.flush(flow);
        let mut line = Line::default();
        self.inline(node, &Voice::default(), &mut line, depth);
        let text = line.text();
        if text.is_empty() || dom::text(node).is_empty() {
            // A picture in place of a heading.
            self.children(node, &Voice::default(), flow, depth);
            self.flush(flow);
            return;
        }
        let first = flow.blocks.is_empty();
        if self.wants_headline && first && name == "h1" && self.headline.is_empty() {
            self.headline = text;
            return;
        }
        if (first || name == "h1") && same_words(&text, &self.headline) {
            return;
        }
        if first && same_words(&text, &self.standfirst) {
            return;
        }
        let level = match name {
            "h1" | "h2" => Level::Section,
            "h3" => Level::Part,
            _ => Level::Minor,
        };
        flow.settle_label();
        let block = Block::Heading { level, text: line.take(&mut self.links) };
        match label::label(&text) {
            Some(alone) => flow.label = Some((SafeText::title(alone), Some(block))),
            None => flow.blocks.push(block),
        }
    }

    fn list(&mut self, node: &NodeRef, name: &str, flow: &mut Flow, depth: usize) {
        self.flush(flow);
        if self.related_list(node, flow) {
            return;
        }
        let mut items: Vec<ListItem> = Vec::new();
        for child in node.children_it(false) {
            let is_item = child.has_name("li");
            let mut inner = Flow { nested: true, ..Flow::default() };
            if is_item && depth < MAX_DEPTH {
                self.children(&child, &Voice::default(), &mut inner, depth + 1);
            } else {
                self.node(&child, &Voice::default(), &mut inner, depth + 1);
            }
            let blocks = self.finish(inner);
            match items.last_mut() {
                _ if blocks.is_empty() => {}
                // A list that stands directly in a list belongs to the item before it.
                Some(last) if !is_item => last.0.extend(blocks),
                _ => items.push(ListItem(blocks)),
            }
        }
        let ordered = name == "ol";
        let start = dom::attr(node, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
        if !items.is_empty() {
            self.push(flow, Block::List { start: ordered.then_some(start), items });
        }
    }

    /// Whether an element holds so much of the text that it is the text, whatever its name.
    fn holds_most(&self, node: &NodeRef) -> bool {
        dom::prose(node) * 2 > self.prose
    }

    /// What stands over an article is its metadata, but for its pictures.
    fn header(&mut self, node: &NodeRef, flow: &mut Flow, depth: usize) {
        self.flush(flow);
        let links = self.links.len();
        let mut blocks = self.blocks(node, &Voice::default(), depth);
        // Their captions keep no links, which are taken back with those of the rest.
        blocks.retain_mut(|block| {
            let Block::Image(image) = block else { return false };
            image.caption.iter_mut().for_each(|span| span.link = None);
            true
        });
        self.links.truncate(links);
        flow.blocks.extend(blocks);
    }

    /// An aside is a box beside the text. On a page only the stories it names are kept.
    fn aside(&mut self, node: &NodeRef, flow: &mut Flow, depth: usize) {
        self.flush(flow);
        flow.settle_label();
        let links = self.links.len();
        let mut blocks = self.blocks(node, &Voice::default(), depth);
        if self.whole_page || blocks.iter().any(|block| matches!(block, Block::Related(_))) {
            blocks.retain(|block| matches!(block, Block::Related(_)));
            self.links.truncate(links);
        }
        flow.blocks.extend(blocks);
    }
}

/// A task's box, as text.
fn checkbox(node: &NodeRef) -> &'static str {
    match node.attr("type") {
        Some(kind) if &*kind == "checkbox" && node.has_attr("checked") => "☑ ",
        Some(kind) if &*kind == "checkbox" => "☐ ",
        Some(_) | None => "",
    }
}
