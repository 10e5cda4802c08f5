//! What the reader set up: settings, keys, themes.

pub mod key;
