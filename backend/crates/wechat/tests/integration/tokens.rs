//! Access tokens: shared, renewed once, and never fetched by two at a time.

use serde_json::json;
use wechat::{Cache, Error, Kind, Secret, account::Menu, mini_program::CodeRequest};

use crate::support::{World, code_of};

const APPID: &str = "wx00000000000000b2";

/// Any call that needs a token.
async fn call(world: &World) -> wechat::Result<Option<Menu>> {
    world.account.menu().await
}

const TOKENS: &str = "/cgi-bin/stable_token";

#[tokio::test]
async fn many_calls_at_once_fetch_one_token() {
    let world = World::new().await;
    // The first asking is slow, so that all others come meanwhile; every further one would fail.
    let slow = json!({ "path": TOKENS, "kind": "slow", "milliseconds": 200 });
    let fails = json!({ "path": TOKENS, "kind": "errcode", "code": -1, "message": "system error", "times": 19 });
    world.faults(json!([slow, fails])).await;
    let calls = (0..20).map(|_| {
        let account = world.account.clone();
        tokio::spawn(async move { account.menu().await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(world.see("/state").await["faults"][0]["times"], 19);
}

#[tokio::test]
async fn those_who_waited_for_a_token_in_vain_do_not_wait_again() {
    let world = World::new().await;
    let hasty = world.mini_as(|_, timeouts| timeouts.whole = std::time::Duration::from_millis(700));
    world.faults(json!([{ "path": TOKENS, "kind": "slow", "milliseconds": 60_000, "times": 99 }])).await;
    let calls = (0..20).map(|_| {
        let mini = hasty.clone();
        tokio::spawn(async move { mini.code(&CodeRequest::new("a", "pages/login/index").unwrap()).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap().unwrap_err(), Error::Timeout { call: "stable_token" });
    }
    assert_eq!(world.see("/state").await["faults"][0]["times"], 98);
}

#[tokio::test]
async fn another_process_finds_the_token_in_the_cache() {
    let world = World::new().await;
    call(&world).await.unwrap();
    let token = world.token(APPID).await.unwrap();
    assert!(token.expose().len() >= 100);
    world.faults(json!([{ "path": TOKENS, "kind": "status", "status": 500 }])).await;
    call(&world).await.unwrap();
    assert_eq!(world.token(APPID).await, Some(token));
}

#[tokio::test]
async fn a_token_that_has_expired_or_was_revoked_is_replaced_and_nobody_notices() {
    let world = World::new().await;
    call(&world).await.unwrap();
    let first = world.token(APPID).await.unwrap();
    // 42001: the next one is to be had in the usual way.
    world.post("/tokens/expire", json!({})).await;
    call(&world).await.unwrap();
    let second = world.token(APPID).await.unwrap();
    assert!(second != first);
    // 40001, and WeChat gives out the same again: force helps.
    world.post("/tokens/revoke", json!({})).await;
    call(&world).await.unwrap();
    assert!(world.token(APPID).await.unwrap() != second);
    // 40014: something else is in the cache.
    world
        .cache
        .put(&format!("wechat:{APPID}:access_token"), &Secret::new("short"), std::time::Duration::from_secs(60))
        .await;
    call(&world).await.unwrap();
}

#[tokio::test]
async fn a_token_is_tried_again_once_and_force_is_not_wasted() {
    let world = World::new().await;
    call(&world).await.unwrap();
    let refused = |times| json!([{ "path": "/cgi-bin/menu/get", "kind": "errcode", "code": 40001, "message": "invalid credential", "times": times }]);
    // The second answer counts, whatever it is.
    world.faults(refused(2)).await;
    assert_eq!(code_of(call(&world).await), 40001);
    assert!(call(&world).await.is_ok());
    // Within half a minute nothing is forced a second time: the first refusal is what is told.
    let before = world.token(APPID).await;
    world.faults(refused(1)).await;
    let error = call(&world).await.unwrap_err();
    assert_eq!((error.kind(), error.passes()), (Kind::TokenStale, true));
    assert_eq!(world.token(APPID).await, before);
}

#[tokio::test]
async fn while_the_token_server_is_down_what_is_in_the_cache_goes_on() {
    let world = World::new().await;
    call(&world).await.unwrap();
    world.faults(json!([{ "path": TOKENS, "kind": "status", "status": 503, "times": 9 }])).await;
    call(&world).await.unwrap();
    world.cache.forget(&format!("wechat:{APPID}:access_token")).await;
    let error = call(&world).await.unwrap_err();
    assert_eq!((error.kind(), error.log_code().as_str()), (Kind::Unreachable, "wechat_status"));
    assert!(error.passes());
}

#[tokio::test]
async fn plain_tokens_and_stable_ones_do_not_replace_each_other() {
    let world = World::new().await;
    call(&world).await.unwrap();
    let kept = world.token(APPID).await;
    let plain = format!(
        "{}/cgi-bin/token?grant_type=client_credential&appid={APPID}&secret=stand-in-account-secret",
        world.wechat.url()
    );
    let (_, _, body) = world.visit(&plain).await;
    assert!(body.contains("access_token"), "{body}");
    call(&world).await.unwrap();
    assert_eq!(world.token(APPID).await, kept);
    let (_, _, body) = world.visit(&plain.replace("client_credential", "x")).await;
    assert!(body.contains("40002"), "{body}");
}
