//! The rim: terminal, threads, signals, clock, programs. Everything impure that is no port.
//!
//! Decides nothing about stories: it turns what happens into messages, and carries
//! out the effects that the machine answers with.

pub mod paths;
