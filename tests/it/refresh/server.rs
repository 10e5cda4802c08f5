//! A server of the tests' own, on the loopback: it answers as a test says, and remembers
//! what it was asked.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// One request.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    /// By name in small letters.
    pub headers: HashMap<String, String>,
    /// How many were asked for the same path before.
    pub before: usize,
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    pub fn feed(body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", "application/rss+xml".to_owned())];
        Self { status: 200, headers, body: body.into() }
    }

    pub fn page(body: &str) -> Self {
        let headers = vec![("Content-Type", "text/html; charset=utf-8".to_owned())];
        Self { status: 200, headers, body: body.into() }
    }

    pub fn text(body: &str) -> Self {
        let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
        Self { status: 200, headers, body: body.into() }
    }

    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

type Handler = dyn Fn(&Asked) -> Answer + Send + Sync;

/// It runs until it is dropped.
pub struct Server {
    port: u16,
    log: Arc<Mutex<Vec<Asked>>>,
    listener: TcpListener,
}

impl Server {
    pub fn start(handler: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (accepting, seen) = (listener.try_clone().unwrap(), log.clone());
        let handler: Arc<Handler> = Arc::new(handler);
        thread::spawn(move || {
            for stream in accepting.incoming() {
                let (Ok(stream), handler, seen) = (stream, handler.clone(), seen.clone()) else {
                    return;
                };
                thread::spawn(move || serve(stream, &handler, &seen));
            }
        });
        Self { port, log, listener }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What it was asked for at a path.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        let log = self.log.lock().unwrap();
        log.iter().filter(|asked| asked.path == path).cloned().collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The thread that accepts ends at its next connection.
        self.listener.set_nonblocking(true).unwrap();
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn serve(stream: TcpStream, handler: &Arc<Handler>, log: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = Vec::new();
        while let Ok(1..) = reader.by_ref().take(65536).read_until(b'\n', &mut head) {
            if head.ends_with(b"\r\n\r\n") {
                break;
            }
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let mut lines = head.lines();
        let Some(path) = lines.next().and_then(|line| line.split(' ').nth(1)) else { return };
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers =
            headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        let mut asked = Asked { path: path.to_owned(), headers, before: 0 };
        {
            let mut log = log.lock().unwrap();
            asked.before = log.iter().filter(|before| before.path == asked.path).count();
            log.push(asked.clone());
        }
        let Answer { status, headers, body } = handler(&asked);
        let mut bytes = format!("HTTP/1.1 {status} Whatever\r\n").into_bytes();
        for (name, value) in headers {
            bytes.extend(format!("{name}: {value}\r\n").into_bytes());
        }
        if status != 304 && status != 204 {
            bytes.extend(format!("Content-Length: {}\r\n", body.len()).into_bytes());
        }
        bytes.extend(b"\r\n");
        bytes.extend(body);
        if reader.get_mut().write_all(&bytes).is_err() {
            return;
        }
    }
}
