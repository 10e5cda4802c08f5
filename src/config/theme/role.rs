//! `Role`: what a piece of the screen is, for a theme to paint.
//!
//! A theme need not know every role: one that it leaves out is painted as the role
//! that it falls back on, so that a theme of today serves the roles of tomorrow.
//! Attributes that carry a meaning belong to the role, not to the theme, and no
//! theme can take them away: no state is told by color alone.

use super::style::Style;

/// What a piece of the screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The text of an article, and whatever has no role of its own.
    Text,
    /// What whispers: sources, dates, counts, hints, the pane without the focus.
    Dim,
    /// What should be seen: the mark of an unread story.
    Accent,
    /// The words of a link.
    Link,
    /// The headline of the open article.
    Headline,
    /// The sentence under the headline.
    Standfirst,
    /// A heading within an article.
    Heading,
    /// The title of an unread story in the list.
    Unread,
    /// The mark of a bookmarked story.
    Star,
    /// A message about a failure.
    Error,
    /// Code and formulas.
    Code,
    /// The bar beside a quotation.
    QuoteBar,
    /// What is written under an image.
    Caption,
    /// The row under the cursor.
    Selected,
    /// Words that were searched for.
    Match,
    /// The match that the cursor is on.
    CurrentMatch,
    /// The letters to type to follow a link.
    LinkLabel,
    /// Lines between panes, under the heads of tables, round boxes.
    Rule,
    /// The title of the pane with the focus.
    Title,
    /// Text in a box above the panes.
    Popup,
}

impl Role {
    pub const ALL: [Self; 20] = [
        Self::Text,
        Self::Dim,
        Self::Accent,
        Self::Link,
        Self::Headline,
        Self::Standfirst,
        Self::Heading,
        Self::Unread,
        Self::Star,
        Self::Error,
        Self::Code,
        Self::QuoteBar,
        Self::Caption,
        Self::Selected,
        Self::Match,
        Self::CurrentMatch,
        Self::LinkLabel,
        Self::Rule,
        Self::Title,
        Self::Popup,
    ];

    /// The name in a theme's `[roles]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Dim => "dim",
            Self::Accent => "accent",
            Self::Link => "link",
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Heading => "heading",
            Self::Unread => "unread",
            Self::Star => "star",
            Self::Error => "error",
            Self::Code => "code",
            Self::QuoteBar => "quote-bar",
            Self::Caption => "caption",
            Self::Selected => "selected",
            Self::Match => "match",
            Self::CurrentMatch => "current-match",
            Self::LinkLabel => "link-label",
            Self::Rule => "rule",
            Self::Title => "title",
            Self::Popup => "popup",
        }
    }

    /// The role that paints this one where a theme does not. Only text has none.
    pub fn fallback(self) -> Option<Self> {
        match self {
            Self::Text => None,
            Self::Dim
            | Self::Accent
            | Self::Headline
            | Self::Standfirst
            | Self::Heading
            | Self::Unread
            | Self::Error
            | Self::Code
            | Self::Selected
            | Self::Match
            | Self::LinkLabel
            | Self::Title
            | Self::Popup => Some(Self::Text),
            Self::Link | Self::Star => Some(Self::Accent),
            Self::QuoteBar | Self::Caption | Self::Rule => Some(Self::Dim),
            Self::CurrentMatch => Some(Self::Match),
        }
    }

    /// This role, then those it falls back on, up to text.
    pub fn chain(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |role| role.fallback())
    }

    /// The attributes that it has in every theme.
    pub(super) fn attributes(self) -> Style {
        let none = Style::default();
        match self {
            Self::Text
            | Self::Dim
            | Self::Accent
            | Self::Star
            | Self::Code
            | Self::QuoteBar
            | Self::Rule
            | Self::Popup => none,
            Self::Headline | Self::Heading | Self::Unread | Self::Error | Self::Title => {
                Style { bold: true, ..none }
            }
            Self::Link => Style { underline: true, ..none },
            Self::Standfirst | Self::Caption => Style { italic: true, ..none },
            Self::Selected => Style { reverse: true, ..none },
            Self::Match => Style { bold: true, underline: true, ..none },
            Self::CurrentMatch | Self::LinkLabel => Style { bold: true, reverse: true, ..none },
        }
    }
}
