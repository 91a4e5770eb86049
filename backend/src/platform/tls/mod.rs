//! TLS by rustls on ring, for serving and for calling out.

mod certificate;
mod client;
pub mod x509;

pub use certificate::Certificate;
pub use client::{ClientCertificate, client_roots, note_client};

use std::sync::Arc;

use rustls::{RootCertStore, ServerConfig, server::WebPkiClientVerifier};

/// One provider for the whole process. A second call changes nothing.
pub fn use_ring() {
    drop(rustls::crypto::ring::default_provider().install_default());
}

/// For a server that shows this certificate, and its successors.
pub fn server_config(certificate: Arc<Certificate>) -> ServerConfig {
    ServerConfig::builder().with_no_client_auth().with_cert_resolver(certificate)
}

/// The same, for a server that asks for a certificate of these issuers as well. Who has none comes in without.
pub fn asking_server_config(certificate: Arc<Certificate>, roots: RootCertStore) -> Result<ServerConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
        .allow_unauthenticated()
        .build()
        .map_err(|error| format!("configuration: `auth.client_ca`: {error}"))?;
    Ok(ServerConfig::builder().with_client_cert_verifier(verifier).with_cert_resolver(certificate))
}
