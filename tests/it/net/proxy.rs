//! Proxies: of the environment, of a feed, HTTP and SOCKS.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use dateline::net::{FetchError, Net, Private, Proxies, Request, Settings};

use super::tls::{Authority, serve_once};
use super::{Server, answer, read_head, redirect, settings};

fn through(server: &Server, scheme: &str) -> url::Url {
    format!("{scheme}://ada:lamp@127.0.0.1:{}", server.port()).parse().unwrap()
}

#[test]
fn a_plain_request_goes_to_the_proxy_whole() {
    let proxy = Server::answering(|_, _| answer("200 OK", "", b"tides"));
    let mut request = Request::feed("http://news.example/feed?a=1".parse().unwrap());
    request.proxy = Some(through(&proxy, "http"));
    let answer = super::net().fetch(&request).unwrap();
    assert_eq!(answer.body.decode(99).unwrap(), b"tides");
    let head = &proxy.heads()[0];
    assert!(head.starts_with("GET http://news.example/feed?a=1 HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("host: news.example\r\n"), "{head}");
    assert!(head.contains("proxy-authorization: Basic YWRhOmxhbXA=\r\n"), "{head}");
}

#[test]
fn the_environment_names_proxies_and_who_needs_none() {
    let proxy = Server::answering(|_, _| answer("200 OK", "", b"by proxy"));
    let direct = Server::answering(|_, _| answer("200 OK", "", b"direct"));
    let at = format!("http://127.0.0.1:{}", proxy.port());
    let proxies = Proxies::of(|name| match name {
        "http_proxy" => Some(at.clone()),
        "NO_PROXY" => Some("127.0.0.1, .internal.example".to_owned()),
        _ => None,
    });
    let net = Net::new(Settings { proxies, ..settings() }).unwrap();
    let body = |url: &str| {
        let answer = net.fetch(&Request::feed(url.parse().unwrap())).unwrap();
        answer.body.decode(99).unwrap()
    };
    assert_eq!(body("http://news.example/"), b"by proxy");
    assert_eq!(body(direct.url("/").as_str()), b"direct");
}

#[test]
fn a_secure_request_goes_through_a_tunnel() {
    let authority = Authority::new("Known");
    let config = authority.config("news.example");
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    let proxy = Server::raw(heads, move |mut stream| {
        seen.lock().unwrap().push(read_head(&mut stream).unwrap());
        stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").unwrap();
        serve_once(&config, stream, b"tides");
    });
    let net = Net::new(Settings { roots: vec![authority.der()], ..settings() }).unwrap();
    let mut request = Request::feed("https://news.example/feed".parse().unwrap());
    request.proxy = Some(through(&proxy, "http"));
    request.credentials = Some(("ada".to_owned(), "secret".to_owned()));
    let answer = net.fetch(&request).unwrap();
    assert_eq!(answer.body.decode(99).unwrap(), b"tides");
    let head = &proxy.heads()[0];
    assert!(head.starts_with("CONNECT news.example:443 HTTP/1.1\r\n"), "{head}");
    assert!(!head.to_lowercase().contains("\r\nauthorization"), "{head}");
}

/// A SOCKS5 proxy (RFC 1928, RFC 1929) that is itself the server; it notes where to.
fn socks(answered: Vec<u8>) -> Server {
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    let take = |stream: &mut TcpStream, count: usize| {
        let mut bytes = vec![0; count];
        stream.read_exact(&mut bytes).unwrap();
        bytes
    };
    Server::raw(heads, move |mut stream| {
        let methods = take(&mut stream, 2)[1];
        take(&mut stream, methods.into());
        stream.write_all(&[5, 2]).unwrap();
        let name = take(&mut stream, 2)[1];
        take(&mut stream, name.into());
        let password = take(&mut stream, 1)[0];
        take(&mut stream, password.into());
        stream.write_all(&[1, 0]).unwrap();
        let to = match take(&mut stream, 4)[3] {
            1 => format!("{:?}", take(&mut stream, 4)),
            3 => {
                let length = take(&mut stream, 1)[0];
                String::from_utf8(take(&mut stream, length.into())).unwrap()
            }
            kind => format!("kind {kind}"),
        };
        take(&mut stream, 2);
        seen.lock().unwrap().push(to);
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
        if read_head(&mut stream).is_some() {
            stream.write_all(&answered).unwrap();
        }
    })
}

#[test]
fn socks_proxies_get_a_name_or_a_number_as_they_are_told() {
    let proxy = socks(answer("200 OK", "", b"tides"));
    let mut request = Request::feed("http://news.example/feed".parse().unwrap());
    request.proxy = Some(through(&proxy, "socks5h"));
    assert_eq!(super::net().fetch(&request).unwrap().body.decode(99).unwrap(), b"tides");
    let mut request = Request::feed("http://127.0.0.1/feed".parse().unwrap());
    request.proxy = Some(through(&proxy, "socks5"));
    assert_eq!(super::net().fetch(&request).unwrap().body.decode(99).unwrap(), b"tides");
    assert_eq!(proxy.heads(), ["news.example", "[127, 0, 0, 1]"]);
}

#[test]
fn a_proxy_opens_no_way_to_this_machine() {
    let net = Net::new(Settings { private: Private::Subscribed, ..settings() }).unwrap();
    for scheme in ["http", "socks5h"] {
        let bytes = redirect(302, "http://127.0.0.1:9/");
        let proxy = match scheme {
            "http" => Server::answering(move |_, _| bytes.clone()),
            _ => socks(bytes),
        };
        let mut request = Request::feed("http://news.example/feed".parse().unwrap());
        request.proxy = Some(through(&proxy, scheme));
        let error = net.fetch(&request).unwrap_err();
        assert!(matches!(error, FetchError::Private(_)), "{scheme}: {error}");
        assert_eq!(proxy.heads().len(), 1, "{scheme}");
    }
}

#[test]
fn a_proxy_that_is_none_is_named_without_its_password() {
    let mut request = Request::feed("http://news.example/feed".parse().unwrap());
    request.proxy = Some("gopher://ada:lamp@proxy.example:70".parse().unwrap());
    let said = super::net().fetch(&request).unwrap_err().to_string();
    assert_eq!(said, "proxy.example is no proxy that can be used: http, socks5 and socks5h are.");
    let closed = Server::answering(|_, _| answer("407 Name?", "", b""));
    let mut request = Request::feed("https://news.example/feed".parse().unwrap());
    request.proxy = Some(through(&closed, "http"));
    let said = super::net().fetch(&request).unwrap_err().to_string();
    assert!(said.starts_with("The proxy 127.0.0.1 does not connect"), "{said}");
}
