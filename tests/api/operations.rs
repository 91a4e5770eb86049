//! What operators rely on: health, readiness, metrics, the audit, accounts of one's region, the API document.

use mingce::platform::messages::Mail;
use reqwest::Method;
use serde_json::json;

use crate::api::support::{Kind, TestApp};

impl TestApp {
    async fn plain(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("http://{}{path}", self.address)).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

story! {
    async fn health_readiness_and_metrics_say_what_is(app: &TestApp) {
        assert_eq!(app.plain("/healthz").await, (200, "ok".to_owned()));
        let (status, body) = app.plain("/readyz").await;
        assert_eq!((status, body.as_str()), (200, r#"{"database":true,"cache":true,"files":true}"#));
        app.nobody().get("/regions").await.ok();
        let (status, metrics) = app.plain("/metrics").await;
        assert_eq!(status, 200);
        assert!(metrics.contains(r#"mingce_http_requests_total{method="GET",route="/api/v1/regions",status="200"} 1"#), "{metrics}");
        assert!(metrics.contains("mingce_process_resident_memory_bytes"));
    }
}

story! {
    async fn metrics_do_not_count_paths_apart(app: &TestApp) {
        for id in 0..3 {
            app.nobody().get(&format!("/jobs/00000000-0000-7000-8000-00000000000{id}")).await.refused(401);
        }
        let (_, metrics) = app.plain("/metrics").await;
        assert!(metrics.contains(r#"route="/api/v1/jobs/{id}",status="401"} 3"#), "{metrics}");
    }
}

story! {
    async fn the_audit_is_read_within_one_s_reach(app: &TestApp) {
        let city = app.regulator("440700").await;
        city.put("/policies/440703/exit_undo_days", &json!(0), json!({ "value": 9 })).await.ok();
        let listed = app.regulator("440703").await.get("/audit?action=policy").await.ok();
        assert_eq!(listed["total"], json!(1));
        assert_eq!(listed["items"][0]["after"], json!({ "value": 9 }));
        assert_eq!(listed["items"][0]["ip"], json!("127.0.0.1"));
        assert_eq!(app.regulator("510800").await.get("/audit?action=policy").await.ok()["total"], json!(0));
        app.nobody().get("/audit").await.refused(401);
        app.nobody().get("/audit?from=2026-13-01").await.refused(401);
        city.get("/audit?from=2026-13-01").await.field("from");
    }
}

story! {
    async fn a_regulator_manages_the_accounts_of_its_region(app: &TestApp) {
        let city = app.regulator("440700").await;
        let new = json!({ "login": "pj-jianguan", "name": "蓬江监管", "region_code": "440703" });
        let issued = city.post("/accounts", &new).await.ok();
        assert_eq!(city.post("/accounts", &new).await.field("login"), "该账号名已被使用，请换一个");
        let elsewhere = json!({ "login": "gy-jianguan", "name": "广元监管", "region_code": "510800" });
        city.post("/accounts", &elsewhere).await.field("region_code");

        let password = issued["first_password"].as_str().unwrap();
        let (officer, _) = app.logged_in("pj-jianguan", password).await;
        let id = issued["id"].as_str().unwrap();
        app.regulator("510800").await.post(&format!("/accounts/{id}/reissue"), json!({})).await.refused(404);
        let body = json!({ "disabled": true, "reason": "调离" });
        city.post(&format!("/accounts/{id}/disable"), body).await.ok();
        officer.get("/session").await.refused(401);
        app.try_login("pj-jianguan", password).await.field("password");
        let found = city.get("/accounts?q=PJ-&disabled=true").await.ok();
        assert_eq!(found["total"], json!(1));
        let own = city.get("/session").await.ok()["account"]["id"].clone();
        city.post(&format!("/accounts/{}/reissue", own.as_str().unwrap()), json!({})).await.refused(409);
    }
}

story! {
    async fn the_api_document_describes_every_route_and_its_errors(app: &TestApp) {
        let document = app.nobody().get("/openapi.json").await.ok();
        assert_eq!(document["openapi"], json!("3.1.0"));
        let login = &document["paths"]["/api/v1/session"]["post"]["responses"];
        assert!(login.get("422").is_some() && login.get("200").is_some());
    }
}

#[actix_web::test]
async fn strangers_are_braked_and_people_who_are_logged_in_are_not() {
    let app = TestApp::start_with(Kind::Sqlite, |config| config.server.anonymous_rate = 5).await;
    let regulator = app.regulator("440700").await;
    for _ in 0..5 {
        app.nobody().get("/regions").await.ok();
    }
    let refused = app.nobody().get("/regions").await;
    assert!(refused.headers.contains_key("retry-after") && refused.headers.contains_key("x-request-id"));
    refused.refused(429);
    regulator.get("/regions").await.ok();
    // What looks like a login and is none does not get around it.
    let made_up = app.nobody().request(Method::GET, "/regions").header("cookie", "mingce_session=made-up");
    app.nobody().send(made_up).await.refused(429);
    app.with_bearer("made-up").get("/regions").await.refused(429);
    app.stop().await;
}

#[actix_web::test]
async fn the_demo_shows_its_mails_and_everybody_else_has_no_such_page() {
    let demo = TestApp::start(Kind::Sqlite).await;
    let mail =
        Mail { to: "a@example.com".to_owned(), subject: "审核结果".to_owned(), text: "<b>通过</b>".to_owned() };
    demo.app.mailer.send(&mail).await.unwrap();
    let (status, page) = demo.plain("/demo/mail").await;
    assert!(status == 200 && page.contains("审核结果") && page.contains("&lt;b&gt;通过"), "{page}");
    demo.stop().await;
    let real = TestApp::start_with(Kind::Sqlite, |config| config.demo = false).await;
    assert_eq!(real.plain("/demo/mail").await.0, 404);
    real.stop().await;
}
