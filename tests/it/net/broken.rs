//! Servers that are broken, slow or evil: an error, soon, and with a sentence.

use std::io::Write as _;
use std::sync::Mutex;
use std::sync::mpsc;
use std::time::Duration;

use dateline::net::{FetchError, Limits, Net, Request, Settings};

use super::{Server, answer, error, net, settings};

#[test]
fn what_is_no_whole_answer_is_an_error() {
    let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "a".repeat(70 << 10));
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: 1\r\n".repeat(1000));
    let flood = "HTTP/1.1 100 Continue\r\n\r\n".repeat(4000);
    let cases: [(&str, &str, &str); 13] = [
        ("no status line", "<rss></rss>\r\n\r\n", "is not HTTP that can be read"),
        ("a status of letters", "HTTP/1.1 abc Ok\r\n\r\n", "is not HTTP that can be read"),
        ("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", "is not HTTP"),
        (
            "two lengths",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            "is not HTTP",
        ),
        (
            "a chunk of no number",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
            "is not HTTP",
        ),
        (
            "an endless chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
            "broke before",
        ),
        (
            "a missing last chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
            "broke before",
        ),
        (
            "half a body",
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nx",
            "broke before",
        ),
        ("half a head", "HTTP/1.1 200 OK\r\nX:", "broke before"),
        ("a long head", &long, "over the limit"),
        ("a head of many lines", &many, "over the limit"),
        ("a flood of interim answers", &flood, "over the limit"),
        ("nothing", "", "broke before"),
    ];
    for (name, bytes, expected) in cases {
        let bytes = bytes.as_bytes().to_vec();
        let server = Server::talking(move |_, _, stream| {
            let _ = stream.write_all(&bytes);
            false
        });
        let said = error(&net(), server.url("/feed"));
        assert!(said.contains(expected), "{name}: {said}");
        assert!(said.contains("127.0.0.1"), "{name}: {said}");
    }
}

#[test]
fn an_endless_document_ends_at_the_limit() {
    let (told, ended) = mpsc::channel();
    let told = Mutex::new(told);
    let server = Server::talking(move |_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
        told.lock().unwrap().send(()).unwrap();
        false
    });
    let mut request = Request::feed(server.url("/feed"));
    request.limit = 100_000;
    let net = net();
    assert_eq!(net.fetch(&request).unwrap_err(), FetchError::TooLarge(100_000));
    drop(net);
    ended.recv().unwrap(); // The connection is closed, not drained.
}

#[test]
fn a_promise_beyond_the_limit_is_not_waited_for() {
    let server = Server::talking(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
        true
    });
    let said = error(&net(), server.url("/feed"));
    assert_eq!(said, "The document is larger than 32 MiB, which is the limit.");
}

/// What a client with these limits says of a server that sends `start` and then is silent.
fn silence_after(start: &'static [u8], limits: Limits) -> FetchError {
    let (held, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let server = Server::talking(move |_, _, stream| {
        let _ = stream.write_all(start);
        let _ = wait.lock().unwrap().recv(); // Until the test is over.
        false
    });
    let net = Net::new(Settings { limits, ..settings() }).unwrap();
    let error = net.fetch(&Request::feed(server.url("/feed"))).unwrap_err();
    drop(held);
    error
}

#[test]
fn silence_ends_at_the_idle_limit() {
    let limits = Limits { idle: Duration::from_millis(20), ..settings().limits };
    for start in [b"".as_slice(), b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\n\r\n<rss>"] {
        let error = silence_after(start, limits.clone());
        assert!(matches!(error, FetchError::TooSlow { .. }), "{error}");
    }
}

#[test]
fn everything_ends_at_the_total_limit() {
    let limits = Limits { total: Duration::from_millis(20), ..settings().limits };
    let error = silence_after(b"HTTP/1.1 200 OK\r\n\r\n<rss>", limits);
    assert!(error.to_string().contains("the whole answer"), "{error}");
}

#[test]
fn a_passing_trouble_is_tried_once_more() {
    let ok = || answer("200 OK", "", b"x");
    let oops = || answer("502 Oops", "", b"x");
    let nothing = Vec::new;
    let busy = || answer("503 Busy", "Retry-After: 7\r\n", b"");
    let cases: [(&str, Vec<Vec<u8>>, bool, usize); 6] = [
        ("an error of the server", vec![oops(), ok()], true, 2),
        ("a broken connection", vec![nothing(), ok()], true, 2),
        ("each of both", vec![oops(), nothing(), ok()], true, 3),
        ("two errors", vec![oops(), oops(), ok()], false, 2),
        ("two broken connections", vec![nothing(), nothing(), ok()], false, 2),
        ("a wish for peace", vec![busy(), ok()], false, 1),
    ];
    for (name, answers, good, asked) in cases {
        let server = Server::answering(move |_, before| answers[before].clone());
        assert_eq!(net().fetch(&Request::feed(server.url("/"))).is_ok(), good, "{name}");
        assert_eq!(server.heads().len(), asked, "{name}");
    }
}

#[test]
fn statuses_become_sentences() {
    for (status, expected) in [
        ("401 No", "answered with status 401 (it wants a name and a password"),
        ("404 No", "answered with status 404 (there is nothing at this address"),
        ("410 No", "answered with status 410 (what was at this address is gone for good"),
        ("206 Part", "answered with status 206 (a part of the document"),
        ("429 \x1b[31mNo", "answered with status 429 (it was asked too often"),
    ] {
        let server = Server::answering(move |_, _| answer(status, "Retry-After: 60\r\n", b"<rss>"));
        let error = net().fetch(&Request::feed(server.url("/"))).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.status().map(|status| status.to_string()).as_deref(), status.get(..3));
        assert_eq!(error.retry_after(), Some("60"));
    }
}

#[test]
fn a_closed_port_is_said_to_be_one() {
    let server = Server::answering(|_, _| Vec::new());
    let url = server.url("/");
    drop(server);
    let net = net();
    // The listener may take the one connection that it was woken by.
    let said = (0..3).map(|_| error(&net, url.clone())).last().unwrap();
    assert!(said.contains("takes no connections"), "{said}");
}
