//! Redirects: followed by ourselves, counted, and trusted with nothing.

use dateline::net::{FetchError, Request};

use super::{Server, answer, error, net, redirect};

/// A server of `/0 -> /1 -> …` with these statuses, and a document at the end.
fn chain(statuses: &'static [u16]) -> Server {
    Server::answering(move |head, _| {
        let place: usize = head[5..].split(' ').next().unwrap().parse().unwrap();
        match statuses.get(place) {
            Some(status) => redirect(*status, &format!("{}", place + 1)),
            None => answer("200 OK", "", b"x"),
        }
    })
}

#[test]
fn the_permanent_beginning_of_a_chain_is_told() {
    let cases: [(&[u16], Option<&str>); 6] = [
        (&[], None),
        (&[301], Some("/1")),
        (&[308, 301], Some("/2")),
        (&[302], None),
        (&[301, 307, 308], Some("/1")),
        (&[303, 301], None),
    ];
    for (statuses, expected) in cases {
        let server = chain(statuses);
        let answer = net().fetch(&Request::feed(server.url("/0"))).unwrap();
        assert_eq!(answer.url.path(), format!("/{}", statuses.len()));
        assert_eq!(answer.permanent.as_ref().map(url::Url::path), expected, "{statuses:?}");
    }
}

#[test]
fn ten_are_followed_and_an_eleventh_is_not() {
    let server = chain(&[302; 10]);
    assert!(net().fetch(&Request::feed(server.url("/0"))).is_ok());
    let server = chain(&[302; 11]);
    let error = net().fetch(&Request::feed(server.url("/0"))).unwrap_err();
    assert_eq!(error, FetchError::TooManyRedirects(10));
    assert_eq!(server.heads().len(), 11);
}

#[test]
fn a_redirect_of_no_use_is_an_error() {
    for (to, expected) in [
        ("/feed#again", "in a circle"),
        ("file:///etc/hostname", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("data:text/xml,<rss/>", "only http and https"),
        ("ftp://127.0.0.1/", "only http and https"),
        ("http://", "only http and https"),
        ("/\x1b]0;title\x07", "only http and https"),
    ] {
        let server = Server::answering(move |_, _| redirect(302, to));
        let said = error(&net(), server.url("/feed"));
        assert!(said.contains(expected), "{to:?}: {said}");
        assert!(!said.contains(char::is_control), "{said:?}");
        assert_eq!(server.heads().len(), 1, "{to:?}");
    }
    let server = Server::answering(|_, _| answer("302 Where", "", b""));
    assert!(error(&net(), server.url("/feed")).contains("without saying where to"));
}

fn secret(url: url::Url) -> Request {
    Request {
        headers: vec![("X-Key".to_owned(), "blue".to_owned())],
        credentials: Some(("ada".to_owned(), "lamp".to_owned())),
        ..Request::feed(url)
    }
}

const SECRETS: [&str; 2] = ["x-key: blue\r\n", "authorization: Basic YWRhOmxhbXA=\r\n"];

#[test]
fn secrets_follow_within_an_origin_alone() {
    let stranger = Server::answering(|_, _| answer("200 OK", "", b"x"));
    let elsewhere = stranger.url("/end").to_string();
    let home = Server::answering(move |head, _| match head.split(' ').nth(1) {
        Some("/feed") => redirect(302, "/next"),
        _ => redirect(302, &elsewhere),
    });
    net().fetch(&secret(home.url("/feed"))).unwrap();
    for head in home.heads() {
        assert!(SECRETS.iter().all(|secret| head.contains(secret)), "{head}");
    }
    let heads = stranger.heads();
    assert_eq!(heads.len(), 1);
    for word in ["x-key", "authorization", "referer", "cookie"] {
        assert!(!heads[0].to_lowercase().contains(word), "{}", heads[0]);
    }
}

#[test]
fn secrets_do_not_come_back_by_way_of_a_stranger() {
    let (home_port, stranger_port) = (std::sync::OnceLock::new(), std::sync::OnceLock::new());
    let ports = std::sync::Arc::new((home_port, stranger_port));
    let (there, back) = (ports.clone(), ports.clone());
    let stranger = Server::answering(move |_, _| {
        redirect(302, &format!("http://127.0.0.1:{}/other", back.0.get().unwrap()))
    });
    let home = Server::answering(move |head, _| match head.split(' ').nth(1) {
        Some("/feed") => redirect(302, &format!("http://127.0.0.1:{}/", there.1.get().unwrap())),
        _ => answer("200 OK", "", b"x"),
    });
    ports.0.set(home.port()).unwrap();
    ports.1.set(stranger.port()).unwrap();
    net().fetch(&secret(home.url("/feed"))).unwrap();
    assert!(home.heads()[0].contains("authorization"));
    assert!(!home.heads()[1].contains("authorization"), "{}", home.heads()[1]);
}

#[test]
fn a_name_in_an_address_is_a_credential_and_is_not_shown() {
    let server = Server::answering(|_, _| answer("200 OK", "", b"x"));
    let mut url = server.url("/feed");
    url.set_username("a%64a").unwrap();
    url.set_password(Some("la%6dp")).unwrap();
    let answer = net().fetch(&Request::feed(url)).unwrap();
    assert_eq!(answer.url, server.url("/feed"));
    assert!(server.heads()[0].contains(SECRETS[1]), "{}", server.heads()[0]);
}

#[test]
fn a_header_that_cannot_be_sent_is_named() {
    let server = Server::answering(|_, _| answer("200 OK", "", b"x"));
    let mut request = Request::feed(server.url("/feed"));
    request.headers = vec![("X Key".to_owned(), "blue".to_owned())];
    let said = net().fetch(&request).unwrap_err().to_string();
    assert_eq!(said, "The header X Key cannot be sent: correct it in feeds.toml.");
    request.headers = vec![("X-Key".to_owned(), "blue\r\nHost: other".to_owned())];
    assert!(net().fetch(&request).is_err());
    assert!(server.heads().is_empty());
}
