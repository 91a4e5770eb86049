//! Who somebody is: by the mini-program, by their phone number, by a page.

use wechat::{Error, Kind, OpenId, account::Scope};

use crate::support::{World, code_of};

#[tokio::test]
async fn a_login_code_tells_who_it_is_once_and_for_five_minutes() {
    let world = World::new().await;
    let code = world.code("wang", "login").await;
    let session = world.mini.login(&code).await.unwrap();
    assert_eq!(session.openid, world.openid("wang", "openid").await);
    assert_eq!(session.unionid, Some(world.openid("wang", "unionid").await));
    assert_eq!(session.session_key.expose().len(), 24);
    assert!(!format!("{session:?}").contains(session.session_key.expose()));

    let again = world.mini.login(&code).await.unwrap_err();
    assert_eq!((again.code(), again.kind()), (Some(40163), Kind::CodeUsed));
    assert!(again.to_string().contains("rid: "), "{again}");

    let late = world.code("wang", "login").await;
    world.advance(300).await;
    assert_eq!(code_of(world.mini.login(&late).await), 40029);
    assert_eq!(code_of(world.mini.login("never-given-out").await), 40029);
    for nonsense in ["", "a b", "代码", &"x".repeat(513)] {
        assert_eq!(world.mini.login(nonsense).await.unwrap_err().kind(), Kind::CodeInvalid);
    }
}

#[tokio::test]
async fn somebody_whom_wechat_keeps_out_is_told_so() {
    let world = World::new().await;
    world.patch("/people/li", serde_json::json!({ "risky": true })).await;
    let error = world.mini.login(&world.code("li", "login").await).await.unwrap_err();
    assert_eq!((error.code(), error.kind()), (Some(40226), Kind::PersonBlocked));
    assert!(error.sentence().contains("安全风险"));
}

#[tokio::test]
async fn a_wrong_appid_and_a_wrong_secret_are_the_administrators_business() {
    let world = World::new().await;
    let code = world.code("wang", "login").await;
    let stranger = world.mini_as(|app, _| app.id = "wx0000000000000000".to_owned());
    assert_eq!(code_of(stranger.login(&code).await), 40013);
    let forgetful = world.mini_as(|app, _| app.secret = wechat::Secret::new("not-the-secret"));
    let error = forgetful.login(&code).await.unwrap_err();
    assert_eq!((error.code(), error.kind()), (Some(40125), Kind::Misconfigured));
    // The code was not used up by this.
    assert!(world.mini.login(&code).await.is_ok());
}

#[tokio::test]
async fn a_phone_number_needs_the_buttons_own_code() {
    let world = World::new().await;
    let login = world.code("wang", "login").await;
    assert_eq!(code_of(world.mini.phone_number(&login).await), 40029);
    let code = world.code("wang", "phone").await;
    let phone = world.mini.phone_number(&code).await.unwrap();
    assert_eq!((phone.number.expose(), phone.country_code.as_str()), ("19900000001", "86"));
    assert!(!format!("{phone:?}").contains("19900000001"));
    assert_eq!(code_of(world.mini.phone_number(&code).await), 40029);
    assert_eq!(code_of(world.mini.login(&world.code("wang", "phone").await).await), 40029);
}

#[tokio::test]
async fn a_number_that_was_given_to_another_app_is_not_taken() {
    let world = World::new().await;
    let info = serde_json::json!({
        "purePhoneNumber": "19900000001",
        "countryCode": "86",
        "watermark": { "timestamp": 1, "appid": "wx0000000000000000" },
    });
    let body = serde_json::json!({ "errcode": 0, "errmsg": "ok", "phone_info": info });
    let path = "/wxa/business/getuserphonenumber";
    world.faults(serde_json::json!([{ "path": path, "kind": "answer", "body": body }])).await;
    let error = world.mini.phone_number(&world.code("wang", "phone").await).await.unwrap_err();
    assert_eq!((error.kind(), error.to_string().contains("19900000001")), (Kind::Unreadable, false));
}

