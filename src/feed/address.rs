//! Addresses as feeds write them.

use url::Url;

use super::entity;

/// Bytes of an address, and of one that others begin with: a short text must not become
/// long because a long address stands before it, thousands of times.
const MAX_ADDRESS: usize = 4096;
const MAX_BASE: usize = 512;

/// An address as written in a document, absolute.
pub(super) fn resolve(base: Option<&Url>, written: &str) -> Option<Url> {
    let written = entity::decode(written.trim());
    let written = written.trim();
    if written.is_empty() || written.len() > MAX_ADDRESS {
        return None;
    }
    match Url::parse(written) {
        Ok(url) => Some(url),
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            base.filter(|base| base.as_str().len() <= MAX_BASE)?.join(written).ok()
        }
        Err(_) => None,
    }
}

/// Schemes of addresses that a reader can open.
pub(super) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https" | "ftp" | "gemini" | "gopher")
}
