//! `Wire`: a connection on which the head of an answer is bounded and clean.
//!
//! The parser of HTTP above it counts headers, but neither the bytes of a head as they come
//! nor the interim answers (1xx) before it, of which a server may send any number. It also
//! refuses an answer for one control character in a header that nobody reads, where other
//! readers show the feed. Both are settled here, before it sees a byte. Bodies pass through, in
//! pieces that need little memory.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};

/// What is read of a head at a time.
pub(super) const CHUNK: usize = 4096;

/// What is read of a body at a time. Of more, the parser above concludes that it needs more
/// room, doubles it until a head of the largest size would fit in, and keeps it for as long
/// as the connection is open: tens of megabytes for hundreds of connections.
const BODY_CHUNK: usize = (16 << 10) - 1;

/// Lines of a head that are looked at; what has more is an attack.
pub(super) const MAX_LINES: usize = 500;

/// What stands for a control character. It is allowed in a header, and in no UTF-8, so that
/// an address with it is known to be none.
pub(super) const REPLACED: u8 = 0xff;

/// The head of an answer went on beyond the limit.
#[derive(Debug, thiserror::Error)]
#[error("the head of the answer is too large")]
pub(super) struct HeadTooLarge;

/// A connection, from the first byte of a request on.
pub(super) struct Wire<S> {
    stream: S,
    head: Head,
    limit: usize,
}

impl<S> Wire<S> {
    /// `limit`: bytes of a head, interim answers counted.
    pub(super) fn new(stream: S, limit: usize) -> Self {
        Self { stream, head: Head::default(), limit }
    }
}

/// How far the head of the current answer has come.
#[derive(Debug, Default)]
struct Head {
    bytes: usize,
    lines: usize,
    /// The beginning of the current line, to tell `HTTP/1.1 1xx` by.
    line: [u8; 10],
    length: usize,
    /// The first line with anything in it has come.
    begun: bool,
    interim: bool,
    over: bool,
}

impl Head {
    /// Takes one byte of the stream, and says what stands in its place.
    fn take(&mut self, byte: u8) -> u8 {
        if self.over {
            return byte;
        }
        self.bytes += 1;
        if byte == b'\n' {
            self.end_of_line();
        } else if byte != b'\r' {
            if let Some(place) = self.line.get_mut(self.length) {
                *place = byte;
            }
            self.length += 1;
        }
        let allowed = matches!(byte, b'\n' | b'\r' | b'\t') || !byte.is_ascii_control();
        if allowed { byte } else { REPLACED }
    }

    fn end_of_line(&mut self) {
        self.lines += 1;
        if self.length > 0 && !self.begun {
            self.begun = true;
            // `HTTP/1.1 100`: the tenth byte is the first digit of the status.
            self.interim = self.line.starts_with(b"HTTP/") && self.line.ends_with(b" 1");
        } else if self.length == 0 && self.begun {
            self.begun = false;
            self.over = !self.interim;
        }
        self.length = 0;
    }
}

impl<S: Read + Unpin> Read for Wire<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut out: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let wire = &mut *self;
        let mut chunk = [0; BODY_CHUNK];
        let most = if wire.head.over { BODY_CHUNK } else { CHUNK };
        let room = out.remaining().min(most);
        let mut read = ReadBuf::new(chunk.get_mut(..room).unwrap_or_default());
        match Pin::new(&mut wire.stream).poll_read(cx, read.unfilled()) {
            Poll::Ready(Ok(())) => {}
            other => return other,
        }
        if wire.head.over {
            out.put_slice(read.filled());
            return Poll::Ready(Ok(()));
        }
        let clean: Vec<u8> = read.filled().iter().map(|byte| wire.head.take(*byte)).collect();
        if wire.head.bytes > wire.limit || wire.head.lines > MAX_LINES {
            return Poll::Ready(Err(io::Error::other(HeadTooLarge)));
        }
        out.put_slice(&clean);
        Poll::Ready(Ok(()))
    }
}

impl<S: Write + Unpin> Write for Wire<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.head.over {
            self.head = Head::default(); // The next request: its answer has a head again.
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(bytes: &[u8]) -> (Vec<u8>, Head) {
        let mut head = Head::default();
        let out = bytes.iter().map(|byte| head.take(*byte)).collect();
        (out, head)
    }

    #[test]
    fn control_characters_of_a_head_are_replaced_and_bodies_are_left_alone() {
        let (out, head) = through(b"HTTP/1.1 200 \x1bOK\r\nX: a\x07\tb\r\n\r\n\x1b\x00");
        assert_eq!(out, b"HTTP/1.1 200 \xffOK\r\nX: a\xff\tb\r\n\r\n\x1b\x00");
        assert!(head.over);
        assert_eq!(head.bytes, 29);
    }

    #[test]
    fn a_head_goes_on_through_interim_answers() {
        let (_, head) = through(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
        assert!(!head.over);
        let (_, head) = through(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody");
        assert!(head.over);
        assert_eq!(head.bytes, 25 + 19);
    }

    #[test]
    fn line_feeds_alone_and_empty_lines_before_it_are_taken() {
        let (_, head) = through(b"\r\n\nHTTP/1.1 200 OK\nX: y\n\nbody");
        assert!(head.over);
        assert_eq!(head.bytes, 3 + 16 + 5 + 1);
    }
}
