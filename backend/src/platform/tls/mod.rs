//! TLS by rustls on ring, for serving and for calling out.

mod certificate;

pub use certificate::Certificate;

use std::sync::Arc;

use rustls::ServerConfig;

/// One provider for the whole process. A second call changes nothing.
pub fn use_ring() {
    drop(rustls::crypto::ring::default_provider().install_default());
}

/// For a server that shows this certificate, and its successors.
pub fn server_config(certificate: Arc<Certificate>) -> ServerConfig {
    ServerConfig::builder().with_no_client_auth().with_cert_resolver(certificate)
}
