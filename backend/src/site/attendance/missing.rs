//! Whoever was on site yesterday and has no punch is told in the morning, while it can still be put right.
//!
//! Only where somebody punched at all: a site that rests, or whose terminals are dark, owes nobody a message. And only those
//! who have a phone here: the others' days stand in the console's lists.

use chrono::{NaiveDate, TimeDelta};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::{
    entity::{attendance_day, phone_user, project, roster_entry},
    platform::{
        App,
        jobs::{self, Job, JobContext, JobError, Outcome},
        phone::{Notice, Recipient, notices::tell},
        types::clock,
        web::Result,
    },
};

/// Of a day; without one, of yesterday.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct TellMissing {
    #[serde(default)]
    pub day: Option<NaiveDate>,
}

impl Job for TellMissing {
    const KIND: &'static str = "attendance.tell_missing";

    async fn run(self, context: JobContext) -> std::result::Result<Outcome, JobError> {
        let app = &context.app;
        let day = self.day.unwrap_or_else(|| clock::china_today() - TimeDelta::days(1));
        let sites: Vec<Uuid> = attendance_day::Entity::find()
            .select_only()
            .column(attendance_day::Column::ProjectId)
            .filter(attendance_day::Column::Day.eq(day))
            .filter(attendance_day::Column::Count.gt(0))
            .distinct()
            .into_tuple()
            .all(app.db.reader())
            .await?;
        let mut told = 0;
        for (done, id) in sites.iter().enumerate() {
            let Some(site) = project::Entity::find_by_id(*id).one(app.db.reader()).await? else { continue };
            if site.cancelled_at.is_none() {
                told += tell_site(app, &site, day).await?;
            }
            context.progress(done + 1, sites.len(), format!("已提醒 {told} 人")).await;
        }
        Ok(Outcome::result(json!({ "told": told })))
    }
}

async fn tell_site(app: &App, site: &project::Model, day: NaiveDate) -> Result<usize> {
    let missing = missing_on(app, site.id, day).await?;
    let tx = app.db.begin().await?;
    for entry in &missing {
        let notice = Notice::PunchMissing { project: site.into(), day };
        tell(&tx, Recipient::Person(entry.person_id), notice, &format!("punch:{}:{day}", entry.id)).await?;
    }
    tx.commit().await?;
    jobs::wake(app).await;
    Ok(missing.len())
}

/// On site the whole day, with a phone here, and without a punch that counts.
async fn missing_on(app: &App, project_id: Uuid, day: NaiveDate) -> Result<Vec<roster_entry::Model>> {
    use roster_entry::Column;
    let punched = attendance_day::Entity::find()
        .select_only()
        .column(attendance_day::Column::EntryId)
        .filter(attendance_day::Column::ProjectId.eq(project_id))
        .filter(attendance_day::Column::Day.eq(day))
        .filter(attendance_day::Column::Count.gt(0))
        .into_query();
    let reachable = phone_user::Entity::find()
        .select_only()
        .column(phone_user::Column::PersonId)
        .filter(phone_user::Column::PersonId.is_not_null())
        .into_query();
    Ok(roster_entry::Entity::find()
        .filter(Column::ProjectId.eq(project_id))
        .filter(Column::EnteredOn.lt(day))
        .filter(Condition::any().add(Column::ExitedOn.is_null()).add(Column::ExitedOn.gt(day)))
        .filter(Column::Id.not_in_subquery(punched))
        .filter(Column::PersonId.in_subquery(reachable))
        .all(app.db.reader())
        .await?)
}
