//! Which stories belong together, decided from what they say. Pure: no index, no files.

pub mod address;
mod terms;
pub mod titles;
