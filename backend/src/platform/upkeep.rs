//! What has to be done every night so that tables do not grow for ever.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::{
    files::service::{made_in_clear, purge, release_made},
    jobs::{Job, JobContext, JobError, Outcome},
    partitions::{self, Cut},
};
use crate::entity::{
    idempotency,
    job::{self, JobState},
    phone_session, session, used_ticket,
};

const REPEATS_EXPECTED: TimeDelta = TimeDelta::days(2);
const TICKETS_LIVE: TimeDelta = TimeDelta::days(1);
const FORMS_LEFT_OPEN: TimeDelta = TimeDelta::days(1);
const JOBS_KEPT: TimeDelta = TimeDelta::days(30);
/// A file with ID numbers in clear was wanted for something at hand.
const IN_CLEAR_KEPT: TimeDelta = TimeDelta::days(3);
const MONTHS_AHEAD: u32 = 3;

/// Deletes what is over: sessions, answers kept for repeats, used tickets, old jobs and their files, files nothing
/// refers to. On PostgreSQL it also makes the audit's partitions ahead.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Upkeep {}

impl Job for Upkeep {
    const KIND: &'static str = "platform.upkeep";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let (app, now) = (&context.app, Utc::now());
        let db = app.db.writer();
        session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(now)).exec(db).await?;
        phone_session::Entity::delete_many().filter(phone_session::Column::ExpiresAt.lt(now)).exec(db).await?;
        idempotency::Entity::delete_many()
            .filter(idempotency::Column::CreatedAt.lt(now - REPEATS_EXPECTED))
            .exec(db)
            .await?;
        used_ticket::Entity::delete_many().filter(used_ticket::Column::UsedAt.lt(now - TICKETS_LIVE)).exec(db).await?;
        forget_jobs(db, now).await?;
        release_made(db, now - FORMS_LEFT_OPEN).await?;
        while purge(app, now - FORMS_LEFT_OPEN).await? > 0 {}
        partitions::make_ahead(app, Cut::Months { table: "audit", column: "at" }, MONTHS_AHEAD).await?;
        Ok(Outcome::default())
    }
}

async fn forget_jobs(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), JobError> {
    let in_clear = job::Column::FileId.in_subquery(made_in_clear());
    let over = Condition::any()
        .add(job::Column::FinishedAt.lt(now - JOBS_KEPT))
        .add(job::Column::FinishedAt.lt(now - IN_CLEAR_KEPT).and(in_clear));
    job::Entity::delete_many()
        .filter(job::Column::State.is_in([JobState::Done, JobState::Failed]))
        .filter(over)
        .exec(db)
        .await?;
    Ok(())
}
