//! What happens to terminals while the gateway stops.

use std::time::{Duration, Instant};

use terminal_protocol::Reply;

use super::support::{self, Gate, Raw, at, kept_punches, punch};
use crate::api::support::Kind;

async fn what_was_received_is_answered(kind: Kind) {
    let app = support::start(kind, |config| config.server.drain_seconds = 10).await;
    let gate = Gate::open(&app).await;
    let person = gate.worker("王建国").await;
    let device = gate.device(gate.device.direction).await;
    let (idle, mut half, mut busy) = (gate.connect().await, gate.terminal().await, gate.terminal_of(&device).await);

    let half_sent = punch(&person, at(-20)).encode(half.session);
    half.send(&half_sent[..100]).await.unwrap();
    let busy_sent = punch(&person, at(-10)).encode(busy.session);
    busy.send(&busy_sent).await.unwrap();
    app.ask_to_stop();
    tokio::time::sleep(Duration::from_millis(50)).await;
    half.send(&half_sent[100..]).await.unwrap();

    for terminal in [&mut half, &mut busy] {
        let frame = terminal.receive().await.unwrap();
        assert_eq!(Reply::decode(&frame).unwrap(), Reply::Attendance);
        assert!(terminal.receive().await.is_err());
    }
    assert_eq!(kept_punches(&app, &device).await.len() + kept_punches(&app, &gate.device).await.len(), 2);
    drop(idle);
    let began = Instant::now();
    let address = app.gateway.unwrap();
    app.stop().await;
    assert!(began.elapsed() < Duration::from_secs(3), "it waits for nobody: {:?}", began.elapsed());
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}

#[actix_web::test]
async fn what_was_received_is_answered_on_sqlite() {
    what_was_received_is_answered(Kind::Sqlite).await;
}

#[actix_web::test]
async fn what_was_received_is_answered_on_postgres() {
    what_was_received_is_answered(Kind::Postgres).await;
}

#[actix_web::test]
async fn a_connection_that_does_not_end_does_not_keep_the_process() {
    let app = support::start(Kind::Sqlite, |config| config.gateway.frame_seconds = 60).await;
    let mut raw = Raw::connect(app.gateway.unwrap()).await;
    raw.send([1, 65, 0]).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let began = Instant::now();
    app.stop().await;
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}
