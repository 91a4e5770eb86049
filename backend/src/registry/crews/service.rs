//! Writes to crews: made, changed, deleted. Exits stand in `exits`.

use chrono::Utc;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

pub use super::together::{bring_back, delete_management, exit_many, make_management, move_management};
use super::{
    dto::{CrewFacts, CrewInput, MadeKind, NewCrew},
    people, query, rules,
};
use crate::{
    entity::{
        Reach, Scope,
        company::UploadState,
        crew::{self, CrewKind},
        project, roster_entry,
    },
    platform::{
        audit,
        auth::Caller,
        database::next_number,
        web::{Error, IfMatch, Result},
    },
    registry::units,
};

/// 【添加班组】 to a unit that is on site.
pub async fn create(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    input: NewCrew,
) -> Result<crew::Model> {
    let (unit_id, facts) = input.split();
    let unit = match units::query::locked(tx, &within(project), unit_id).await {
        Err(Error::NotFound) => return Err(Error::field("unit_id", "本项目没有这个参建单位，请重新选择")),
        found => found?,
    };
    if unit.exited_on.is_some() {
        return Err(Error::field("unit_id", "该参建单位已退场，不能添加班组"));
    }
    rules::check_work_type(facts.kind, facts.work_type)?;
    rules::check_entry(facts.entered_on, unit.entered_on, None)?;
    let mut row = filled(facts);
    row.id = Set(Uuid::now_v7());
    row.project_id = Set(project.id);
    row.unit_id = Set(unit_id);
    row.number = Set(next_number(tx, "crew_number").await?);
    row.created_at = Set(Utc::now());
    row.revision = Set(1);
    let made = row.insert(tx).await?;
    entry("crew.create", &made, project).created(&CrewFacts::of(&made)).write(tx, caller).await?;
    Ok(made)
}

/// Changes a crew that is on site. When workers become 其他人员, those who are in it do too.
pub async fn edit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    id: Uuid,
    if_match: IfMatch,
    input: CrewInput,
) -> Result<crew::Model> {
    let before = query::locked(tx, &within(project), id).await?;
    rules::must_be_made_by_people(&before)?;
    if_match.check(before.revision)?;
    if before.exited_on.is_some() {
        return Err(Error::conflict("exited", "班组已退场，不能编辑"));
    }
    let unit = units::query::row(tx, &within(project), before.unit_id).await?.unit;
    let (first_inside, _) = query::days_inside(tx, id).await?;
    rules::check_change(before.kind, input.kind)?;
    rules::check_work_type(input.kind, input.work_type)?;
    rules::check_entry(input.entered_on, unit.entered_on, first_inside)?;
    let became_others = before.kind == CrewKind::Workers && input.kind == MadeKind::Others;
    let mut row = filled(input);
    row.id = Set(id);
    row.revision = Set(before.revision + 1);
    let after = row.update(tx).await?;
    if became_others {
        people::become_others(tx, id).await?;
    }
    entry("crew.edit", &after, project)
        .changed(&CrewFacts::of(&before), &CrewFacts::of(&after))
        .write(tx, caller)
        .await?;
    Ok(after)
}

fn filled(input: CrewInput) -> crew::ActiveModel {
    let CrewInput { name, kind, work_type, leader_name, leader_phone, entered_on } = input;
    crew::ActiveModel {
        name: Set(name.into_string()),
        kind: Set(kind.into()),
        work_type: Set(work_type.map(|work| work.code().to_owned())),
        leader_name: Set(leader_name.map(|name| name.expose().to_owned())),
        leader_phone: Set(leader_phone.map(|phone| phone.expose().to_owned())),
        entered_on: Set(entered_on),
        upload_state: Set(UploadState::Waiting),
        ..Default::default()
    }
}

/// 【删除】: only a crew that nobody ever was in.
pub async fn delete(tx: &impl ConnectionTrait, caller: &Caller, project: &project::Model, id: Uuid) -> Result<()> {
    let crew = query::locked(tx, &within(project), id).await?;
    rules::must_be_made_by_people(&crew)?;
    let ever = roster_entry::Entity::find().filter(roster_entry::Column::CrewId.eq(id)).count(tx).await?;
    if ever > 0 {
        return Err(Error::conflict("in_use", "该班组已有人员记录，不能删除，请办理【退场】"));
    }
    entry("crew.delete", &crew, project)
        .changed(&CrewFacts::of(&crew), &serde_json::json!({}))
        .write(tx, caller)
        .await?;
    crew.delete(tx).await?;
    Ok(())
}

pub(super) fn within(project: &project::Model) -> Reach {
    Reach(vec![Scope::Project(project.id)])
}

pub(super) fn entry(action: &'static str, crew: &crew::Model, project: &project::Model) -> audit::Entry {
    audit::Entry::new(action).subject("crew", crew.id, &crew.name).project(project)
}
