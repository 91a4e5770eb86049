//! Codes, subscribe messages, and checks of content.

use serde_json::json;
use wechat::{
    Kind, OpenId, Secret,
    message::MessageData,
    mini_program::{CodeRequest, Release, Scene, SubscribeMessage, Suggestion},
};

use crate::support::{World, code_of};

#[tokio::test]
async fn a_code_is_a_picture_that_opens_the_page() {
    let world = World::new().await;
    let wanted = CodeRequest::new("p=8fK2~", "pages/register/index").unwrap().width(600);
    let jpeg = world.mini.code(&wanted).await.unwrap();
    assert_eq!(&jpeg[..3], [0xff, 0xd8, 0xff]);
    let read: serde_json::Value = reqwest::Client::new()
        .post(format!("{}/wechat/api/decode", world.wechat.url()))
        .body(jpeg)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let opened = world.post("/people/wang/scan", json!({ "content": read["found"][0] })).await;
    assert_eq!((&opened["kind"], &opened["scene"]), (&json!("mini_program"), &json!("p=8fK2~")));
    assert_eq!(opened["url"], "http://127.0.0.1:8080/m/#/pages/register/index?scene=p%3D8fK2%7E");
}

#[tokio::test]
async fn a_page_that_is_not_published_is_an_error_in_json_and_not_a_picture() {
    let world = World::new().await;
    let missing = CodeRequest::new("a", "pages/new/index").unwrap();
    assert_eq!(code_of(world.mini.code(&missing).await), 41030);
    // For those who try a version that is not out yet it is there.
    assert!(world.mini.code(&missing.release(Release::Trial)).await.is_ok());
}

fn message(world_openid: OpenId, template: &str) -> SubscribeMessage {
    SubscribeMessage {
        to: world_openid,
        template_id: template.to_owned(),
        page: Some("pages/register/index?id=1".to_owned()),
        release: Release::Release,
        // By the alphabet the date would come first; people see the template's order.
        data: MessageData::new().put("date2", "2026年12月1日").unwrap().put("thing1", "登记已通过").unwrap(),
    }
}

#[tokio::test]
async fn one_tap_is_one_message() {
    let world = World::new().await;
    let wanted = message(world.openid("wang", "openid").await, "approved");
    let declined = world.mini.send(&wanted).await.unwrap_err();
    assert_eq!((declined.code(), declined.kind()), (Some(43101), Kind::Declined));
    world.post("/people/wang/allow", json!({ "template_ids": ["approved"] })).await;
    world.mini.send(&wanted).await.unwrap();
    assert_eq!(code_of(world.mini.send(&wanted).await), 43101);

    let chat = world.see("/people/wang/chat").await;
    let shown = &chat["items"][0];
    assert_eq!((&shown["thread"], &shown["shown"]["lines"][0][1]), (&json!("service"), &json!("登记已通过")));
    assert_eq!(shown["shown"]["url"], "http://127.0.0.1:8080/m/#/pages/register/index?id=1");
    let sent = world.see("/sent").await;
    assert_eq!(sent["items"][0]["body"]["miniprogram_state"], "formal");
    let data = json!({ "thing1": { "value": "登记已通过" }, "date2": { "value": "2026年12月1日" } });
    assert_eq!(sent["items"][0]["body"]["data"], data);
}

#[tokio::test]
async fn messages_to_nobody_of_no_template_and_to_no_page_are_refused() {
    let world = World::new().await;
    world.post("/people/wang/allow", json!({ "template_ids": ["approved"], "count": 9 })).await;
    let wang = world.openid("wang", "openid").await;
    assert_eq!(code_of(world.mini.send(&message(OpenId::new("oNobody"), "approved")).await), 40003);
    // The account's openid is another one.
    let other = world.openid("wang", "account_openid").await;
    assert_eq!(code_of(world.mini.send(&message(other, "approved")).await), 40003);
    assert_eq!(code_of(world.mini.send(&message(wang.clone(), "unheard-of")).await), 40037);
    let lost = SubscribeMessage { page: Some("pages/new/index".to_owned()), ..message(wang, "approved") };
    assert_eq!(code_of(world.mini.send(&lost).await), 41030);
}

#[tokio::test]
async fn pictures_are_checked_and_large_ones_not_sent() {
    let world = World::new().await;
    let code = |width| CodeRequest::new("a", "pages/login/index").unwrap().width(width);
    let picture = world.mini.code(&code(430)).await.unwrap();
    assert_eq!(world.mini.check_image(&picture).await.unwrap(), Suggestion::Pass);
    let wide = world.mini.code(&code(1280)).await.unwrap();
    assert_eq!(code_of(world.mini.check_image(&wide).await), 40006);
    let risky = [&picture[..], b"risky-content"].concat();
    assert_eq!(world.mini.check_image(&risky).await.unwrap(), Suggestion::Risky);
    assert_eq!(code_of(world.mini.check_image(b"no picture").await), 40004);
    assert!(world.mini.check_image(&vec![0; 1024 * 1024 + 1]).await.is_err_and(|error| error.code().is_none()));
    assert!(world.mini.check_image(&[]).await.is_err_and(|error| error.code().is_none()));
}

#[tokio::test]
async fn texts_are_checked_for_people_who_were_here_lately() {
    let world = World::new().await;
    let wang = world.openid("wang", "openid").await;
    let check = async |text: &str| world.mini.check_text(&Secret::new(text), &wang, Scene::Comment).await;
    assert_eq!(code_of(check("您好").await), 61010);
    world.mini.login(&world.code("wang", "login").await).await.unwrap();
    let pass = check("您好").await.unwrap();
    assert_eq!((pass.suggestion, pass.chinese()), (Suggestion::Pass, "正常"));
    let risky = check("这是违规测试内容").await.unwrap();
    assert_eq!((risky.suggestion, risky.chinese()), (Suggestion::Risky, "违法犯罪"));
    assert_eq!(check("复核测试").await.unwrap().suggestion, Suggestion::Review);
    assert!(check("").await.is_err() && check(&"字".repeat(2501)).await.is_err());
    let trace = world.mini.check_image_later("http://site.example/a.jpg", &wang, Scene::Profile).await.unwrap();
    assert_eq!(trace.len(), 32);
    world.advance(2 * 3600).await;
    assert_eq!(code_of(check("您好").await), 61010);
}
