//! The job that reckons days anew from their punches. It gives the very same as recording did, also while punches of
//! these days are coming in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::record::{Day, DayKey, days};
use crate::{
    entity::{
        attendance_day::{self, Column},
        device::Direction,
        project, punch,
    },
    platform::{
        jobs::{Job, JobContext, JobError, Outcome},
        web::Result,
    },
    site::attendance::{marks::Mark, query::Site, rules},
};

/// Rows of one statement: SQLite allows some thirty thousand values.
const CHUNK: usize = 500;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recompute {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

#[derive(Default, Serialize)]
struct Recomputed {
    days: usize,
    /// Rows that were not what their punches come to.
    corrected: usize,
}

impl Job for Recompute {
    const KIND: &'static str = "attendance.recompute";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = &context.app;
        let project_id = context.project_id.ok_or_else(|| JobError::Fail("没有指定项目".to_owned()))?;
        let project = project::Entity::find_by_id(project_id).one(app.db.reader()).await?;
        let project = project.ok_or_else(|| JobError::Fail("项目不存在".to_owned()))?;
        let site = Site::of(app, &project).await?;
        let wanted: Vec<NaiveDate> = self.from.iter_days().take_while(|day| *day <= self.to).collect();
        let mut done = Recomputed::default();
        for day in &wanted {
            done.corrected += recompute(&site, *day).await?;
            done.days += 1;
            context.progress(done.days, wanted.len(), format!("已核算 {} / {} 天", done.days, wanted.len())).await;
        }
        Ok(Outcome::result(done))
    }
}

/// One day in one transaction. The rows are locked first and the punches read after: whatever was recorded before is
/// among these punches, and whatever comes after waits for us and adds to what we have written.
async fn recompute(site: &Site<'_>, day: NaiveDate) -> Result<usize> {
    let tx = site.app.db.begin().await?;
    let keys = lock_all(&tx, site, day).await?;
    let before = kept(&tx, site, day).await?;
    let mut after = from_punches(&tx, site, day).await?;
    let (mut changed, mut empty) = (Vec::new(), Vec::new());
    for key in keys {
        match (after.remove(&key), before.get(&key)) {
            (None, _) => empty.push(key.entry_id),
            (Some(right), Some(row)) if right.says_the_same_as(row) => {}
            (Some(right), _) => changed.push(right),
        }
    }
    for some in changed.chunks(CHUNK) {
        days::write(&tx, some).await?;
    }
    for some in empty.chunks(CHUNK) {
        let gone = Condition::all().add(of_day(site, day)).add(Column::EntryId.is_in(some.iter().copied()));
        attendance_day::Entity::delete_many().filter(gone).exec(&tx).await?;
    }
    tx.commit().await?;
    Ok(changed.len() + empty.len())
}

/// Locks the rows that there are and those that there should be; the latter are made, empty.
async fn lock_all(tx: &DatabaseTransaction, site: &Site<'_>, day: NaiveDate) -> Result<BTreeSet<DayKey>> {
    let mut all = from_punches(tx, site, day).await?;
    for (key, row) in kept(tx, site, day).await? {
        all.entry(key).or_insert_with(|| Day::new(key, row.person_id, 0));
    }
    let empty: Vec<Day> = all.values().map(|day| Day::new(day.key, day.person_id, 0)).collect();
    for some in empty.chunks(CHUNK) {
        days::lock(tx, some).await?;
    }
    Ok(all.into_keys().collect())
}

fn of_day(site: &Site<'_>, day: NaiveDate) -> Condition {
    Condition::all().add(Column::ProjectId.eq(site.project.id)).add(Column::Day.eq(day))
}

async fn kept(
    tx: &DatabaseTransaction,
    site: &Site<'_>,
    day: NaiveDate,
) -> Result<BTreeMap<DayKey, attendance_day::Model>> {
    let rows = attendance_day::Entity::find().filter(of_day(site, day)).all(tx).await?;
    let key = |row: &attendance_day::Model| DayKey { project_id: row.project_id, entry_id: row.entry_id, day };
    Ok(rows.into_iter().map(|row| (key(&row), row)).collect())
}

/// What the accepted punches of a day come to, entry by entry.
async fn from_punches(tx: &DatabaseTransaction, site: &Site<'_>, day: NaiveDate) -> Result<BTreeMap<DayKey, Day>> {
    use punch::Column as Punch;
    let (project_id, range) = (site.project.id, rules::instants(day, day));
    let punches: Vec<(Uuid, Uuid, DateTime<Utc>, Direction)> = punch::Entity::find_in(&site.reach)
        .filter(Punch::At.gte(range.start))
        .filter(Punch::At.lt(range.end))
        .filter(Punch::Day.eq(day))
        .filter(Punch::Refusal.is_null())
        .filter(Punch::EntryId.is_not_null())
        .filter(Punch::PersonId.is_not_null())
        .order_by_asc(Punch::At)
        .select_only()
        .columns([Punch::EntryId, Punch::PersonId, Punch::At, Punch::Direction])
        .into_tuple()
        .all(tx)
        .await?;
    let mut days: BTreeMap<DayKey, Day> = BTreeMap::new();
    for (entry_id, person_id, at, direction) in punches {
        let key = DayKey { project_id, entry_id, day };
        let day = days.entry(key).or_insert_with(|| Day::new(key, person_id, site.policy.repeat_minutes));
        Mark::new(direction, at, key.day).append_to(&mut day.marks);
    }
    Ok(days.into_iter().map(|(key, day)| (key, day.reckoned())).collect())
}
