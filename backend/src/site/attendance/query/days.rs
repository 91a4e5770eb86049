//! 打卡统计 of one day.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    Condition, EntityTrait, ExprTrait, FromQueryResult, JoinType, QuerySelect, RelationDef,
    sea_query::{Expr, IntoCondition},
};
use uuid::Uuid;

use super::{
    Site,
    people::{By, KNOWN, heads_between, page_of, rows_between},
};
use crate::{
    entity::{
        attendance_day::{self, Column},
        roster_entry,
    },
    platform::web::{Page, Paging, Result},
    site::{
        attendance::{
            dto::{DayRow, Somebody},
            rules,
        },
        roster::{dto::RawRow, query::Search},
    },
};

#[derive(FromQueryResult)]
struct Raw {
    #[sea_orm(nested)]
    who: RawRow,
    first_at: Option<DateTime<Utc>>,
    last_at: Option<DateTime<Utc>>,
    minutes: Option<i32>,
    count: Option<i32>,
    inside: Option<bool>,
}

/// A page of those who were on the project on a day, with what they did.
pub async fn days(site: &Site<'_>, search: &Search, day: NaiveDate, paging: &Paging) -> Result<Page<DayRow>> {
    rules::check_day("day", day)?;
    let of_day = [
        ("first_at", By::Day(Column::FirstAt)),
        ("last_at", By::Day(Column::LastAt)),
        ("minutes", By::Day(Column::Minutes)),
        ("count", By::Day(Column::Count)),
    ];
    let known: Vec<_> = KNOWN.into_iter().chain(of_day).collect();
    let select = rows_between(site, search, day, day)
        .join(JoinType::LeftJoin, days_of_entries(site.project.id, day))
        .columns([Column::FirstAt, Column::LastAt, Column::Minutes, Column::Count, Column::Inside]);
    let rows = page_of(select, &known, paging)?.into_model::<Raw>().all(site.app.db.reader()).await?;
    let total = heads_between(site, search, day, day).await?;
    let is_over = day < site.today();
    Ok(paging.page_of(rows.into_iter().map(|row| shape(site, row, is_over)).collect(), total))
}

fn days_of_entries(project_id: Uuid, day: NaiveDate) -> RelationDef {
    let entry =
        roster_entry::Entity::belongs_to(attendance_day::Entity).from(roster_entry::Column::Id).to(Column::EntryId);
    let of_day = move |_, days: sea_orm::sea_query::DynIden| -> Condition {
        let column = |column: Column| Expr::col((days.clone(), column));
        column(Column::ProjectId).eq(project_id).and(column(Column::Day).eq(day)).into_condition()
    };
    RelationDef::from(entry.on_condition(of_day))
}

fn shape(site: &Site<'_>, row: Raw, is_over: bool) -> DayRow {
    let (minutes, count) = (row.minutes.unwrap_or_default(), row.count.unwrap_or_default());
    DayRow {
        who: Somebody::of(site.app, row.who),
        first_at: row.first_at,
        last_at: row.last_at,
        count,
        minutes,
        state: rules::state_of(count, minutes, row.inside.unwrap_or_default(), is_over),
    }
}
