//! Reads of crews.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

use super::dto::{CrewFilter, CrewGroup, CrewRow, Heads};
use crate::{
    entity::{
        Reach, Scope, company,
        crew::{self, Column, CrewKind},
        project, roster_entry, unit,
    },
    platform::{
        database,
        web::{Error, Page, Paging, Result},
    },
    registry::units::query::present,
};

/// A crew that somebody is to enter on a day, locked against leaving meanwhile. For the roster: people enter only
/// crews that are on site, and not before them. The messages belong to the fields `crew_id` and `entered_on`.
pub async fn on_site_for_entry(
    tx: &impl ConnectionTrait,
    project_id: Uuid,
    crew_id: Uuid,
    entered_on: NaiveDate,
) -> Result<crew::Model> {
    let reach = Reach(vec![Scope::Project(project_id)]);
    let found = crew::Entity::find_in(&reach).filter(Column::Id.eq(crew_id)).lock_shared().one(tx).await?;
    let crew = found.ok_or_else(|| Error::field("crew_id", "本项目没有这个班组，请重新选择"))?;
    if crew.exited_on.is_some() {
        return Err(Error::field("crew_id", format!("班组【{}】已退场，人员只能进入在场的班组", crew.name)));
    }
    if entered_on < crew.entered_on {
        return Err(Error::field("entered_on", format!("不能早于班组进场日期（{}）", crew.entered_on)));
    }
    Ok(crew)
}

/// The crews of a reach that a filter lets through, with the names beside them.
pub fn matching(reach: &Reach, filter: &CrewFilter) -> Select<crew::Entity> {
    let CrewFilter {
        presence,
        kind,
        group,
        work_type,
        name,
        unit_id,
        unit_kind,
        company,
        project,
        project_id,
        region_code,
        upload_state,
    } = filter;
    let of_group = |group| match group {
        CrewGroup::Management => Column::Kind.eq(CrewKind::Management),
        CrewGroup::Made => Column::Kind.ne(CrewKind::Management),
    };
    let mut all = Condition::all();
    all = all.add_option(presence.map(|presence| presence.condition(Column::ExitedOn)));
    all = all.add_option(kind.map(|kind| Column::Kind.eq(kind)));
    all = all.add_option(group.map(of_group));
    all = all.add_option(work_type.map(|work| Column::WorkType.eq(work.code())));
    all = all.add_option(name.as_ref().map(|name| database::contains(Column::Name, name.as_str())));
    all = all.add_option(unit_id.map(|id| Column::UnitId.eq(id)));
    all = all.add_option(unit_kind.map(|kind| unit::Column::Kind.eq(kind.code())));
    all = all.add_option(company.as_ref().map(|name| database::contains(company::Column::Name, name.as_str())));
    all = all.add_option(project.as_ref().map(|name| database::contains(project::Column::Name, name.as_str())));
    all = all.add_option(project_id.map(|id| Column::ProjectId.eq(id)));
    all = all.add_option(region_code.as_ref().map(|code| project::Column::in_region(code.prefix())));
    all = all.add_option(upload_state.map(|state| Column::UploadState.eq(state)));
    named(crew::Entity::find_in(reach)).filter(all)
}

fn named(select: Select<crew::Entity>) -> Select<crew::Entity> {
    select
        .join(JoinType::InnerJoin, crew::Relation::Unit.def())
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .join(JoinType::InnerJoin, crew::Relation::Project.def())
        .column_as(unit::Column::Kind, "unit_kind")
        .column_as(unit::Column::ExitedOn, "unit_exited_on")
        .column_as(company::Column::Id, "company_id")
        .column_as(company::Column::Name, "company_name")
        .column_as(project::Column::Name, "project_name")
        .column_as(project::Column::RegionCode, "project_region")
}

