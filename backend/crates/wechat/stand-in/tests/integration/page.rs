//! The page that plays the phone, and the control API behind it.

use serde_json::json;

use crate::platform::Platform;

#[tokio::test]
async fn the_page_and_all_that_it_loads_are_there() {
    let platform = Platform::new(false).await;
    let text = async |path: &str| {
        let answer = reqwest::get(format!("{}{path}", platform.wechat.url())).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    };
    let page = text("/wechat/").await;
    let mut seen = 0;
    for (at, _) in page.match_indices("\"/wechat/") {
        let path = page[at + 1..].split('"').next().unwrap();
        assert!(!text(path).await.is_empty(), "{path}");
        seen += 1;
    }
    assert!(seen >= 3, "{seen}");
    assert!(!page.contains("https://"), "the page needs nothing from elsewhere");
    assert!(text("/wechat/face/wang.svg").await.contains("国"));
    assert!(text("/wechat/qr.svg?text=a").await.contains("<svg"));
}

#[tokio::test]
async fn the_state_shows_people_and_no_secret() {
    let platform = Platform::new(true).await;
    let state = platform.get("/wechat/api/state").await;
    assert!(state["people"].as_array().unwrap().len() >= 5);
    let text = state.to_string();
    for secret in ["stand-in-account-secret", "push-token", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert_eq!(state["account"]["sealed"], true);
}

#[tokio::test]
async fn somebody_new_is_somebody_too() {
    let platform = Platform::new(false).await;
    let new = json!({ "id": "sun", "name": "孙小武", "phone": "19900000009" });
    let created = platform.post("/wechat/api/people", new.clone()).await;
    assert_eq!(created["openid"].as_str().unwrap().len(), 28);
    let url = format!("{}/wechat/api/people", platform.wechat.url());
    let again = reqwest::Client::new().post(url).json(&new).send().await.unwrap();
    assert_eq!((again.status().as_u16(), again.text().await.unwrap().contains("已经有这个人")), (400, true));
}

#[tokio::test]
async fn nobody_talks_to_an_account_without_following_it() {
    let platform = Platform::new(false).await;
    let http = reqwest::Client::new();
    for (path, body) in [
        ("wang/say", json!({ "text": "a" })),
        ("wang/menu", json!({ "path": [0] })),
        ("nobody/scan", json!({ "content": "a" })),
    ] {
        let url = format!("{}/wechat/api/people/{path}", platform.wechat.url());
        assert!(http.post(url).json(&body).send().await.unwrap().status().is_client_error(), "{path}");
    }
    let scanned = platform.post("/wechat/api/people/wang/scan", json!({ "content": "随便什么" })).await;
    assert_eq!(scanned, json!({ "kind": "text", "content": "随便什么" }));
    let url = platform.post("/wechat/api/people/wang/scan", json!({ "content": " https://site.example/m/ " })).await;
    assert_eq!(url, json!({ "kind": "page", "url": "https://site.example/m/" }));
}
