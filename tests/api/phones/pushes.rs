//! What WeChat pushes: sealed, once, and nobody else's.

use mingce::entity::phone_identity;
use reqwest::Method;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

wechat_story! {
    async fn who_follows_is_welcomed_and_known_once(app: &TestApp, wechat: &WeChat) {
        wechat.send(Method::PUT, "/twist", json!({ "duplicates": 2 })).await;
        wechat.post("/people/wang/follow", json!({})).await;
        let attempts = wechat.attempts(3).await;
        assert!(attempts.iter().all(|attempt| attempt["status"] == 200), "{attempts:?}");
        let replied = attempts.iter().filter(|attempt| attempt["outcome"] == "replied").count();
        assert_eq!(replied, 1, "done once, however often it comes: {attempts:?}");
        assert_eq!(phone_identity::Entity::find().count(app.app.db.writer()).await.unwrap(), 1);
        let known = phone_identity::Entity::find().one(app.app.db.writer()).await.unwrap().unwrap();
        assert!(known.following);

        wechat.send(Method::PUT, "/twist", json!({})).await;
        wechat.post("/people/wang/unfollow", json!({})).await;
        wechat.attempts(4).await;
        let known = phone_identity::Entity::find().one(app.app.db.writer()).await.unwrap().unwrap();
        assert!(!known.following);
    }
}

wechat_story! {
    async fn pushes_that_are_forged_stale_or_somebody_else_s_are_refused(app: &TestApp, wechat: &WeChat) {
        let twists = [
            json!({ "bad_signature": true }),
            json!({ "age_seconds": 3600 }),
            json!({ "other_appid": true }),
            json!({ "unsealed": true }),
        ];
        for (person, twist) in ["wang", "li", "zhao", "chen"].iter().zip(twists) {
            wechat.send(Method::PUT, "/twist", twist).await;
            wechat.post(&format!("/people/{person}/follow"), json!({})).await;
        }
        let attempts = wechat.attempts(4).await;
        assert!(attempts.iter().all(|attempt| attempt["status"] == 403), "{attempts:?}");
        assert_eq!(phone_identity::Entity::find().count(app.app.db.writer()).await.unwrap(), 0);
        // Somebody who found the address.
        let stranger = app.nobody();
        let url = format!("http://{}/wechat/push/account", app.address);
        for request in [wechat.http.get(&url), wechat.http.post(&url).body("<xml></xml>"), wechat.http.post(format!("{url}?signature=a&timestamp=1&nonce=b")).body("x")] {
            assert_eq!(stranger.send(request).await.status, 403);
        }
        assert_eq!(stranger.send(wechat.http.post(format!("http://{}/wechat/push/other", app.address))).await.status, 404);
    }
}

wechat_story! {
    async fn the_address_can_be_verified_and_the_account_has_its_menu(app: &TestApp, wechat: &WeChat) {
        wechat.post("/callbacks/account/verify", json!({})).await;
        wechat.post("/callbacks/mini_program/verify", json!({})).await;
        let menu = wechat.until(|| async { Some(wechat.get("/state").await["menu"].clone()).filter(|menu| !menu.is_null()) }).await;
        assert_eq!(menu["button"][0]["name"], "实名制");
        let link = menu["button"][0]["sub_button"][0]["url"].as_str().unwrap();
        assert!(link.contains("/wechat/enter?to=staff%2Fhome%2Findex"), "{link}");

        // Help, by the menu and by a word.
        wechat.post("/people/wang/follow", json!({})).await;
        wechat.chat("wang", 1).await;
        wechat.post("/people/wang/menu", json!({ "path": [2] })).await;
        wechat.post("/people/wang/say", json!({ "text": "在吗" })).await;
        let chat = wechat.chat("wang", 4).await;
        assert_eq!(chat.iter().filter(|item| item["shown"]["articles"][0]["title"] == "名册能为您做什么").count(), 2, "{chat:?}");
        assert!(app.app.wechat.is_some());
    }
}
