//! `Reader`: the reading pane. The open article, where one stands in it, what is focused.
//!
//! Where one stands is a [`Position`]; the line at the top follows from it and from the
//! layout, so another width, another theme or a new text keep the place.

use std::sync::Arc;

use crate::article::{Article, Place, Position};
use crate::command::Motion;
use crate::layout::cache::{Cache, Key};
use crate::layout::{Foot, Head, Layout, Line, Shape, Target, TargetAt, lay_out};
use crate::story::StoryId;

use super::find::Find;
use super::foot::Destinations;
use super::message::Loaded;

/// The reading pane.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    pub open: Option<Open>,
    /// What has been asked for and has not come yet.
    pub pending: Option<Pending>,
    /// Why the story that was asked for is not here.
    pub failure: Option<(StoryId, String)>,
    /// The number of the last request; answers to older ones are dropped.
    pub generation: u64,
}

/// A story on its way to the pane.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    pub story: StoryId,
    /// Where to land; the start where nothing is said.
    pub place: Option<Place>,
}

/// The article that is open.
#[derive(Debug, Clone)]
pub struct Open {
    pub story: StoryId,
    pub article: Arc<Article>,
    pub links: Vec<Option<StoryId>>,
    pub related: Vec<Option<StoryId>>,
    /// Minutes that the whole text takes.
    minutes: usize,
    pub head: Head,
    pub foot: Foot,
    pub destinations: Destinations,
    pub layout: Arc<Layout>,
    shape: Shape,
    /// Where the reader stands.
    pub position: Position,
    /// Rows from the top of the page to the line of the position, as [`Place::lead`].
    lead: i16,
    /// The line at the top of the pane; follows from the position.
    pub top: usize,
    pub focused: Option<Target>,
    pub find: Option<Find>,
    /// Cells by which wide code is shifted to the left.
    pub shift: u16,
    /// The line that was last at the bottom before a page was turned.
    pub eye: Option<usize>,
    /// The heading that was last jumped to, while nothing else has moved the page.
    heading: Option<usize>,
}

impl Open {
    /// An article as it was loaded, laid out by the first call of [`Open::reshape`].
    pub fn new(story: StoryId, loaded: Loaded, place: Option<&Place>, shape: Shape) -> Self {
        let position = place.map(|place| place.find(&loaded.article)).unwrap_or_default();
        Self {
            story,
            minutes: loaded.article.minutes(),
            article: loaded.article,
            links: loaded.links,
            related: loaded.related,
            head: Head::default(),
            foot: Foot::default(),
            destinations: Destinations::default(),
            layout: Arc::default(),
            shape,
            position,
            lead: place.map_or(0, |place| place.lead),
            top: 0,
            focused: None,
            find: None,
            shift: 0,
            eye: None,
            heading: None,
        }
    }

    /// Lays the article out at a shape, and keeps the place.
    pub fn reshape(&mut self, shape: Shape, height: usize, layouts: &mut Cache) {
        let key = Key::new(self.story, shape, &self.head, &self.foot);
        let make = || lay_out(&self.article, &self.head, &self.foot, shape);
        let layout = layouts.get_or(key, &self.article, make);
        if !Arc::ptr_eq(&layout, &self.layout) {
            self.layout = layout;
            self.heading = None;
            self.eye = None;
        }
        self.shape = shape;
        self.top = self.line_above(self.position, self.lead).min(self.last_top(height));
    }

    /// The line that is so many rows above that of a position.
    fn line_above(&self, position: Position, rows: i16) -> usize {
        self.layout.line_of(position).saturating_add_signed(-isize::from(rows))
    }

    /// Minutes that the whole text takes.
    pub fn minutes(&self) -> usize {
        self.minutes
    }

    /// Cells of a line of text.
    pub fn width(&self) -> u16 {
        self.shape.width
    }

    /// The last line that may stand at the top.
    fn last_top(&self, height: usize) -> usize {
        self.layout.lines.len().saturating_sub(height)
    }

    /// Whether the last line is in sight.
    pub fn at_end(&self, height: usize) -> bool {
        self.top >= self.last_top(height)
    }

