//! Who was on a project on some days: the roster's rows, as its filters let them through.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, IntoSimpleExpr, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{NullOrdering, SimpleExpr},
};

use super::Site;
use crate::{
    entity::{
        attendance_day, crew, person,
        roster_entry::{self, Column},
    },
    platform::web::{Paging, Result},
    site::roster::query::{Search, matching, rows},
};

/// On the roster on any of these days.
pub fn between(from: NaiveDate, to: NaiveDate) -> Condition {
    let not_gone = Condition::any().add(Column::ExitedOn.is_null()).add(Column::ExitedOn.gte(from));
    Condition::all().add(Column::EnteredOn.lte(to)).add(not_gone)
}

pub fn rows_between(site: &Site<'_>, search: &Search, from: NaiveDate, to: NaiveDate) -> Select<roster_entry::Entity> {
    rows(&site.reach, search).filter(between(from, to))
}

pub async fn heads_between(site: &Site<'_>, search: &Search, from: NaiveDate, to: NaiveDate) -> Result<u64> {
    let here = matching(&site.reach, search).filter(between(from, to));
    Ok(here.select_only().column(Column::Id).count(site.app.db.reader()).await?)
}

/// What a list sorts by.
#[derive(Clone, Copy)]
pub enum By {
    Crew,
    Name,
    EnteredOn,
    Day(attendance_day::Column),
}

/// What every list of people knows.
pub const KNOWN: [(&str, By); 3] = [("crew_name", By::Crew), ("name", By::Name), ("entered_on", By::EnteredOn)];

/// A page in the order asked for; crew by crew, if nothing was.
pub fn page_of(
    select: Select<roster_entry::Entity>,
    known: &[(&str, By)],
    paging: &Paging,
) -> Result<Select<roster_entry::Entity>> {
    let (by, descending) = paging.order(known, (By::Crew, false))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let column: SimpleExpr = match by {
        By::Crew => crew::Column::Name.into_simple_expr(),
        By::Name => person::Column::Name.into_simple_expr(),
        By::EnteredOn => Column::EnteredOn.into_simple_expr(),
        By::Day(column) => column.into_simple_expr(),
    };
    let sorted = select
        .order_by_with_nulls(column, order, NullOrdering::Last)
        .order_by_asc(person::Column::Name)
        .order_by_asc(Column::Id);
    Ok(sorted.offset(paging.offset()).limit(paging.page_size))
}
