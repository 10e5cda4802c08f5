//! One integration binary: what the program does, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "to clippy the helpers of tests are no tests, but they may panic all the same"
)]

mod articles;
mod cli;
mod config;
#[cfg(unix)]
mod disaster;
mod doctor;
mod feeds;
mod journal;
mod themes;

mod floors;
mod formats;
mod library;
mod lists;
mod net;
#[cfg(unix)]
mod output;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod reader;
mod readme;
mod refresh;
mod round_trip;
mod scripts;
mod show;
mod stories;
#[cfg(unix)]
mod subscribing;
mod subscriptions;
#[cfg(unix)]
mod terminal;
mod undo;
#[cfg(unix)]
mod visiting;
