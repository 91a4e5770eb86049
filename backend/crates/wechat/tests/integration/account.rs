//! What the official account does.

use serde_json::json;
use wechat::{
    Kind, OpenId,
    account::{Button, Entry, Menu, QrScene, Target, TemplateMessage, sign_page},
    message::MessageData,
};

use crate::support::{World, code_of};

#[tokio::test]
async fn a_parametric_code_leads_to_the_account_and_ends_in_time() {
    let world = World::new().await;
    let code = world.account.qr_code(QrScene::Temporary { scene: "login:abc", seconds: 120 }).await.unwrap();
    assert_eq!(code.expire_seconds, Some(120));
    assert!(code.url.starts_with("http://weixin.qq.com/q/"), "{}", code.url);
    let (status, _, picture) = world.visit(&world.account.qr_picture_url(&code)).await;
    assert_eq!((status, picture.contains("JFIF")), (200, true));

    let scan = async || world.post("/people/wang/scan", json!({ "content": code.url })).await;
    let found = scan().await;
    assert_eq!((&found["kind"], found["ticket"].as_str()), (&json!("follow"), Some(code.ticket.expose())));
    world.post("/people/wang/follow", json!({ "ticket": found["ticket"] })).await;
    assert_eq!(scan().await["kind"], "scanned");
    world.advance(120).await;
    assert_eq!(scan().await["kind"], "expired");

    let lasting = world.account.qr_code(QrScene::Permanent { scene: "site" }).await.unwrap();
    assert_eq!(lasting.expire_seconds, None);
    world.advance(86_400).await;
    assert_eq!(world.post("/people/wang/scan", json!({ "content": lasting.url })).await["kind"], "scanned");
}

fn message(to: OpenId) -> TemplateMessage {
    TemplateMessage {
        to,
        template_id: "approved".to_owned(),
        target: Target::MiniProgram {
            appid: "wx00000000000000a1".to_owned(),
            path: "pages/register/index?id=1".to_owned(),
            page: None,
        },
        client_msg_id: None,
        data: MessageData::new().put("thing2", "登记已通过").unwrap(),
    }
}

#[tokio::test]
async fn a_template_message_reaches_who_follows_and_is_not_sent_twice() {
    let world = World::new().await;
    let wang = world.openid("wang", "account_openid").await;
    let refused = world.account.send(&message(wang.clone())).await.unwrap_err();
    assert_eq!((refused.code(), refused.kind()), (Some(43004), Kind::NotFollowing));
    world.post("/people/wang/follow", json!({})).await;
    let first = world.account.send(&message(wang.clone())).await.unwrap();
    let second = world.account.send(&message(wang.clone())).await.unwrap();
    assert_ne!(first, second);

    let marked = TemplateMessage { client_msg_id: Some("job-1".to_owned()), ..message(wang.clone()) };
    let id = world.account.send(&marked).await.unwrap();
    assert_eq!(world.account.send(&marked).await.unwrap(), id);
    assert_eq!(world.see("/sent").await["items"].as_array().unwrap().len(), 3);
    let chat = world.see("/people/wang/chat").await;
    assert_eq!(chat["items"].as_array().unwrap().len(), 3);
    assert_eq!(chat["items"][0]["shown"]["url"], "http://127.0.0.1:8080/m/#/pages/register/index?id=1");

    let page = TemplateMessage { target: Target::Page("http://site.example/m/".to_owned()), ..message(wang.clone()) };
    world.account.send(&page).await.unwrap();
    assert_eq!(world.see("/people/wang/chat").await["items"][3]["shown"]["url"], "http://site.example/m/");
    let unknown = TemplateMessage { template_id: "unheard-of".to_owned(), ..message(wang) };
    assert_eq!(code_of(world.account.send(&unknown).await), 40037);
    assert_eq!(code_of(world.account.send(&message(OpenId::new("oNobody"))).await), 40003);
}

#[tokio::test]
async fn the_menu_is_made_read_and_removed() {
    let world = World::new().await;
    assert_eq!(world.account.menu().await.unwrap(), None);
    let open = Button::View { name: "打开".to_owned(), url: "http://site.example/m/".to_owned() };
    let page = Button::MiniProgram {
        name: "登记".to_owned(),
        url: "http://site.example/m/".to_owned(),
        appid: "wx00000000000000a1".to_owned(),
        pagepath: "pages/register/index".to_owned(),
    };
    let scan = Button::ScanWait { name: "扫码".to_owned(), key: "scan".to_owned() };
    let menu = Menu {
        button: vec![
            Entry::Group { name: "实名制".to_owned(), sub_button: vec![open, page, scan] },
            Entry::Button(Button::Click { name: "帮助".to_owned(), key: "help".to_owned() }),
        ],
    };
    world.account.create_menu(&menu).await.unwrap();
    assert_eq!(world.account.menu().await.unwrap(), Some(menu));
    assert_eq!(world.account.current_menu().await.unwrap()["is_menu_open"], 1);

    world.post("/people/wang/follow", json!({})).await;
    let tap = async |path: serde_json::Value| world.post("/people/wang/menu", json!({ "path": path })).await;
    assert_eq!(tap(json!([0, 0])).await["open"], "http://site.example/m/");
    assert_eq!(tap(json!([0, 1])).await["open"], "http://127.0.0.1:8080/m/#/pages/register/index");
    assert_eq!(tap(json!([0, 2])).await["scan"], true);

    world.account.delete_menu().await.unwrap();
    assert_eq!(world.account.menu().await.unwrap(), None);
    assert!(world.account.create_menu(&Menu::default()).await.is_err());
}

#[tokio::test]
async fn a_page_gets_a_signature_over_a_ticket_that_is_kept() {
    let world = World::new().await;
    let url = "http://site.example/m/?a=1#/home";
    let config = world.account.page_config(url, 1_414_587_457).await.unwrap();
    let ticket = wechat::Cache::get(&*world.cache, "wechat:wx00000000000000b2:jsapi_ticket").await.unwrap();
    let expected = sign_page(ticket.expose(), &config.nonce_str, 1_414_587_457, "http://site.example/m/?a=1");
    assert_eq!((config.signature, config.app_id.as_str()), (expected, "wx00000000000000b2"));
    // A second page needs no second ticket. What handlers do can move between threads.
    world.faults(json!([{ "path": "/cgi-bin/ticket/getticket", "kind": "status", "status": 500 }])).await;
    let account = world.account.clone();
    tokio::spawn(async move { account.page_config("http://site.example/m/", 1).await }).await.unwrap().unwrap();
}
