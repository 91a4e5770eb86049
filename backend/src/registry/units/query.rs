//! Reads of units.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, Select,
    sea_query::{Expr, Func, SimpleExpr},
};
use uuid::Uuid;

use super::dto::{Heads, UnitFilter, UnitRow};
use crate::{
    entity::{Reach, company, crew, crew::CrewKind, project, roster_entry, unit},
    platform::{
        database,
        web::{Error, Page, Paging, Result},
    },
};

/// The units of a reach that a filter lets through, with the names beside them.
pub fn matching(reach: &Reach, filter: &UnitFilter) -> Select<unit::Entity> {
    let UnitFilter { presence, kind, company, project, project_id, region_code, upload_state } = filter;
    let mut all = Condition::all();
    all = all.add_option(presence.map(|presence| presence.condition(unit::Column::ExitedOn)));
    all = all.add_option(kind.map(|kind| unit::Column::Kind.eq(kind.code())));
    all = all.add_option(company.as_ref().map(|typed| {
        let by_code = company::Column::CreditCode.eq(typed.as_str().to_ascii_uppercase());
        Condition::any().add(database::contains(company::Column::Name, typed.as_str())).add(by_code)
    }));
    all = all.add_option(project.as_ref().map(|name| database::contains(project::Column::Name, name.as_str())));
    all = all.add_option(project_id.map(|id| unit::Column::ProjectId.eq(id)));
    all = all.add_option(region_code.as_ref().map(|code| project::Column::in_region(code.prefix())));
    all = all.add_option(upload_state.map(|state| unit::Column::UploadState.eq(state)));
    named(unit::Entity::find_in(reach)).filter(all)
}

fn named(select: Select<unit::Entity>) -> Select<unit::Entity> {
    select
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .join(JoinType::InnerJoin, unit::Relation::Project.def())
        .column_as(company::Column::Name, "company_name")
        .column_as(company::Column::CreditCode, "credit_code")
        .column_as(project::Column::Name, "project_name")
        .column_as(project::Column::RegionCode, "project_region")
}

pub async fn page(
    db: &impl ConnectionTrait,
    reach: &Reach,
    filter: &UnitFilter,
    paging: &Paging,
) -> Result<Page<UnitRow>> {
    use unit::Column::{CreatedAt, EnteredOn, ExitedOn, Id, Kind};
    let known = [("entered_on", EnteredOn), ("exited_on", ExitedOn), ("kind", Kind), ("created_at", CreatedAt)];
    let (column, descending) = paging.order(&known, (CreatedAt, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    paging.fetch_as(matching(reach, filter).order_by(column, order).order_by_desc(Id), db).await
}

/// A unit within reach with its names.
pub async fn row(db: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<UnitRow> {
    let select = named(unit::Entity::find_in(reach)).filter(unit::Column::Id.eq(id));
    select.into_model().one(db).await?.ok_or(Error::NotFound)
}

/// A unit of a project, locked until the transaction ends: nobody can exit it while a crew is being added to it.
pub async fn locked(tx: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<unit::Model> {
    let select = unit::Entity::find_in(reach).filter(unit::Column::Id.eq(id));
    select.lock_exclusive().one(tx).await?.ok_or(Error::NotFound)
}

/// Which of these projects a reach contains.
pub async fn manageable(db: &impl ConnectionTrait, reach: &Reach, projects: HashSet<Uuid>) -> Result<HashSet<Uuid>> {
    let select = project::Entity::find_in(reach)
        .filter(project::Column::Id.is_in(projects))
        .filter(project::Column::CancelledAt.is_null());
    let ids = select.select_only().column(project::Column::Id).into_tuple::<Uuid>().all(db).await?;
    Ok(ids.into_iter().collect())
}

/// How many crews and people units have and had.
pub async fn heads(db: &impl ConnectionTrait, units: &[Uuid]) -> Result<HashMap<Uuid, Heads>> {
    let crews = crew::Entity::find()
        .select_only()
        .column(crew::Column::UnitId)
        .column_as(present(crew::Column::ExitedOn), "on_site")
        .column_as(crew::Column::Id.count(), "ever")
        .filter(crew::Column::UnitId.is_in(units.iter().copied()))
        .filter(crew::Column::Kind.ne(CrewKind::Management))
        .group_by(crew::Column::UnitId);
    let people = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::UnitId)
        .column_as(present(roster_entry::Column::ExitedOn), "on_site")
        .column_as(roster_entry::Column::Id.count(), "ever")
        .filter(roster_entry::Column::UnitId.is_in(units.iter().copied()))
        .group_by(roster_entry::Column::UnitId);
    let mut heads: HashMap<Uuid, Heads> = HashMap::new();
    for (id, on_site, ever) in crews.into_tuple::<(Uuid, i64, i64)>().all(db).await? {
        let of = heads.entry(id).or_default();
        (of.crews_on_site, of.crews_ever) = (on_site.unsigned_abs(), ever.unsigned_abs());
    }
    for (id, on_site, ever) in people.into_tuple::<(Uuid, i64, i64)>().all(db).await? {
        let of = heads.entry(id).or_default();
        (of.people_on_site, of.people_ever) = (on_site.unsigned_abs(), ever.unsigned_abs());
    }
    Ok(heads)
}

/// Counts the rows of a group that have not exited. (`count` leaves out what is null.)
pub fn present(exited_on: impl ColumnTrait) -> SimpleExpr {
    Func::count(Expr::case(exited_on.is_null(), 1)).into()
}

/// The first day on which anything of a unit was on site, apart from its management crew, which goes by the unit.
pub async fn first_inside(db: &impl ConnectionTrait, unit_id: Uuid) -> Result<Option<NaiveDate>> {
    let crews = crew::Entity::find()
        .select_only()
        .column_as(crew::Column::EnteredOn.min(), "first")
        .filter(crew::Column::UnitId.eq(unit_id))
        .filter(crew::Column::Kind.ne(CrewKind::Management));
    let people = roster_entry::Entity::find()
        .select_only()
        .column_as(roster_entry::Column::EnteredOn.min(), "first")
        .filter(roster_entry::Column::UnitId.eq(unit_id));
    let crews: Option<Option<NaiveDate>> = crews.into_tuple().one(db).await?;
    let people: Option<Option<NaiveDate>> = people.into_tuple().one(db).await?;
    Ok([crews, people].into_iter().flatten().flatten().min())
}

/// The last day on which anything of a unit came or went: it cannot have left before.
pub async fn last_inside(db: &impl ConnectionTrait, unit_id: Uuid) -> Result<Option<NaiveDate>> {
    let crews = crew::Entity::find()
        .select_only()
        .column_as(crew::Column::EnteredOn.max(), "entered")
        .column_as(crew::Column::ExitedOn.max(), "exited")
        .filter(crew::Column::UnitId.eq(unit_id));
    let people = roster_entry::Entity::find()
        .select_only()
        .column_as(roster_entry::Column::EnteredOn.max(), "entered")
        .column_as(roster_entry::Column::ExitedOn.max(), "exited")
        .filter(roster_entry::Column::UnitId.eq(unit_id));
    type Days = (Option<NaiveDate>, Option<NaiveDate>);
    let crews: Option<Days> = crews.into_tuple().one(db).await?;
    let people: Option<Days> = people.into_tuple().one(db).await?;
    Ok([crews, people].into_iter().flatten().flat_map(|(entered, exited)| [entered, exited]).flatten().max())
}
