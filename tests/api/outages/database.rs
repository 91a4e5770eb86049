//! The database goes away for a while: callers hear so, and afterwards everything works again by itself.

use std::time::{Duration, Instant};

use mingce::{
    app::Parts,
    entity::job::{self, JobState},
    platform::{
        config::{Config, Secret},
        jobs::{Job, JobContext, JobError, Outcome, Ownership, Registry, enqueue, run},
    },
};
use sea_orm::{DatabaseConnection, EntityTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    api::support::{Client, Kind, TestApp},
    servers::{State, Wire},
};

/// A platform whose database is at the other end of a wire, and that database itself.
async fn behind_a_wire(change: impl FnOnce(&mut Config)) -> (TestApp, Wire, DatabaseConnection) {
    behind_a_wire_with(Parts { web: true, jobs: true, ..Parts::default() }, change).await
}

async fn behind_a_wire_with(parts: Parts, change: impl FnOnce(&mut Config)) -> (TestApp, Wire, DatabaseConnection) {
    let server = std::env::var("MINGCE_TEST_POSTGRES_URL").unwrap();
    let host = server.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
    let wire = Wire::to(host.clone()).await;
    let mut direct = String::new();
    let app = TestApp::start_parts(Kind::Postgres, parts, |config| {
        direct = config.database.url.expose().to_owned();
        config.database.url = Secret::new(direct.replace(&host, &wire.address.to_string()));
        config.database.acquire_timeout_seconds = 1;
        config.jobs.lease_seconds = 1;
        change(config);
    })
    .await;
    (app, wire, sea_orm::Database::connect(direct).await.unwrap())
}

