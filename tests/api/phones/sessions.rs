//! Who holds a phone, and where it is logged in.

use serde_json::json;

use super::support::text;

wechat_story! {
    async fn a_code_of_the_mini_program_logs_a_phone_in_once(app: &TestApp, wechat: &WeChat) {
        let code = wechat.login_code("wang").await;
        let body = json!({ "code": code, "app": "mini_program" });
        let opened = app.nobody().post("/phone/session", &body).await.ok();
        let again = app.nobody().post("/phone/session", &body).await.refused(409);
        assert_eq!(again["code"], "wechat_refused");
        assert!(text(&again["message"]).contains("重新"), "{again}");

        let phone = app.with_bearer(opened["token"].as_str().unwrap());
        let seen = phone.get("/phone/session").await.ok();
        assert_eq!(seen["user"]["account"], json!(null));
        assert_eq!(seen["following"], json!(false));

        // The same person is the same user, whichever time they come.
        let later = app.phone(wechat, "wang").await;
        assert_eq!(later.get("/phone/session").await.ok()["user"]["id"], seen["user"]["id"]);
        assert_eq!(app.phone_users().await.len(), 1);

        phone.delete("/phone/session").await.ok();
        phone.get("/phone/session").await.refused(401);
        later.get("/phone/session").await.ok();
    }
}

wechat_story! {
    async fn a_phone_is_logged_in_by_one_way_and_not_by_nonsense(app: &TestApp, wechat: &WeChat) {
        let nobody = app.nobody();
        for body in [
            json!({}),
            json!({ "code": "x", "app": "account" }),
            json!({ "code": "x", "ticket": "y" }),
            json!({ "code": "" }),
        ] {
            nobody.post("/phone/session", body).await.field("code");
        }
        nobody.post("/phone/session", json!({ "code": "made-up", "app": "mini_program" })).await.refused(409);
        nobody.post("/phone/session", json!({ "ticket": "made-up" })).await.refused(409);
        app.with_bearer("ph_made-up").get("/phone/session").await.refused(401);
        nobody.get("/phone/session").await.refused(401);

        // WeChat's own trouble is no fault of the person's.
        for (kind, status) in [("html", 503), ("status", 503), ("garbage", 503)] {
            let fault = json!([{ "path": "/sns/jscode2session", "times": 1, "kind": kind, "code": 502, "status": 502 }]);
            wechat.send(reqwest::Method::PUT, "/faults", fault).await;
            let code = wechat.login_code("li").await;
            let answer = nobody.post("/phone/session", json!({ "code": code, "app": "mini_program" })).await;
            assert_eq!(answer.refused(status)["code"], "wechat", "{kind}");
        }
    }
}

wechat_story! {
    async fn a_phone_knows_what_it_needs_before_anybody_is_logged_in(app: &TestApp, wechat: &WeChat) {
        let settings = app.nobody().get("/phone/settings").await.ok();
        assert_eq!(settings["wechat"]["stand_in_url"], json!(wechat.url));
        assert_eq!(settings["sms"], json!(true));
        assert_eq!(settings["templates"].as_array().unwrap().len(), 6);
        let console = app.nobody().get("/settings").await.ok();
        assert_eq!(console["wechat"]["login_ways"], json!(["mini_program", "account"]));
        assert_eq!(console["wechat"]["stand_in_url"], json!(format!("{}/wechat/", wechat.url)));
    }
}

story! {
    async fn without_a_wechat_there_is_a_sentence_that_there_is_none(app: &TestApp) {
        let settings = app.nobody().get("/settings").await.ok();
        assert_eq!(settings["wechat"]["login_ways"], json!([]));
        let refused = app.nobody().post("/phone/session", json!({ "code": "x", "app": "mini_program" })).await;
        assert_eq!(refused.refused(503)["code"], "no_wechat");
        app.nobody().post("/login-tickets", json!({ "way": "mini_program" })).await.refused(503);
    }
}
