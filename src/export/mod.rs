//! What leaves the program: an article as JSON, for now.

pub mod json;
