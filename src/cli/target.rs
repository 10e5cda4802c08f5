//! What a subcommand is asked to look at: a file, standard input, or an address.
//!
//! Reads it as an article. Says nothing of stories.

use std::borrow::Cow;
use std::ffi::OsStr;
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
pub(super) fn read(target: &OsStr, common: &Common) -> anyhow::Result<Document> {
    if target == "-" {
        return Ok(file::read_stream(io::stdin().lock())?);
    }
    if let Some(address) = as_address(target) {
        return fetch(address, common);
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
pub(super) fn article(target: &OsStr, common: &Common) -> anyhow::Result<(Format, Extracted)> {
    article_of(target, &read(target, common)?)
}

/// The same of a document that was read already.
pub(super) fn article_of(target: &OsStr, found: &Document) -> anyhow::Result<(Format, Extracted)> {
    document(&found.bytes, &found.hints).with_context(|| name(target).into_owned())
}

/// A target that is an address.
pub(super) fn as_address(target: &OsStr) -> Option<&str> {
    let is_address = |text: &&str| text.starts_with("http://") || text.starts_with("https://");
    target.to_str().filter(is_address)
}

fn name(target: &OsStr) -> Cow<'_, str> {
    if target == "-" { "standard input".into() } else { target.to_string_lossy() }
}
