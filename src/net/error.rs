//! `FetchError`: why a document did not come, as a sentence for a reader of news.

use std::time::Duration;

use url::Url;

use crate::text::sanitize::SafeText;

/// A document did not come, or not whole. Nothing that is stored is touched by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error(
        "No server is known by the name {0}: check the spelling, and whether this machine is online."
    )]
    UnknownHost(SafeText),
    #[error("{0} takes no connections: it may be down; try again later.")]
    Unreachable(SafeText),
    #[error("There is no way to {0} from here: check whether this machine is online.")]
    NoRoute(SafeText),
    #[error("The connection to {0} broke before the answer was complete; try again later.")]
    Broken(SafeText),
    #[error("{host} was too slow: {what} took more than {seconds} s; try again later.")]
    TooSlow { host: SafeText, what: &'static str, seconds: u64 },
    #[error("No secure connection to {host}: {reason}.")]
    Insecure { host: SafeText, reason: SafeText },
    #[error(
        "This machine has no certificates to check servers with: install its ca-certificates package."
    )]
    NoRoots,
    #[error(
        "{0} is an address of a private network, which a document may not name: if it is your own server, set private_addresses = \"allow\" under [fetch] in config.toml."
    )]
    Private(SafeText),
    #[error("{0} is no address that can be fetched: only http and https are.")]
    NotHttp(SafeText),
    #[error(
        "The redirects go on for more than {0} addresses: open the site and look for what you want there."
    )]
    TooManyRedirects(usize),
    #[error(
        "The redirects lead in a circle at {0}: open the site and look for what you want there."
    )]
    Circle(SafeText),
    #[error(
        "The server redirects (status {0}) without saying where to: open the site and look for what you want there."
    )]
    NowhereTo(u16),
    #[error("The answer of {host} is not HTTP that can be read ({reason}); try again later.")]
    Garbled { host: SafeText, reason: SafeText },
    #[error("The head of the answer of {0} is over the limit of 64 KiB; try again later.")]
    HeadTooLarge(SafeText),
    #[error("The document is larger than {} MiB, which is the limit.", .0.div_ceil(1 << 20))]
    TooLarge(usize),
    #[error("The document cannot be unpacked: {0}.")]
    Packed(SafeText),
    #[error("{host} answered with status {status} ({}).", meaning(*.status))]
    Status {
        host: SafeText,
        status: u16,
        /// The `Retry-After` header, as it came.
        retry_after: Option<String>,
    },
    #[error("{host} said \"unchanged\" (status 304) without having been asked; try again later.")]
    NotAsked { host: SafeText },
    #[error("{domain} asked for fewer requests (status {status}): its other feeds wait too.")]
    Held {
        /// The registrable domain.
        domain: SafeText,
        status: u16,
        retry_after: Option<String>,
    },
    #[error("The header {0} cannot be sent: correct it in feeds.toml.")]
    BadHeader(SafeText),
    #[error("{0} is no proxy that can be used: http, socks5 and socks5h are.")]
    BadProxy(SafeText),
    #[error(
        "The proxy {host} does not connect ({reason}): check it in feeds.toml or in the environment."
    )]
    Proxy { host: SafeText, reason: SafeText },
    #[error("No connections can be made on this machine ({0}): close some programs and try again.")]
    Machine(SafeText),
}

impl FetchError {
    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } | Self::NowhereTo(status) => Some(*status),
            Self::NotAsked { .. } => Some(304),
            Self::UnknownHost(_)
            | Self::Unreachable(_)
            | Self::NoRoute(_)
            | Self::Broken(_)
            | Self::TooSlow { .. }
            | Self::Insecure { .. }
            | Self::NoRoots
            | Self::Private(_)
            | Self::NotHttp(_)
            | Self::TooManyRedirects(_)
            | Self::Circle(_)
            | Self::Garbled { .. }
            | Self::HeadTooLarge(_)
            | Self::TooLarge(_)
            | Self::Packed(_)
            | Self::Held { .. }
            | Self::BadHeader(_)
            | Self::BadProxy(_)
            | Self::Proxy { .. }
            | Self::Machine(_) => None,
        }
    }

    /// The `Retry-After` header of the answer, for [`super::politeness::retry_after`].
    pub fn retry_after(&self) -> Option<&str> {
        let (Self::Status { retry_after, .. } | Self::Held { retry_after, .. }) = self else {
            return None;
        };
        retry_after.as_deref()
    }

    /// Whether a server was reached, if only to be refused by it; none where the error says
    /// nothing about that.
    pub fn reached(&self) -> Option<bool> {
        match self {
            Self::UnknownHost(_) | Self::NoRoute(_) => Some(false),
            Self::TooSlow { what, .. } => Some(![LOOKING_UP, CONNECTING].contains(what)),
            Self::NoRoots
            | Self::Private(_)
            | Self::NotHttp(_)
            | Self::BadHeader(_)
            | Self::BadProxy(_)
            | Self::Proxy { .. }
            | Self::Machine(_) => None,
            Self::Unreachable(_)
            | Self::Broken(_)
            | Self::Insecure { .. }
            | Self::TooManyRedirects(_)
            | Self::Circle(_)
            | Self::NowhereTo(_)
            | Self::Garbled { .. }
            | Self::HeadTooLarge(_)
            | Self::TooLarge(_)
            | Self::Packed(_)
            | Self::Status { .. }
            | Self::NotAsked { .. }
            | Self::Held { .. } => Some(true),
        }
    }

    /// Whether the request was never sent, because its domain had asked for peace.
    pub fn is_held(&self) -> bool {
        matches!(self, Self::Held { .. })
    }
}

/// What can take too long before there is a connection.
pub(super) const LOOKING_UP: &str = "looking its name up";
pub(super) const CONNECTING: &str = "connecting";

/// What an error calls a server by: host, and port if it is none of the usual.
pub(super) fn host(url: &Url) -> SafeText {
    let host = url.host_str().unwrap_or("The server");
    match url.port() {
        Some(port) => SafeText::line(&format!("{host}:{port}")),
        None => SafeText::line(host),
    }
}

/// Patience has ended with `what`.
pub(super) fn too_slow(url: &Url, what: &'static str, limit: Duration) -> FetchError {
    FetchError::TooSlow { host: host(url), what, seconds: limit.as_secs() }
}

/// What a status means for somebody who reads news.
fn meaning(status: u16) -> &'static str {
    match status {
        400 => "it does not understand the address: check it",
        401 => "it wants a name and a password: set username and password_command in feeds.toml",
        402 => "it wants to be paid for",
        403 => "it refuses to give the document",
        404 => "there is nothing at this address: check whether it has changed",
        407 => "the proxy wants a name and a password",
        408 | 504 => "something behind it was too slow; try again later",
        410 => "what was at this address is gone for good",
        429 => "it was asked too often; it is left in peace for a while",
        451 => "it is not allowed to give the document",
        503 => "it is overloaded or being repaired; try again later",
        206 => "a part of the document that was not asked for",
        500..=599 => "something is wrong with the server; try again later",
        300..=399 => "a redirect of no use",
        _ => "no document",
    }
}
