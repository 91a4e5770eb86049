//! The database goes away for a while: callers hear so, and afterwards everything works again by itself.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use mingce::platform::config::Secret;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

use crate::api::support::{Kind, TestApp};

/// A wire to a server that can be cut.
struct Wire {
    address: SocketAddr,
    cut: Arc<watch::Sender<bool>>,
}

impl Wire {
    async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, cut) = (listener.local_addr().unwrap(), Arc::new(watch::Sender::new(false)));
        let switch = cut.clone();
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (mut switch, server) = (switch.subscribe(), server.clone());
                tokio::spawn(async move {
                    if *switch.borrow() {
                        return;
                    }
                    let Ok(mut far) = TcpStream::connect(server).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        _ = switch.wait_for(|cut| *cut) => {}
                    }
                });
            }
        });
        Self { address, cut }
    }
}

async fn readyz(app: &TestApp) -> (u16, String) {
    let answer = reqwest::get(format!("http://{}/readyz", app.address)).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[actix_web::test]
async fn a_database_that_is_away_is_a_503_and_heals() {
    let server = std::env::var("MINGCE_TEST_POSTGRES_URL").unwrap();
    let host = server.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
    let wire = Wire::to(host.clone()).await;
    let app = TestApp::start_with(Kind::Postgres, |config| {
        config.database.url = Secret::new(config.database.url.expose().replace(&host, &wire.address.to_string()));
        config.database.acquire_timeout_seconds = 1;
    })
    .await;
    let regulator = app.regulator("440700").await;
    regulator.get("/audit").await.ok();

    wire.cut.send_replace(true);
    let (status, parts) = readyz(&app).await;
    assert_eq!((status, parts.contains(r#""database":false"#)), (503, true), "{parts}");
    assert_eq!(regulator.get("/audit").await.refused(503)["code"], "unavailable");
    assert_eq!(reqwest::get(format!("http://{}/healthz", app.address)).await.unwrap().status(), 200);

    wire.cut.send_replace(false);
    let mut left = 100;
    while readyz(&app).await.0 != 200 {
        left -= 1;
        assert!(left > 0, "does not heal");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    regulator.get("/audit").await.ok();
    app.stop().await;
}
