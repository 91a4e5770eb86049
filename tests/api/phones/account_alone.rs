//! An official account without a mini-program, and pushes that are not sealed: what a district begins with.

use chrono::Utc;
use mingce::{
    entity::phone_identity,
    platform::config::{Secret, StandInUse},
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use wechat::push::signature::sign;

use crate::api::support::{Kind, TestApp};

const TOKEN: &str = "tries-things-out";

async fn start(kind: Kind) -> TestApp {
    TestApp::start_with(kind, |config| {
        config.wechat.stand_in = StandInUse::Off;
        config.wechat.account_id = "wx00000000000000b2".to_owned();
        config.wechat.account_secret = Secret::new("of-nobody");
        config.wechat.token = Secret::new(TOKEN);
        // Nobody is there.
        config.wechat.api_url = "http://127.0.0.1:1".to_owned();
    })
    .await
}

/// Its status, and what was answered.
async fn push(app: &TestApp, at: i64, token: &str) -> (u16, String) {
    let at = at.to_string();
    let signature = sign(&[token, &at, "once"]);
    let url = format!("http://{}/wechat/push/account?signature={signature}&timestamp={at}&nonce=once", app.address);
    let body = "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o00000000000000000000000001]]></FromUserName>\
        <CreateTime>1795000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event><EventKey></EventKey></xml>";
    let answer = app.nobody().send(reqwest::Client::new().post(url).body(body)).await;
    (answer.status, String::from_utf8(answer.bytes).unwrap())
}

async fn tell(kind: Kind) {
    let app = start(kind).await;
    let now = Utc::now().timestamp();
    let known = || async { phone_identity::Entity::find().count(app.app.db.writer()).await.unwrap() };

    assert_eq!(push(&app, now, "of-somebody-else").await.0, 403);
    assert_eq!(push(&app, now - 3600, TOKEN).await.0, 403);
    assert_eq!(known().await, 0);
    let (status, welcome) = push(&app, now, TOKEN).await;
    assert_eq!(status, 200, "{welcome}");
    assert!(welcome.contains("<ToUserName><![CDATA[o00000000000000000000000001]]>"), "{welcome}");
    let (status, again) = push(&app, now, TOKEN).await;
    assert_eq!((status, again.contains("<ToUserName>"), known().await), (200, false, 1));

    // Phones log in through the account's pages; the code on the screen leads there.
    let settings = app.nobody().get("/phone/settings").await.ok();
    assert!(
        settings["wechat"]["mini_program_id"].is_null() && settings["wechat"]["account_id"].is_string(),
        "{settings}"
    );
    let ticket = app.nobody().post("/login-tickets", json!({ "way": "mini_program" })).await.ok();
    assert!(ticket["picture"].as_str().unwrap().starts_with("data:image/"), "{ticket}");
    let refused = app.nobody().post("/phone/session", json!({ "code": "0a1b", "app": "mini_program" })).await;
    assert_eq!(refused.refused(503)["message"], "平台没有接入微信小程序");
    app.stop().await;
}

#[actix_web::test]
async fn works_on_sqlite() {
    tell(Kind::Sqlite).await;
}

#[actix_web::test]
async fn works_on_postgres() {
    tell(Kind::Postgres).await;
}
