//! Secure connections, to a server with a certificate of an authority of the test's own.

use std::io::Write as _;
use std::sync::Arc;

use dateline::net::{Net, Request, Settings};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{Server, answer, read_head, settings};

/// An authority, its certificate as the client gets it, and servers that it vouches for.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    /// What a server of this name needs.
    pub fn config(&self, name: &str) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        Arc::new(config)
    }

    /// A server of one document. `close` properly, or by letting the line go dead.
    fn server(&self, name: &str, bytes: Vec<u8>, close: bool) -> Server {
        let config = self.config(name);
        Server::raw(Arc::default(), move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            if read_head(&mut stream).is_some() {
                stream.write_all(&bytes).unwrap();
                if close {
                    stream.conn.send_close_notify();
                }
                let _ = stream.flush();
            }
        })
    }
}

fn secure(server: &Server) -> Request {
    Request::feed(format!("https://localhost:{}/feed", server.port()).parse().unwrap())
}

fn trusting(authority: &Authority) -> Net {
    Net::new(Settings { roots: vec![authority.der()], ..settings() }).unwrap()
}

#[test]
fn a_server_of_a_trusted_authority_is_read() {
    let authority = Authority::new("Known");
    let server = authority.server("localhost", answer("200 OK", "", b"tides"), true);
    let answer = trusting(&authority).fetch(&secure(&server)).unwrap();
    assert_eq!(answer.body.decode(99).unwrap(), b"tides");
}

#[test]
fn other_servers_are_refused_with_the_reason() {
    let (authority, stranger) = (Authority::new("Known"), Authority::new("Unknown"));
    let server = stranger.server("localhost", answer("200 OK", "", b"x"), true);
    let said = trusting(&authority).fetch(&secure(&server)).unwrap_err().to_string();
    assert!(said.contains("nobody whom this machine trusts has signed"), "{said}");
    let server = authority.server("other.example", answer("200 OK", "", b"x"), true);
    let said = trusting(&authority).fetch(&secure(&server)).unwrap_err().to_string();
    assert!(said.contains("its certificate is for another name"), "{said}");
    let plain = Server::answering(|_, _| answer("400 Plain", "", b""));
    assert!(trusting(&authority).fetch(&secure(&plain)).is_err());
}

#[test]
fn a_document_that_is_cut_by_somebody_between_is_not_taken_for_whole() {
    let authority = Authority::new("Known");
    let open = b"HTTP/1.1 200 OK\r\n\r\ntides".to_vec();
    let server = authority.server("localhost", open.clone(), true);
    assert!(trusting(&authority).fetch(&secure(&server)).is_ok());
    let server = authority.server("localhost", open, false);
    let said = trusting(&authority).fetch(&secure(&server)).unwrap_err().to_string();
    assert!(said.contains("broke before the answer was complete"), "{said}");
}

/// One secure answer at the end of a stream.
pub fn serve_once(config: &Arc<ServerConfig>, stream: std::net::TcpStream, body: &[u8]) {
    let connection = ServerConnection::new(Arc::clone(config)).unwrap();
    let mut stream = StreamOwned::new(connection, stream);
    if read_head(&mut stream).is_some() {
        stream.write_all(&answer("200 OK", "", body)).unwrap();
        stream.conn.send_close_notify();
        let _ = stream.flush();
    }
}
