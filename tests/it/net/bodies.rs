//! Documents that come whole, whatever they are packed and framed in.

use std::io::Write as _;

use dateline::feed::health::Validators;
use dateline::net::{FetchError, Request, freshness};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;

use super::{Server, answer, net};

const TEXT: &[u8] = b"<rss><channel><title>Harbor notes</title></channel></rss>";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn chunked(bytes: &[u8]) -> Vec<u8> {
    let mut out = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for chunk in bytes.chunks(7) {
        write!(out, "{:x};note=x\r\n", chunk.len()).unwrap();
        out.extend([chunk, b"\r\n"].concat());
    }
    out.extend(b"0\r\nX-Trailer: 1\r\n\r\n");
    out
}

#[test]
fn a_document_comes_whole_however_it_is_sent() {
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("with its length", answer("200 OK", "", TEXT)),
        ("in chunks", chunked(TEXT)),
        ("to the end", [b"HTTP/1.0 200 OK\r\n\r\n", TEXT].concat()),
        (
            "after an early hint",
            [
                b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
                answer("200 OK", "", TEXT).as_slice(),
            ]
            .concat(),
        ),
        ("with control characters in its head", answer("200 \x1b[1mOK", "Server: \x07\r\n", TEXT)),
        ("gzip", answer("200 OK", "Content-Encoding: gzip\r\n", &gzip(TEXT))),
        (
            "twice packed",
            answer(
                "200 OK",
                "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n",
                &gzip(&gzip(TEXT)),
            ),
        ),
        (
            "with more than its length",
            [
                answer("200 OK", "Connection: close\r\n", TEXT).as_slice(),
                b"HTTP/1.1 200 OK\r\n\r\nmore",
            ]
            .concat(),
        ),
    ];
    for (name, bytes) in cases {
        let server = Server::answering(move |_, _| bytes.clone());
        let answer = net().fetch(&Request::feed(server.url("/feed"))).expect(name);
        assert_eq!(answer.body.decode(TEXT.len()).expect(name), TEXT, "{name}");
        let asked = server.heads();
        assert_eq!(asked.len(), 1, "{name}");
        assert!(asked[0].to_lowercase().contains("accept-encoding: gzip, br\r\n"), "{name}");
    }
}

#[test]
fn validators_go_back_byte_for_byte() {
    // Latin-1, quotes where none belong, a date that is none.
    let (etag, date) = (b"W/\"caf\xe9 \\ '\"".to_vec(), b"yesterday,  noon".to_vec());
    let head = [b"ETag: ".as_slice(), &etag, b"\r\nLast-Modified: ", &date, b"\r\n"].concat();
    let first = [b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n", head.as_slice(), b"\r\nx"].concat();
    let server = Server::answering(move |_, before| match before {
        0 => first.clone(),
        _ => b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n".to_vec(),
    });
    let now: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
    let net = net();
    let mut request = Request::feed(server.url("/feed"));
    let whole = net.fetch(&request).unwrap();
    let kept = freshness::of(&whole.url, &whole.headers, now);
    assert_eq!((kept.etag.as_ref(), kept.last_modified.as_ref()), (Some(&etag), Some(&date)));
    request.validators = freshness::current(&kept, now);
    let second = net.fetch(&request).unwrap();
    assert!(second.unchanged() && second.body.is_empty());
    let asked = &server.heads()[1];
    let latin1 = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
    assert!(asked.contains(&format!("if-none-match: {}\r\n", latin1(&etag))), "{asked}");
    assert!(asked.contains(&format!("if-modified-since: {}\r\n", latin1(&date))), "{asked}");
}

#[test]
fn validators_of_another_address_stay_at_home() {
    let server = Server::answering(|_, _| answer("200 OK", "ETag: \"1\"\r\n", b"x"));
    let mut request = Request::feed(server.url("/new"));
    request.validators = Validators {
        url: Some(server.url("/old")),
        etag: Some(b"\"1\"".to_vec()),
        ..Validators::default()
    };
    let answer = net().fetch(&request).unwrap();
    assert!(!server.heads()[0].contains("if-none-match"));
    assert!(!freshness::same(&request.validators, &answer));
    request.validators.url = Some(server.url("/new"));
    assert!(freshness::same(&request.validators, &answer));
}

#[test]
fn unchanged_without_a_question_is_an_error() {
    let server = Server::answering(|_, _| b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec());
    let error = net().fetch(&Request::feed(server.url("/"))).unwrap_err();
    assert!(matches!(error, FetchError::NotAsked { .. }), "{error}");
    assert_eq!(error.status(), Some(304));
}

#[test]
fn nothing_tells_who_reads() {
    let server = Server::answering(|_, _| answer("200 OK", "Set-Cookie: who=you\r\n", b"x"));
    let net = net();
    for _ in 0..2 {
        net.fetch(&Request::feed(server.url("/feed#part"))).unwrap();
    }
    for head in server.heads() {
        let names: Vec<&str> =
            head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
        assert_eq!(names, ["user-agent", "accept", "host", "accept-encoding"]);
        assert!(head.starts_with("GET /feed HTTP/1.1\r\n"), "{head}");
        assert!(head.contains("user-agent: dateline/"), "{head}");
    }
}
