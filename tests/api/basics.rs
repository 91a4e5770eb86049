//! What holds for every call.

use serde_json::json;

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
