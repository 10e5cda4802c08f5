//! The theme `terminal`: the reader's own sixteen colors, and attributes.
//!
//! It paints no background, and never uses 0, 7, 8 or 15: black and white vanish on
//! a ground of the same color, and 8 is that ground in some well-known palettes.

use super::{Background, Color, Display, Role, Style};

const RED: Color = Color::Ansi(1);
const YELLOW: Color = Color::Ansi(3);
const BLUE: Color = Color::Ansi(4);
const CYAN: Color = Color::Ansi(6);
const BRIGHT_BLUE: Color = Color::Ansi(12);

/// How a role is painted; nothing: as the role that it falls back on.
pub(super) fn style(role: Role, display: Display) -> Option<Style> {
    let colored = |fg| Some(Style { fg: Some(fg), ..Style::default() });
    match role {
        Role::Text => Some(Style::default()),
        Role::Dim => Some(Style { dim: true, ..Style::default() }),
        Role::Accent => match display.background {
            Background::Light => colored(BLUE),
            Background::Dark => colored(BRIGHT_BLUE),
            // Either blue is unreadable on the other's ground.
            Background::Unknown => None,
        },
        Role::Star => colored(YELLOW),
        Role::Error => colored(RED),
        Role::Code => colored(CYAN),
        Role::Link
        | Role::Headline
        | Role::Standfirst
        | Role::Heading
        | Role::Unread
        | Role::QuoteBar
        | Role::Caption
        | Role::Selected
        | Role::Match
        | Role::CurrentMatch
        | Role::LinkLabel
        | Role::Rule
        | Role::Title
        | Role::Popup => None,
    }
}
