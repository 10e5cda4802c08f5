//! `Tls`: whom to trust, and what to say of whom not.

use std::sync::{Arc, Mutex, PoisonError};

use hyper_util::rt::TokioIo;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig};
use rustls_platform_verifier::Verifier;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Url;

use super::error::{FetchError, host};
use crate::text::sanitize::SafeText;

/// The system's authorities, and those of the settings. They are read when the first secure
/// connection is wanted: it takes some milliseconds.
#[derive(Debug)]
pub(super) struct Tls {
    roots: Vec<Vec<u8>>,
    config: Mutex<Option<Arc<ClientConfig>>>,
}

impl Tls {
    pub(super) fn new(roots: Vec<Vec<u8>>) -> Self {
        Self { roots, config: Mutex::new(None) }
    }

    /// Agrees on TLS with the server of `url` over a connection that stands.
    pub(super) async fn secure<S>(
        &self,
        url: &Url,
        stream: S,
    ) -> Result<TlsStream<TokioIo<S>>, FetchError>
    where
        S: hyper::rt::Read + hyper::rt::Write + Unpin,
    {
        let name = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let name = ServerName::try_from(name.to_owned())
            .map_err(|_| insecure(url, "it has no name that a certificate could hold"))?;
        TlsConnector::from(self.config()?)
            .connect(name, TokioIo::new(stream))
            .await
            .map_err(|error| refusal(url, &error))
    }

    fn config(&self) -> Result<Arc<ClientConfig>, FetchError> {
        let mut kept = self.config.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(config) = &*kept {
            return Ok(Arc::clone(config));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = self.verifier(&provider)?;
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| FetchError::NoRoots)?
            // "Dangerous" is any verifier but one over a fixed list; this one is the system's.
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let config = Arc::new(config);
        *kept = Some(Arc::clone(&config));
        Ok(config)
    }

    #[cfg(not(target_os = "android"))]
    fn verifier(
        &self,
        provider: &Arc<rustls::crypto::CryptoProvider>,
    ) -> Result<Verifier, FetchError> {
        let roots = self.roots.iter().cloned().map(CertificateDer::from);
        Verifier::new_with_extra_roots(roots, Arc::clone(provider)).map_err(|_| FetchError::NoRoots)
    }

    #[cfg(target_os = "android")]
    fn verifier(
        &self,
        provider: &Arc<rustls::crypto::CryptoProvider>,
    ) -> Result<Verifier, FetchError> {
        Verifier::new(Arc::clone(provider)).map_err(|_| FetchError::NoRoots)
    }
}

fn insecure(url: &Url, reason: &str) -> FetchError {
    FetchError::Insecure { host: host(url), reason: SafeText::line(reason) }
}

/// Why no agreement came about.
fn refusal(url: &Url, error: &std::io::Error) -> FetchError {
    let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>())
    else {
        return FetchError::Broken(host(url));
    };
    let reason = match error {
        rustls::Error::InvalidCertificate(
            CertificateError::UnknownIssuer | CertificateError::BadSignature,
        ) => "nobody whom this machine trusts has signed its certificate",
        rustls::Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        ) => "its certificate has expired, or the clock of this machine is wrong",
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "its certificate is for another name",
        // Errors of the library, which grow.
        other => return insecure(url, &other.to_string()),
    };
    insecure(url, reason)
}
