//! Logging in by a certificate (SH1): mutual TLS over a real socket.

use mingce::platform::config::Config;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedKey, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, generate_simple_self_signed,
};
use reqwest::{Client, Identity};
use serde_json::{Value, json};

use crate::api::support::{Kind, TestApp};

const HOST: &str = "mingce.example";

/// Whoever issues certificates to people.
struct Authority {
    params: CertificateParams,
    key: KeyPair,
    certificate: Certificate,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params.distinguished_name.push(DnType::CommonName, "测试证书机构");
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self { params, key, certificate }
    }

    /// A certificate and its key, for somebody.
    fn issue(&self, name: &str) -> (String, String) {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let key = KeyPair::generate().unwrap();
        let issuer = Issuer::from_params(&self.params, &self.key);
        (params.signed_by(&key, &issuer).unwrap().pem(), key.serialize_pem())
    }
}

fn certify(config: &mut Config, authority: &Authority) -> reqwest::Certificate {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([HOST.to_owned()]).unwrap();
    let folder = config.files.path.parent().unwrap();
    config.server.tls_certificate = folder.join("chain.pem");
    config.server.tls_key = folder.join("key.pem");
    config.server.public_url = format!("https://{HOST}");
    config.auth.client_ca = folder.join("people.pem");
    std::fs::write(&config.server.tls_certificate, cert.pem()).unwrap();
    std::fs::write(&config.server.tls_key, signing_key.serialize_pem()).unwrap();
    std::fs::write(&config.auth.client_ca, authority.certificate.pem()).unwrap();
    reqwest::Certificate::from_pem(cert.pem().as_bytes()).unwrap()
}

fn browser(app: &TestApp, trusted: &reqwest::Certificate, own: Option<&(String, String)>) -> Client {
    let mut builder = Client::builder().no_proxy().resolve(HOST, app.address).tls_certs_only([trusted.clone()]);
    if let Some((certificate, key)) = own {
        builder = builder.identity(Identity::from_pem(format!("{certificate}{key}").as_bytes()).unwrap());
    }
    builder.build().unwrap()
}

async fn post(app: &TestApp, browser: &Client, path: &str) -> (u16, Value, Option<String>) {
    let url = format!("https://{HOST}:{}/api/v1{path}", app.address.port());
    let answer = browser.post(url).json(&json!({})).send().await.unwrap();
    let cookie = answer.headers().get("set-cookie").map(|cookie| cookie.to_str().unwrap().to_owned());
    (answer.status().as_u16(), serde_json::from_str(&answer.text().await.unwrap()).unwrap(), cookie)
}

#[actix_web::test]
async fn a_certificate_logs_its_account_in_over_mutual_tls() {
    let (authority, mut trusted) = (Authority::new(), None);
    let app = TestApp::start_with(Kind::Sqlite, |config| trusted = Some(certify(config, &authority))).await;
    let trusted = trusted.unwrap();
    let account = app.settled_account("ca01").await;
    let mine = authority.issue("江门监管 张三");

    // Bound by whoever manages accounts: over TLS like everything here.
    let (code, body, _) = post(&app, &browser(&app, &trusted, Some(&mine)), "/session/certificate").await;
    assert_eq!((code, body["code"].as_str()), (403, Some("certificate_unknown")));
    let facts = mingce::platform::tls::x509::read_pem(&mine.0).unwrap();
    assert!(facts.subject.contains("CN=江门监管 张三"));
    bind(&app, account.id, &facts).await;

    let (code, body, cookie) = post(&app, &browser(&app, &trusted, Some(&mine)), "/session/certificate").await;
    assert_eq!((code, body["account"]["login"].as_str()), (200, Some("ca01")), "{body}");
    assert!(cookie.unwrap().starts_with("mingce_session="));

    // Without one, the platform is as it was; but it is no way in.
    let (code, body, _) = post(&app, &browser(&app, &trusted, None), "/session/certificate").await;
    assert_eq!((code, body["code"].as_str()), (403, Some("no_certificate")));
    // One that somebody else has issued is not even listened to.
    let forged = Authority::new().issue("江门监管 张三");
    let url = format!("https://{HOST}:{}/api/v1/settings", app.address.port());
    assert!(browser(&app, &trusted, Some(&forged)).get(url).send().await.is_err());
    app.stop().await;
}

async fn bind(app: &TestApp, account_id: uuid::Uuid, facts: &mingce::platform::tls::x509::Facts) {
    use mingce::entity::account_certificate;
    use sea_orm::{ActiveModelTrait, ActiveValue::Set};
    let row = account_certificate::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        account_id: Set(account_id),
        fingerprint: Set(facts.fingerprint.clone()),
        subject: Set(facts.subject.clone()),
        issuer: Set(facts.issuer.clone()),
        serial: Set(facts.serial.clone()),
        not_before: Set(facts.not_before),
        not_after: Set(facts.not_after),
        created_at: Set(chrono::Utc::now()),
        created_by: Set(None),
    };
    row.insert(app.app.db.writer()).await.unwrap();
}

story! {
    async fn certificates_are_bound_by_whoever_manages_accounts(app: &TestApp) {
        let account = app.settled_account("ca02").await;
        let (regulator, stranger) = (app.regulator("440700").await, app.regulator("510800").await);
        let path = format!("/accounts/{}/certificates", account.id);
        let (certificate, key) = Authority::new().issue("李四");
        let form = |text: &str| json!({ "certificate": text });

        let added = regulator.post(&path, form(&certificate)).await.ok();
        assert!(added["subject"].as_str().unwrap().contains("CN=李四"));
        assert!(regulator.post(&path, form(&certificate)).await.field("certificate").contains("已绑定"));
        assert!(regulator.post(&path, form(&format!("{certificate}{key}"))).await.field("certificate").contains("私钥"));
        assert!(regulator.post(&path, form("hello")).await.field("certificate").contains("PEM"));
        regulator.post(&path, form("")).await.field("certificate");
        stranger.post(&path, form(&certificate)).await.refused(404);
        stranger.get(&path).await.refused(404);
        app.nobody().post(&path, form(&certificate)).await.refused(401);
        app.nobody().get(&path).await.refused(401);

        assert_eq!(regulator.get(&path).await.ok().as_array().unwrap().len(), 1);
        let one = format!("{path}/{}", added["id"].as_str().unwrap());
        stranger.delete(&one).await.refused(404);
        app.nobody().delete(&one).await.refused(401);
        regulator.delete(&one).await.ok();
        regulator.delete(&one).await.refused(404);
        assert_eq!(app.nobody().post("/session/certificate", json!({})).await.refused(403)["code"], "no_certificate");
    }
}
