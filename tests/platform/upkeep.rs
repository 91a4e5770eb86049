//! What is over is gone in the morning, and what is not is still there.

use chrono::{DateTime, Datelike, Months, TimeDelta, Utc};
use mingce::{
    entity::{
        audit, idempotency,
        job::{self, JobState},
        session, stored_file,
    },
    platform::{
        files::{
            Kind,
            service::{store_made, store_made_in_clear},
        },
        types::clock,
        upkeep::Upkeep,
    },
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement,
};
use serde_json::json;
use uuid::Uuid;

use crate::api::support::{Client, TestApp};

fn ago(days: i64) -> DateTime<Utc> {
    Utc::now() - TimeDelta::days(days)
}

/// A file somebody's job has made some days ago.
async fn made(app: &TestApp, in_clear: bool, days: i64) -> stored_file::Model {
    let bytes = "PK".into();
    let file = if in_clear {
        store_made_in_clear(&app.app, None, "花名册.xlsx", Kind::Xlsx, bytes).await
    } else {
        store_made(&app.app, None, "花名册.xlsx", Kind::Xlsx, bytes).await
    };
    let row = stored_file::ActiveModel { id: Set(file.unwrap().id), created_at: Set(ago(days)), ..Default::default() };
    row.update(app.app.db.writer()).await.unwrap()
}

/// A job of a kind no worker here knows, so that nobody touches it.
async fn a_job(app: &TestApp, state: JobState, days: i64, file: Option<&stored_file::Model>) -> Uuid {
    let ended = matches!(state, JobState::Done | JobState::Failed);
    let row = job::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set("test.kept".to_owned()),
        payload: Set(json!({})),
        state: Set(state),
        progress: Set(0),
        attempts: Set(1),
        max_attempts: Set(5),
        run_at: Set(ago(days)),
        file_id: Set(file.map(|file| file.id)),
        created_at: Set(ago(days)),
        finished_at: Set(ended.then(|| ago(days))),
        ..Default::default()
    };
    row.insert(app.app.db.writer()).await.unwrap().id
}

async fn job_is_there(app: &TestApp, id: Uuid) -> bool {
    job::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().is_some()
}

/// Its row, and with it what is in the store.
async fn file_is_there(app: &TestApp, file: &stored_file::Model) -> bool {
    let row = stored_file::Entity::find_by_id(file.id).one(app.app.db.reader()).await.unwrap().is_some();
    assert_eq!(app.app.files.exists(&file.storage_key).await.unwrap(), row);
    row
}

story! {
    async fn a_file_lives_as_long_as_the_job_that_made_it(app: &TestApp) {
        let old = made(app, false, 31).await;
        let old_job = a_job(app, JobState::Done, 31, Some(&old)).await;
        let recent = made(app, false, 29).await;
        let recent_job = a_job(app, JobState::Done, 29, Some(&recent)).await;
        let waiting = a_job(app, JobState::Queued, 40, None).await;
        let orphan = made(app, false, 2).await;
        let fresh = made(app, false, 0).await;

        app.done(Upkeep::default()).await;
        assert!(!job_is_there(app, old_job).await && !file_is_there(app, &old).await);
        assert!(job_is_there(app, recent_job).await && file_is_there(app, &recent).await);
        assert!(job_is_there(app, waiting).await, "what is not over is not old");
        assert!(!file_is_there(app, &orphan).await, "made by a worker that was killed before it said so");
        assert!(file_is_there(app, &fresh).await, "its job may be about to say so");
    }
}

story! {
    async fn id_numbers_in_clear_are_kept_for_three_days(app: &TestApp) {
        let (old, recent) = (made(app, true, 4).await, made(app, true, 2).await);
        let old_job = a_job(app, JobState::Done, 4, Some(&old)).await;
        let recent_job = a_job(app, JobState::Done, 2, Some(&recent)).await;
        app.done(Upkeep::default()).await;
        assert!(!job_is_there(app, old_job).await && !file_is_there(app, &old).await);
        assert!(job_is_there(app, recent_job).await && file_is_there(app, &recent).await);
    }
}

story! {
    async fn sessions_and_answers_for_repeats_go_when_they_are_over(app: &TestApp) {
        let admin = app.admin().await;
        let gone = app.admin().await;
        let account = async |client: &Client| -> Uuid {
            client.get("/session").await.ok()["account"]["id"].as_str().unwrap().parse().unwrap()
        };
        let (admin_id, gone_id) = (account(&admin).await, account(&gone).await);
        let db = app.app.db.writer();
        let over = session::ActiveModel { expires_at: Set(ago(1)), ..Default::default() };
        let theirs = session::Column::AccountId.eq(gone_id);
        session::Entity::update_many().set(over).filter(theirs).exec(db).await.unwrap();
        for (key, days) in [("old-answer", 3), ("new-answer", 1)] {
            let row = idempotency::ActiveModel {
                account_id: Set(admin_id),
                key: Set(key.to_owned()),
                fingerprint: Set(String::new()),
                status: Set(201),
                body: Set(String::new()),
                created_at: Set(ago(days)),
            };
            row.insert(db).await.unwrap();
        }

        app.done(Upkeep::default()).await;
        let sessions = session::Entity::find().all(db).await.unwrap();
        assert_eq!(sessions.iter().map(|session| session.account_id).collect::<Vec<_>>(), [admin_id]);
        let answers = idempotency::Entity::find().all(db).await.unwrap();
        assert_eq!(answers.iter().map(|answer| answer.key.as_str()).collect::<Vec<_>>(), ["new-answer"]);
        admin.get("/session").await.ok();
    }
}

story! {
    async fn the_audit_has_room_for_the_months_to_come(app: &TestApp) {
        let db = app.app.db.writer();
        // The second night finds what the first has made.
        for _ in 0..2 {
            app.done(Upkeep::default()).await;
        }
        let month = clock::china_today().with_day(1).unwrap() + Months::new(2);
        let row = audit::ActiveModel {
            id: Set(Uuid::now_v7()),
            at: Set(clock::day_start(month)),
            account_id: Set(None),
            actor_name: Set("平台".to_owned()),
            ip: Set(String::new()),
            request_id: Set(String::new()),
            action: Set("test.future".to_owned()),
            subject_kind: Set("test".to_owned()),
            subject_id: Set("1".to_owned()),
            subject_name: Set(String::new()),
            ..Default::default()
        };
        row.insert(db).await.unwrap();
        if db.get_database_backend() == DbBackend::Postgres {
            let sql = "SELECT tableoid::regclass::text AS name FROM audit WHERE action = 'test.future'";
            let found = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap().unwrap();
            let name: String = found.try_get("", "name").unwrap();
            assert_eq!(name, month.format("audit_%Y_%m").to_string());
        }
    }
}
