//! The private-address rule where it counts: what arrives at a listener, and what does not.

use dateline::net::{FetchError, Net, Private, Request, Settings};

use super::{Server, answer, redirect, settings};

fn net(private: Private) -> Net {
    Net::new(Settings { private, ..settings() }).unwrap()
}

/// This machine, as an attacker may spell it.
fn spellings(port: u16) -> Vec<String> {
    [
        "127.0.0.1",
        "localhost",
        "a.localhost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ]
    .map(|host| format!("http://{host}:{port}/hit"))
    .to_vec()
}

#[test]
fn a_redirect_reaches_no_other_server_of_this_machine() {
    let target = Server::answering(|_, _| answer("200 OK", "", b"secret"));
    for to in spellings(target.port()) {
        let place = to.clone();
        let home = Server::answering(move |_, _| redirect(302, &place));
        let error = net(Private::Subscribed).fetch(&Request::feed(home.url("/feed"))).unwrap_err();
        assert!(matches!(error, FetchError::Private(_)), "{to}: {error}");
    }
    assert!(target.heads().is_empty());
}

#[test]
fn a_document_reaches_no_server_of_this_machine() {
    let target = Server::answering(|_, _| answer("200 OK", "", b"secret"));
    for to in spellings(target.port()) {
        let request = Request::page(to.parse().unwrap());
        let error = net(Private::Subscribed).fetch(&request).unwrap_err();
        assert!(matches!(error, FetchError::Private(_)), "{to}: {error}");
    }
    assert!(target.heads().is_empty());
}

#[test]
fn what_was_subscribed_to_may_redirect_within_itself() {
    let home = Server::answering(|head, _| match head.split(' ').nth(1) {
        Some("/feed") => redirect(301, "/moved"),
        _ => answer("200 OK", "", b"x"),
    });
    let answer = net(Private::Subscribed).fetch(&Request::feed(home.url("/feed"))).unwrap();
    assert_eq!(answer.url, home.url("/moved"));
}

#[test]
fn the_settings_open_or_close_everything() {
    let target = Server::answering(|_, _| answer("200 OK", "", b"x"));
    assert!(net(Private::Allow).fetch(&Request::page(target.url("/"))).is_ok());
    let error = net(Private::Never).fetch(&Request::feed(target.url("/"))).unwrap_err();
    assert!(matches!(error, FetchError::Private(_)), "{error}");
    assert_eq!(target.heads().len(), 1);
}
