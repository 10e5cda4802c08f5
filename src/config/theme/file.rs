//! A theme's file: a palette, and what it paints.
//!
//! `[palette]` gives colors names. `bg` lies behind everything, and a name that is
//! also a role's paints that role. `[roles]` says more, by the name of a color or
//! with attributes: `caption = { fg = "dim", italic = true }`.

use super::{Color, Paints, Role, Style};
use crate::config::file::{Section, Value};
use crate::config::nearest;
use crate::warning::Warning;

const COLOR: &str = "#rrggbb, a number from 0 to 255, or a name such as red or bright-blue";

/// The theme of a file, and what was wrong in it.
pub(super) fn parse(text: &str) -> (Paints, Vec<Warning>) {
    let mut file = Section::parse(text);
    let mut palette = Palette::default();
    file.section("palette", |section| palette.read(section));
    let mut theme = Paints { background: palette.named("bg"), roles: Vec::new() };
    file.section("roles", |section| {
        for role in Role::ALL {
            let style = painted(section, role, &mut palette);
            let style = style.or_else(|| Some(foreground(palette.named(role.name())?)));
            theme.roles.extend(style.map(|style| (role, style)));
        }
    });
    for Named { name, line, .. } in palette.0.iter().filter(|named| !named.used) {
        let hint = nearest::hint(name, Role::ALL.map(Role::name));
        file.warn(*line, format!("nothing uses the color {name:?}{hint}"));
    }
    let (_, mut warnings) = file.finish();
    let readable = theme.roles.iter().any(|(role, _)| *role == Role::Text);
    if theme.background.is_some() && !readable {
        theme.background = None;
        let message =
            "a theme that has a \"bg\" must have a \"text\" to be read on it; bg does not count";
        warnings.push(Warning::new(message));
    }
    (theme, warnings)
}

/// What `[roles]` says of one: a color, or a table.
fn painted(section: &mut Section, role: Role, palette: &mut Palette) -> Option<Style> {
    let expected = format!("a color of [palette], or one as {COLOR}");
    let mut style = Style::default();
    if section.is_table(role.name()) {
        section.section(role.name(), |part| {
            part.set_with("fg", &mut style.fg, &expected, |value| palette.color(value).map(Some));
            part.set_with("bg", &mut style.bg, &expected, |value| palette.color(value).map(Some));
            part.set("bold", &mut style.bold);
            part.set("dim", &mut style.dim);
            part.set("italic", &mut style.italic);
            part.set("underline", &mut style.underline);
            part.set("crossed_out", &mut style.crossed_out);
            part.set("reverse", &mut style.reverse);
        });
    } else {
        section.set_with(role.name(), &mut style.fg, &expected, |value| {
            palette.color(value).map(Some)
        });
    }
    (style != Style::default()).then_some(style)
}

fn foreground(color: Color) -> Style {
    Style { fg: Some(color), ..Style::default() }
}

/// The colors of a file by name.
#[derive(Default)]
struct Palette(Vec<Named>);

struct Named {
    name: String,
    color: Color,
    line: usize,
    used: bool,
}

impl Palette {
    fn read(&mut self, section: &mut Section) {
        for entry in section.rest() {
            if let Some(color) = written(&entry.value) {
                let named = Named { name: entry.name, color, line: entry.line, used: false };
                self.0.push(named);
            } else {
                section.refuse(&entry, &format!("a color as {COLOR}"));
            }
        }
    }

    fn named(&mut self, name: &str) -> Option<Color> {
        let named = self.0.iter_mut().find(|named| named.name == name)?;
        named.used = true;
        Some(named.color)
    }

    /// A color by its name here, or written out.
    fn color(&mut self, value: &Value) -> Option<Color> {
        value.text().and_then(|name| self.named(name)).or_else(|| written(value))
    }
}

fn written(value: &Value) -> Option<Color> {
    if let Value::Number(number) = value {
        return u8::try_from(*number).ok().map(Color::Ansi);
    }
    value.text()?.parse().ok()
}
