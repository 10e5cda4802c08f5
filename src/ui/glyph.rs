//! Signs of the face, in Unicode and in ASCII. Each takes one cell in both.

use crate::layout::Sign;

/// A sign that the face draws by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    Unread,
    /// It was read, and says something else now.
    Updated,
    Star,
    /// The row under the cursor, where reverse alone does not show it.
    Cursor,
    Section,
    /// The line that was last before a page was turned.
    Eye,
    /// A line goes on past the edge.
    Overflow,
    /// The rule between panes.
    Rule,
    Dash,
    Dot,
    /// Where the next letter goes, in a line without the terminal's cursor.
    Caret,
    /// A folder whose feeds are shown.
    Unfolded,
    /// A folder whose feeds are not shown.
    Folded,
    /// The thumb of the scroll bar.
    Thumb,
}

impl Glyph {
    pub fn text(self, ascii: bool) -> &'static str {
        let (unicode, plain) = match self {
            Self::Unread => ("●", "*"),
            Self::Updated => ("○", "o"),
            Self::Star => ("★", "+"),
            Self::Cursor => ("▌", ">"),
            Self::Section => ("§", "#"),
            Self::Eye => ("┄", "-"),
            Self::Overflow => ("›", ">"),
            Self::Rule => ("│", "|"),
            Self::Dash => ("─", "-"),
            Self::Dot => ("·", "-"),
            Self::Caret => ("▏", "_"),
            Self::Unfolded => ("▾", "v"),
            Self::Folded => ("▸", ">"),
            Self::Thumb => ("▕", "|"),
        };
        if ascii { plain } else { unicode }
    }
}

/// A sign of the layout, in ASCII.
pub fn ascii(sign: Sign) -> &'static str {
    match sign {
        Sign::QuoteBar | Sign::Caption | Sign::Related => ">",
        Sign::Bullet(0) | Sign::TableRule => "-",
        Sign::Bullet(1) | Sign::Rule => "*",
        Sign::Bullet(_) => "+",
        Sign::CodeBar => "|",
    }
}

/// A sign of the layout, for those who hear the screen: only what means something.
pub fn spoken(sign: Sign) -> &'static str {
    match sign {
        Sign::QuoteBar | Sign::Related => ">",
        Sign::Bullet(_) => "-",
        Sign::Rule => "*",
        Sign::CodeBar | Sign::TableRule | Sign::Caption => " ",
    }
}
