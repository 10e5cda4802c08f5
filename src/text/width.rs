//! How many cells text takes, and how it is cut to fit.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// The cells that text takes in a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Text cut to `max` cells on a cluster boundary, with `…` where something was cut.
pub fn ellipsis(text: &str, max: usize) -> String {
    if width(text) <= max {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let cells = width(cluster);
        if used + cells + 1 > max {
            break;
        }
        used += cells;
        out.push_str(cluster);
    }
    if max > 0 {
        out.push('…');
    }
    out
}