    /// Puts a line at the top.
    pub fn scroll_to(&mut self, line: usize, height: usize) {
        self.top = line.min(self.last_top(height));
        let top = self.layout.position_of(self.top);
        self.position = if self.top == 0 { Position::default() } else { top };
        let line = self.layout.line_of(self.position);
        self.lead = (line.cast_signed() - self.top.cast_signed()).try_into().unwrap_or_default();
        self.heading = None;
        self.eye = None;
    }

    /// Goes to a position of the text.
    pub fn go_to(&mut self, position: Position, height: usize) {
        self.scroll_to(self.layout.line_of(position), height);
        // Where the page ends before the position can stand at the top, the position
        // is still where the reader went: a wider window must not lose it.
        self.position = position;
        self.lead = 0;
    }

    /// Goes to a place that was remembered.
    pub fn return_to(&mut self, place: &Place, height: usize) {
        let position = place.find(&self.article);
        self.scroll_to(self.line_above(position, place.lead), height);
        (self.position, self.lead) = (position, place.lead);
    }

    pub fn motion(&mut self, motion: Motion, count: usize, height: usize) {
        let page = height.saturating_sub(2).max(1);
        let half = (height / 2).max(1);
        let by = |lines: usize| lines.saturating_mul(count);
        let line = match motion {
            Motion::Next => self.top.saturating_add(count),
            Motion::Previous => self.top.saturating_sub(count),
            Motion::HalfPageDown => self.top.saturating_add(by(half)),
            Motion::HalfPageUp => self.top.saturating_sub(by(half)),
            Motion::PageDown => self.top.saturating_add(by(page)),
            Motion::PageUp => self.top.saturating_sub(by(page)),
            Motion::Top => 0,
            Motion::Bottom => usize::MAX,
        };
        self.scroll_to(line, height);
    }

    /// Turns a page and marks where the eye was. Says whether there was a page to turn.
    pub fn turn_page(&mut self, height: usize) -> bool {
        if self.at_end(height) {
            return false;
        }
        let bottom = self.top + height.saturating_sub(1);
        self.motion(Motion::PageDown, 1, height);
        self.eye = Some(bottom);
        true
    }

    /// Goes to the next or the previous heading. Says whether there was one.
    pub fn section(&mut self, forward: bool, count: usize, height: usize) -> bool {
        let headings = &self.layout.headings;
        let here = |line: usize| line <= self.top + 1;
        let current = self.heading.or_else(|| headings.iter().rposition(|h| here(h.line)));
        let target = match (forward, current) {
            (true, None) => count - 1,
            (true, Some(index)) => index + count,
            (false, None) => return false,
            (false, Some(index)) => {
                // Inside a section, its own heading is the first step back.
                let inside = headings
                    .get(index)
                    .is_some_and(|h| self.heading.is_none() && h.line + 1 < self.top);
                let steps = if inside { count - 1 } else { count };
                let Some(index) = index.checked_sub(steps) else {
                    self.scroll_to(0, height);
                    return true;
                };
                index
            }
        };
        let Some(heading) = headings.get(target) else { return false };
        let (line, position) = (heading.line, heading.position);
        // One row of air above the heading.
        self.scroll_to(line.saturating_sub(1), height);
        (self.position, self.lead) = (position, 1);
        self.heading = Some(target);
        true
    }

    /// The lines in sight.
    pub fn visible(&self, height: usize) -> &[Line] {
        let end = self.top.saturating_add(height).min(self.layout.lines.len());
        self.layout.lines.get(self.top..end).unwrap_or_default()
    }

    /// What can be followed and is in sight.
    pub fn visible_targets(&self, height: usize) -> impl Iterator<Item = &TargetAt> {
        let sight = self.top..self.top.saturating_add(height);
        self.layout.targets.iter().filter(move |target| sight.contains(&target.line))
    }

    /// What can be followed at a cell of a line.
    pub fn target_at(&self, line: usize, cell: u16) -> Option<Target> {
        let line = self.layout.lines.get(line)?;
        let mut end = 0;
        for run in &line.runs {
            end += run.width;
            if cell < end {
                return run.target;
            }
        }
        None
    }

