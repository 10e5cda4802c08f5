//! `Trip`: one request, with its redirects and its second attempts.

use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use tokio::time::{Instant, sleep, timeout};
use url::Url;

use super::address::{is_private_host, same_origin};
use super::body::{Body, codings};
use super::client::Client;
use super::error::{FetchError, host, too_slow};
use super::exchange::{Exchange, Reply};
use super::hosts::Seat;
use super::wire::REPLACED;
use super::{Answer, Headers, Request};
use crate::text::address::without_passwords;
use crate::text::sanitize::SafeText;

/// Fetches one thing: the answer, and how long it took since it was its turn.
pub(super) async fn fetch(
    client: &Client,
    request: &Request,
) -> (Result<Answer, FetchError>, Duration) {
    let mut trip = Trip::new(client, request);
    let result = trip.travel().await;
    (result, trip.spent)
}

/// A request on its way through redirects.
struct Trip<'a> {
    client: &'a Client,
    request: &'a Request,
    /// Where it is now; without fragment and credentials.
    url: Url,
    /// Where it began.
    start: Url,
    credentials: Option<(String, String)>,
    /// It has never left the origin that it began at.
    at_home: bool,
    visited: Vec<Url>,
    permanent: Option<Url>,
    only_permanent: bool,
    spent: Duration,
    second: Second,
}

/// The second attempts that were made: one for each reason.
#[derive(Default)]
struct Second {
    broken: bool,
    erred: bool,
}

impl<'a> Trip<'a> {
    fn new(client: &'a Client, request: &'a Request) -> Self {
        let mut url = request.url.clone();
        let credentials = request.credentials.clone().or_else(|| credentials_of(&url));
        strip(&mut url);
        Self {
            client,
            request,
            start: url.clone(),
            url,
            credentials,
            at_home: true,
            visited: Vec::new(),
            permanent: None,
            only_permanent: true,
            spent: Duration::ZERO,
            second: Second::default(),
        }
    }

    async fn travel(&mut self) -> Result<Answer, FetchError> {
        let mut seat: Option<Seat> = None;
        loop {
            self.check()?;
            let here = match seat.take() {
                Some(seat) if seat.is_at(&self.url) => seat,
                other => {
                    drop(other); // Never wait for one server while holding up another.
                    self.client.hosts.seat(&self.url).await
                }
            };
            self.client.hosts.check(&self.url)?; // It may have asked for peace meanwhile.
            let reply = self.attempts(&here).await?;
            seat = Some(here);
            let status = reply.status.as_u16();
            let retry_after = text(&reply.headers, &header::RETRY_AFTER);
            self.client.hosts.note(&self.url, status, retry_after.as_deref());
            match status {
                301 | 302 | 303 | 307 | 308 => self.follow(&reply)?,
                _ => return self.arrive(reply, retry_after),
            }
        }
    }

    /// Whether the address may be asked for at all.
    fn check(&self) -> Result<(), FetchError> {
        if !matches!(self.url.scheme(), "http" | "https") || self.url.host().is_none() {
            return Err(FetchError::NotHttp(SafeText::title(self.url.as_str())));
        }
        if !self.open() && is_private_host(&self.url) {
            return Err(FetchError::Private(host(&self.url)));
        }
        self.client.hosts.check(&self.url)
    }

    /// Whether the current address may be one of a private network.
    fn open(&self) -> bool {
        self.client.settings.private.allows(&self.url, self.request.origin.as_ref())
    }

    /// One server, and once more after a broken connection and after an error of its own.
    async fn attempts(&mut self, seat: &Seat<'_>) -> Result<Reply, FetchError> {
        let limits = &self.client.settings.limits;
        loop {
            let started = Instant::now();
            let left = limits.total.saturating_sub(self.spent);
            let exchange = Exchange {
                client: self.client,
                request: self.request,
                url: &self.url,
                start: &self.start,
                open: self.open(),
                at_home: self.at_home,
                credentials: self.credentials.as_ref(),
            };
            let result = timeout(left, exchange.run(seat)).await;
            self.spent += started.elapsed();
            match result {
                Err(_) => return Err(too_slow(&self.url, "the whole answer", limits.total)),
                Ok(Err(failure)) if failure.again && !self.second.broken => {
                    self.second.broken = true;
                }
                Ok(Err(failure)) => return Err(failure.error),
                Ok(Ok(reply)) if !self.second.erred && is_passing(reply.status) => {
                    self.second.erred = true;
                }
                Ok(Ok(reply)) => return Ok(reply),
            }
            sleep(limits.retry).await;
            self.spent += limits.retry;
        }
    }

