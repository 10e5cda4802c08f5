//! `Dialer`: connections to servers. Here the private-address rule meets the addresses that
//! names resolve to: what is checked is what is dialled (see `names.rs`).

use std::error::Error;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Uri;
use hyper::rt::{Read, Write};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use tower_service::Service;
use url::{Host, Url};

use super::error::{FetchError, LOOKING_UP, host, too_slow};
use super::names::{NameError, Names};
use super::proxies;
use super::tls::Tls;
use crate::text::sanitize::SafeText;
use crate::text::system::reason;

/// A connection of any kind.
pub(super) trait Stream: Read + Write + Unpin + Send {}

impl<S: Read + Write + Unpin + Send> Stream for S {}

/// Makes connections.
#[derive(Debug)]
pub(super) struct Dialer {
    names: Arc<Names>,
    /// To any address.
    open: HttpConnector<Resolver>,
    /// To public addresses alone.
    guarded: HttpConnector<Resolver>,
    tls: Tls,
}

impl Dialer {
    /// `patience`: for all addresses of a name together.
    pub(super) fn new(tls: Tls, patience: Duration) -> Self {
        let names = Arc::new(Names::new(patience));
        let connector = |guarded| {
            let names = Arc::clone(&names);
            let mut connector = HttpConnector::new_with_resolver(Resolver { names, guarded });
            connector.enforce_http(false);
            connector.set_nodelay(true);
            connector.set_connect_timeout(Some(patience));
            connector
        };
        Self { open: connector(false), guarded: connector(true), names, tls }
    }

    /// Looks up the name of a server that is dialled by number, so that the time to connect
    /// is not spent in the queue of those who look names up.
    pub(super) async fn look_up(
        &self,
        url: &Url,
        proxy: Option<&Intercept>,
    ) -> Result<(), FetchError> {
        let by_number = proxy.is_none_or(|proxy| proxy.uri().scheme_str() == Some("socks5"));
        if let (Some(Host::Domain(name)), true) = (url.host(), by_number) {
            self.names.all(name).await.map_err(|error| name_failure(url, &error))?;
        }
        Ok(())
    }

    /// Connects to the server of `url`, through `proxy` if there is one. Unless `open`, no
    /// private address is dialled: a number was judged before ([`address::is_private_host`]),
    /// a name is judged here. What an HTTP proxy or `socks5h` dials for a name, only the proxy
    /// knows.
    pub(super) async fn dial(
        &self,
        url: &Url,
        open: bool,
        proxy: Option<&Intercept>,
    ) -> Result<Box<dyn Stream>, FetchError> {
        let target = target(url)?;
        let stream: Box<dyn Stream> = match proxy {
            None => {
                let mut connector = if open { self.open.clone() } else { self.guarded.clone() };
                Box::new(connector.call(target).await.map_err(|error| failure(url, &error))?)
            }
            Some(proxy) => self.dial_proxy(url, target, open, proxy).await?,
        };
        if url.scheme() == "https" {
            let stream = self.tls.secure(url, stream).await?;
            return Ok(Box::new(TokioIo::new(stream)));
        }
        Ok(stream)
    }

    async fn dial_proxy(
        &self,
        url: &Url,
        target: Uri,
        open: bool,
        proxy: &Intercept,
    ) -> Result<Box<dyn Stream>, FetchError> {
        let way = proxy.uri().clone();
        let told = |error: &(dyn Error + 'static)| FetchError::Proxy {
            host: proxies::shown(&way.to_string()),
            reason: SafeText::line(&error.to_string()),
        };
        // The reader chose the proxy, wherever it is.
        let mut connector = self.open.clone();
        match way.scheme_str() {
            Some("http") if url.scheme() == "http" => {
                Ok(Box::new(connector.call(way.clone()).await.map_err(|error| told(&error))?))
            }
            Some("http") => {
                let mut tunnel = Tunnel::new(way.clone(), connector);
                if let Some(auth) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(auth.clone());
                }
                Ok(Box::new(tunnel.call(target).await.map_err(|error| told(&error))?))
            }
            Some(scheme @ ("socks5" | "socks5h")) => {
                let by_number = scheme == "socks5";
                let target = if by_number { self.by_number(url, open).await? } else { target };
                let mut socks = SocksV5::new(way.clone(), connector);
                if let Some((name, password)) = proxy.raw_auth() {
                    socks = socks.with_auth(name.to_owned(), password.to_owned());
                }
                Ok(Box::new(socks.call(target).await.map_err(|error| told(&error))?))
            }
            Some(_) | None => Err(FetchError::BadProxy(proxies::shown(&way.to_string()))),
        }
    }

    /// The address of a server as a number, for a proxy that is not to look names up.
    async fn by_number(&self, url: &Url, open: bool) -> Result<Uri, FetchError> {
        let Some(Host::Domain(name)) = url.host() else { return target(url) };
        let found = self.names.allowed(name, !open).await;
        let found = found.map_err(|error| name_failure(url, &error))?;
        let first = found.first().ok_or_else(|| FetchError::UnknownHost(host(url)))?;
        let port = url.port_or_known_default().unwrap_or_default();
        let number = SocketAddr::new(first.ip(), port);
        format!("{}://{number}/", url.scheme())
            .parse()
            .map_err(|_| FetchError::NotHttp(SafeText::line(url.as_str())))
    }
}

/// Scheme, host and port of an address.
pub(super) fn target(url: &Url) -> Result<Uri, FetchError> {
    let unusable = || FetchError::NotHttp(SafeText::line(url.as_str()));
    let host = url.host_str().ok_or_else(unusable)?;
    let port = url.port_or_known_default().ok_or_else(unusable)?;
    format!("{}://{host}:{port}/", url.scheme()).parse().map_err(|_| unusable())
}

/// What looks names up for a connection.
#[derive(Debug, Clone)]
struct Resolver {
    names: Arc<Names>,
    guarded: bool,
}

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = NameError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, NameError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), NameError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let Self { names, guarded } = self.clone();
        Box::pin(async move { Ok(names.allowed(name.as_str(), guarded).await?.into_iter()) })
    }
}

fn name_failure(url: &Url, error: &NameError) -> FetchError {
    match error {
        NameError::Private => FetchError::Private(host(url)),
        NameError::Unknown => FetchError::UnknownHost(host(url)),
        NameError::TooSlow(limit) => too_slow(url, LOOKING_UP, *limit),
    }
}

/// Why no connection came about.
fn failure(url: &Url, error: &(dyn Error + 'static)) -> FetchError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<NameError>() {
            return name_failure(url, error);
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            // EMFILE and ENFILE: it is this machine that has no room.
            if let Some(23 | 24) = error.raw_os_error() {
                return FetchError::Machine(SafeText::line(&reason(error)));
            }
            return match error.kind() {
                io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::NetworkDown => FetchError::NoRoute(host(url)),
                _ => FetchError::Unreachable(host(url)),
            };
        }
        cause = error.source();
    }
    FetchError::Unreachable(host(url))
}
