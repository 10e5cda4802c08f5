//! How well one color can be read on another, as WCAG 2.2 measures it.

use super::color::{Color, linear};

/// The relative luminance of a color, from 0 for black to 1 for white. Nothing for
/// the sixteen colors that every terminal has its own idea of.
pub fn luminance(color: Color) -> Option<f32> {
    let [red, green, blue] = color.rgb()?.map(linear);
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue)
}

/// The contrast ratio of two colors, from 1 to 21, whichever is the lighter.
pub fn ratio(one: Color, other: Color) -> Option<f32> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}
