//! WeChat on a bad day: what the person is told, what the log says, and what neither may show.

use std::time::Duration;

use serde_json::json;
use wechat::{Error, Kind, mini_program::CodeRequest};

use crate::support::World;

const LOGIN: &str = "/sns/jscode2session";
const SECRET: &str = "stand-in-mini-program-secret";

async fn stumble(world: &World, fault: serde_json::Value) -> Error {
    world.faults(json!([fault])).await;
    let code = world.code("wang", "login").await;
    let error = world.mini.login(&code).await.unwrap_err();
    for told in [format!("{error}"), format!("{error:?}")] {
        assert!(!told.contains(SECRET) && !told.contains(&code), "{told}");
    }
    assert!(error.sentence().ends_with('。'));
    // It was the fault, and the next call is not touched by it.
    world.faults(json!([])).await;
    assert!(world.mini.login(&world.code("wang", "login").await).await.is_ok());
    error
}

#[tokio::test]
async fn a_page_for_people_instead_of_json() {
    let world = World::new().await;
    let error = stumble(&world, json!({ "path": LOGIN, "kind": "html" })).await;
    assert_eq!((error.kind(), error.log_code().as_str()), (Kind::Unreadable, "wechat_unreadable"));
}

#[tokio::test]
async fn a_page_for_people_instead_of_a_picture() {
    let world = World::new().await;
    world.faults(json!([{ "path": "/wxa/getwxacodeunlimit", "kind": "html" }])).await;
    let error = world.mini.code(&CodeRequest::new("a", "pages/login/index").unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Unreadable);
}

#[tokio::test]
async fn json_that_ends_in_the_middle_and_a_connection_that_breaks() {
    let world = World::new().await;
    let error = stumble(&world, json!({ "path": LOGIN, "kind": "garbage" })).await;
    assert_eq!(error.kind(), Kind::Unreadable);
    let error = stumble(&world, json!({ "path": LOGIN, "kind": "cut" })).await;
    assert_eq!(error.kind(), Kind::Unreachable);
}

#[tokio::test]
async fn a_server_that_is_down() {
    let world = World::new().await;
    let error = stumble(&world, json!({ "path": LOGIN, "kind": "status", "status": 502 })).await;
    assert_eq!((error.clone(), error.passes()), (Error::Status { call: "code2Session", status: 502 }, true));
    let World { wechat, mini, .. } = world;
    let address = wechat.addr();
    drop(wechat);
    // The listener closes a moment after the command.
    while tokio::net::TcpStream::connect(address).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let error = mini.login("some-code").await.unwrap_err();
    assert_eq!((error.kind(), error.log_code().as_str()), (Kind::Unreachable, "wechat_unreachable"));
    assert!(!error.to_string().contains(SECRET), "{error}");
}

#[tokio::test]
async fn numbers_of_wechats_and_one_that_nobody_knows() {
    let world = World::new().await;
    let told = |code: i64| json!({ "path": LOGIN, "kind": "errcode", "code": code, "message": "told" });
    for (code, kind) in
        [(-1, Kind::Busy), (45011, Kind::TooOften), (40164, Kind::Misconfigured), (99999, Kind::Unknown)]
    {
        let error = stumble(&world, told(code)).await;
        assert_eq!((error.code(), error.kind()), (Some(code), kind));
    }
    // An error that repeats our secret does not get into the log with it.
    let leaky = json!({ "path": LOGIN, "kind": "errcode", "code": 40013, "message": format!("bad secret={SECRET}") });
    stumble(&world, leaky).await;
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time() {
    let world = World::new().await;
    let hasty = world.mini_as(|_, timeouts| timeouts.whole = Duration::from_millis(300));
    world.faults(json!([{ "path": LOGIN, "kind": "slow", "milliseconds": 60_000 }])).await;
    let started = std::time::Instant::now();
    let error = hasty.login(&world.code("wang", "login").await).await.unwrap_err();
    assert_eq!(error, Error::Timeout { call: "code2Session" });
    assert!(started.elapsed() < Duration::from_secs(50));
    assert!(error.sentence().contains("没有及时响应"));
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_our_secret() {
    let world = World::new().await;
    let error = stumble(&world, json!({ "path": LOGIN, "kind": "status", "status": 302 })).await;
    assert_eq!(error, Error::Status { call: "code2Session", status: 302 });
}
