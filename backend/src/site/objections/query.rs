//! Reads: objections with whoever objects and what the platform knows of the day.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationDef, Select,
};
use uuid::Uuid;

use super::dto::{ObjectionCounts, ObjectionFilter, ObjectionRow, OwnObjection};
use crate::{
    entity::{
        Reach, Scope, account, attendance_day, project,
        punch_objection::{self, Column, ObjectionState},
        roster_entry, stored_file,
    },
    platform::{
        App,
        auth::{Caller, Permission},
        database,
        files::FileView,
        web::{Error, Page, Paging, Result},
    },
    site::{
        attendance::dto::Somebody,
        roster::{
            dto::RawRow,
            query::{Search, rows},
        },
    },
};

#[derive(FromQueryResult)]
struct Raw {
    #[sea_orm(nested)]
    who: RawRow,
    objection_id: Uuid,
}

fn objections() -> RelationDef {
    roster_entry::Entity::belongs_to(punch_objection::Entity).from(roster_entry::Column::Id).to(Column::EntryId).into()
}

fn condition(filter: &ObjectionFilter) -> Condition {
    let ObjectionFilter { state, day_from, day_to, crew_id, project, region_code } = filter;
    Condition::all()
        .add_option(state.map(|state| Column::State.eq(state)))
        .add_option(day_from.map(|day| Column::Day.gte(day.date())))
        .add_option(day_to.map(|day| Column::Day.lte(day.date())))
        .add_option(crew_id.map(|id| roster_entry::Column::CrewId.eq(id)))
        .add_option(project.as_ref().map(|typed| database::contains(project::Column::Name, typed.as_str())))
        .add_option(region_code.as_ref().map(|code| project::Column::in_region(code.prefix())))
}

fn with_objections(reach: &Reach) -> Select<roster_entry::Entity> {
    rows(reach, &Search::default()).join(JoinType::InnerJoin, objections()).column_as(Column::Id, "objection_id")
}

/// Those within reach, the oldest that waits first.
pub async fn page(
    app: &App,
    caller: &Caller,
    reach: &Reach,
    filter: &ObjectionFilter,
    paging: &Paging,
) -> Result<Page<ObjectionRow>> {
    let known = [("day", Column::Day), ("created_at", Column::CreatedAt), ("answered_at", Column::AnsweredAt)];
    let (column, descending) = paging.order(&known, (Column::CreatedAt, true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let select = with_objections(reach).filter(condition(filter));
    let total = select.clone().count(app.db.reader()).await?;
    let select = select.order_by(column, order.clone()).order_by(Column::Id, order);
    let raw = select.offset(paging.offset()).limit(paging.page_size).into_model::<Raw>().all(app.db.reader()).await?;
    Ok(paging.page_of(shown(app, caller, raw).await?, total))
}

pub async fn one(app: &App, caller: &Caller, reach: &Reach, id: Uuid) -> Result<ObjectionRow> {
    let select = with_objections(reach).filter(Column::Id.eq(id));
    let raw = select.into_model::<Raw>().one(app.db.reader()).await?.ok_or(Error::NotFound)?;
    shown(app, caller, vec![raw]).await?.pop().ok_or(Error::NotFound)
}

pub async fn counts(app: &App, reach: &Reach) -> Result<ObjectionCounts> {
    let rows: Vec<(ObjectionState, i64)> = punch_objection::Entity::find_in(reach)
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "rows")
        .group_by(Column::State)
        .into_tuple()
        .all(app.db.reader())
        .await?;
    let of = |wanted| rows.iter().find(|(state, _)| *state == wanted).map_or(0, |(_, count)| count.unsigned_abs());
    Ok(ObjectionCounts {
        open: of(ObjectionState::Open),
        accepted: of(ObjectionState::Accepted),
        refused: of(ObjectionState::Refused),
    })
}

async fn shown(app: &App, caller: &Caller, raw: Vec<Raw>) -> Result<Vec<ObjectionRow>> {
    let db = app.db.reader();
    let ids = raw.iter().map(|row| row.objection_id);
    let found = punch_objection::Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    let files = files(db, &found).await?;
    let by = found.iter().filter_map(|one| one.answered_by);
    let by = account::Entity::find().filter(account::Column::Id.is_in(by)).all(db).await?;
    let by: HashMap<Uuid, String> = by.into_iter().map(|account| (account.id, account.name)).collect();
    let days = attendance_day::Entity::find()
        .filter(attendance_day::Column::EntryId.is_in(found.iter().map(|one| one.entry_id)))
        .filter(attendance_day::Column::Day.is_in(found.iter().map(|one| one.day)))
        .all(db)
        .await?;
    let answers = caller.reach(Permission::ManageAttendance);
    let mut found: HashMap<Uuid, punch_objection::Model> = found.into_iter().map(|one| (one.id, one)).collect();
    let shape = |Raw { who, objection_id }: Raw| {
        let one = found.remove(&objection_id)?;
        let day = days.iter().find(|day| day.entry_id == one.entry_id && day.day == one.day);
        let within = answers.covers_region(&who.region_code) || answers.0.contains(&Scope::Project(who.project_id));
        Some(ObjectionRow {
            id: one.id,
            project_id: who.project_id,
            project_name: who.project_name.clone(),
            day: one.day,
            said: one.said,
            picture: one.file_id.and_then(|id| files.get(&id)).map(|file| FileView::of(app, file)),
            first_at: day.and_then(|day| day.first_at),
            last_at: day.and_then(|day| day.last_at),
            punches: day.map_or(0, |day| day.count),
            state: one.state,
            answer: one.answer,
            answered_by: one.answered_by.and_then(|id| by.get(&id).cloned()),
            answered_at: one.answered_at,
            may_answer: within && who.cancelled_at.is_none() && one.state == ObjectionState::Open,
            created_at: one.created_at,
            revision: one.revision,
            who: Somebody::of(app, who),
        })
    };
    Ok(raw.into_iter().filter_map(shape).collect())
}

async fn files(db: &impl ConnectionTrait, of: &[punch_objection::Model]) -> Result<HashMap<Uuid, stored_file::Model>> {
    let ids = of.iter().filter_map(|one| one.file_id);
    let files = stored_file::Entity::find().filter(stored_file::Column::Id.is_in(ids)).all(db).await?;
    Ok(files.into_iter().map(|file| (file.id, file)).collect())
}

/// Somebody's own, the last first; of one stay where it is said.
pub async fn of_person(app: &App, person_id: Uuid, only: Condition) -> Result<Vec<OwnObjection>> {
    let db = app.db.reader();
    let found = punch_objection::Entity::find()
        .filter(Column::PersonId.eq(person_id))
        .filter(only)
        .order_by_desc(Column::CreatedAt)
        .all(db)
        .await?;
    let files = files(db, &found).await?;
    let projects = found.iter().map(|one| one.project_id);
    let projects = project::Entity::find().filter(project::Column::Id.is_in(projects)).all(db).await?;
    let shape = |one: punch_objection::Model| OwnObjection {
        id: one.id,
        entry_id: one.entry_id,
        project_name: projects
            .iter()
            .find(|project| project.id == one.project_id)
            .map(|project| project.name.clone())
            .unwrap_or_default(),
        day: one.day,
        said: one.said,
        picture: one.file_id.and_then(|id| files.get(&id)).map(|file| FileView::of(app, file)),
        state: one.state,
        answer: one.answer,
        answered_at: one.answered_at,
        created_at: one.created_at,
    };
    Ok(found.into_iter().map(shape).collect())
}
