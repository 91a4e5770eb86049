//! Input that nobody sends by mistake.

use reqwest::Method;
use serde_json::json;

story! {
    async fn a_body_of_ten_megabytes_is_refused_without_being_kept(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let body = json!({ "name": "甲".repeat(3_500_000) });
        assert_eq!(regulator.post("/tokens", &body).await.refused(413)["code"], json!("too_large"));
        let keyed = regulator.request(Method::POST, "/tokens").header("idempotency-key", "ten-megabytes").json(&body);
        assert_eq!(regulator.send(keyed).await.refused(413)["code"], json!("too_large"));
    }
}

story! {
    async fn what_is_not_json_is_said_to_be_so(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let raw = |body: Vec<u8>, kind: &'static str| regulator.request(Method::POST, "/tokens").header("content-type", kind).body(body);
        for (body, kind) in [
            (b"{".to_vec(), "application/json"),
            (b"\xff\xfe{}".to_vec(), "application/json"),
            (b"name=x".to_vec(), "application/x-www-form-urlencoded"),
        ] {
            assert_eq!(regulator.send(raw(body, kind)).await.refused(400)["code"], json!("malformed"));
        }
        let deep = format!("{}{}", r#"{"name":"#.repeat(100_000), "}".repeat(100_000));
        assert_eq!(regulator.send(raw(deep.into_bytes(), "application/json")).await.field("name"), "填写的内容格式不正确");
    }
}

story! {
    async fn a_zero_byte_finds_nothing_and_breaks_nothing(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        for path in ["/audit?actor=%00", "/accounts?q=%00x", "/projects?name=%00", "/companies?name=%00", "/jobs?kind=%00"] {
            let answer = regulator.get(path).await;
            assert!([200, 400, 422].contains(&answer.status), "{path}: {}", answer.json);
        }
        app.try_login("a\u{0}b", "x\u{0}").await;
    }
}

story! {
    async fn odd_paths_and_pages_are_nowhere(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        for path in ["/projects/..%2f..%2fetc", "/projects/%00", "/jobs/1", "/files/../../x"] {
            let status = regulator.get(path).await.status;
            assert!([400, 404].contains(&status), "{path}: {status}");
        }
        for path in ["/audit?page=0", "/audit?page=18446744073709551615", "/audit?page_size=100000", "/audit?sort=password_hash"] {
            let status = regulator.get(path).await.status;
            assert!([200, 422].contains(&status), "{path}: {status}");
        }
        regulator.get("/accounts?sort=password_hash").await.field("sort");
    }
}

story! {
    async fn days_at_the_ends_of_the_calendar_are_refused_at_their_field(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        for filter in [
            "/audit?from", "/audit?to", "/projects?created_from", "/projects?created_to", "/applications?created_from",
            "/applications?created_to", "/roster?entered_from", "/roster?entered_to", "/roster?exited_from", "/roster?exited_to",
        ] {
            let field = filter.split('?').nth(1).unwrap();
            for day in ["-262143-01-01", "%2B262142-12-31", "2026-02-30"] {
                regulator.get(&format!("{filter}={day}")).await.field(field);
            }
            for day in ["1900-01-01", "2200-12-31"] {
                regulator.get(&format!("{filter}={day}")).await.ok();
            }
        }
    }
}

story! {
    async fn the_same_creating_call_twice_creates_once(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let call = |name: &str| regulator.request(Method::POST, "/tokens").header("idempotency-key", "token-key-1").json(&json!({ "name": name }));
        let first = regulator.send(call("闸机")).await;
        let again = regulator.send(call("闸机")).await;
        assert_eq!(again.headers["idempotent-replayed"], "true");
        assert_eq!((again.status, again.ok()), (201, first.ok()));
        assert_eq!(regulator.send(call("别的")).await.refused(409)["code"], json!("idempotency_key_reused"));
        let sessions = regulator.get("/sessions").await.ok();
        let tokens = sessions.as_array().unwrap().iter().filter(|session| session["kind"] == json!("api")).count();
        assert_eq!(tokens, 1);
        // Somebody else's key is another key.
        let other = app.regulator("440700").await;
        let theirs = other.request(Method::POST, "/tokens").header("idempotency-key", "token-key-1").json(&json!({ "name": "别的" }));
        other.send(theirs).await.ok();
    }
}