/// Follows the redirect of a web login for somebody.
async fn web_code(world: &World, url: &str, person: &str) -> String {
    let url = url.replace("#wechat_redirect", &format!("&person={person}&agreed=1"));
    let (status, location, _) = world.visit(&url).await;
    let location = location.unwrap();
    assert_eq!(status, 302);
    assert!(location.starts_with("http://site.example/m/?from=wechat&code="), "{location}");
    assert!(location.ends_with("&state=abc123"), "{location}");
    location.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

const BACK: &str = "http://site.example/m/?from=wechat";

#[tokio::test]
async fn a_page_learns_who_opened_it_and_keeps_it_fresh() {
    let world = World::new().await;
    let url = world.account.authorize_url(BACK, Scope::UserInfo, "abc123").unwrap();
    let code = web_code(&world, &url, "zhao").await;
    let login = world.account.login(&code).await.unwrap();
    assert_eq!(login.openid, world.openid("zhao", "account_openid").await);
    assert_eq!(login.unionid, Some(world.openid("zhao", "unionid").await));
    assert_ne!(login.openid, world.openid("zhao", "openid").await);
    assert_eq!(code_of(world.account.login(&code).await), 40163);

    let info = world.account.user_info(&login).await.unwrap();
    assert_eq!((info.openid, info.nickname.expose()), (login.openid.clone(), "赵㛃"));
    world.account.check(&login).await.unwrap();
    let mut other = login.clone();
    other.openid = OpenId::new("oSomebodyElse");
    assert_eq!(code_of(world.account.check(&other).await), 40003);

    world.advance(7200).await;
    assert_eq!(code_of(world.account.user_info(&login).await), 42001);
    let fresh = world.account.refresh(&login).await.unwrap();
    world.account.check(&fresh).await.unwrap();
    assert_eq!(fresh.openid, login.openid);
    world.advance(31 * 86_400).await;
    assert_eq!(code_of(world.account.refresh(&fresh).await), 42002);
}

#[tokio::test]
async fn a_base_login_asks_nothing_and_tells_no_more_than_who() {
    let world = World::new().await;
    let url = world.account.authorize_url(BACK, Scope::Base, "abc123").unwrap();
    let login = world.account.login(&web_code(&world, &url, "wang").await).await.unwrap();
    assert_eq!(login.scope, "snsapi_base");
    assert_eq!(code_of(world.account.user_info(&login).await), 48001);
    let website = world.account.authorize_url(BACK, Scope::Website, "abc123").unwrap();
    assert!(website.contains("/connect/qrconnect?") && website.contains("snsapi_login"));
    web_code(&world, &website, "wang").await;
}

#[tokio::test]
async fn a_snapshot_pages_virtual_account_is_refused() {
    let world = World::new().await;
    world.patch("/people/wang", serde_json::json!({ "snapshot": true })).await;
    let error = world.account.login(&world.code("wang", "web").await).await.unwrap_err();
    assert_eq!(error, Error::Snapshot { call: "oauth2/access_token" });
    assert!(error.sentence().contains("快照页"));
}

#[tokio::test]
async fn wechats_own_pages_say_what_is_wrong_with_a_login() {
    let world = World::new().await;
    let url = world.account.authorize_url(BACK, Scope::Base, "abc123").unwrap();
    let cases = [
        (url.replace("response_type=code&scope=snsapi_base", "scope=snsapi_base&response_type=code"), "参数错误"),
        (url.replace("appid=wx", "appid=wy"), "Appid"),
        (url.replace("snsapi_base", "snsapi_all"), "Scope"),
        (url.replace("http%3A%2F%2Fsite.example", "javascript%3Aalert"), "10003"),
    ];
    for (url, words) in cases {
        let (status, _, page) = world.visit(&url).await;
        assert_eq!(status, 200);
        assert!(page.contains(words), "{url}: {page}");
    }
    // Nobody holds the phone: somebody is chosen. With nickname and picture, somebody is asked.
    assert!(world.visit(&url).await.2.contains("以谁的微信登录"));
    let asks = world.account.authorize_url(BACK, Scope::UserInfo, "abc123").unwrap();
    let (_, _, page) = world.visit(&asks.replace("#wechat_redirect", "&person=wang")).await;
    assert!(page.contains("申请获取你的昵称和头像"), "{page}");
    for state in ["", "a-b", &"a".repeat(129)] {
        assert!(world.account.authorize_url(BACK, Scope::Base, state).is_err());
    }
}
