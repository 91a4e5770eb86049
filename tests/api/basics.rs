//! What holds for every call.

use serde_json::json;

use crate::api::support::{Kind, TestApp};

story! {
    async fn an_unknown_path_of_the_api_is_a_404_in_the_one_error_shape(app: &TestApp) {
        let body = app.nobody().get("/nothing-here").await.refused(404);
        assert_eq!(body["code"], json!("not_found"));
    }
}

story! {
    async fn every_answer_carries_the_usual_headers_and_a_request_id(app: &TestApp) {
        let answer = app.nobody().get("/nothing-here").await;
        for name in ["x-request-id", "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"] {
            assert!(answer.headers.contains_key(name), "{name}");
        }
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
}

#[actix_web::test]
async fn browsers_keep_to_https_where_people_reach_us_by_it() {
    for (url, promise) in [("https://mingce.example", Some("max-age=31536000")), ("http://127.0.0.1:8840", None)] {
        let app = TestApp::start_with(Kind::Sqlite, |config| config.server.public_url = url.to_owned()).await;
        let answer = app.nobody().get("/nothing-here").await;
        assert_eq!(answer.headers.get("strict-transport-security").map(|value| value.to_str().unwrap()), promise);
        app.stop().await;
    }
}
