//! Day rows in the making.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, EntityTrait,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    entity::attendance_day::{self, Column},
    platform::web::Result,
    site::attendance::marks::{Reckoned, are_same, reckon},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayKey {
    pub project_id: Uuid,
    pub entry_id: Uuid,
    pub day: NaiveDate,
}

/// One day of one entry: its marks, and what they come to.
#[derive(Clone, Debug)]
pub struct Day {
    pub key: DayKey,
    pub person_id: Uuid,
    pub marks: String,
    pub first_at: Option<DateTime<Utc>>,
    pub last_at: Option<DateTime<Utc>>,
    pub minutes: i32,
    pub count: i32,
    pub inside: bool,
    repeat_minutes: i64,
}

impl Day {
    pub fn new(key: DayKey, person_id: Uuid, repeat_minutes: i64) -> Self {
        Self {
            key,
            person_id,
            marks: String::new(),
            first_at: None,
            last_at: None,
            minutes: 0,
            count: 0,
            inside: false,
            repeat_minutes,
        }
    }

    /// What the marks come to.
    pub fn reckoned(mut self) -> Self {
        let Reckoned { first_at, last_at, minutes, count, inside, inside_since: _ } =
            reckon(&self.marks, self.key.day, self.repeat_minutes);
        (self.first_at, self.last_at) = (first_at, last_at);
        (self.minutes, self.count, self.inside) = (minutes, count, inside);
        self
    }

    /// The same with all the marks that the row holds.
    pub fn with_all(self, marks: String) -> Self {
        Self { marks, ..self }.reckoned()
    }

    /// Whether a row says this already; its marks may have arrived in another order.
    pub fn says_the_same_as(&self, row: &attendance_day::Model) -> bool {
        (self.person_id, self.first_at, self.last_at) == (row.person_id, row.first_at, row.last_at)
            && (self.minutes, self.count, self.inside) == (row.minutes, row.count, row.inside)
            && are_same(&self.marks, &row.marks)
    }

    fn row(self) -> attendance_day::ActiveModel {
        let Self { key, person_id, marks, first_at, last_at, minutes, count, inside, repeat_minutes: _ } = self;
        attendance_day::ActiveModel {
            project_id: Set(key.project_id),
            entry_id: Set(key.entry_id),
            day: Set(key.day),
            person_id: Set(person_id),
            marks: Set(marks),
            first_at: Set(first_at),
            last_at: Set(last_at),
            minutes: Set(minutes),
            count: Set(count),
            inside: Set(inside),
        }
    }
}

/// Writes whole rows, over those that are there.
pub async fn write(tx: &impl ConnectionTrait, days: &[Day]) -> Result<()> {
    let mut over = same_key();
    over.update_columns([
        Column::PersonId,
        Column::Marks,
        Column::FirstAt,
        Column::LastAt,
        Column::Minutes,
        Column::Count,
        Column::Inside,
    ]);
    insert(tx, days, over).await
}

/// Locks rows until the transaction ends, in the order in which they are given; makes those that are not there.
pub async fn lock(tx: &impl ConnectionTrait, days: &[Day]) -> Result<()> {
    let mut as_it_is = same_key();
    as_it_is.value(Column::Marks, Expr::col((attendance_day::Entity, Column::Marks)));
    insert(tx, days, as_it_is).await
}

fn same_key() -> OnConflict {
    OnConflict::columns([Column::ProjectId, Column::EntryId, Column::Day])
}

async fn insert(tx: &impl ConnectionTrait, days: &[Day], on_conflict: OnConflict) -> Result<()> {
    if days.is_empty() {
        return Ok(());
    }
    let rows = days.iter().cloned().map(Day::row);
    attendance_day::Entity::insert_many(rows).on_conflict(on_conflict).exec_without_returning(tx).await?;
    Ok(())
}
