//! `Theme`: roles become colors and attributes, for the terminal at hand.
//!
//! The theme `terminal` uses the reader's own palette and paints no background. The
//! others name their colors in red, green and blue; with 256 colors they use the
//! nearest, and with fewer they step aside for `terminal`. A reader's own theme is a
//! file of the same form. Nothing here reads a file or writes an escape sequence.

pub mod color;
pub mod contrast;
mod file;
mod role;
mod style;
mod terminal;

pub use color::{Color, ColorDepth};
pub use role::Role;
pub use style::Style;

use crate::config::nearest;
use crate::warning::Warning;

/// The theme of the reader's own colors, which needs no file.
pub const TERMINAL: &str = "terminal";

/// The themes that come with the program, by name, as TOML.
const BUILT_IN: &[(&str, &str)] = &[
    ("paper", include_str!("../../../assets/themes/paper.toml")),
    ("ink", include_str!("../../../assets/themes/ink.toml")),
    ("sepia", include_str!("../../../assets/themes/sepia.toml")),
    ("high-contrast", include_str!("../../../assets/themes/high-contrast.toml")),
];

/// What is behind the text of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Background {
    Light,
    Dark,
    #[default]
    Unknown,
}

/// What the terminal can show, and how the reader wants it shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Display {
    pub depth: ColorDepth,
    pub background: Background,
    /// No dim text.
    pub accessible: bool,
}

/// How each role is painted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Theme {
    /// As it was written.
    written: Paints,
    /// The same in the nearest of 256 colors, found once.
    nearest: Paints,
}

/// A background and the roles that are named.
#[derive(Debug, Clone, Default, PartialEq)]
struct Paints {
    /// Behind everything; nothing: the terminal's own, and its colors for the roles
    /// that are not named.
    background: Option<Color>,
    roles: Vec<(Role, Style)>,
}

impl From<Paints> for Theme {
    fn from(written: Paints) -> Self {
        let near = |color: Option<Color>| color.map(Color::to_256);
        let roles = written.roles.iter().map(|(role, style)| {
            (*role, Style { fg: near(style.fg), bg: near(style.bg), ..*style })
        });
        let nearest = Paints { background: near(written.background), roles: roles.collect() };
        Self { written, nearest }
    }
}

impl Theme {
    /// The names of the themes that need no file, in the order of choosing.
    pub fn names() -> impl Iterator<Item = &'static str> {
        std::iter::once(TERMINAL).chain(BUILT_IN.iter().map(|(name, _)| *name))
    }

    /// A theme by name: from the reader's own file where there is one, else a built-in
    /// one. An unknown name gives `terminal` and a warning.
    pub fn named(name: &str, user_file: Option<&str>) -> (Self, Vec<Warning>) {
        let built_in = BUILT_IN.iter().find(|(built_in, _)| *built_in == name);
        if let Some(text) = user_file.or(built_in.map(|(_, text)| *text)) {
            let (paints, warnings) = file::parse(text);
            return (paints.into(), warnings);
        }
        if name == TERMINAL {
            return (Self::default(), Vec::new());
        }
        let hint = nearest::hint(name, Self::names());
        (Self::default(), vec![Warning::new(format!("there is no theme {name:?}{hint}"))])
    }

    /// How to paint a role on this display.
    pub fn style(&self, role: Role, display: Display) -> Style {
        let paints = self.paints(display.depth);
        let own = |role: Role| {
            let (_, style) = paints?.roles.iter().find(|(named, _)| *named == role)?;
            Some(*style)
        };
        // Without a background of its own a theme lies over the terminal's.
        let over = paints.is_none_or(|paints| paints.background.is_none());
        let lent = |role: Role| over.then(|| terminal::style(role, display)).flatten();
        let paint = role.chain().find_map(|role| own(role).or_else(|| lent(role)));
        let style = paint.unwrap_or_default().under(role.attributes());
        let style = Style { dim: style.dim && !display.accessible, ..style };
        if display.depth == ColorDepth::None { style.plain() } else { style }
    }

    /// The color to put behind everything on this display, if any.
    pub fn background(&self, display: Display) -> Option<Color> {
        self.paints(display.depth)?.background
    }

    /// The colors to use at a depth; nothing where it has too few for this theme.
    fn paints(&self, depth: ColorDepth) -> Option<&Paints> {
        match depth {
            ColorDepth::None => None,
            ColorDepth::Ansi16 => self.written.fits_sixteen().then_some(&self.written),
            ColorDepth::Ansi256 => Some(&self.nearest),
            ColorDepth::True => Some(&self.written),
        }
    }
}

impl Paints {
    fn fits_sixteen(&self) -> bool {
        let colors = self.roles.iter().flat_map(|(_, style)| [style.fg, style.bg]);
        let mut colors = colors.chain([self.background]).flatten();
        colors.all(|color| color.needs() <= ColorDepth::Ansi16)
    }
}
