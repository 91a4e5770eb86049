//! Live events, as a browser gets them: server-sent events over a socket.

use std::time::{Duration, Instant};

use mingce::{
    entity::session,
    site::{
        devices::service::disconnected,
        live::{LiveKind, tell, topic},
    },
};
use reqwest::{Method, Response};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::*;
use crate::api::support::{Client, Kind};

/// An open stream, and what of it has not been read yet.
struct Page {
    response: Response,
    text: String,
}

impl Page {
    async fn open(client: &Client, project: Uuid) -> Self {
        let request = client.request(Method::GET, &format!("/projects/{project}/live"));
        let response = request.header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let mut page = Self { response, text: String::new() };
        assert_eq!(page.frame().await.unwrap(), "retry: 3000");
        page
    }

    /// The next frame; nothing at the end of the stream.
    async fn frame(&mut self) -> Option<String> {
        loop {
            if let Some((frame, rest)) = self.text.split_once("\n\n") {
                let frame = frame.to_owned();
                self.text = rest.to_owned();
                return Some(frame);
            }
            let chunk = tokio::time::timeout(Duration::from_secs(10), self.response.chunk()).await;
            let chunk = chunk.expect("the stream is silent").unwrap()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next event, past heart-beats.
    async fn event(&mut self) -> (String, Value) {
        loop {
            let frame = self.frame().await.expect("the stream has ended");
            if let Some((name, data)) = frame.split_once('\n').filter(|_| frame.starts_with("event: ")) {
                let data = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
                return (name.strip_prefix("event: ").unwrap().to_owned(), data);
            }
        }
    }
}

story! {
    async fn a_page_hears_of_devices_and_punches_as_they_come(app: &TestApp) {
        let gate = Gate::new(app).await;
        let row = gate.register("MC-K1-0001").await;
        let (project, other) = (gate.site.project.id, Site::new(app).await.project.id);
        let mut page = Page::open(&gate.site.staff, project).await;
        let (device, connection) = gate.connected("MC-K1-0001").await;
        let online = json!({"kind": "device", "device_id": row["id"], "what": "online"});
        assert_eq!(page.event().await, ("device".to_owned(), online));
        tell(&app.app, other, LiveKind::Punch, &json!({"punch_id": 1})).await;
        tell(&app.app, project, LiveKind::Punch, &json!({"punch_id": 2, "place": "1 号门\n"})).await;
        let punch = json!({"kind": "punch", "punch_id": 2, "place": "1 号门\n"});
        assert_eq!(page.event().await, ("punch".to_owned(), punch));
        disconnected(&app.app, &device, connection).await.unwrap();
        assert_eq!(page.event().await.1["what"], "offline");
        // What is no event of ours does not get through.
        app.app.cache.publish(&topic(project), "{\"kind\":\"secret\"}").await.unwrap();
        app.app.cache.publish(&topic(project), "not json").await.unwrap();
        tell(&app.app, project, LiveKind::Alert, &json!({"open": true})).await;
        assert_eq!(page.event().await.0, "alert");
    }
}

story! {
    async fn only_who_may_look_hears_and_only_what_they_may_see(app: &TestApp) {
        let gate = Gate::new(app).await;
        let path = gate.path("live");
        app.nobody().get(&path).await.refused(401);
        app.regulator("510800").await.get(&path).await.refused(404);
        Site::new(app).await.staff.get(&path).await.refused(404);
        let served = mingce::entity::project::ActiveModel {
            id: sea_orm::ActiveValue::Set(gate.site.project.id), vendor_id: sea_orm::ActiveValue::Set(Some(gate.vendor.id)), ..Default::default()
        };
        sea_orm::ActiveModelTrait::update(served, app.app.db.writer()).await.unwrap();
        let mut page = Page::open(&app.vendor_account(&gate.vendor).await, gate.site.project.id).await;
        tell(&app.app, gate.site.project.id, LiveKind::Punch, &json!({})).await;
        tell(&app.app, gate.site.project.id, LiveKind::Device, &json!({})).await;
        assert_eq!(page.event().await.0, "device", "attendance is not a vendor's business");
    }
}

story! {
    async fn a_slow_page_is_told_to_read_afresh(app: &TestApp) {
        let gate = Gate::new(app).await;
        let mut page = Page::open(&gate.site.staff, gate.site.project.id).await;
        // More than the stream, the socket and the backlog of a listener hold together.
        let large = "x".repeat(100_000);
        for _ in 0..600 {
            tell(&app.app, gate.site.project.id, LiveKind::Device, &json!({"device_id": large})).await;
        }
        for _ in 0..600 {
            if page.event().await.0 == "reload" {
                return;
            }
        }
        panic!("nothing was said of what was lost");
    }
}

async fn a_stream_ends_with_its_session(kind: Kind) {
    let app = TestApp::start_with(kind, |config| config.server.heartbeat_seconds = 1).await;
    let gate = Gate::new(&app).await;
    let mut page = Page::open(&gate.site.staff, gate.site.project.id).await;
    assert_eq!(page.frame().await.unwrap(), ":", "a sign of life");
    session::Entity::delete_many().exec(app.app.db.writer()).await.unwrap();
    while let Some(frame) = page.frame().await {
        assert_eq!(frame, ":");
    }
    app.stop().await;
}

#[actix_web::test]
async fn a_stream_ends_with_its_session_on_sqlite() {
    a_stream_ends_with_its_session(Kind::Sqlite).await;
}

#[actix_web::test]
async fn a_stream_ends_with_its_session_on_postgres() {
    a_stream_ends_with_its_session(Kind::Postgres).await;
}

#[actix_web::test]
async fn a_process_that_stops_does_not_wait_for_open_streams() {
    let app = TestApp::start_with(Kind::Sqlite, |config| config.server.drain_seconds = 60).await;
    let gate = Gate::new(&app).await;
    let mut pages = Vec::new();
    for _ in 0..20 {
        pages.push(Page::open(&gate.site.staff, gate.site.project.id).await);
    }
    let refused = gate.site.staff.get(&gate.path("live")).await.refused(429);
    assert!(refused["message"].as_str().unwrap().contains("实时页面"), "{refused}");
    let asked = Instant::now();
    let (ended, ()) = tokio::join!(
        async {
            for page in &mut pages {
                while page.frame().await.is_some() {}
            }
            asked.elapsed()
        },
        app.stop(),
    );
    assert!(
        ended < Duration::from_secs(10) && asked.elapsed() < Duration::from_secs(20),
        "{ended:?} {:?}",
        asked.elapsed()
    );
}
