//! Where stories come from and where they are kept.

pub mod file;
