//! The machine: the whole state, and how a message changes it.
//!
//! Pure. No terminal, no file, no clock, no thread: time comes with each message,
//! and what is wanted of the world leaves as effects.

pub mod geometry;
