//! What a subcommand is asked to look at: a file, standard input, or an address.
//!
//! Reads it as an article. Says nothing of stories.

use std::io;
use std::path::Path;

use anyhow::Context as _;
use url::Url;

use super::{Common, Usage};
use crate::extract::{Extracted, Format, document};
use crate::library::file::{self, Document};
use crate::refresh::{self, visit};
use crate::runtime::settings::Settings;

/// The document at a path or an address, or on standard input for `-`.
pub(super) fn read(target: &str, common: &Common) -> anyhow::Result<Document> {
    if target == "-" {
        return Ok(file::read_stream(io::stdin().lock())?);
    }
    if is_address(target) {
        return fetch(target, common);
    }
    Ok(file::read(Path::new(target))?)
}

/// The document at an address, which the reader himself has named.
fn fetch(address: &str, common: &Common) -> anyhow::Result<Document> {
    let url = self::address(address)?;
    let settings = Settings::read(&common.paths()?.config);
    Ok(visit::fetch(&url, &refresh::Settings::of(&settings.config.fetch).net)?)
}

/// What was typed as an address.
pub(super) fn address(text: &str) -> Result<Url, Usage> {
    Url::parse(text)
        .map_err(|error| Usage(format!("{text} is no address ({error}); give one whole")))
}

/// The document of a target, read as an article.
pub(super) fn article(target: &str, common: &Common) -> anyhow::Result<(Format, Extracted)> {
    article_of(target, &read(target, common)?)
}

/// The same of a document that was read already.
pub(super) fn article_of(target: &str, found: &Document) -> anyhow::Result<(Format, Extracted)> {
    document(&found.bytes, &found.hints).with_context(|| name(target).to_owned())
}

pub(super) fn is_address(target: &str) -> bool {
    target.starts_with("http://") || target.starts_with("https://")
}

fn name(target: &str) -> &str {
    if target == "-" { "standard input" } else { target }
}
