//! What has to be done every night so that tables do not grow for ever.

use chrono::{TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::{
    files::service::purge,
    jobs::{Job, JobContext, JobError, Outcome},
    partitions::{self, Cut},
};
use crate::entity::{
    idempotency,
    job::{self, JobState},
    session,
};

const REPEATS_EXPECTED: TimeDelta = TimeDelta::days(2);
const FORMS_LEFT_OPEN: TimeDelta = TimeDelta::days(1);
const JOBS_KEPT: TimeDelta = TimeDelta::days(30);
const MONTHS_AHEAD: u32 = 3;

/// Deletes what is over: sessions, answers kept for repeats, old jobs, files nothing refers to. On PostgreSQL it also
/// makes the audit's partitions ahead.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Upkeep {}

impl Job for Upkeep {
    const KIND: &'static str = "platform.upkeep";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let (app, now) = (&context.app, Utc::now());
        let db = app.db.writer();
        session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(now)).exec(db).await?;
        idempotency::Entity::delete_many()
            .filter(idempotency::Column::CreatedAt.lt(now - REPEATS_EXPECTED))
            .exec(db)
            .await?;
        job::Entity::delete_many()
            .filter(job::Column::State.is_in([JobState::Done, JobState::Failed]))
            .filter(job::Column::FinishedAt.lt(now - JOBS_KEPT))
            .exec(db)
            .await?;
        while purge(app, now - FORMS_LEFT_OPEN).await? > 0 {}
        partitions::make_ahead(app, Cut::Months { table: "audit", column: "at" }, MONTHS_AHEAD).await?;
        Ok(Outcome::default())
    }
}
