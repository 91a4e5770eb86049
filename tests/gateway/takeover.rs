//! A device speaks over one connection: the newest.

use mingce::{
    app::{Application, Parts},
    entity::device_state,
};
use sea_orm::EntityTrait;
use terminal_protocol::{Reply, Request};
use tokio_util::sync::CancellationToken;

use super::support::{self, Gate};
use crate::api::support::Kind;
use mingce::channels::terminal::client::Gateway;

gate_story!(
    async fn a_newer_login_ends_the_older_connection(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut older = gate.terminal().await;
        let mut newer = gate.terminal().await;
        assert!(older.receive().await.is_err());
        assert_eq!(newer.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);
        // The end of the older one does not make the device look offline.
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        let state = device_state::Entity::find_by_id(gate.device.id).one(app.app.db.reader()).await.unwrap().unwrap();
        assert!(state.online_since.is_some() && state.offline_since.is_none());
    }
);

#[actix_web::test]
async fn a_newer_login_at_another_process_ends_it_too() {
    let app = support::start(Kind::Postgres, |_| {}).await;
    let parts = Parts { gateway: true, ..Parts::default() };
    let second = Application::build((*app.app.config).clone(), parts).await.unwrap();
    let elsewhere = Gateway::plain(second.gateway().unwrap().address().unwrap());
    let stop = CancellationToken::new();
    let running = actix_web::rt::spawn(second.run_until_stopped(stop.clone()));

    let gate = Gate::open(&app).await;
    let mut older = gate.terminal().await;
    let mut newer = elsewhere.connect().await.unwrap();
    assert_eq!(newer.log_in(&gate.vendor.code, &gate.device.serial).await.unwrap(), Reply::Login);
    assert!(older.receive().await.is_err());
    assert_eq!(newer.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);

    // And back.
    let mut again = gate.terminal().await;
    assert!(newer.receive().await.is_err());
    assert_eq!(again.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);
    stop.cancel();
    running.await.unwrap().unwrap();
    app.stop().await;
}
