//! `Style`: colors and attributes of some text, in no terminal library's terms.

use super::color::Color;

/// How text is painted. No color: the terminal's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a terminal's attributes are on or off, each for itself"
)]
pub struct Style {
    pub fg: Option<Color>,
    pub bg: Option<Color>,
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub underline: bool,
    pub crossed_out: bool,
    pub reverse: bool,
}

impl Style {
    /// The attributes of both; colors of the upper style where it has any.
    #[must_use]
    pub fn under(self, upper: Self) -> Self {
        Self {
            fg: upper.fg.or(self.fg),
            bg: upper.bg.or(self.bg),
            bold: self.bold || upper.bold,
            dim: self.dim || upper.dim,
            italic: self.italic || upper.italic,
            underline: self.underline || upper.underline,
            crossed_out: self.crossed_out || upper.crossed_out,
            reverse: self.reverse || upper.reverse,
        }
    }

    /// The same text in the selected row: reversed, and never dim as well, which
    /// some terminals draw as gray on gray.
    #[must_use]
    pub fn selected(self) -> Self {
        Self { dim: false, reverse: true, ..self }
    }

    /// Without colors.
    #[must_use]
    pub fn plain(self) -> Self {
        Self { fg: None, bg: None, ..self }
    }
}
