//! One binary in several processes: some answer, some work.

use std::time::Duration;

use mingce::app::{Application, Parts};
use reqwest::StatusCode;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::api::support::{Kind, TestApp, program};

async fn only_workers_take_jobs(kind: Kind) {
    let web =
        TestApp::start_parts(kind, Parts { web: true, jobs: false, gateway: false, simulator: false }, |_| {}).await;
    let regulator = web.regulator("440700").await;
    let queued = regulator.post("/projects/export", json!({})).await.ok();
    let job = format!("/jobs/{}", queued["id"].as_str().unwrap());
    // Longer than a worker takes to look at the table by itself.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(regulator.get(&job).await.ok()["state"], json!("queued"));

    let config = web.app.config.as_ref().clone();
    let worker =
        Application::build(config, Parts { web: false, jobs: true, gateway: false, simulator: false }).await.unwrap();
    assert!(worker.address().is_err(), "a worker does not listen");
    let stop = CancellationToken::new();
    let working = actix_web::rt::spawn(worker.run_until_stopped(stop.clone()));
    for _ in 0..400 {
        if regulator.get(&job).await.ok()["state"] == json!("done") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let done = regulator.get(&job).await.ok();
    assert_eq!(done["state"], json!("done"), "{done}");
    assert!(done["file"]["download_url"].is_string(), "what one process made, the other serves: {done}");
    stop.cancel();
    working.await.unwrap().unwrap();
    web.stop().await;
}

#[actix_web::test]
async fn jobs_wait_for_a_worker_on_sqlite() {
    only_workers_take_jobs(Kind::Sqlite).await;
}

#[actix_web::test]
async fn jobs_wait_for_a_worker_on_postgres() {
    only_workers_take_jobs(Kind::Postgres).await;
}

#[actix_web::test]
async fn the_sub_commands_play_these_parts() {
    let app =
        TestApp::start_parts(Kind::Sqlite, Parts { web: true, jobs: false, gateway: false, simulator: false }, |_| {})
            .await;
    let start = |command| program::Program::start(app.folder(), &program::environment(&app.app.config), &[command]);
    let mut web = start("serve");
    let address = web.address().await;
    assert_eq!(reqwest::get(format!("http://{address}/readyz")).await.unwrap().status(), StatusCode::OK);
    let queued = app.regulator("440700").await.post("/projects/export", json!({})).await;
    assert_eq!(queued.status, 201);
    let mut worker = start("worker");
    worker.line(|line| line["message"] == "job begins").await;
    worker.terminate();
    assert!(worker.ended().await.success());
    assert!(!worker.log().iter().any(|line| line["message"] == "listening"), "a worker does not listen");
    assert!(!web.log().iter().any(|line| line["message"] == "job begins"), "a server leaves jobs alone");
    web.terminate();
    assert!(web.ended().await.success());
    app.stop().await;
}
