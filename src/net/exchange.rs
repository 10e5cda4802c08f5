//! `Exchange`: one request to one server, and what it answers.

use std::error::Error;
use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Response, StatusCode, Uri};
use hyper_util::client::proxy::matcher::Intercept;
use tokio::time::timeout;
use url::Url;

use super::Request;
use super::client::Client;
use super::dial::target;
use super::error::{CONNECTING, FetchError, host, too_slow};
use super::hosts::{Line, Seat, Sender};
use super::proxies;
use super::wire::{CHUNK, HeadTooLarge, MAX_LINES, Wire};
use crate::text::sanitize::SafeText;

/// Content codings that are asked for; `deflate` is understood too, but half of the servers
/// that speak it mean something else by it.
const ACCEPT_ENCODING: HeaderValue = HeaderValue::from_static("gzip, br");

/// Bytes that are made room for before they come, whatever `Content-Length` promises.
const MAX_PROMISE: u64 = 1 << 20;

/// How long one document may hold up others that want to be read. Who has not come whole by
/// then is slow, and goes on beside them: that takes little memory.
const TURN: Duration = Duration::from_millis(250);

/// An attempt that failed, and whether another may help at once.
pub(super) struct Failure {
    pub(super) error: FetchError,
    pub(super) again: bool,
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        Self { error, again: false }
    }
}

/// What one server answered.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
    /// It was asked "has it changed?".
    pub(super) conditional: bool,
}

/// What is asked, of whom.
pub(super) struct Exchange<'a> {
    pub(super) client: &'a Client,
    pub(super) request: &'a Request,
    /// The server's address, without fragment and credentials.
    pub(super) url: &'a Url,
    /// The address at which the chain of redirects began.
    pub(super) start: &'a Url,
    /// It may end at a private address.
    pub(super) open: bool,
    /// The reader's own headers and credentials are for this server.
    pub(super) at_home: bool,
    pub(super) credentials: Option<&'a (String, String)>,
}

