//! Those who mean no good, and that the others do not notice them.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use mingce::platform::config::Config;
use terminal_protocol::{Reply, Request, SessionId, messages::Login};
use tokio::{io::AsyncWriteExt, net::TcpStream, task::JoinSet};

use super::support::{Gate, at, punch};

/// What somebody at a gate still takes for an answer at once.
const AT_ONCE: Duration = Duration::from_secs(1);

type Attack = fn(SocketAddr, usize) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs many of an attack until a device has punched for a while, and looks how long its answers took.
async fn nobody_notices(app: &crate::api::support::TestApp, attackers: usize, attack: Attack) {
    let gate = Gate::open(app).await;
    let person = gate.worker("王建国").await;
    let mut terminal = gate.terminal().await;
    let mut attacks = JoinSet::new();
    for number in 0..attackers {
        let address = app.gateway.unwrap();
        attacks.spawn(async move {
            loop {
                attack(address, number).await;
                tokio::task::yield_now().await;
            }
        });
    }
    for nth in 0..30 {
        let began = Instant::now();
        assert_eq!(terminal.exchange(&punch(&person, at(-nth))).await.unwrap(), Reply::Attendance);
        assert!(began.elapsed() < AT_ONCE, "an answer took {:?}", began.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    attacks.shutdown().await;
    gate.connect().await;
}

fn many(config: &mut Config) {
    config.gateway.max_failures = 1_000_000;
}

gate_story!(
    many => async fn a_flood_of_logins(app: &TestApp) {
        nobody_notices(app, 8, |address, number| {
            Box::pin(async move {
                let Ok(mut stream) = TcpStream::connect(address).await else { return };
                let login = Login { vendor_code: "NOBODY".to_owned(), serial: format!("UNKNOWN-{number}") };
                let bytes = Request::Login(login).encode(SessionId::ZERO);
                drop(stream.write_all(&bytes).await);
                tokio::time::sleep(Duration::from_millis(5)).await;
            })
        })
        .await;
    }
);

gate_story!(
    many => async fn connections_that_come_and_go(app: &TestApp) {
        nobody_notices(app, 16, |address, _| {
            Box::pin(async move {
                drop(TcpStream::connect(address).await);
                tokio::time::sleep(Duration::from_millis(10)).await;
            })
        })
        .await;
    }
);

gate_story!(
    many => async fn frames_that_never_end(app: &TestApp) {
        nobody_notices(app, 200, |address, _| {
            Box::pin(async move {
                let Ok(mut stream) = TcpStream::connect(address).await else { return };
                // A promise of a mebibyte, kept byte by byte.
                let mut head = Request::Heartbeat.encode(SessionId::ZERO)[..32].to_vec();
                head[1..5].copy_from_slice(&(1_u32 << 20).to_le_bytes());
                drop(stream.write_all(&head).await);
                for _ in 0..10 {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    drop(stream.write_all(&[0]).await);
                }
            })
        })
        .await;
    }
);

gate_story!(
    many => async fn noise(app: &TestApp) {
        nobody_notices(app, 8, |address, number| {
            Box::pin(async move {
                let Ok(mut stream) = TcpStream::connect(address).await else { return };
                let mut bytes: [u8; 64] = rand::random();
                if number % 2 == 0 {
                    bytes[0] = 1;
                }
                drop(stream.write_all(&bytes).await);
                tokio::time::sleep(Duration::from_millis(5)).await;
            })
        })
        .await;
    }
);
