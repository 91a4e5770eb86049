//! A number is proved by WeChat's button, or by a code that comes to it.

use serde_json::json;

use super::support::text;

wechat_story! {
    async fn the_button_gives_the_number_of_the_phone(app: &TestApp, wechat: &WeChat) {
        let phone = app.phone(wechat, "wang").await;
        let code = wechat.phone_code("wang").await;
        let seen = phone.post("/phone/number", json!({ "code": code })).await.ok();
        assert_eq!(seen["user"]["phone"], "199****0001");
        phone.post("/phone/number", json!({ "code": code })).await.refused(409);
        phone.post("/phone/number", json!({ "code": "" })).await.field("code");
        app.nobody().post("/phone/number", json!({ "code": code })).await.refused(401);
    }
}

wechat_story! {
    async fn a_code_comes_to_the_number_and_counts_once(app: &TestApp, wechat: &WeChat) {
        let phone = app.phone(wechat, "li").await;
        let number = "13800000011";
        phone.post("/phone/sms", json!({ "phone": number })).await.ok();
        let refused = phone.post("/phone/sms", json!({ "phone": number })).await.refused(429);
        assert!(text(&refused["message"]).contains("一分钟"));
        let code = app.sms_code(number);
        let with = |code: &str| json!({ "phone": number, "code": code });
        let wrong = if code == "000000" { "000001" } else { "000000" };
        phone.post("/phone/number/sms", with(wrong)).await.field("code");
        // Somebody else's phone cannot use it.
        app.phone(wechat, "wang").await.post("/phone/number/sms", with(&code)).await.field("code");
        let seen = phone.post("/phone/number/sms", with(&code)).await.ok();
        assert_eq!(seen["user"]["phone"], "138****0011");
        phone.post("/phone/number/sms", with(&code)).await.field("code");

        phone.post("/phone/sms", json!({ "phone": "1380000" })).await.field("phone");
        app.nobody().post("/phone/sms", json!({ "phone": number })).await.refused(401);
        let shown = app.page("/demo/sms", "").await;
        assert!(String::from_utf8(shown.bytes).unwrap().contains(number));
    }
}

wechat_story! {
    async fn after_five_wrong_codes_the_right_one_is_wrong_too(app: &TestApp, wechat: &WeChat) {
        let phone = app.phone(wechat, "zhao").await;
        let number = "13800000012";
        phone.post("/phone/sms", json!({ "phone": number })).await.ok();
        let code = app.sms_code(number);
        for _ in 0..6 {
            phone.post("/phone/number/sms", json!({ "phone": number, "code": "no" })).await.field("code");
        }
        phone.post("/phone/number/sms", json!({ "phone": number, "code": code })).await.field("code");
    }
}

wechat_story! {
    async fn a_number_goes_to_whoever_proved_it_last(app: &TestApp, wechat: &WeChat) {
        let (before, after) = (app.phone(wechat, "wang").await, app.phone(wechat, "li").await);
        let code = wechat.phone_code("wang").await;
        before.post("/phone/number", json!({ "code": code })).await.ok();
        wechat.send(reqwest::Method::PATCH, "/people/li", json!({ "phone": "19900000001" })).await;
        let code = wechat.phone_code("li").await;
        after.post("/phone/number", json!({ "code": code })).await.ok();
        assert_eq!(before.get("/phone/session").await.ok()["user"]["phone"], json!(null));
        assert_eq!(after.get("/phone/session").await.ok()["user"]["phone"], "199****0001");
    }
}
