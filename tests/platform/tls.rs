//! HTTPS by the platform itself, with a certificate of its own making.

use mingce::platform::config::Config;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::{Certificate, Client};

use crate::api::support::{Kind, TestApp};

const HOST: &str = "mingce.example";

/// Writes a certificate and its key where the configuration says, and gives the certificate.
fn certify(config: &mut Config) -> Certificate {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([HOST.to_owned()]).unwrap();
    let folder = config.files.path.parent().unwrap();
    config.server.tls_certificate = folder.join("chain.pem");
    config.server.tls_key = folder.join("key.pem");
    config.server.public_url = format!("https://{HOST}");
    std::fs::write(&config.server.tls_certificate, cert.pem()).unwrap();
    std::fs::write(&config.server.tls_key, signing_key.serialize_pem()).unwrap();
    Certificate::from_pem(cert.pem().as_bytes()).unwrap()
}

#[actix_web::test]
async fn a_certificate_makes_the_platform_speak_https_and_nothing_else() {
    let mut certificate = None;
    let app = TestApp::start_with(Kind::Sqlite, |config| certificate = Some(certify(config))).await;
    let browser = Client::builder().no_proxy().resolve(HOST, app.address);
    let trusting = browser.tls_certs_only([certificate.unwrap()]).build().unwrap();
    let address = format!("https://{HOST}:{}", app.address.port());
    let answer = trusting.get(format!("{address}/api/v1/settings")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.headers().contains_key("strict-transport-security"));

    let stranger = Client::builder().no_proxy().resolve(HOST, app.address).tls_certs_only([]).build().unwrap();
    assert!(stranger.get(format!("{address}/healthz")).send().await.is_err(), "the certificate is not looked at");
    let plain = trusting.get(format!("http://{}/healthz", app.address)).send().await;
    assert!(plain.is_err(), "answers without TLS: {plain:?}");
    app.stop().await;
}

#[actix_web::test]
async fn cookies_of_an_https_platform_are_for_https_only() {
    let app = TestApp::start_with(Kind::Sqlite, |config| config.server.public_url = format!("https://{HOST}")).await;
    app.issued("jm01").await;
    let answer = app.try_login("jm01", crate::api::session::PASSWORD).await;
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    assert_eq!(cookies.len(), 2);
    for cookie in cookies {
        for flag in ["Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(cookie.contains(flag), "{flag} in {cookie}");
        }
    }
    app.stop().await;
}
