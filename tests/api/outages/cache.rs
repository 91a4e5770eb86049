//! Redis goes away for a while: people stay logged in, and get in.

use std::time::{Duration, Instant};

use mingce::platform::config::Secret;
use serde_json::json;

use crate::api::{
    session::PASSWORD,
    support::{Kind, TestApp},
};
use crate::servers::{Server, free_address, redis_at};

/// A platform on a Redis of its own, which the test takes away.
async fn on_redis() -> (TestApp, Server) {
    let address = free_address();
    let redis = redis_at(address);
    let url = Secret::new(format!("redis://{address}"));
    (TestApp::start_with(Kind::Sqlite, |config| config.cache.url = url).await, redis)
}

#[actix_web::test]
async fn nobody_is_logged_out_when_redis_is_gone() {
    let (app, redis) = on_redis().await;
    let address = redis.address();
    let admin = app.admin().await;
    admin.get("/session").await.ok();
    app.solved_captcha().await;

    drop(redis);
    let asked = Instant::now();
    admin.get("/session").await.ok();
    admin.get("/policies?region=440700").await.ok();
    assert!(asked.elapsed() < Duration::from_secs(2), "took {:?}", asked.elapsed());

    let _redis = redis_at(address);
    app.app.cache.ping().await.unwrap();
    admin.get("/session").await.ok();
    app.stop().await;
}

#[actix_web::test]
async fn people_log_in_while_redis_is_gone_and_a_captcha_still_counts_once() {
    let (app, redis) = on_redis().await;
    app.issued("jm01").await;
    drop(redis);
    let (captcha_token, captcha_answer) = app.solved_captcha().await;
    let body = json!({
        "account": "jm01", "password": PASSWORD, "captcha_token": captcha_token, "captcha_answer": captcha_answer,
    });
    let answer = app.nobody().post("/session", &body).await;
    let client = app.client_of(&answer);
    answer.ok();
    client.get("/session").await.ok();
    app.nobody().post("/session", &body).await.field("captcha_answer");
    app.try_login("jm01", "wrong").await.field("password");
    app.stop().await;
}
