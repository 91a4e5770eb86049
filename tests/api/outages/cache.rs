//! What still works while a part of the platform is away.

use std::time::{Duration, Instant};

use mingce::platform::config::Secret;

use crate::api::support::{Kind, TestApp};
use crate::servers::{free_address, redis_at};

#[actix_web::test]
async fn nobody_is_logged_out_when_redis_is_gone() {
    let address = free_address();
    let redis = redis_at(address);
    let app =
        TestApp::start_with(Kind::Sqlite, |config| config.cache.url = Secret::new(format!("redis://{address}"))).await;
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
