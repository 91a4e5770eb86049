//! Units leave, and come back when they left by mistake.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    dto::{UnitExit, UnitUndo},
    query,
    service::{entry, within},
};
use crate::{
    entity::{
        company::UploadState,
        crew::{self, CrewKind},
        project, roster_entry, unit,
    },
    platform::{
        auth::Caller,
        web::{Error, Result},
    },
    registry::{
        companies, crews,
        presence::{self, Departure, ExitRules},
    },
};

/// 【退场】. Crews and people on site keep a unit there, unless they are to leave with it.
pub async fn exit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    id: Uuid,
    input: UnitExit,
    rules: ExitRules,
) -> Result<unit::Model> {
    let UnitExit { exited_on, with_crews } = input;
    let unit = query::locked(tx, &within(project), id).await?;
    if unit.exited_on.is_some() {
        return Err(Error::conflict("exited", "参建单位已经退场"));
    }
    let crews = crews::query::on_site_locked(tx, id).await?;
    let people = people_on_site(tx, id).await?;
    let working: Vec<_> = crews.iter().filter(|crew| crew.kind != CrewKind::Management).collect();
    if !with_crews && (people > 0 || !working.is_empty()) {
        return Err(Error::conflict("still_on_site", still_on_site(&working, people)));
    }
    rules.check_day(exited_on, unit.entered_on, query::last_inside(tx, id).await?)?;
    let departure = Departure { on: exited_on, at: presence::exit_instant(), reason: "随参建单位退场" };
    let ids: Vec<Uuid> = crews.iter().map(|crew| crew.id).collect();
    crews::service::exit_many(tx, &ids, departure).await?;
    let after = leave(tx, &unit, Some(departure)).await?;
    let company = companies::query::get(tx, unit.company_id).await?.name;
    entry("unit.exit", &unit, &company, project)
        .created(&json!({"exited_on": exited_on, "exited_crews": working.len(), "exited_people": people}))
        .write(tx, caller)
        .await?;
    Ok(after)
}

fn still_on_site(crews: &[&crew::Model], people: u64) -> String {
    let named: Vec<&str> = crews.iter().take(3).map(|crew| crew.name.as_str()).collect();
    let named = match (named.join("、"), crews.len()) {
        (_, 0) => "管理班组".to_owned(),
        (named, 1..=3) => named,
        (named, count) => format!("{named}等 {count} 个班组"),
    };
    let people = if people == 0 { "尚未退场".to_owned() } else { format!("还有 {people} 人在场") };
    format!("{named}{people}，请先办理班组退场，或确认随参建单位一并退场")
}

async fn people_on_site(db: &impl ConnectionTrait, unit_id: Uuid) -> Result<u64> {
    let here = roster_entry::Entity::find()
        .filter(roster_entry::Column::UnitId.eq(unit_id))
        .filter(roster_entry::Column::ExitedOn.is_null());
    Ok(here.count(db).await?)
}

/// Takes an exit back, with exactly the crews and people that left by it.
pub async fn undo(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    id: Uuid,
    input: UnitUndo,
    rules: ExitRules,
) -> Result<unit::Model> {
    let unit = query::locked(tx, &within(project), id).await?;
    let at = presence::must_be_undoable(unit.exit_recorded_at, rules.undo_days)?;
    refuse_entered_again(tx, &unit).await?;
    let after = leave(tx, &unit, None).await?;
    let ids = crews::query::exited_at(tx, id, at).await?;
    let people = crews::service::bring_back(tx, project.id, &ids, at).await?;
    let company = companies::query::get(tx, unit.company_id).await?.name;
    entry("unit.undo_exit", &unit, &company, project)
        .reason(input.reason)
        .changed(
            &json!({"exited_on": unit.exited_on}),
            &json!({"exited_on": None::<NaiveDate>, "returned_crews": ids.len(), "returned_people": people}),
        )
        .write(tx, caller)
        .await?;
    Ok(after)
}

/// The constraint would say the same, but at a field that the form of an undo does not have.
async fn refuse_entered_again(db: &impl ConnectionTrait, unit: &unit::Model) -> Result<()> {
    let again = unit::Entity::find()
        .filter(unit::Column::ProjectId.eq(unit.project_id))
        .filter(unit::Column::CompanyId.eq(unit.company_id))
        .filter(unit::Column::Kind.eq(&unit.kind))
        .filter(unit::Column::ExitedOn.is_null());
    match again.count(db).await? {
        0 => Ok(()),
        _ => Err(Error::conflict("entered_again", "该企业已以同一参建类型重新进场，不能再撤销原来的退场")),
    }
}

async fn leave(tx: &impl ConnectionTrait, unit: &unit::Model, departure: Option<Departure>) -> Result<unit::Model> {
    let row = unit::ActiveModel {
        id: Set(unit.id),
        exited_on: Set(departure.map(|departure| departure.on)),
        exit_recorded_at: Set(departure.map(|departure| departure.at)),
        upload_state: Set(UploadState::Waiting),
        revision: Set(unit.revision + 1),
        ..Default::default()
    };
    Ok(row.update(tx).await?)
}
