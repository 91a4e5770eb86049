//! Out to WeChat's login and back, in WeChat's own browser.

use reqwest::Method;
use serde_json::json;

use super::support::{WeChat, text};
use crate::api::support::{Answer, TestApp};

/// Goes out to WeChat and comes back: the address that leads back to us, and the cookie kept meanwhile.
async fn out_and_back(app: &TestApp, wechat: &WeChat, person: &str, to: &str) -> (String, String) {
    let out = app.page(&format!("/wechat/enter?to={to}"), "").await;
    assert_eq!(out.status, 302);
    let cookie = out.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    let target = out.headers["location"].to_str().unwrap().replace("#wechat_redirect", "");
    assert!(target.starts_with(&wechat.url), "{target}");
    let back = wechat.http.get(target).header("cookie", format!("wechat_person={person}")).send().await.unwrap();
    let back = back.headers()["location"].to_str().unwrap().to_owned();
    let (_, path) = back.split_once("/wechat/return").unwrap();
    (format!("/wechat/return{path}"), cookie.split(';').next().unwrap().to_owned())
}

fn landing(answer: &Answer) -> String {
    assert_eq!(answer.status, 302, "{}", String::from_utf8_lossy(&answer.bytes));
    answer.headers["location"].to_str().unwrap().to_owned()
}

wechat_story! {
    async fn a_ticket_comes_back_and_becomes_a_session_once(app: &TestApp, wechat: &WeChat) {
        let (back, cookie) = out_and_back(app, wechat, "chen", "pages%2Fme%2Fattendance%3Fmonth%3D2026-11").await;
        let landed = landing(&app.page(&back, &cookie).await);
        assert!(landed.starts_with("/m/#/pages/enter/index?ticket="), "{landed}");
        assert!(landed.ends_with("&to=pages%2Fme%2Fattendance%3Fmonth%3D2026-11"), "{landed}");
        let ticket = landed.split("ticket=").nth(1).unwrap().split('&').next().unwrap();
        let opened = app.nobody().post("/phone/session", json!({ "ticket": ticket })).await.ok();
        app.with_bearer(opened["token"].as_str().unwrap()).get("/phone/session").await.ok();
        app.nobody().post("/phone/session", json!({ "ticket": ticket })).await.refused(409);

        // The mini-program of the same person is the same user.
        let mini = app.phone(wechat, "chen").await;
        assert_eq!(app.phone_users().await.len(), 1);
        mini.get("/phone/session").await.ok();
        // WeChat's code was used up as well.
        assert_eq!(app.page(&back, &cookie).await.status, 400);
    }
}

wechat_story! {
    async fn a_login_is_its_own_browser_s(app: &TestApp, wechat: &WeChat) {
        let (back, cookie) = out_and_back(app, wechat, "chen", "pages%2Fme%2Findex").await;
        assert_eq!(app.page(&back, "").await.status, 400);
        let (_, other) = out_and_back(app, wechat, "li", "pages%2Fme%2Findex").await;
        assert_eq!(app.page(&back, &other).await.status, 400);
        assert_eq!(app.page("/wechat/return?state=&code=x", "mingce_wechat=.pages").await.status, 400);
        landing(&app.page(&back, &cookie).await);
    }
}

wechat_story! {
    async fn nobody_is_sent_elsewhere_by_a_link_of_ours(app: &TestApp, wechat: &WeChat) {
        for to in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "javascript%3Aalert(1)", ""] {
            let (back, cookie) = out_and_back(app, wechat, "wang", to).await;
            assert!(landing(&app.page(&back, &cookie).await).ends_with("&to=pages%2Fme%2Findex"), "{to}");
        }
    }
}

wechat_story! {
    async fn a_snapshot_page_is_told_why_not(app: &TestApp, wechat: &WeChat) {
        wechat.send(Method::PATCH, "/people/wang", json!({ "snapshot": true })).await;
        let (back, cookie) = out_and_back(app, wechat, "wang", "pages%2Fme%2Findex").await;
        let answer = app.page(&back, &cookie).await;
        assert_eq!(answer.status, 403);
        assert!(String::from_utf8(answer.bytes).unwrap().contains("使用完整服务"));
        assert!(app.phone_users().await.is_empty());
    }
}

wechat_story! {
    async fn pages_of_ours_are_signed_for_the_phone_s_camera(app: &TestApp, wechat: &WeChat) {
        let phone = app.phone(wechat, "wang").await;
        let ours = format!("/phone/jsapi?url={}%2Fm%2F%3Fa%3D1", app.app.config.server.public_url.replace(':', "%3A").replace('/', "%2F"));
        let signed = phone.get(&ours).await.ok();
        assert_eq!(text(&signed["signature"]).len(), 40);
        phone.get("/phone/jsapi?url=https%3A%2F%2Fevil.example%2Fm%2F").await.field("url");
        app.nobody().get(&ours).await.refused(401);
    }
}
