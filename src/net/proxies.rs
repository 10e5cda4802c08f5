//! `Proxies`: which proxy leads to which server.
#![expect(clippy::disallowed_methods, reason = "a port: the variables of proxies are read here")]

use hyper::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use url::Url;

use super::FetchError;
use crate::text::sanitize::SafeText;

/// Proxies as the environment names them: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and
/// `NO_PROXY`, in small or large letters. None by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    pub http: String,
    pub https: String,
    pub all: String,
    /// Hosts that are reached without one, between commas.
    pub no: String,
}

impl Proxies {
    /// What the variables say, which `get` looks up.
    pub fn of(get: impl Fn(&str) -> Option<String>) -> Self {
        let get =
            |name: &str| get(&name.to_ascii_lowercase()).or_else(|| get(name)).unwrap_or_default();
        Self {
            http: get("HTTP_PROXY"),
            https: get("HTTPS_PROXY"),
            all: get("ALL_PROXY"),
            no: get("NO_PROXY"),
        }
    }

    /// What the environment of this program says.
    pub fn from_environment() -> Self {
        Self::of(|name| std::env::var(name).ok())
    }

    pub(super) fn matcher(&self) -> Matcher {
        Matcher::builder()
            .http(self.http.as_str())
            .https(self.https.as_str())
            .all(self.all.as_str())
            .no(self.no.as_str())
            .build()
    }
}

/// The one proxy that a feed names for itself.
pub(super) fn of_feed(proxy: &Url, target: &Uri) -> Result<Intercept, FetchError> {
    Matcher::builder()
        .all(proxy.as_str())
        .build()
        .intercept(target)
        .ok_or_else(|| FetchError::BadProxy(shown(proxy.as_str())))
}

/// A proxy in a sentence: without name and password.
pub(super) fn shown(proxy: &str) -> SafeText {
    let url = Url::parse(proxy).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or("the proxy's address");
    SafeText::line(host)
}
