//! The network: asks servers for documents, politely and within limits.
//!
//! One outside thing, HTTP. Nothing else in the program says HTTP, names an async crate or
//! opens a socket. What a document says is for the rooms that read documents; what is kept
//! of an answer is the refresh's business.
//!
//! Every limit stands in [`Limits`]. A document that names an address reaches no machine of
//! the reader's own network by it ([`address`]). Nothing is sent that tells who reads: no
//! cookies, no referrer, and a `User-Agent` that names the program alone.

pub mod freshness;
pub mod politeness;

mod address;
mod body;
mod client;
mod dial;
mod error;
mod exchange;
mod hosts;
mod names;
mod proxies;
mod run;
mod tls;
mod trip;
mod wire;

use std::time::Duration;

use url::Url;

use crate::feed::health::Validators;

pub use address::Private;
pub use body::Body;
pub use error::FetchError;
pub use proxies::Proxies;
pub use run::{Done, Net};

/// What an `Accept` header says where a feed is looked for.
const ACCEPT_FEED: &str = "application/rss+xml, application/atom+xml, application/feed+json, \
    application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, \
    text/html;q=0.5, */*;q=0.3";

/// What an `Accept` header says where a page is wanted.
const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.5";

/// Bytes of a feed, after decompression.
pub const MAX_FEED: usize = 32 << 20;

/// Bytes of a page, after decompression.
const MAX_PAGE: usize = 8 << 20;

/// How the client behaves, whatever it is asked for.
#[derive(Debug, Clone)]
pub struct Settings {
    pub private: Private,
    pub user_agent: String,
    pub limits: Limits,
    pub proxies: Proxies,
    /// Certificate authorities that are trusted besides the system's: DER.
    pub roots: Vec<Vec<u8>>,
}

impl Default for Settings {
    /// The defaults of every limit, the program's name, and no proxy.
    fn default() -> Self {
        Self {
            private: Private::default(),
            user_agent: format!("dateline/{} (news reader)", env!("CARGO_PKG_VERSION")),
            limits: Limits::default(),
            proxies: Proxies::default(),
            roots: Vec::new(),
        }
    }
}

/// Where patience ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection stands: the name is known, the server has taken it, TLS is agreed.
    pub connect: Duration,
    /// Without a byte, once it stands.
    pub idle: Duration,
    /// A request with all its redirects. Waiting for one's turn at a host does not count.
    pub total: Duration,
    /// Before the one second attempt after a connection that broke or an error of the server.
    pub retry: Duration,
    pub redirects: usize,
    /// Bytes of the head of an answer, with every interim answer before it.
    pub head: usize,
    /// Connections to one host at a time.
    pub per_host: usize,
    /// Connections at a time in all. Fewer where the system allows fewer open files.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(20),
            total: Duration::from_secs(60),
            retry: Duration::from_millis(400),
            redirects: 10,
            head: 64 << 10,
            per_host: 2,
            at_once: 500,
        }
    }
}

/// One thing to ask for.
#[derive(Debug, Clone)]
pub struct Request {
    /// `http` or `https`. A name and password in it are sent as credentials.
    pub url: Url,
    /// What the reader subscribed to, if it is he who asks: the very origin (scheme, host,
    /// port) of it may be a machine of his own network.
    pub origin: Option<Url>,
    /// What to ask "has it changed?" with, as [`freshness::current`] left it. It goes only to
    /// the address that it is of.
    pub validators: Validators,
    /// The reader's own headers; they and the credentials go to the origin of `url` alone.
    pub headers: Vec<(String, String)>,
    /// Name and password, sent as Basic.
    pub credentials: Option<(String, String)>,
    /// Instead of what the environment says: `http`, `socks5` or `socks5h`.
    pub proxy: Option<Url>,
    /// Bytes of the document, after decompression.
    pub limit: usize,
    pub accept: &'static str,
}

impl Request {
    /// For a feed that the reader subscribed to at `url`.
    pub fn feed(url: Url) -> Self {
        Self {
            origin: Some(url.clone()),
            url,
            validators: Validators::default(),
            headers: Vec::new(),
            credentials: None,
            proxy: None,
            limit: MAX_FEED,
            accept: ACCEPT_FEED,
        }
    }

    /// For an address that a document named.
    pub fn page(url: Url) -> Self {
        Self { origin: None, limit: MAX_PAGE, accept: ACCEPT_PAGE, ..Self::feed(url) }
    }
}

/// An answer that is not an error: 200 with a document, 304 or 204 without.
#[derive(Debug)]
pub struct Answer {
    /// Where it came from, after redirects; without credentials.
    pub url: Url,
    pub status: u16,
    pub headers: Headers,
    /// Where the permanent redirects (301, 308) lead that stand first in the chain: the
    /// address that the server wants to be asked from now on.
    pub permanent: Option<Url>,
    pub body: Body,
}

impl Answer {
    /// Whether the server said that nothing has changed.
    pub fn unchanged(&self) -> bool {
        self.status == 304 || self.status == 204
    }
}

/// The headers that somebody acts on, as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    pub etag: Option<Vec<u8>>,
    pub last_modified: Option<Vec<u8>>,
    pub content_type: Option<String>,
    pub cache_control: Option<String>,
    pub expires: Option<String>,
    pub age: Option<String>,
    pub date: Option<String>,
    pub retry_after: Option<String>,
}
