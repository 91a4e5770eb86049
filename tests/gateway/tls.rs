//! The same protocol over TLS, with a certificate that is renewed.

use std::{path::Path, sync::Arc, time::Duration};

use mingce::channels::terminal::client::{Gateway, Tls};
use rustls_pki_types::{CertificateDer, ServerName};
use terminal_protocol::{Reply, Request};

use super::support::{self, Gate, at, kept_punches, punch};
use crate::api::support::Kind;

/// Writes a new self-signed certificate and its key.
fn issue(folder: &Path) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    std::fs::write(folder.join("certificate.pem"), made.cert.pem()).unwrap();
    made.cert.der().clone()
}

fn trusting(address: std::net::SocketAddr, certificate: CertificateDer<'static>) -> Gateway {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate).unwrap();
    let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let tls = Tls { config: Arc::new(config), name: ServerName::try_from("localhost").unwrap() };
    Gateway { address: address.to_string(), tls: Some(tls) }
}

#[actix_web::test]
async fn a_renewed_certificate_serves_new_connections_and_old_ones_stay() {
    let folder = std::env::temp_dir().join(format!("mingce_tls_{}", uuid::Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    let first = issue(&folder);
    let app = support::start(Kind::Sqlite, |config| {
        config.gateway.tls_certificate = folder.join("certificate.pem");
        config.gateway.tls_key = folder.join("key.pem");
    })
    .await;
    let gate = Gate::open(&app).await;
    let (person, other) = (gate.worker("王建国").await, gate.device(gate.device.direction).await);
    let address = app.gateway_tls.unwrap();

    let mut old = trusting(address, first.clone()).connect().await.unwrap();
    assert_eq!(old.log_in(&gate.vendor.code, &gate.device.serial).await.unwrap(), Reply::Login);
    assert_eq!(old.exchange(&punch(&person, at(-10))).await.unwrap(), Reply::Attendance);

    let second = issue(&folder);
    let mut left = 200;
    let mut new = loop {
        match trusting(address, second.clone()).connect().await {
            Ok(terminal) => break terminal,
            Err(_) => {
                left -= 1;
                assert!(left > 0, "the certificate is never renewed");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    };
    assert!(trusting(address, first).connect().await.is_err());
    assert_eq!(new.log_in(&gate.vendor.code, &other.serial).await.unwrap(), Reply::Login);
    assert_eq!(old.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);
    assert_eq!(kept_punches(&app, &gate.device).await.len(), 1);

    // Half a renewal changes nothing.
    std::fs::write(folder.join("key.pem"), "not a key").unwrap();
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert!(trusting(address, second).connect().await.is_ok());
    app.stop().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[actix_web::test]
async fn who_speaks_no_tls_at_that_port_is_turned_away_and_nobody_else_notices() {
    let folder = std::env::temp_dir().join(format!("mingce_tls_{}", uuid::Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    issue(&folder);
    let app = support::start(Kind::Sqlite, |config| {
        config.gateway.tls_certificate = folder.join("certificate.pem");
        config.gateway.tls_key = folder.join("key.pem");
    })
    .await;
    let gate = Gate::open(&app).await;
    let mut plain = Gateway::plain(app.gateway_tls.unwrap()).connect().await.unwrap();
    assert!(plain.log_in(&gate.vendor.code, &gate.device.serial).await.is_err());
    gate.terminal().await;
    app.stop().await;
    std::fs::remove_dir_all(folder).unwrap();
}
