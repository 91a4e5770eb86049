//! Jobs: at least once, by one worker at a time, remembered when they fail.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use chrono::{TimeDelta, Utc};
use mingce::{
    entity::job::{self, JobState},
    platform::jobs::{Due, Job, JobContext, JobError, Outcome, Ownership, Registry, enqueue, run, wake},
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::api::support::TestApp;

/// How often each job of this process ran.
static RUNS: LazyLock<Mutex<HashMap<Uuid, u32>>> = LazyLock::new(Mutex::default);

#[derive(Clone, Serialize, Deserialize)]
struct Counted {
    /// How many times to fail first.
    failures: u32,
    fatal: bool,
}

impl Job for Counted {
    const KIND: &'static str = "test.counted";
    const MAX_ATTEMPTS: i32 = 2;

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let runs = {
            let mut all = RUNS.lock().unwrap();
            let runs = all.entry(context.id).or_default();
            *runs += 1;
            *runs
        };
        context.progress(1, 2, "一半").await;
        if self.fatal {
            return Err(JobError::Fail("文件里没有数据".to_owned()));
        }
        if runs <= self.failures {
            return Err(JobError::Retry(format!("failure {runs}")));
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
        Ok(Outcome::result(json!({ "runs": runs })))
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct Panics;

impl Job for Panics {
    const KIND: &'static str = "test.panics";
    const MAX_ATTEMPTS: i32 = 1;

    async fn run(self, _: JobContext) -> Result<Outcome, JobError> {
        panic!("as a test wants it")
    }
}

fn registry() -> Registry {
    Registry::default().register::<Counted>().register::<Panics>()
}

/// Workers that are stopped and awaited at the end of a story.
struct Workers {
    stop: CancellationToken,
    running: Vec<actix_web::rt::task::JoinHandle<()>>,
}

impl Workers {
    fn start(app: &TestApp, count: usize, registry: &Registry) -> Self {
        let stop = CancellationToken::new();
        let start = |_| actix_web::rt::spawn(run(app.app.clone(), registry.clone(), stop.clone()));
        let running = (0..count).map(start).collect();
        Self { stop, running }
    }

    async fn end(self) {
        self.stop.cancel();
        for worker in self.running {
            worker.await.unwrap();
        }
    }
}

async fn queue(app: &TestApp, job: impl Job) -> Uuid {
    let id = enqueue(app.app.db.writer(), job, Ownership::default()).await.unwrap();
    wake(&app.app).await;
    id
}

async fn until(app: &TestApp, id: Uuid, wanted: impl Fn(&job::Model) -> bool) -> job::Model {
    for _ in 0..400 {
        let row = job::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap();
        if wanted(&row) {
            return row;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the job did not get there: {:?}", job::Entity::find_by_id(id).one(app.app.db.reader()).await);
}

fn ended(row: &job::Model) -> bool {
    matches!(row.state, JobState::Done | JobState::Failed)
}

story! {
    async fn of_many_workers_each_job_has_one(app: &TestApp) {
        let workers = Workers::start(app, 4, &registry());
        let mut ids = Vec::new();
        for _ in 0..20 {
            ids.push(queue(app, Counted { failures: 0, fatal: false }).await);
        }
        for id in &ids {
            let row = until(app, *id, ended).await;
            assert_eq!((row.state, row.progress), (JobState::Done, 100));
            assert_eq!(RUNS.lock().unwrap()[id], 1);
        }
        workers.end().await;
    }
}

story! {
    async fn a_failure_is_tried_again_later_and_its_reason_kept(app: &TestApp) {
        let workers = Workers::start(app, 1, &registry());
        let id = queue(app, Counted { failures: 1, fatal: false }).await;
        let waiting = until(app, id, |row| row.last_error.is_some()).await;
        assert_eq!((waiting.state, waiting.last_error.as_deref()), (JobState::Queued, Some("failure 1")));
        assert!(waiting.run_at > Utc::now() + TimeDelta::milliseconds(500), "not at once");
        let done = until(app, id, ended).await;
        assert_eq!((done.state, done.attempts, done.last_error), (JobState::Done, 2, None));
        workers.end().await;
    }
}

story! {
    async fn what_cannot_work_fails_at_once_with_words_for_people(app: &TestApp) {
        let workers = Workers::start(app, 1, &registry());
        let id = queue(app, Counted { failures: 0, fatal: true }).await;
        let row = until(app, id, ended).await;
        assert_eq!((row.state, row.attempts, row.last_error.as_deref()), (JobState::Failed, 1, Some("文件里没有数据")));
        let id = queue(app, Panics).await;
        let row = until(app, id, ended).await;
        assert_eq!(row.state, JobState::Failed);
        assert!(row.last_error.as_deref().is_some_and(|told| told.contains("请稍后重试")), "{:?}", row.last_error);
        let id = queue(app, Counted { failures: 9, fatal: false }).await;
        let row = until(app, id, ended).await;
        assert_eq!((row.state, row.attempts), (JobState::Failed, 2));
        assert!(!row.last_error.unwrap().contains("failure"), "what went wrong inside is for the log");
        workers.end().await;
    }
}

story! {
    async fn a_silent_worker_s_job_is_taken_over_and_its_late_result_not_believed(app: &TestApp) {
        let id = enqueue(app.app.db.writer(), Counted { failures: 0, fatal: false }, Ownership::default()).await.unwrap();
        let gone = job::ActiveModel {
            id: Set(id),
            state: Set(JobState::Running),
            attempts: Set(1),
            worker: Set(Some(Uuid::now_v7())),
            leased_until: Set(Some(Utc::now() - TimeDelta::seconds(1))),
            ..Default::default()
        };
        job::Entity::update(gone).exec(app.app.db.writer()).await.unwrap();
        let workers = Workers::start(app, 2, &registry());
        let row = until(app, id, ended).await;
        assert_eq!((row.state, row.attempts), (JobState::Done, 2));
        workers.end().await;
    }
}

story! {
    async fn what_recurs_is_queued_once_among_many_workers(app: &TestApp) {
        let recurring = registry().recurring(Counted { failures: 0, fatal: false }, Due::EveryMinutes(15));
        let workers = Workers::start(app, 3, &recurring);
        let due = mingce::entity::schedule::ActiveModel {
            name: Set("test.counted".to_owned()),
            next_at: Set(Utc::now() - TimeDelta::hours(1)),
        };
        let unless_seen = sea_orm::sea_query::OnConflict::column(mingce::entity::schedule::Column::Name)
            .update_column(mingce::entity::schedule::Column::NextAt)
            .to_owned();
        mingce::entity::schedule::Entity::insert(due).on_conflict(unless_seen).exec_without_returning(app.app.db.writer()).await.unwrap();
        for _ in 0..8 {
            wake(&app.app).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let queued = job::Entity::find().all(app.app.db.reader()).await.unwrap();
        assert_eq!(queued.iter().filter(|job| job.kind == "test.counted").count(), 1);
        workers.end().await;
    }
}

story! {
    async fn a_job_is_its_owner_s_business_only(app: &TestApp) {
        let admin = app.admin().await;
        let account = admin.get("/session").await.ok()["account"]["id"].as_str().unwrap().parse().unwrap();
        let id = enqueue(app.app.db.writer(), Counted { failures: 0, fatal: true }, Ownership::of(account)).await.unwrap();
        let workers = Workers::start(app, 1, &registry());
        until(app, id, ended).await;
        workers.end().await;
        let path = format!("/jobs/{id}");
        assert_eq!(admin.get(&path).await.ok()["error"], json!("文件里没有数据"));
        assert_eq!(admin.get("/jobs?state=failed").await.ok()["total"], json!(1));
        app.regulator("440700").await.get(&path).await.refused(404);
        app.nobody().get(&path).await.refused(401);
        assert_eq!(admin.post(&format!("{path}/retry"), json!({})).await.ok()["state"], json!("queued"));
        admin.post(&format!("{path}/retry"), json!({})).await.refused(409);
    }
}

story! {
    async fn a_list_of_jobs_carries_figures_and_not_thousands_of_rows(app: &TestApp) {
        let admin = app.admin().await;
        let account = admin.get("/session").await.ok()["account"]["id"].as_str().unwrap().parse().unwrap();
        let results = [json!({ "total": 2, "rows": [{ "name": "王建国" }] }), json!({ "rows": 7 }), json!(null)];
        for (index, result) in results.into_iter().enumerate() {
            let id = enqueue(app.app.db.writer(), Counted { failures: 0, fatal: true }, Ownership::of(account)).await.unwrap();
            let done = job::ActiveModel {
                id: Set(id),
                kind: Set(format!("test.listed.{index}")),
                state: Set(JobState::Done),
                result: Set(Some(result)),
                ..Default::default()
            };
            job::Entity::update(done).exec(app.app.db.writer()).await.unwrap();
        }
        let listed = async |index: usize| admin.get(&format!("/jobs?kind=test.listed.{index}")).await.ok()["items"][0].clone();
        let with_rows = listed(0).await;
        assert_eq!(with_rows["result"], json!({ "total": 2 }));
        let whole = admin.get(&format!("/jobs/{}", with_rows["id"].as_str().unwrap())).await.ok();
        assert_eq!(whole["result"]["rows"][0]["name"], json!("王建国"));
        assert_eq!((&listed(1).await["result"], &listed(2).await["result"]), (&json!({ "rows": 7 }), &json!(null)));
        assert_eq!(admin.get("/jobs").await.ok()["total"], json!(3));
    }
}
