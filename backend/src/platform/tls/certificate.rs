//! A certificate that is renewed while the server runs.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use rustls::{
    crypto::ring,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

/// Looking costs reading two small files.
const LOOK: Duration = Duration::from_secs(2);

/// A certificate and its key as their files have them. When these change, the next connection gets the new one and
/// those that stand stay as they are.
#[derive(Debug)]
pub struct Certificate {
    section: &'static str,
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<CertifiedKey>>,
}

impl Certificate {
    /// None when no certificate is configured. `section` is where in the configuration the files are named.
    pub fn open(section: &'static str, certificate: &Path, key: &Path) -> Result<Option<Arc<Self>>, String> {
        if certificate.as_os_str().is_empty() {
            return Ok(None);
        }
        let current = RwLock::new(Arc::new(load(section, certificate, key)?));
        Ok(Some(Arc::new(Self { section, certificate: certificate.to_owned(), key: key.to_owned(), current })))
    }

    /// Looks at the files every few seconds, for as long as it is polled. Bytes are compared and not dates, because a
    /// volume that is mounted anew changes neither.
    pub async fn watch(&self) {
        let mut seen = self.files().await;
        loop {
            tokio::time::sleep(LOOK).await;
            let found = self.files().await;
            if found != seen {
                self.reload();
                seen = found;
            }
        }
    }

    async fn files(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let read =
            async || io::Result::Ok((tokio::fs::read(&self.certificate).await?, tokio::fs::read(&self.key).await?));
        read().await.ok()
    }

    /// Whoever replaces two files does so one after the other: a pair that does not match is looked at again when the
    /// second has changed as well.
    fn reload(&self) {
        match load(self.section, &self.certificate, &self.key) {
            Ok(fresh) => {
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
                tracing::info!(section = self.section, "the certificate was renewed");
            }
            Err(error) => tracing::warn!(%error, "the new certificate cannot be used; the old one stays"),
        }
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

fn load(section: &str, certificate: &Path, key: &Path) -> Result<CertifiedKey, String> {
    let said = |name: &str, error: &dyn std::fmt::Display| format!("configuration: `{section}.{name}`: {error}");
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(|certificates| certificates.collect::<Result<Vec<_>, _>>())
        .map_err(|error| said("tls_certificate", &error))?;
    if chain.is_empty() {
        return Err(said("tls_certificate", &"there is no certificate in this file"));
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(|error| said("tls_key", &error))?;
    CertifiedKey::from_der(chain, key, &ring::default_provider())
        .map_err(|error| said("tls_certificate` and `tls_key", &error))
}
