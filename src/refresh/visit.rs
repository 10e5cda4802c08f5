//! Looking at an address without subscribing to it: a page, a text, the entries of a feed.
//!
//! It is asked for once, as the reader's own wish, and nothing is stored.

use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use super::document;
use crate::config::subscriptions::key_of;
use crate::feed::{self, Kind, NotAFeed};
use crate::library::file::Document;
use crate::library::store::Arrival;
use crate::net::{self, FetchError, MAX_FEED, Net, Request};
use crate::story::Source;
use crate::text::address::with_credentials_of;
use crate::text::sanitize::SafeText;

/// What there is at an address.
#[derive(Debug)]
pub enum Visit {
    /// A page or a text.
    Page(Document),
    Feed {
        /// Where it is to be had from now on.
        url: Url,
        source: Arc<Source>,
        arrivals: Vec<Arrival>,
    },
}

/// There is nothing at an address that can be read. A sentence.
#[derive(Debug, thiserror::Error)]
pub enum VisitError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    NotAFeed(#[from] NotAFeed),
    #[error("this is a list of feeds: save it to a file, and import takes them along")]
    List,
}

/// Fetches the document at an address that the reader himself has named.
pub fn fetch(url: &Url, settings: &net::Settings) -> Result<Document, FetchError> {
    Ok(ask(url, settings)?.0)
}

/// The document, and where a permanent redirect leads.
fn ask(url: &Url, settings: &net::Settings) -> Result<(Document, Option<Url>), FetchError> {
    let origin = Some(url.clone());
    let request = Request { origin, limit: MAX_FEED, ..Request::page(url.clone()) };
    let answer = Net::new(settings.clone())?.fetch(&request)?;
    let mut found = Document { bytes: answer.body.decode(MAX_FEED)?, ..Document::default() };
    found.hints.url = Some(answer.url);
    found.hints.content_type = answer.headers.content_type;
    Ok((found, answer.permanent))
}

/// Fetches what is at an address, and reads it if it is a feed.
pub fn visit(url: &Url, settings: &net::Settings, now: Timestamp) -> Result<Visit, VisitError> {
    let (found, permanent) = ask(url, settings)?;
    match feed::kind(&found.bytes, &found.hints) {
        Kind::Other => return Ok(Visit::Page(found)),
        Kind::Opml => return Err(VisitError::List),
        Kind::Feed => {}
    }
    let permanent = permanent.map(|permanent| with_credentials_of(permanent, url));
    let url = permanent.unwrap_or_else(|| url.clone());
    let key = key_of(&url);
    let document = document::read(&key, &found.bytes, &found.hints, now)?;
    let host = SafeText::title(url.host_str().unwrap_or_default());
    let name = Some(document.title).filter(|title| !title.is_empty()).unwrap_or(host);
    Ok(Visit::Feed { url, source: Arc::new(Source { key, name }), arrivals: document.arrivals })
}