pub async fn page(
    db: &impl ConnectionTrait,
    reach: &Reach,
    filter: &CrewFilter,
    paging: &Paging,
) -> Result<Page<CrewRow>> {
    let known = [
        ("number", Column::Number),
        ("name", Column::Name),
        ("work_type", Column::WorkType),
        ("entered_on", Column::EnteredOn),
        ("exited_on", Column::ExitedOn),
        ("created_at", Column::CreatedAt),
    ];
    let (column, descending) = paging.order(&known, (Column::Number, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    paging.fetch_as(matching(reach, filter).order_by(column, order).order_by_desc(Column::Id), db).await
}

/// A crew within reach with its names.
pub async fn row(db: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<CrewRow> {
    let select = named(crew::Entity::find_in(reach)).filter(Column::Id.eq(id));
    select.into_model().one(db).await?.ok_or(Error::NotFound)
}

/// A crew of a project, locked until the transaction ends: nobody can enter it while it leaves.
pub async fn locked(tx: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<crew::Model> {
    crew::Entity::find_in(reach).filter(Column::Id.eq(id)).lock_exclusive().one(tx).await?.ok_or(Error::NotFound)
}

/// How many people are and were in each crew, in one query.
pub async fn heads(db: &impl ConnectionTrait, crews: &[Uuid]) -> Result<HashMap<Uuid, Heads>> {
    let counts: Vec<(Uuid, i64, i64)> = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::CrewId)
        .column_as(present(roster_entry::Column::ExitedOn), "on_site")
        .column_as(roster_entry::Column::Id.count(), "ever")
        .filter(roster_entry::Column::CrewId.is_in(crews.iter().copied()))
        .group_by(roster_entry::Column::CrewId)
        .into_tuple()
        .all(db)
        .await?;
    let heads = |(id, on_site, ever): (Uuid, i64, i64)| {
        (id, Heads { on_site: on_site.unsigned_abs(), ever: ever.unsigned_abs() })
    };
    Ok(counts.into_iter().map(heads).collect())
}

/// The days between which people were in a crew: the first entry, and the last entry or exit.
pub async fn days_inside(db: &impl ConnectionTrait, crew_id: Uuid) -> Result<(Option<NaiveDate>, Option<NaiveDate>)> {
    let days: Option<[Option<NaiveDate>; 3]> = roster_entry::Entity::find()
        .select_only()
        .column_as(roster_entry::Column::EnteredOn.min(), "first_entered")
        .column_as(roster_entry::Column::EnteredOn.max(), "last_entered")
        .column_as(roster_entry::Column::ExitedOn.max(), "last_exited")
        .filter(roster_entry::Column::CrewId.eq(crew_id))
        .into_tuple::<(Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>)>()
        .one(db)
        .await?
        .map(Into::into);
    let [first, entered, exited] = days.unwrap_or_default();
    Ok((first, entered.max(exited)))
}

/// A unit's crews on site, its management crew among them, locked.
pub async fn on_site_locked(tx: &impl ConnectionTrait, unit_id: Uuid) -> Result<Vec<crew::Model>> {
    let here = crew::Entity::find().filter(Column::UnitId.eq(unit_id)).filter(Column::ExitedOn.is_null());
    Ok(here.order_by_asc(Column::Id).lock_exclusive().all(tx).await?)
}

/// The crews that left with their unit at this instant.
pub async fn exited_at(db: &impl ConnectionTrait, unit_id: Uuid, at: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let gone = crew::Entity::find().filter(Column::UnitId.eq(unit_id)).filter(Column::ExitRecordedAt.eq(at));
    Ok(gone.select_only().column(Column::Id).into_tuple().all(db).await?)
}

/// How many crews of a unit somebody made, on site or gone.
pub async fn made_by_people(db: &impl ConnectionTrait, unit_id: Uuid) -> Result<u64> {
    let made = crew::Entity::find().filter(Column::UnitId.eq(unit_id)).filter(Column::Kind.ne(CrewKind::Management));
    Ok(made.count(db).await?)
}
