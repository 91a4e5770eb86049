//! The database goes away for a while: terminals hear a failure and keep what they have, and afterwards all is well.

use std::time::Duration;

use mingce::platform::config::Secret;
use terminal_protocol::{Reply, Request};

use super::support::{self, Gate, at, kept_punches, punch};
use crate::{
    api::support::Kind,
    servers::{State, Wire},
};

fn is_busy(reply: &Reply) -> bool {
    matches!(reply, Reply::Refused(refusal) if refusal.message() == "服务繁忙，请稍后")
}

#[actix_web::test]
async fn without_the_database_nothing_is_acknowledged_and_all_heals() {
    let server = std::env::var("MINGCE_TEST_POSTGRES_URL").unwrap();
    let host = server.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
    let wire = Wire::to(host.clone()).await;
    let app = support::start(Kind::Postgres, |config| {
        config.database.url = Secret::new(config.database.url.expose().replace(&host, &wire.address.to_string()));
        config.database.acquire_timeout_seconds = 1;
    })
    .await;
    let gate = Gate::open(&app).await;
    let other = gate.device(gate.device.direction).await;
    let person = gate.worker("王建国").await;
    let (mut punching, mut beating) = (gate.terminal().await, gate.terminal_of(&other).await);
    assert_eq!(punching.exchange(&punch(&person, at(-60))).await.unwrap(), Reply::Attendance);

    wire.set(State::Cut);
    let missed = punch(&person, at(-30));
    assert!(is_busy(&punching.exchange(&missed).await.unwrap()));
    // An outage looks like one: the connection ends, and nobody is let in.
    assert!(punching.receive().await.is_err());
    let mut again = gate.connect().await;
    assert!(is_busy(&again.log_in(&gate.vendor.code, &gate.device.serial).await.unwrap()));
    // Who asks for nothing stays.
    assert_eq!(beating.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);

    wire.set(State::Open);
    let mut left = 100;
    loop {
        let mut terminal = gate.connect().await;
        if terminal.log_in(&gate.vendor.code, &gate.device.serial).await.unwrap() == Reply::Login {
            assert_eq!(terminal.exchange(&missed).await.unwrap(), Reply::Attendance);
            break;
        }
        left -= 1;
        assert!(left > 0, "it does not heal");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(kept_punches(&app, &gate.device).await.len(), 2);
    app.stop().await;
}
