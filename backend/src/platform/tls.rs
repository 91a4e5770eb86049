//! TLS by rustls on ring, for serving and for calling out.

use rustls::ServerConfig;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

use super::config::ServerConfig as Settings;

/// One provider for the whole process. A second call changes nothing.
pub fn use_ring() {
    drop(rustls::crypto::ring::default_provider().install_default());
}

/// None when no certificate is configured: then a proxy in front speaks TLS.
pub fn server_config(settings: &Settings) -> Result<Option<ServerConfig>, String> {
    if settings.tls_certificate.as_os_str().is_empty() {
        return Ok(None);
    }
    let chain = CertificateDer::pem_file_iter(&settings.tls_certificate)
        .and_then(|certificates| certificates.collect::<Result<Vec<_>, _>>())
        .map_err(|error| format!("configuration: `server.tls_certificate`: {error}"))?;
    let key = PrivateKeyDer::from_pem_file(&settings.tls_key)
        .map_err(|error| format!("configuration: `server.tls_key`: {error}"))?;
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key);
    config.map(Some).map_err(|error| format!("configuration: `server.tls_certificate` and `server.tls_key`: {error}"))
}
