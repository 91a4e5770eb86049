//! The table as a queue: in, out, back in.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter,
    Statement, sea_query::Expr,
};
use serde_json::Value;
use uuid::Uuid;

use super::{Job, JobError, Outcome};
use crate::{
    entity::job::{self, JobState},
    platform::{
        App,
        web::{Error, Result},
    },
};

pub(super) const BELL: &str = "jobs";
const GAVE_UP: &str = "系统多次尝试仍未完成，请稍后重试；如仍不行，请联系平台管理员";

/// Whose job it is: who may look at it, and for which project.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ownership {
    pub account_id: Option<Uuid>,
    pub project_id: Option<Uuid>,
}

impl Ownership {
    pub fn of(account_id: Uuid) -> Self {
        Self { account_id: Some(account_id), project_id: None }
    }

    pub fn for_project(mut self, id: Uuid) -> Self {
        self.project_id = Some(id);
        self
    }
}

/// Queues a job in the caller's transaction; ring [`wake`] after the commit and it starts at once.
pub async fn enqueue<J: Job>(tx: &impl ConnectionTrait, job: J, owner: Ownership) -> Result<Uuid> {
    let payload = serde_json::to_value(job).map_err(Error::internal)?;
    enqueue_raw(tx, J::KIND, J::MAX_ATTEMPTS, payload, owner).await
}

pub(super) async fn enqueue_raw(
    tx: &impl ConnectionTrait,
    kind: &str,
    max_attempts: i32,
    payload: Value,
    owner: Ownership,
) -> Result<Uuid> {
    let (id, now) = (Uuid::now_v7(), Utc::now());
    let row = job::ActiveModel {
        id: Set(id),
        kind: Set(kind.to_owned()),
        payload: Set(payload),
        state: Set(JobState::Queued),
        progress: Set(0),
        attempts: Set(0),
        max_attempts: Set(max_attempts),
        run_at: Set(now),
        account_id: Set(owner.account_id),
        project_id: Set(owner.project_id),
        created_at: Set(now),
        ..Default::default()
    };
    row.insert(tx).await?;
    Ok(id)
}

/// Tells idle workers that there is something to do. They look by themselves too, so a lost ring is only slower.
pub async fn wake(app: &App) {
    if let Err(error) = app.cache.publish(BELL, "").await {
        tracing::debug!(%error, "workers hear of the job when they look next");
    }
}

/// Takes the job that has been due longest: a queued one, or a running one whose worker has gone silent. Kinds this
/// binary does not know are left to those that do, so that old and new workers can run side by side.
pub(super) async fn claim(
    db: &impl ConnectionTrait,
    worker: Uuid,
    lease: TimeDelta,
    kinds: &[&'static str],
) -> Result<Option<job::Model>, DbErr> {
    if kinds.is_empty() {
        return Ok(None);
    }
    let kinds = kinds.join("', '");
    let backend = db.get_database_backend();
    let locking = if backend == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "UPDATE job SET state = 'running', attempts = attempts + 1, worker = $1, leased_until = $2 WHERE id = (\
           SELECT id FROM job WHERE kind IN ('{kinds}') AND ((state = 'queued' AND run_at <= $3) OR (state = 'running' AND leased_until < $3)) \
           ORDER BY run_at LIMIT 1 {locking}) RETURNING *"
    );
    let now = Utc::now();
    let statement = Statement::from_sql_and_values(backend, sql, [worker.into(), (now + lease).into(), now.into()]);
    job::Entity::find().from_raw_sql(statement).one(db).await
}

/// The heart-beat. False: the lease was lost, somebody else has the job now.
pub(super) async fn renew(
    db: &impl ConnectionTrait,
    id: Uuid,
    worker: Uuid,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = job::ActiveModel { leased_until: Set(Some(until)), ..Default::default() };
    Ok(settle(db, id, worker, row).await? == 1)
}

/// Notes how a job ended. A worker that lost its lease meanwhile changes nothing.
pub(super) async fn finish(
    db: &impl ConnectionTrait,
    job: &job::Model,
    worker: Uuid,
    ended: Result<Outcome, JobError>,
) -> Result<(), DbErr> {
    let now = Utc::now();
    let mut row = job::ActiveModel { leased_until: Set(None), finished_at: Set(Some(now)), ..Default::default() };
    match ended {
        Ok(Outcome { result, file_id }) => {
            row.state = Set(JobState::Done);
            row.progress = Set(100);
            row.message = Set(None);
            row.last_error = Set(None);
            row.result = Set(result);
            row.file_id = Set(file_id);
        }
        Err(JobError::Retry(reason)) if job.attempts < job.max_attempts => {
            row.state = Set(JobState::Queued);
            row.run_at = Set(now + back_off(job.attempts));
            row.last_error = Set(Some(reason));
            row.finished_at = Set(None);
        }
        Err(JobError::Retry(_)) => {
            row.state = Set(JobState::Failed);
            // The reason is the platform's own and has been logged; who waits for the job reads what to do.
            row.last_error = Set(Some(GAVE_UP.to_owned()));
        }
        Err(JobError::Fail(reason)) => {
            row.state = Set(JobState::Failed);
            row.last_error = Set(Some(reason));
        }
    }
    settle(db, job.id, worker, row).await.map(drop)
}

/// Gives a job back unfinished, as if it had not been tried: the worker is going away.
pub(super) async fn hand_back(db: &impl ConnectionTrait, job: &job::Model, worker: Uuid) -> Result<(), DbErr> {
    let row = job::ActiveModel {
        state: Set(JobState::Queued),
        attempts: Set(job.attempts - 1),
        leased_until: Set(None),
        run_at: Set(Utc::now()),
        ..Default::default()
    };
    settle(db, job.id, worker, row).await.map(drop)
}

async fn settle(db: &impl ConnectionTrait, id: Uuid, worker: Uuid, row: job::ActiveModel) -> Result<u64, DbErr> {
    let mine = job::Entity::update_many()
        .set(row)
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::Worker.eq(worker))
        .filter(job::Column::State.eq(JobState::Running));
    Ok(mine.exec(db).await?.rows_affected)
}

/// 2, 4, 8 … seconds up to an hour, give or take a quarter, so that what failed together does not return together.
fn back_off(attempts: i32) -> TimeDelta {
    let seconds = 2_i64.saturating_pow(attempts.clamp(1, 12).cast_unsigned()).min(3600);
    TimeDelta::milliseconds(seconds * rand::random_range(750..=1250))
}

/// Puts a failed job back by hand.
pub(super) async fn retry(db: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value("queued"))
        .col_expr(job::Column::Attempts, Expr::value(0))
        .col_expr(job::Column::RunAt, Expr::value(Utc::now()))
        .col_expr(job::Column::FinishedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::State.eq(JobState::Failed))
        .exec(db)
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_stays_within_an_hour_and_a_quarter() {
        for attempts in 1_i32..30 {
            let longest = 2_i64.pow(attempts.clamp(1, 12).cast_unsigned()).min(3600) * 1250;
            let wait = back_off(attempts).num_milliseconds();
            assert!((longest * 3 / 5..=longest).contains(&wait), "{attempts}: {wait}");
        }
    }
}
