//! Fetching, over real HTTP on loopback: every test has a server of its own that behaves in
//! one way. Nothing sleeps: what is slow waits for a channel that the test holds.

mod address;
mod bodies;
mod broken;
mod many;
mod proxy;
mod redirects;
mod tls;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use dateline::net::{Limits, Net, Private, Request, Settings};
use url::Url;

/// A listener on a free port of this machine.
pub struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
}

impl Server {
    /// Answers every request with what `answer` makes of its head and how many came before.
    pub fn answering(answer: impl Fn(&str, usize) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::talking(move |head, before, stream| {
            let bytes = answer(head, before);
            let _ = stream.write_all(&bytes); // The client may have heard enough.
            // A server that says so closes; a length or a status without body keeps it open.
            let text = String::from_utf8_lossy(&bytes);
            text.contains("Content-Length") && !text.contains("Connection: close")
        })
    }

    /// Gives every request to `talk`, which says whether the connection stays open.
    pub fn talking(
        talk: impl Fn(&str, usize, &mut TcpStream) -> bool + Send + Sync + 'static,
    ) -> Self {
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        Self::raw(heads, move |mut stream| {
            while let Some(head) = read_head(&mut stream) {
                let before = {
                    let mut seen = seen.lock().unwrap();
                    seen.push(head.clone());
                    seen.len() - 1
                };
                if !talk(&head, before, &mut stream) {
                    break;
                }
            }
        })
    }

    /// Gives every connection to `serve`, in a thread of its own.
    pub fn raw(
        heads: Arc<Mutex<Vec<String>>>,
        serve: impl Fn(TcpStream) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let over = Arc::new(AtomicBool::new(false));
        let (end, serve) = (Arc::clone(&over), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    break;
                }
                let (Ok(stream), serve) = (stream, Arc::clone(&serve)) else { break };
                thread::spawn(move || serve(stream));
            }
        });
        Self { address, heads, over }
    }

    pub fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The heads of the requests so far, in order.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address); // Wakes the listener.
    }
}

/// A head up to its empty line, byte for byte as Latin-1; none at the end.
pub fn read_head(stream: &mut impl Read) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    Some(head.iter().map(|byte| char::from(*byte)).collect())
}

/// A whole answer: status, more header lines, body.
pub fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

pub fn redirect(status: u16, to: &str) -> Vec<u8> {
    answer(&format!("{status} Elsewhere"), &format!("Location: {to}\r\n"), b"")
}

/// Settings under which loopback may be asked by anybody, and nothing is waited for long.
pub fn settings() -> Settings {
    let limits = Limits { retry: Duration::from_millis(1), ..Limits::default() };
    Settings { private: Private::Allow, limits, ..Settings::default() }
}

pub fn net() -> Net {
    Net::new(settings()).unwrap()
}

/// The sentence of an error.
pub fn error(net: &Net, url: Url) -> String {
    net.fetch(&Request::feed(url)).unwrap_err().to_string()
}
