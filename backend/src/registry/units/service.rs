//! Writes to units: entry, edit, delete. Exits stand in `exits`.

use chrono::Utc;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

use super::{
    dto::{UnitEdit, UnitEntry, UnitFacts},
    query, rules,
};
use crate::{
    entity::{
        Reach, Scope,
        company::{self, UploadState},
        project, roster_entry, unit,
    },
    platform::{
        audit,
        auth::Caller,
        web::{Error, IfMatch, Result},
    },
    registry::{companies, crews},
};

/// 【添加参建单位】: the unit enters, and its management crew with it.
pub async fn enter(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    input: UnitEntry,
) -> Result<unit::Model> {
    rules::check_entry(input.entered_on, None)?;
    let company = company_of(tx, &input).await?;
    let UnitEntry { company_id: _, credit_code: _, kind, entered_on, contact_name, contact_phone } = input;
    let row = unit::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project.id),
        company_id: Set(company.id),
        kind: Set(kind.code().to_owned()),
        contact_name: Set(contact_name.map(|name| name.expose().to_owned())),
        contact_phone: Set(contact_phone.map(|phone| phone.expose().to_owned())),
        entered_on: Set(entered_on),
        exited_on: Set(None),
        exit_recorded_at: Set(None),
        upload_state: Set(UploadState::Waiting),
        created_at: Set(Utc::now()),
        revision: Set(1),
    };
    let made = row.insert(tx).await?;
    crews::service::make_management(tx, &made, rules::management_crew_name(kind)).await?;
    entry("unit.enter", &made, &company.name, project)
        .created(&UnitFacts::of(&made, &company.name))
        .write(tx, caller)
        .await?;
    Ok(made)
}

/// The company that is to take part. It must be in the registry first.
async fn company_of(tx: &impl ConnectionTrait, input: &UnitEntry) -> Result<company::Model> {
    let register_first = "企业库中没有该企业，请先办理【企业注册】";
    match (input.company_id, &input.credit_code) {
        (Some(id), _) => match companies::query::get(tx, id).await {
            Err(Error::NotFound) => Err(Error::field("company_id", register_first)),
            found => found,
        },
        (None, Some(code)) => {
            let found = companies::query::by_credit_code(tx, code).await?;
            found.ok_or_else(|| Error::field("credit_code", register_first))
        }
        (None, None) => Err(Error::field("company_id", "请选择企业")),
    }
}

/// Changes a unit that is on site.
pub async fn edit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    id: Uuid,
    if_match: IfMatch,
    input: UnitEdit,
) -> Result<unit::Model> {
    let before = query::locked(tx, &within(project), id).await?;
    if_match.check(before.revision)?;
    if before.exited_on.is_some() {
        return Err(Error::conflict("exited", "参建单位已退场，不能编辑"));
    }
    let UnitEdit { entered_on, contact_name, contact_phone } = input;
    rules::check_entry(entered_on, query::first_inside(tx, id).await?)?;
    let row = unit::ActiveModel {
        id: Set(id),
        contact_name: Set(contact_name.map(|name| name.expose().to_owned())),
        contact_phone: Set(contact_phone.map(|phone| phone.expose().to_owned())),
        entered_on: Set(entered_on),
        upload_state: Set(UploadState::Waiting),
        revision: Set(before.revision + 1),
        ..Default::default()
    };
    let after = row.update(tx).await?;
    if after.entered_on != before.entered_on {
        crews::service::move_management(tx, id, after.entered_on).await?;
    }
    let company = companies::query::get(tx, after.company_id).await?.name;
    entry("unit.edit", &after, &company, project)
        .changed(&UnitFacts::of(&before, &company), &UnitFacts::of(&after, &company))
        .write(tx, caller)
        .await?;
    Ok(after)
}

/// 【删除】: only what was entered by mistake, before anything came of it.
pub async fn delete(tx: &impl ConnectionTrait, caller: &Caller, project: &project::Model, id: Uuid) -> Result<()> {
    let unit = query::locked(tx, &within(project), id).await?;
    let people = roster_entry::Entity::find().filter(roster_entry::Column::UnitId.eq(id)).count(tx).await?;
    if people > 0 || crews::query::made_by_people(tx, id).await? > 0 {
        return Err(Error::conflict("in_use", "该参建单位已有班组或人员记录，不能删除，请办理【退场】"));
    }
    crews::service::delete_management(tx, id).await?;
    let company = companies::query::get(tx, unit.company_id).await?.name;
    entry("unit.delete", &unit, &company, project)
        .changed(&UnitFacts::of(&unit, &company), &serde_json::json!({}))
        .write(tx, caller)
        .await?;
    unit.delete(tx).await?;
    Ok(())
}

pub(super) fn within(project: &project::Model) -> Reach {
    Reach(vec![Scope::Project(project.id)])
}

pub(super) fn entry(action: &'static str, unit: &unit::Model, company: &str, project: &project::Model) -> audit::Entry {
    audit::Entry::new(action).subject("unit", unit.id, company).project(project).company(unit.company_id)
}
