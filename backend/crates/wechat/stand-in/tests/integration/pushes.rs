//! Pushes: plain and sealed, again and again, and all the ways in which they are not to be trusted.

use serde_json::json;
use wechat::push::Event;

use crate::platform::Platform;

async fn both_forms_of_a_scan(sealed: bool) {
    let platform = Platform::new(sealed).await;
    let code = platform.code("login:abc").await;
    platform.post("/wechat/api/people/wang/follow", json!({ "ticket": code["ticket"] })).await;
    assert_eq!(platform.attempts(1).await, ["taken"]);
    platform.post("/wechat/api/people/wang/scan", json!({ "content": code["url"] })).await;
    assert_eq!(platform.attempts(2).await, ["taken", "taken"]);
    platform.post("/wechat/api/people/wang/unfollow", json!({})).await;
    platform.attempts(3).await;
    let scene = "login:abc".to_owned();
    let expected = [Event::Subscribe { scene: Some(scene.clone()) }, Event::Scan { scene }, Event::Unsubscribe];
    assert_eq!(*platform.desk.done.lock().unwrap(), expected);
}

#[tokio::test]
async fn both_forms_of_a_scan_arrive_in_plain() {
    both_forms_of_a_scan(false).await;
}

#[tokio::test]
async fn both_forms_of_a_scan_arrive_sealed() {
    both_forms_of_a_scan(true).await;
}

#[tokio::test]
async fn the_settings_page_tries_an_address() {
    let platform = Platform::new(true).await;
    platform.post("/wechat/api/callbacks/account/verify", json!({})).await;
    let url = format!("{}/wechat/api/callbacks/account/verify", platform.wechat.url());
    let state = platform.get("/wechat/api/state").await;
    let other = json!({ "account": { "url": state["account"]["callback"], "token": "another-token" } });
    platform.send(reqwest::Method::PUT, "/wechat/api/callbacks", other).await;
    let answer = reqwest::Client::new().post(url).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap().contains("验证失败")), (400, true));
}

#[tokio::test]
async fn a_conversation_plain_and_sealed() {
    for sealed in [false, true] {
        let platform = Platform::new(sealed).await;
        platform.post("/wechat/api/people/wang/follow", json!({})).await;
        platform.say("我的考勤").await;
        assert_eq!(platform.chat_of(2).await, ["我的考勤", "收到：我的考勤"]);
    }
}

#[tokio::test]
async fn what_comes_twice_is_done_once() {
    let platform = Platform::new(true).await;
    platform.twist(json!({ "duplicates": 3 })).await;
    platform.post("/wechat/api/people/wang/follow", json!({})).await;
    assert_eq!(platform.attempts(4).await, ["taken"; 4]);
    assert_eq!(*platform.desk.done.lock().unwrap(), [Event::Subscribe { scene: None }]);
}

#[tokio::test]
async fn wechat_tries_three_times_and_then_says_that_the_account_is_broken() {
    let platform = Platform::new(false).await;
    *platform.desk.deaf.lock().unwrap() = 2;
    let started = std::time::Instant::now();
    platform.post("/wechat/api/people/wang/follow", json!({})).await;
    assert_eq!(platform.attempts(3).await, ["refused", "refused", "taken"]);
    assert!(started.elapsed().as_millis() >= 800, "the schedule is WeChat's: {:?}", started.elapsed());
    assert_eq!(platform.desk.done.lock().unwrap().len(), 1);

    *platform.desk.deaf.lock().unwrap() = 9;
    platform.say("有人吗").await;
    assert_eq!(platform.chat_of(2).await, ["有人吗", "该公众号提供的服务出现故障，请稍后再试"]);
    assert_eq!(platform.attempts(6).await.len(), 6);
}

#[tokio::test]
async fn forged_stale_foreign_and_unsealed_pushes_do_nothing() {
    let platform = Platform::new(true).await;
    let cases = [
        (json!({ "bad_signature": true }), "the signature is not WeChat's"),
        (json!({ "age_seconds": 301 }), "it is too old, or from the future"),
        (json!({ "other_appid": true }), "the sealed message cannot be opened: it was sealed for another app"),
        (json!({ "unsealed": true }), "it is not sealed, and this account's messages must be"),
    ];
    for (turn, (twist, reason)) in cases.into_iter().enumerate() {
        platform.twist(twist).await;
        let action = if turn % 2 == 0 { "follow" } else { "unfollow" };
        platform.post(&format!("/wechat/api/people/wang/{action}"), json!({})).await;
        let outcomes = platform.attempts(3 * (turn + 1)).await;
        assert!(outcomes.iter().all(|outcome| outcome == "refused"), "{outcomes:?}");
        assert_eq!(platform.desk.refused.lock().unwrap().last().unwrap(), reason);
    }
    assert!(platform.desk.done.lock().unwrap().is_empty());
    platform.twist(json!({})).await;
    platform.post("/wechat/api/people/li/follow", json!({})).await;
    platform.attempts(13).await;
    assert_eq!(platform.desk.done.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn what_became_of_a_template_message_comes_back() {
    let platform = Platform::new(true).await;
    platform.post("/wechat/api/people/wang/follow", json!({})).await;
    platform.attempts(1).await;
    for (turn, blocks) in [false, true].into_iter().enumerate() {
        platform.send(reqwest::Method::PATCH, "/wechat/api/people/wang", json!({ "blocks": blocks })).await;
        platform.template().await;
        platform.attempts(2 + turn).await;
    }
    let done = platform.desk.done.lock().unwrap();
    let status = |at: usize| match &done[at] {
        Event::TemplateSent { status, .. } => status.as_str(),
        other => panic!("{other:?}"),
    };
    assert_eq!((status(1), status(2)), ("success", "failed:user block"));
}

impl Platform {
    /// Sends 王建国 a template message.
    async fn template(&self) {
        let settings = wechat_stand_in::Settings::default().account;
        let body = json!({ "grant_type": "client_credential", "appid": settings.id, "secret": settings.secret });
        let token = self.post("/cgi-bin/stable_token", body).await["access_token"].as_str().unwrap().to_owned();
        let state = self.get("/wechat/api/state").await;
        let openid = &state["people"][0]["account_openid"];
        let message = json!({ "touser": openid, "template_id": "t", "data": { "thing1": { "value": "到期提醒" } } });
        let sent = self.post(&format!("/cgi-bin/message/template/send?access_token={token}"), message).await;
        assert_eq!(sent["errcode"], 0, "{sent}");
    }
}
