//! 打卡统计 of a month, 出勤时长统计 and 项目月考勤: people down, days across.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect,
    sqlx::{self, PgPool},
};
use uuid::Uuid;

use super::{
    Site,
    people::{KNOWN, heads_between, page_of, rows_between},
};
use crate::{
    entity::attendance_day::{self, Column},
    platform::{
        types::Month,
        web::{Page, Paging, Result},
    },
    site::{
        attendance::dto::{DayCell, MonthRow, Somebody},
        roster::{dto::RawRow, query::Search},
    },
};

/// A page of those who were on the project in a month, with their days: two queries, whatever the page's size.
pub async fn months(site: &Site<'_>, search: &Search, month: Month, paging: &Paging) -> Result<Page<MonthRow>> {
    let (first, last) = (month.first(), month.last());
    let select = page_of(rows_between(site, search, first, last), &KNOWN, paging)?;
    let people = select.into_model::<RawRow>().all(site.app.db.reader()).await?;
    let total = heads_between(site, search, first, last).await?;
    let mut days = days_of(site, month, people.iter().map(|row| row.id).collect()).await?;
    let shape = |raw: RawRow| {
        let days = days.remove(&raw.id).unwrap_or_default();
        MonthRow {
            who: Somebody::of(site.app, raw),
            present_days: days.iter().filter(|day| day.count > 0).count(),
            minutes: days.iter().map(|day| i64::from(day.minutes)).sum(),
            days,
        }
    };
    Ok(paging.page_of(people.into_iter().map(shape).collect(), total))
}

async fn days_of(site: &Site<'_>, month: Month, entries: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<DayCell>>> {
    let mut days: HashMap<Uuid, Vec<DayCell>> = HashMap::with_capacity(entries.len());
    if entries.is_empty() {
        return Ok(days);
    }
    let cells = match site.app.db.postgres() {
        Some(pool) => cells_of_postgres(pool, site.project.id, month, &entries).await?,
        None => cells(site, month, entries).await?,
    };
    for cell in cells {
        days.entry(cell.entry_id).or_default().push(cell);
    }
    // Not by the database: asked for an order, PostgreSQL walks the whole project in it.
    days.values_mut().for_each(|days| days.sort_unstable_by_key(|cell| cell.day));
    Ok(days)
}

async fn cells(site: &Site<'_>, month: Month, entries: Vec<Uuid>) -> Result<Vec<DayCell>> {
    let cells = attendance_day::Entity::find_in(&site.reach)
        .select_only()
        .columns([Column::EntryId, Column::Day, Column::Minutes, Column::Count, Column::Inside])
        .filter(Column::EntryId.is_in(entries))
        .filter(Column::Day.between(month.first(), month.last()));
    Ok(cells.into_model().all(site.app.db.reader()).await?)
}

/// Planned anew each time, for the people and the days it is about. A plan for any people and any days takes a month
/// for next to nothing, walks through all of the project's days in it, and compares each with every one of the people.
async fn cells_of_postgres(pool: &PgPool, project: Uuid, month: Month, entries: &[Uuid]) -> Result<Vec<DayCell>> {
    const CELLS: &str = "SELECT entry_id, day, minutes, count, inside FROM attendance_day \
        WHERE project_id = $1 AND entry_id = ANY($2) AND day BETWEEN $3 AND $4";
    let rows: Vec<(Uuid, NaiveDate, i32, i32, bool)> = sqlx::query_as(CELLS)
        .persistent(false)
        .bind(project)
        .bind(entries)
        .bind(month.first())
        .bind(month.last())
        .fetch_all(pool)
        .await?;
    let cell = |(entry_id, day, minutes, count, inside)| DayCell { entry_id, day, minutes, count, inside };
    Ok(rows.into_iter().map(cell).collect())
}
