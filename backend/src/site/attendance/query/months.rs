//! 打卡统计 of a month, 出勤时长统计 and 项目月考勤: people down, days across.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
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
    let cells = attendance_day::Entity::find_in(&site.reach)
        .select_only()
        .columns([Column::EntryId, Column::Day, Column::Minutes, Column::Count, Column::Inside])
        .filter(Column::EntryId.is_in(entries))
        .filter(Column::Day.between(month.first(), month.last()))
        .into_model::<DayCell>()
        .all(site.app.db.reader())
        .await?;
    for cell in cells {
        days.entry(cell.entry_id).or_default().push(cell);
    }
    // Not by the database: asked for an order, PostgreSQL walks the whole project in it.
    days.values_mut().for_each(|days| days.sort_unstable_by_key(|cell| cell.day));
    Ok(days)
}
