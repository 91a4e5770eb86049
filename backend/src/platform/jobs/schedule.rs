//! What recurs. Every worker looks; the row decides who queues it.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde_json::Value;

use super::{
    Job,
    queue::{Ownership, enqueue_raw},
};
use crate::{
    entity::schedule,
    platform::{
        App,
        types::clock,
        web::{Error, Result},
    },
};

/// When something recurs.
#[derive(Clone, Copy, Debug)]
pub enum Due {
    /// Every day at this time in China.
    Nightly {
        hour: u32,
        minute: u32,
    },
    EveryMinutes(i64),
}

impl Due {
    /// The first time after `now`.
    pub fn next(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::EveryMinutes(minutes) => {
                let step = minutes.max(1) * 60;
                let past = now.timestamp().div_euclid(step);
                DateTime::from_timestamp((past + 1) * step, 0).unwrap_or(now + TimeDelta::minutes(minutes))
            }
            Self::Nightly { hour, minute } => {
                let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
                let today = clock::from_china(clock::china_day(now).and_time(time));
                if today > now { today } else { today + TimeDelta::days(1) }
            }
        }
    }
}

/// A job that is queued again and again.
#[derive(Clone)]
pub struct Recurring {
    kind: &'static str,
    max_attempts: i32,
    payload: Value,
    due: Due,
}

impl Recurring {
    pub(super) fn new<J: Job>(job: J, due: Due) -> Self {
        Self {
            kind: J::KIND,
            max_attempts: J::MAX_ATTEMPTS,
            payload: serde_json::to_value(job).unwrap_or_default(),
            due,
        }
    }
}

/// Queues what is due. Of several workers that look at once, one moves the row's time on and queues.
pub(super) async fn queue_due(app: &App, recurring: &[Recurring], now: DateTime<Utc>) -> Result<()> {
    let rows = schedule::Entity::find().all(app.db.reader()).await?;
    for entry in recurring {
        match rows.iter().find(|row| row.name == entry.kind) {
            None => first_seen(app, entry, now).await?,
            Some(row) if row.next_at <= now => fire(app, entry, row, now).await?,
            Some(_) => {}
        }
    }
    Ok(())
}

async fn first_seen(app: &App, entry: &Recurring, now: DateTime<Utc>) -> Result<()> {
    let row = schedule::ActiveModel { name: Set(entry.kind.to_owned()), next_at: Set(entry.due.next(now)) };
    let unless_there = OnConflict::column(schedule::Column::Name).do_nothing().to_owned();
    schedule::Entity::insert(row).on_conflict(unless_there).exec_without_returning(app.db.writer()).await?;
    Ok(())
}

async fn fire(app: &App, entry: &Recurring, row: &schedule::Model, now: DateTime<Utc>) -> Result<()> {
    let tx = app.db.begin().await?;
    let moved = schedule::Entity::update_many()
        .set(schedule::ActiveModel { next_at: Set(entry.due.next(now)), ..Default::default() })
        .filter(schedule::Column::Name.eq(entry.kind))
        .filter(schedule::Column::NextAt.eq(row.next_at))
        .exec(&tx)
        .await?;
    if moved.rows_affected == 1 {
        enqueue_raw(&tx, entry.kind, entry.max_attempts, entry.payload.clone(), Ownership::default()).await?;
    }
    tx.commit().await.map_err(Error::from)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn nightly_means_the_night_in_china() {
        let due = Due::Nightly { hour: 2, minute: 30 };
        assert_eq!(due.next(at("2026-11-20T18:29:59Z")), at("2026-11-20T18:30:00Z"));
        assert_eq!(due.next(at("2026-11-20T18:30:00Z")), at("2026-11-21T18:30:00Z"));
    }

    #[test]
    fn every_quarter_is_on_the_quarter() {
        assert_eq!(Due::EveryMinutes(15).next(at("2026-11-20T10:07:31Z")), at("2026-11-20T10:15:00Z"));
        assert_eq!(Due::EveryMinutes(15).next(at("2026-11-20T10:15:00Z")), at("2026-11-20T10:30:00Z"));
    }
}
