//! The database goes away for a while: callers hear so, and afterwards everything works again by itself.

use std::time::Duration;

use mingce::platform::config::Secret;

use crate::{
    api::support::{Kind, TestApp},
    servers::Wire,
};

async fn readyz(app: &TestApp) -> (u16, String) {
    let answer = reqwest::get(format!("http://{}/readyz", app.address)).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[actix_web::test]
async fn a_database_that_is_away_is_a_503_and_heals() {
    let server = std::env::var("MINGCE_TEST_POSTGRES_URL").unwrap();
    let host = server.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
    let wire = Wire::to(&host).await;
    let app = TestApp::start_with(Kind::Postgres, |config| {
        config.database.url = Secret::new(config.database.url.expose().replace(&host, &wire.address.to_string()));
        config.database.acquire_timeout_seconds = 1;
    })
    .await;
    let regulator = app.regulator("440700").await;
    regulator.get("/audit").await.ok();

    wire.cut();
    let (status, parts) = readyz(&app).await;
    assert_eq!((status, parts.contains(r#""database":false"#)), (503, true), "{parts}");
    assert_eq!(regulator.get("/audit").await.refused(503)["code"], "unavailable");
    assert_eq!(reqwest::get(format!("http://{}/healthz", app.address)).await.unwrap().status(), 200);

    wire.mend();
    let mut left = 100;
    while readyz(&app).await.0 != 200 {
        left -= 1;
        assert!(left > 0, "does not heal");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    regulator.get("/audit").await.ok();
    app.stop().await;
}
