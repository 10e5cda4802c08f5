//! A theme's file: a palette, and what it paints.
//!
//! `[palette]` gives colors names. `bg` lies behind everything, and a name that is
//! also a role's paints that role. `[roles]` says more, by the name of a color or
//! with attributes: `caption = { fg = "dim", italic = true }`.

use super::{Color, Role, Style, Theme};
use crate::config::file::{Entry, Section, Setting, Value};
use crate::config::nearest;
use crate::warning::Warning;

/// The theme of a file, and what was wrong in it.
pub(super) fn parse(text: &str) -> (Theme, Vec<Warning>) {
    let mut file = Section::parse(text);
    let mut palette = Vec::new();
    file.section("palette", |section| palette = colors(section));
    let mut theme = Theme::default();
    let mut used = Vec::new();
    file.section("roles", |section| {
        for entry in section.rest() {
            match painted(&entry, &palette, &mut used) {
                Ok(painted) => theme.roles.push(painted),
                Err(message) => section.warn(entry.line, message),
            }
        }
    });
    for (name, color, line) in palette {
        let role = Role::ALL.into_iter().find(|role| role.name() == name);
        if name == "bg" {
            theme.background = Some(color);
        } else if let Some(role) = role {
            if !theme.roles.iter().any(|(painted, _)| *painted == role) {
                theme.roles.push((role, Style { fg: Some(color), ..Style::default() }));
            }
        } else if !used.contains(&name) {
            let hint = nearest::hint(&name, Role::ALL.map(Role::name));
            file.warn(line, format!("nothing uses the color {name:?}{hint}"));
        }
    }
    (theme, file.finish().1)
}

fn colors(section: &mut Section) -> Vec<(String, Color, usize)> {
    let mut palette = Vec::new();
    for entry in section.rest() {
        if let Some(color) = Color::read(&entry.value) {
            palette.push((entry.name, color, entry.line));
        } else {
            let message = format!("{:?} must be {}", entry.name, Color::expected());
            section.warn(entry.line, message);
        }
    }
    palette
}

type Palette = [(String, Color, usize)];

/// A row of `[roles]`: the name of a color, or a table.
fn painted(
    entry: &Entry,
    palette: &Palette,
    used: &mut Vec<String>,
) -> Result<(Role, Style), String> {
    let role = Role::ALL.into_iter().find(|role| role.name() == entry.name).ok_or_else(|| {
        let hint = nearest::hint(&entry.name, Role::ALL.map(Role::name));
        format!("there is no role {:?}{hint}", entry.name)
    })?;
    let mut style = Style::default();
    let Value::Table(fields) = &entry.value else {
        style.fg = Some(color(&entry.value, palette, used)?);
        return Ok((role, style));
    };
    for field in fields {
        let on = || bool::read(&field.value).ok_or(format!("{} must be true or false", field.name));
        match field.name.as_str() {
            "fg" => style.fg = Some(color(&field.value, palette, used)?),
            "bg" => style.bg = Some(color(&field.value, palette, used)?),
            "bold" => style.bold = on()?,
            "dim" => style.dim = on()?,
            "italic" => style.italic = on()?,
            "underline" => style.underline = on()?,
            "crossed_out" => style.crossed_out = on()?,
            "reverse" => style.reverse = on()?,
            name => {
                return Err(format!(
                    "{name:?} is no part of a style; there are fg, bg, bold, dim, italic, underline, crossed_out and reverse"
                ));
            }
        }
    }
    Ok((role, style))
}

/// A color by its name in the palette, or written out.
fn color(value: &Value, palette: &Palette, used: &mut Vec<String>) -> Result<Color, String> {
    if let Some((name, color, _)) =
        palette.iter().find(|(name, _, _)| value.text() == Some(name.as_str()))
    {
        used.push(name.clone());
        return Ok(*color);
    }
    Color::read(value).ok_or_else(|| format!("{} or by its name in [palette]", Color::expected()))
}

impl Setting for Color {
    fn read(value: &Value) -> Option<Self> {
        if let Value::Number(number) = value {
            return u8::try_from(*number).ok().map(Self::Ansi);
        }
        value.text()?.parse().ok()
    }

    fn expected() -> String {
        "a color, as #rrggbb, a number from 0 to 255, or a name such as red or bright-blue"
            .to_owned()
    }
}