async fn readyz(app: &TestApp) -> (u16, String) {
    let answer = reqwest::get(format!("http://{}/readyz", app.address)).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn heals(app: &TestApp) {
    let began = Instant::now();
    while readyz(app).await.0 != 200 {
        assert!(began.elapsed() < Duration::from_secs(20), "does not heal");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn write(caller: &Client) -> crate::api::support::Answer {
    caller.post("/tokens", json!({ "name": "闸机" })).await
}

static GOES_ON: Notify = Notify::const_new();

/// Begins before the outage, wants the database in the middle of it, and is done after it.
#[derive(Serialize, Deserialize)]
struct Meets;

impl Job for Meets {
    const KIND: &'static str = "test.meets_an_outage";
    // One death by the outage, and one try that works.
    const MAX_ATTEMPTS: i32 = 2;

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        if context.attempt == 1 {
            GOES_ON.notified().await;
        }
        let rows = job::Entity::find().all(context.app.db.reader()).await?;
        Ok(Outcome::result(rows.len()))
    }
}

async fn state_of(db: &DatabaseConnection, id: Uuid) -> job::Model {
    job::Entity::find_by_id(id).one(db).await.unwrap().unwrap()
}

async fn until(db: &DatabaseConnection, id: Uuid, state: JobState) -> job::Model {
    let began = Instant::now();
    loop {
        let row = state_of(db, id).await;
        if row.state == state {
            return row;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "the job does not get there: {row:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[actix_web::test]
async fn reads_writes_and_a_running_job_meet_an_outage_and_all_heals() {
    let (app, wire, direct) = behind_a_wire(|_| {}).await;
    let regulator = app.regulator("440700").await;
    regulator.get("/audit").await.ok();
    assert_eq!(write(&regulator).await.status, 201);
    let stop = CancellationToken::new();
    let worker = actix_web::rt::spawn(run(app.app.clone(), Registry::default().register::<Meets>(), stop.clone()));
    let id = enqueue(app.app.db.writer(), Meets, Ownership::default()).await.unwrap();
    until(&direct, id, JobState::Running).await;

    wire.set(State::Cut);
    GOES_ON.notify_one();
    let (began, mut round) = (Instant::now(), 0);
    // Long enough for every connection to be missed, every lease to end and every worker to look again.
    while began.elapsed() < Duration::from_secs(6) {
        let (status, parts) = readyz(&app).await;
        assert_eq!((status, parts.contains(r#""database":false"#)), (503, true), "{parts}");
        let (read, written) = tokio::join!(regulator.get("/audit"), write(&regulator));
        assert_eq!(read.refused(503)["code"], "unavailable");
        assert_eq!(written.refused(503)["code"], "unavailable");
        assert_eq!(reqwest::get(format!("http://{}/healthz", app.address)).await.unwrap().status(), 200);
        round += 1;
    }
    assert!(round > 1 && state_of(&direct, id).await.state != JobState::Done);

    wire.set(State::Open);
    heals(&app).await;
    regulator.get("/audit").await.ok();
    assert_eq!(write(&regulator).await.status, 201);
    let done = until(&direct, id, JobState::Done).await;
    assert_eq!((done.attempts, done.last_error), (2, None));
    stop.cancel();
    worker.await.unwrap();
    direct.close().await.unwrap();
    app.stop().await;
}

/// The pool asks a connection that comes back whether it works, and waits for that for as long as the kernel does: a
/// quarter of an hour on a network, for ever on this wire. That moment is the library's, and nothing is told of it here.
async fn came_back() {
    tokio::time::sleep(Duration::from_millis(300)).await;
}

#[actix_web::test]
async fn a_database_that_goes_silent_keeps_nobody_waiting_and_its_connections_come_back() {
    let (app, wire, direct) = behind_a_wire(|config| {
        config.server.answer_seconds = 2;
        config.database.max_connections = 3;
    })
    .await;
    let regulator = app.regulator("440700").await;
    regulator.get("/audit").await.ok();
    came_back().await;

    // Queries under way: their answers are held back at the wire, and nothing tells us so.
    wire.set(State::Silent);
    let began = Instant::now();
    let calls = (0..6).map(|_| regulator.get("/audit"));
    for answer in futures_util::future::join_all(calls).await {
        assert_eq!(answer.refused(503)["code"], "unavailable");
    }
    assert!(began.elapsed() < Duration::from_secs(10), "took {:?}", began.elapsed());
    assert_eq!(readyz(&app).await.0, 503);

    // The old connections never speak again; new ones do.
    wire.set(State::Open);
    heals(&app).await;
    for _ in 0..6 {
        regulator.get("/audit").await.ok();
    }
    // The worker that was looking for jobs when it happened looks again.
    let job = regulator.post("/projects/export", json!({})).await.ok()["id"].as_str().unwrap().parse().unwrap();
    until(&direct, job, JobState::Done).await;
    direct.close().await.unwrap();
    app.stop().await;
}

/// Shorter than anybody waits: the database is heard again, by others, before the deaf connections come back.
#[actix_web::test]
async fn connections_that_were_deaf_for_a_moment_are_not_lent_again_and_not_lost() {
    // No worker: what it gives up would be a warning to whatever comes after.
    let (app, wire, direct) = behind_a_wire_with(Parts { web: true, ..Parts::default() }, |config| {
        config.server.answer_seconds = 4;
        config.database.max_connections = 3;
    })
    .await;
    let regulator = app.regulator("440700").await;
    regulator.get("/audit").await.ok();
    came_back().await;
    wire.set(State::Silent);
    let deaf = futures_util::future::join_all((0..2).map(|_| regulator.get("/audit")));
    let goes_on = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        wire.set(State::Open);
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(5) {
            readyz(&app).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let (answers, ()) = tokio::join!(deaf, goes_on);
    for answer in answers {
        assert_eq!(answer.refused(503)["code"], "unavailable");
    }
    heals(&app).await;
    let pool = app.app.db.postgres().unwrap();
    let all = (0..3).map(|_| pool.acquire());
    let held: Result<Vec<_>, _> = futures_util::future::join_all(all).await.into_iter().collect();
    assert!(held.is_ok(), "a connection was lost: {held:?}");
    drop(held);
    direct.close().await.unwrap();
    app.stop().await;
}