    /// Focuses the next or the previous thing that can be followed. Says whether there is one.
    pub fn step_target(&mut self, forward: bool, count: usize, height: usize) -> bool {
        let targets = &self.layout.targets;
        let sight = self.top..self.top.saturating_add(height);
        let current =
            self.focused.and_then(|focused| targets.iter().position(|t| t.target == focused));
        // A focus that has scrolled out of sight does not pull the page back.
        let current =
            current.filter(|index| targets.get(*index).is_some_and(|t| sight.contains(&t.line)));
        let index = match (current, forward) {
            (Some(index), true) => index.checked_add(count),
            (Some(index), false) => index.checked_sub(count),
            (None, true) => {
                targets.iter().position(|t| t.line >= sight.start).map(|i| i + count - 1)
            }
            (None, false) => targets
                .iter()
                .rposition(|t| t.line < sight.end)
                .and_then(|i| (i + 1).checked_sub(count)),
        };
        let Some(target) = index.and_then(|index| targets.get(index)) else { return false };
        let (target, line) = (target.target, target.line);
        self.focused = Some(target);
        self.reveal(line, height);
        true
    }

    /// Scrolls only if a line is out of the middle of the pane.
    pub fn reveal(&mut self, line: usize, height: usize) {
        let margin = height * 15 / 100;
        let inside = self.top + margin..(self.top + height).saturating_sub(margin);
        let in_sight = (self.top..self.top + height).contains(&line);
        if !inside.contains(&line) && (!in_sight || height > 10) {
            self.scroll_to(line.saturating_sub(height / 3), height);
        }
    }

    /// The focused thing, where it is in sight.
    pub fn focused_in_sight(&self, height: usize) -> Option<Target> {
        let focused = self.focused?;
        self.visible_targets(height).find(|target| target.target == focused).map(|t| t.target)
    }

    /// What carries a number on the screen.
    pub fn numbered(&self, number: usize) -> Option<Target> {
        let target =
            self.layout.targets.iter().find(|target| usize::from(target.number) == number)?;
        Some(target.target)
    }

    /// The line after the last one of the text; the foot begins there.
    pub fn end_of_text(&self) -> usize {
        let blocks = self.article.blocks.len() as u32;
        self.layout.lines.partition_point(|line| line.position.block < blocks)
    }

    /// How much of the text has been in sight, in thousandths; 0 at the very top of a text
    /// that goes on below, 1000 where its last line is in sight.
    pub fn fraction(&self, height: usize) -> u16 {
        let end = self.end_of_text();
        let bottom = self.top + height;
        if bottom >= end {
            1000
        } else if self.top == 0 {
            0
        } else {
            ((bottom * 1000 / end.max(1)) as u16).min(999)
        }
    }

    /// How far down the whole page is, in percent.
    pub fn percent(&self, height: usize) -> usize {
        let lines = self.layout.lines.len();
        if lines <= height { 100 } else { self.top * 100 / (lines - height) }
    }

    /// Minutes of reading that are left.
    pub fn minutes_left(&self, height: usize) -> usize {
        let left = 1000 - usize::from(self.fraction(height).min(1000));
        (self.minutes * left).div_ceil(1000)
    }

    /// The place to remember.
    pub fn place(&self, height: usize) -> Place {
        Place { lead: self.lead, ..Place::of(&self.article, self.position, self.fraction(height)) }
    }

    /// Which heading of the layout stands at or above the top of the pane.
    pub fn current_heading(&self) -> Option<usize> {
        self.heading.or_else(|| {
            self.layout.headings.iter().rposition(|heading| heading.line <= self.top + 1)
        })
    }
}

impl Reader {
    /// The story that is open, or on its way.
    pub fn story(&self) -> Option<StoryId> {
        self.pending
            .as_ref()
            .map(|pending| pending.story)
            .or(self.open.as_ref().map(|open| open.story))
    }

    /// Asks for a story; the effect carries the number returned.
    pub fn expect(&mut self, story: StoryId, place: Option<Place>) -> u64 {
        self.generation += 1;
        self.failure = None;
        self.pending = Some(Pending { story, place });
        self.generation
    }
}
