//! What the program writes down: enough to find a failure by the number on somebody's screen, and nothing of anybody.

use mingce::platform::types::{Sex, synthetic};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::api::support::TestApp;

fn of_request<'a>(id: &'a str) -> impl Fn(&Value) -> bool + use<'a> {
    move |line| line["span"]["request.id"] == id
}

#[actix_web::test]
async fn a_failure_is_found_by_its_request_id_and_nobody_s_data_is_in_the_log() {
    let mut app = TestApp::start_program(&[]).await;
    let number = synthetic::id_number(4711, "1988-05-06".parse().unwrap(), Sex::Male);
    let regulator = app.regulator("440700").await;
    let form = json!({
        "id_number": number.expose(), "name": "王建国", "ethnic": "汉族", "region_code": "440703", "phone": "13812345678",
    });
    let made = regulator.post("/people", &form).await;
    assert_eq!(made.status, 201, "{}", made.json);
    let search = json!({ "id_number": number.expose(), "name": "王建国" });
    let passed = regulator.post("/people/search?sort=name&page=1", &search).await;
    app.app.db.writer().execute_unprepared("ALTER TABLE person RENAME TO person_gone").await.unwrap();
    let request = regulator.request(reqwest::Method::POST, "/people/search").json(&search);
    let failed = request.send().await.unwrap();
    assert_eq!(failed.status(), 500);

    let id = |headers: &reqwest::header::HeaderMap| headers["x-request-id"].to_str().unwrap().to_owned();
    let (passed, failed) = (id(&passed.headers), id(failed.headers()));
    let program = app.program();
    let answered = program.line(|line| of_request(&passed)(line) && line["message"] == "answered").await;
    assert_eq!((&answered["level"], &answered["status"]), (&json!("INFO"), &json!(200)));
    assert_eq!((&answered["method"], &answered["route"]), (&json!("POST"), &json!("/api/v1/people/search")));
    assert!(answered["milliseconds"].is_number());
    let reason = program.line(|line| of_request(&failed)(line) && line["level"] == "ERROR").await;
    assert!(reason["error"].as_str().unwrap().contains("no such table"), "{reason}");
    let answered = program.line(|line| of_request(&failed)(line) && line["message"] == "answered").await;
    assert_eq!((&answered["level"], &answered["status"]), (&json!("WARN"), &json!(500)));

    for line in program.log() {
        assert!(line.is_object(), "every line is JSON: {line}");
        let text = line.to_string();
        for private in [number.expose(), &number.expose()[6..14], "王建国", "13812345678", "sort=name"] {
            assert!(!text.contains(private), "{private} in {text}");
        }
    }
    app.stop().await;
}