impl Exchange<'_> {
    /// Asks over a connection that stands, or over a new one.
    pub(super) async fn run(&self, seat: &Seat<'_>) -> Result<Reply, Failure> {
        let proxy = self.proxy()?;
        let line = Line {
            scheme: self.url.scheme().to_owned(),
            port: self.url.port(),
            open: self.open,
            proxy: proxy.as_ref().map(|proxy| proxy.uri().to_string()),
        };
        let (message, conditional) = self.message(proxy.as_ref())?;
        while let Some(mut sender) = seat.take(&line) {
            match self.ask(&mut sender, message.clone()).await {
                Ok(response) => {
                    return self.read(response, conditional, seat, line, sender).await;
                }
                Err(failure) if failure.again => {} // The server had closed it meanwhile.
                Err(failure) => return Err(failure),
            }
        }
        let mut sender = self.connect(proxy.as_ref()).await?;
        let response = self.ask(&mut sender, message).await?;
        self.read(response, conditional, seat, line, sender).await
    }

    /// The proxy for the current address: the feed's own, or that of the environment.
    fn proxy(&self) -> Result<Option<Intercept>, FetchError> {
        let to = target(self.url)?;
        match &self.request.proxy {
            Some(proxy) => proxies::of_feed(proxy, &to).map(Some),
            None => Ok(self.client.proxies.intercept(&to)),
        }
    }

    async fn connect(&self, proxy: Option<&Intercept>) -> Result<Sender, FetchError> {
        let limits = &self.client.settings.limits;
        self.client.dialer.look_up(self.url, proxy).await?;
        let dialling = self.client.dialer.dial(self.url, self.open, proxy);
        let stream = timeout(limits.connect, dialling)
            .await
            .map_err(|_| too_slow(self.url, CONNECTING, limits.connect))??;
        let (sender, connection) = http1::Builder::new()
            .max_headers(MAX_LINES)
            // A head must fit in: the limit itself is kept on the wire, which comes first.
            .max_buf_size(limits.head + 2 * CHUNK)
            .handshake(Wire::new(stream, limits.head))
            .await
            .map_err(|_| FetchError::Broken(host(self.url)))?;
        // What goes wrong with it is told to who asks over it.
        tokio::spawn(async move {
            let _ = connection.await;
        });
        Ok(sender)
    }

    async fn ask(
        &self,
        sender: &mut Sender,
        message: hyper::Request<Empty<Bytes>>,
    ) -> Result<Response<Incoming>, Failure> {
        let idle = self.client.settings.limits.idle;
        sender.ready().await.map_err(|error| self.failure(&error))?;
        match timeout(idle, sender.send_request(message)).await {
            Err(_) => Err(too_slow(self.url, "the head of the answer", idle).into()),
            Ok(Err(error)) => Err(self.failure(&error)),
            Ok(Ok(response)) => Ok(response),
        }
    }

    /// The request as it is sent, and whether it asks for changes only.
    fn message(
        &self,
        proxy: Option<&Intercept>,
    ) -> Result<(hyper::Request<Empty<Bytes>>, bool), FetchError> {
        let mut headers = HeaderMap::new();
        let agent = &self.client.settings.user_agent;
        let agent = HeaderValue::from_str(agent)
            .map_err(|_| FetchError::BadHeader(SafeText::from("user-agent")))?;
        headers.insert(header::USER_AGENT, agent);
        headers.insert(header::ACCEPT, HeaderValue::from_static(self.request.accept));
        if self.at_home {
            for (name, value) in &self.request.headers {
                let bad = || FetchError::BadHeader(SafeText::title(name));
                let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad())?;
                headers.insert(key, HeaderValue::from_str(value).map_err(|_| bad())?);
            }
            if let Some((name, password)) = self.credentials {
                headers.insert(header::AUTHORIZATION, basic(name, password)?);
            }
        }
        headers.insert(header::HOST, self.host_header()?);
        headers.insert(header::ACCEPT_ENCODING, ACCEPT_ENCODING);
        let conditional = self.ask_for_changes(&mut headers);
        let through = proxy.filter(|proxy| {
            self.url.scheme() == "http" && proxy.uri().scheme_str() == Some("http")
        });
        if let Some(auth) = through.and_then(Intercept::basic_auth) {
            headers.insert(header::PROXY_AUTHORIZATION, auth.clone());
        }
        let uri = self.uri(through.is_some())?;
        let mut message = hyper::Request::new(Empty::new());
        *message.uri_mut() = uri;
        *message.headers_mut() = headers;
        Ok((message, conditional))
    }

    fn host_header(&self) -> Result<HeaderValue, FetchError> {
        let name = self.url.host_str().unwrap_or_default();
        let text = match self.url.port() {
            Some(port) => format!("{name}:{port}"),
            None => name.to_owned(),
        };
        HeaderValue::from_str(&text).map_err(|_| self.unusable())
    }

    /// What stands in the first line of the request.
    fn uri(&self, whole: bool) -> Result<Uri, FetchError> {
        let text = if whole {
            self.url.as_str().to_owned()
        } else {
            let query = self.url.query().map(|query| format!("?{query}")).unwrap_or_default();
            format!("{}{query}", self.url.path())
        };
        text.parse().map_err(|_| self.unusable())
    }

    fn unusable(&self) -> FetchError {
        FetchError::NotHttp(SafeText::title(self.url.as_str()))
    }

    /// Sends the validators back byte for byte, if they are of this very address.
    fn ask_for_changes(&self, headers: &mut HeaderMap) -> bool {
        let kept = &self.request.validators;
        if kept.url.as_ref().map_or(self.url != self.start, |url| url != self.url) {
            return false;
        }
        let mut insert = |name: HeaderName, value: &Option<Vec<u8>>| {
            let value = value.as_deref().and_then(|value| HeaderValue::from_bytes(value).ok());
            value.map(|value| headers.insert(name, value)).is_some()
        };
        let etag = insert(header::IF_NONE_MATCH, &kept.etag);
        let date = insert(header::IF_MODIFIED_SINCE, &kept.last_modified);
        etag || date
    }

    /// Reads the document if there is one that is wanted.
    async fn read(
        &self,
        response: Response<Incoming>,
        conditional: bool,
        seat: &Seat<'_>,
        line: Line,
        sender: Sender,
    ) -> Result<Reply, Failure> {
        let (head, mut body) = response.into_parts();
        let wanted =
            matches!(head.status, StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION);
        let bytes = if wanted { self.read_body(&mut body).await? } else { Vec::new() };
        if wanted || body.is_end_stream() {
            seat.give(line, sender); // Nothing of this answer is left on the connection.
        }
        Ok(Reply { status: head.status, headers: head.headers, bytes, conditional })
    }

    async fn read_body(&self, body: &mut Incoming) -> Result<Vec<u8>, Failure> {
        let limit = self.request.limit;
        let promised = body.size_hint().lower();
        if promised > limit as u64 {
            return Err(FetchError::TooLarge(limit).into());
        }
        let idle = self.client.settings.limits.idle;
        let mut turn = self.client.readers.acquire().await.ok();
        let started = self.client.reading();
        let mut bytes = Vec::with_capacity(promised.min(MAX_PROMISE) as usize);
        loop {
            if self.client.reading().saturating_sub(started) > TURN {
                turn = None;
            }
            let patience = if turn.is_some() { TURN.min(idle) } else { idle };
            let frame = match timeout(patience, body.frame()).await {
                Err(_) if patience < idle => {
                    turn = None;
                    continue;
                }
                Err(_) => return Err(too_slow(self.url, "the next part", idle).into()),
                Ok(None) => return Ok(bytes),
                // Half a document is not asked for again at once.
                Ok(Some(Err(error))) => return Err(self.failure(&error).error.into()),
                Ok(Some(Ok(frame))) => frame,
            };
            if let Some(data) = frame.data_ref() {
                if bytes.len() + data.len() > limit {
                    return Err(FetchError::TooLarge(limit).into());
                }
                bytes.extend_from_slice(data);
            }
        }
    }

    /// What an error of the parser of HTTP means.
    fn failure(&self, error: &hyper::Error) -> Failure {
        let mut cause: Option<&(dyn Error + 'static)> = Some(error);
        let mut kind = None;
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref::<io::Error>() {
                if error.get_ref().is_some_and(<dyn Error + Send + Sync>::is::<HeadTooLarge>) {
                    return FetchError::HeadTooLarge(host(self.url)).into();
                }
                kind = Some(error.kind());
            }
            cause = error.source();
        }
        let garbled =
            matches!(kind, Some(io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData));
        if error.is_parse() || garbled {
            let reason = SafeText::title(&root(error).to_string());
            return FetchError::Garbled { host: host(self.url), reason }.into();
        }
        Failure { error: FetchError::Broken(host(self.url)), again: true }
    }
}

fn basic(name: &str, password: &str) -> Result<HeaderValue, FetchError> {
    let text = format!("Basic {}", BASE64_STANDARD.encode(format!("{name}:{password}")));
    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| FetchError::BadHeader(SafeText::from("authorization")))?;
    value.set_sensitive(true);
    Ok(value)
}

/// The first cause of an error: the most exact one.
fn root<'e>(error: &'e (dyn Error + 'static)) -> &'e (dyn Error + 'static) {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause
}
