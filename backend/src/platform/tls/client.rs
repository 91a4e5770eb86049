//! The certificate by which whoever connects has proved who they are.

use std::{any::Any, path::Path};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::{dev::Extensions, rt::net::TcpStream};
use rustls::RootCertStore;
use rustls_pki_types::{CertificateDer, pem::PemObject};

/// Of the connection a request came by; rustls has checked who issued it, and that whoever shows it has its key.
#[derive(Clone, Debug)]
pub struct ClientCertificate(pub Vec<u8>);

/// Called once for each connection.
pub fn note_client(connection: &dyn Any, of_connection: &mut Extensions) {
    let Some(stream) = connection.downcast_ref::<TlsStream<TcpStream>>() else { return };
    let (_, session) = stream.get_ref();
    if let Some([own, ..]) = session.peer_certificates() {
        of_connection.insert(ClientCertificate(own.to_vec()));
    }
}

/// Whose certificates are taken.
pub fn client_roots(file: &Path) -> Result<RootCertStore, String> {
    let said = |error: &dyn std::fmt::Display| format!("configuration: `auth.client_ca`: {error}");
    let issuers = CertificateDer::pem_file_iter(file)
        .and_then(|certificates| certificates.collect::<Result<Vec<_>, _>>())
        .map_err(|error| said(&error))?;
    let mut roots = RootCertStore::empty();
    for issuer in issuers {
        roots.add(issuer).map_err(|error| said(&error))?;
    }
    if roots.is_empty() { Err(said(&"there is no certificate in this file")) } else { Ok(roots) }
}
