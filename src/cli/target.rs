//! What a subcommand is asked to look at: a file or standard input.
//!
//! Reads it as an article. Says nothing of stories and of addresses yet to be fetched.

use std::io;
use std::path::Path;

use anyhow::Context as _;
use url::Url;

use super::Usage;
use crate::extract::{Extracted, Format, document};
use crate::library::file::{self, Document};

/// The sentence about an address.
pub(super) const NOT_FETCHED: &str =
    "pages are not fetched from the web yet; save the page and give its path";

/// The document at a path, or on standard input for `-`.
pub(super) fn read(target: &str) -> anyhow::Result<Document> {
    if target == "-" {
        return Ok(file::read_stream(io::stdin().lock())?);
    }
    if is_address(target) {
        return Err(Usage(NOT_FETCHED.to_owned()).into());
    }
    Ok(file::read(Path::new(target))?)
}

/// The document of a target, read as an article; `url` says where a page came from.
pub(super) fn article(
    target: &str,
    url: Option<&Url>,
    content_type: Option<&str>,
) -> anyhow::Result<(Format, Extracted)> {
    article_of(target, read(target)?, url, content_type)
}

/// The same of a document that was read already.
pub(super) fn article_of(
    target: &str,
    mut found: Document,
    url: Option<&Url>,
    content_type: Option<&str>,
) -> anyhow::Result<(Format, Extracted)> {
    if url.is_some() {
        found.hints.url = url.cloned();
    }
    found.hints.content_type = content_type.map(str::to_owned);
    document(&found.bytes, &found.hints).with_context(|| name(target).to_owned())
}

pub(super) fn is_address(target: &str) -> bool {
    target.starts_with("http://") || target.starts_with("https://")
}

fn name(target: &str) -> &str {
    if target == "-" { "standard input" } else { target }
}
