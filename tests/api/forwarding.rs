//! From where somebody calls, behind a proxy and without one.

use reqwest::Method;
use serde_json::json;

use crate::api::support::{Answer, Client, Kind, TestApp};

/// A call with one header line for each of these.
async fn forwarded(client: &Client, path: &str, lines: &[&str]) -> Answer {
    let request = client.request(Method::GET, path);
    client.send(lines.iter().fold(request, |request, line| request.header("x-forwarded-for", *line))).await
}

/// The platform behind a proxy on this machine.
async fn behind_a_proxy() -> TestApp {
    TestApp::start_with(Kind::Sqlite, |config| {
        config.server.trusted_proxies = vec!["127.0.0.0/8".to_owned()];
        config.server.anonymous_rate = 2;
    })
    .await
}

#[actix_web::test]
async fn the_brake_counts_the_address_the_proxy_saw_and_no_other() {
    let app = behind_a_proxy().await;
    let nobody = app.nobody();
    for _ in 0..2 {
        forwarded(&nobody, "/regions", &["198.51.100.1"]).await.ok();
    }
    forwarded(&nobody, "/regions", &["198.51.100.1"]).await.refused(429);
    for made_up in [&["6.6.6.6, 198.51.100.1"][..], &["6.6.6.6", "198.51.100.1"], &["nonsense", "198.51.100.1"]] {
        forwarded(&nobody, "/regions", made_up).await.refused(429);
    }
    forwarded(&nobody, "/regions", &["198.51.100.2"]).await.ok();
    app.stop().await;
}

#[actix_web::test]
async fn without_a_trusted_proxy_the_header_is_only_a_claim() {
    let app = TestApp::start_with(Kind::Sqlite, |config| config.server.anonymous_rate = 2).await;
    for claim in ["198.51.100.1", "198.51.100.2"] {
        forwarded(&app.nobody(), "/regions", &[claim]).await.ok();
    }
    forwarded(&app.nobody(), "/regions", &["198.51.100.3"]).await.refused(429);
    app.stop().await;
}

#[actix_web::test]
async fn the_audit_knows_the_caller_and_not_the_proxy() {
    let app = behind_a_proxy().await;
    let regulator = app.regulator("440700").await;
    let request = regulator.request(Method::POST, "/tokens").header("x-forwarded-for", "198.51.100.7");
    regulator.send(request.json(&json!({ "name": "闸机" }))).await.ok();
    let noted = regulator.get("/audit?action=token.create").await.ok();
    assert_eq!(noted["items"][0]["ip"], json!("198.51.100.7"));
    app.stop().await;
}

async fn metrics(app: &TestApp, headers: &[(&str, &str)]) -> u16 {
    let request = reqwest::Client::new().get(format!("http://{}/metrics", app.address));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.send().await.unwrap().status().as_u16()
}

#[actix_web::test]
async fn metrics_are_for_this_machine_or_for_whoever_knows_the_token() {
    let app = behind_a_proxy().await;
    assert_eq!(metrics(&app, &[]).await, 200);
    assert_eq!(metrics(&app, &[("x-forwarded-for", "198.51.100.1")]).await, 404);
    app.stop().await;

    let token = mingce::platform::config::Secret::new("only-prometheus-knows");
    let app = TestApp::start_with(Kind::Sqlite, |config| config.telemetry.metrics_token = token).await;
    assert_eq!(metrics(&app, &[]).await, 404, "not even from this machine");
    for wrong in ["Bearer only-prometheus-know", "Bearer ", "only-prometheus-knows", "Basic b25seQ=="] {
        assert_eq!(metrics(&app, &[("authorization", wrong)]).await, 404, "{wrong}");
    }
    assert_eq!(metrics(&app, &[("authorization", "Bearer only-prometheus-knows")]).await, 200);
    app.stop().await;
}
