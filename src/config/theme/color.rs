//! `Color`: one of the terminal's own, or red, green and blue.

use std::str::FromStr;

/// How many colors a terminal has, from none to all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColorDepth {
    /// Attributes only, as `NO_COLOR` asks for.
    None,
    Ansi16,
    Ansi256,
    True,
}

/// A color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Color {
    /// By number: 0 to 15 are the reader's own palette, 16 to 255 xterm's cube and grays.
    Ansi(u8),
    Rgb(u8, u8, u8),
}

/// The names of the first sixteen, by number.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

impl Color {
    /// The fewest colors with which it can be shown as it is.
    pub fn needs(self) -> ColorDepth {
        match self {
            Self::Ansi(0..=15) => ColorDepth::Ansi16,
            Self::Ansi(16..) => ColorDepth::Ansi256,
            Self::Rgb(..) => ColorDepth::True,
        }
    }

    /// Red, green and blue, where they are the same in every terminal.
    pub fn rgb(self) -> Option<[u8; 3]> {
        match self {
            Self::Rgb(red, green, blue) => Some([red, green, blue]),
            Self::Ansi(number) => indexed(number),
        }
    }

    /// The nearest of the colors 16 to 255, by distance in CIELAB (CIE 1976).
    #[must_use]
    pub fn to_256(self) -> Self {
        let Self::Rgb(red, green, blue) = self else { return self };
        let wanted = lab([red, green, blue]);
        let distance = |number: &u8| {
            let other = indexed(*number).map_or([f32::MAX; 3], lab);
            wanted.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f32>()
        };
        (16..=255).min_by(|a, b| distance(a).total_cmp(&distance(b))).map_or(self, Self::Ansi)
    }
}

/// What xterm gives the colors 16 to 255: a cube of six levels a side, then 24 grays.
fn indexed(number: u8) -> Option<[u8; 3]> {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match number {
        0..=15 => None,
        16..=231 => {
            let cube = number - 16;
            Some([level(cube / 36), level(cube / 6 % 6), level(cube % 6)])
        }
        232.. => Some([8 + 10 * (number - 232); 3]),
    }
}

/// The light that an sRGB component stands for (IEC 61966-2-1), from 0 to 1.
pub(super) fn linear(component: u8) -> f32 {
    let value = f32::from(component) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// CIELAB of an sRGB color, under D65.
fn lab(rgb: [u8; 3]) -> [f32; 3] {
    let [red, green, blue] = rgb.map(linear);
    let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505;
    let y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089;
    let [x, y, z] = [x, y, z].map(|value| {
        if value > 216.0 / 24389.0 { value.cbrt() } else { (24389.0 / 27.0 * value + 16.0) / 116.0 }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The text is no color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a color is written #rrggbb, as a number from 0 to 255, or as a name such as red or bright-blue"
)]
pub struct BadColor;

impl FromStr for Color {
    type Err = BadColor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(hex) = text.strip_prefix('#') {
            if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(BadColor);
            }
            let number = u32::from_str_radix(hex, 16).map_err(|_| BadColor)?;
            let [_, red, green, blue] = number.to_be_bytes();
            return Ok(Self::Rgb(red, green, blue));
        }
        let named = (0..).zip(NAMES).find(|(_, name)| *name == text);
        match named {
            Some((number, _)) => Ok(Self::Ansi(number)),
            None => text.parse().map(Self::Ansi).map_err(|_| BadColor),
        }
    }
}