    /// Goes on to where a redirect leads.
    fn follow(&mut self, reply: &Reply) -> Result<(), FetchError> {
        let status = reply.status.as_u16();
        let location = reply.headers.get(header::LOCATION);
        let location = location.ok_or(FetchError::NowhereTo(status))?;
        let clean = !location.as_bytes().contains(&REPLACED);
        let location = String::from_utf8_lossy(location.as_bytes()).into_owned();
        let next = self.url.join(location.trim()).ok().filter(|_| clean);
        let mut next = next
            .ok_or_else(|| FetchError::NotHttp(SafeText::title(&without_passwords(&location))))?;
        strip(&mut next);
        self.visited.push(self.url.clone());
        if self.visited.contains(&next) {
            return Err(FetchError::Circle(host(&next)));
        }
        let most = self.client.settings.limits.redirects;
        if self.visited.len() > most {
            return Err(FetchError::TooManyRedirects(most));
        }
        self.at_home &= same_origin(&self.url, &next);
        self.only_permanent &= matches!(status, 301 | 308);
        if self.only_permanent {
            self.permanent = Some(next.clone());
        }
        self.url = next;
        Ok(())
    }

    /// Makes an answer or an error of what the last server said.
    fn arrive(&self, reply: Reply, retry_after: Option<String>) -> Result<Answer, FetchError> {
        let status = reply.status.as_u16();
        match status {
            200 | 203 | 204 => {}
            304 if reply.conditional => {}
            304 => return Err(FetchError::NotAsked { host: host(&self.url) }),
            _ => return Err(FetchError::Status { host: host(&self.url), status, retry_after }),
        }
        let bytes = |name| reply.headers.get(name).map(|value| value.as_bytes().to_vec());
        let headers = Headers {
            etag: bytes(header::ETAG),
            last_modified: bytes(header::LAST_MODIFIED),
            content_type: text(&reply.headers, &header::CONTENT_TYPE),
            cache_control: text(&reply.headers, &header::CACHE_CONTROL),
            expires: text(&reply.headers, &header::EXPIRES),
            age: text(&reply.headers, &header::AGE),
            date: text(&reply.headers, &header::DATE),
            retry_after,
        };
        let encodings = reply.headers.get_all(header::CONTENT_ENCODING);
        let body = match status {
            200 | 203 => Body {
                bytes: reply.bytes,
                codings: codings(encodings.iter().map(HeaderValue::as_bytes)),
            },
            _ => Body::default(),
        };
        Ok(Answer {
            url: self.url.clone(),
            status,
            headers,
            permanent: self.permanent.clone(),
            body,
        })
    }
}

/// Whether an error of a server is of the kind that may be over a moment later. What asks for
/// peace (429, 503) is not.
fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 500 | 502 | 504)
}

/// A header as text; bytes beyond ASCII are taken as UTF-8 or replaced.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    Some(String::from_utf8_lossy(headers.get(name)?.as_bytes()).into_owned())
}

/// Name and password of an address.
fn credentials_of(url: &Url) -> Option<(String, String)> {
    let password = url.password().unwrap_or_default();
    let some = !url.username().is_empty() || !password.is_empty();
    some.then(|| (percent_decoded(url.username()), percent_decoded(password)))
}

/// Text with its `%41` as characters.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| *first == b'%');
        let byte = escape
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Takes off what is not sent: fragment and credentials.
fn strip(url: &mut Url) {
    url.set_fragment(None);
    // These fail only for addresses without a host, which have none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}
