//! A news reader for the terminal.
//!
//! The rooms stand in floors, and a room imports only from floors below it:
//!
//! 1. values: [`text`], [`article`], [`story`], [`command`], [`warning`], [`query`]
//! 2. transforms: [`layout`], [`extract`], [`feed`], [`related`], [`reading`], [`config`], [`export`], [`import`]
//! 3. ports: [`library`], [`journal`], [`feeds`], [`net`]; and the machine: [`app`]
//! 4. face: [`ui`]; and what fetches: [`refresh`]
//! 5. rim: [`runtime`]
//! 6. doors: [`cli`], and `main`
//!
//! ARCHITECTURE.md is the map; `tests/it/floors.rs` keeps it true.

pub mod article;
pub mod command;
pub mod query;
pub mod story;
pub mod text;
pub mod warning;

pub mod config;
pub mod export;
pub mod extract;
pub mod feed;
pub mod import;
pub mod layout;
pub mod reading;
pub mod related;

pub mod app;
pub mod feeds;
pub mod journal;
pub mod library;
pub mod net;

pub mod refresh;

pub mod ui;

pub mod runtime;

pub mod cli;
