//! Text as a terminal must have it: safe, measured in cells, and told in human time.
//!
//! Knows nothing of articles, panes or colors.

pub mod address;
pub mod cut;
pub mod fold;
pub mod markup;
pub mod number;
pub mod sanitize;
pub mod seams;
pub mod system;
pub mod time;
pub mod width;
pub mod wrap;
