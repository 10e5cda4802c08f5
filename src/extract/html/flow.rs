//! `Flow`: the blocks of one container in the making, and what becomes of its lines.
//!
//! A line of text becomes a paragraph, or the name of another story, or nothing where it
//! is the headline once more.

use dom_query::NodeRef;
use url::Url;

use super::dom;
use super::line::Line;
use super::reader::Reader;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::article::{Block, PubDate, Related, RelatedId, Span};
use crate::extract::same::same_words;
use crate::extract::{byline, date, label};
use crate::text::sanitize::SafeText;

/// The blocks of one container.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub blocks: Vec<Block>,
    pub line: Line,
    /// Inside a `figure`: what its `figcaption` says.
    pub caption: Option<Vec<Span>>,
    pub in_figure: bool,
    /// Within an item, a quote or a figure, where no line is of the article's head.
    pub nested: bool,
    /// A label such as "Related stories" whose stories may follow; with the block that
    /// it is until one does.
    pub label: Option<(SafeText, Option<Block>)>,
}

impl Flow {
    /// Whether nothing stands here yet but pictures.
    pub fn has_no_words(&self) -> bool {
        self.blocks.iter().all(|block| matches!(block, Block::Image(_)))
    }

    /// Takes a label back as the block that it was, since no story followed it.
    pub fn settle_label(&mut self) {
        if let Some((_, Some(block))) = self.label.take() {
            self.blocks.push(block);
        }
    }
}

impl Reader {
    /// Ends a container.
    pub fn finish(&mut self, mut flow: Flow) -> Vec<Block> {
        self.flush(&mut flow);
        flow.settle_label();
        flow.blocks
    }

    /// Ends the pending line: a paragraph, or a related line.
    pub fn flush(&mut self, flow: &mut Flow) {
        if flow.line.is_blank() {
            flow.line.clear();
            return;
        }
        let text = flow.line.text();
        if self.is_of_head(&text, flow) || self.is_related(&text, flow) {
            flow.line.clear();
            return;
        }
        if let Some(alone) = label::label(&text) {
            flow.settle_label();
            let block = Block::Paragraph(flow.line.take(&mut self.links));
            flow.label = Some((SafeText::title(alone), Some(block)));
            return;
        }
        flow.settle_label();
        let spans = flow.line.take(&mut self.links);
        if !spans.is_empty() {
            flow.blocks.push(Block::Paragraph(spans));
        }
    }

    /// Adds a block that is not a paragraph.
    pub fn push(&mut self, flow: &mut Flow, block: Block) {
        self.flush(flow);
        flow.settle_label();
        flow.blocks.push(block);
    }

    /// Whether a line before all others repeats what the article's head says: the headline,
    /// the standfirst, who wrote it, when.
    fn is_of_head(&self, text: &str, flow: &Flow) -> bool {
        self.whole_page
            && flow.has_no_words()
            && (same_words(text, &self.headline)
                || same_words(text, &self.standfirst)
                || (!flow.nested && (self.is_byline(text) || self.is_date(text))))
    }

    /// Whether a line says nothing but the day on which the article is known to have been
    /// published or changed; the day before or after is the same in another time zone.
    fn is_date(&self, text: &str) -> bool {
        let Some(line) = date::line(text).filter(|_| date::says_when(text)) else { return false };
        let said = [line.published, line.updated].into_iter().flatten();
        let day = |date: PubDate| date.day(&TimeZone::UTC);
        let near = |said: PubDate, known: &PubDate| {
            day(said).duration_until(day(*known)).abs() <= SignedDuration::from_hours(24)
        };
        said.into_iter().any(|said| self.dates.iter().any(|known| near(said, known)))
    }

    /// Whether a line names the article's authors and nobody else.
    fn is_byline(&self, text: &str) -> bool {
        byline::read(text).is_some_and(|names| {
            names.iter().all(|name| self.byline.iter().any(|known| same_words(name, known)))
        })
    }
}

// Lines that name other stories.
impl Reader {
    /// Takes the pending line if it names another story.
    fn is_related(&mut self, text: &str, flow: &mut Flow) -> bool {
        let anchors = flow.line.anchors();
        if let Some((label, title)) = label::related(text) {
            let url = match anchors.as_slice() {
                [] => None,
                [(url, _)] => Some((**url).clone()),
                // Several links make prose of it.
                _ => return false,
            };
            flow.settle_label();
            self.name_story(label, title, url, flow);
            return true;
        }
        // After "Related stories", a line that is one link.
        let Some((label, _)) = &flow.label else { return false };
        let [(url, words)] = anchors.as_slice() else { return false };
        if !same_words(words, text) {
            return false;
        }
        let (label, url) = (label.clone(), (**url).clone());
        self.name_story(&label, text, Some(url), flow);
        flow.label = Some((label, None));
        true
    }

    /// After "Related stories", a list of links.
    pub fn related_list(&mut self, node: &NodeRef, flow: &mut Flow) -> bool {
        let Some((label, _)) = flow.label.clone() else { return false };
        let items = node.children_it(false).filter(|child| child.has_name("li"));
        let stories: Option<Vec<(String, Url)>> = items
            .map(|item| {
                let anchor = dom::all(&item, "a").find(|a| !dom::text(a).is_empty())?;
                let url = dom::resolve(self.base.as_ref(), &dom::attr(&anchor, "href")?)?;
                let words = dom::text(&anchor);
                // A date or a teaser may stand beside the link, but not a paragraph.
                (dom::text(&item).len() <= 2 * words.len() + 80).then_some((words, url))
            })
            .collect();
        let Some(stories) = stories.filter(|stories| !stories.is_empty()) else { return false };
        for (title, url) in stories {
            self.name_story(&label, &title, Some(url), flow);
        }
        flow.label = None;
        true
    }

    fn name_story(&mut self, label: &str, title: &str, url: Option<Url>, flow: &mut Flow) {
        let id = RelatedId(self.related.len() as u32);
        let (label, title) = (SafeText::title(label), SafeText::title(title));
        self.related.push(Related { label, title, url });
        flow.blocks.push(Block::Related(id));
    }
}
