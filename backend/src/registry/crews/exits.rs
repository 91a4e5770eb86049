//! Crews leave, and come back when they left by mistake.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    dto::{CrewExit, CrewUndo},
    query, rules,
    service::{entry, within},
    together,
};
use crate::{
    entity::project,
    platform::{
        auth::Caller,
        web::{Error, Result},
    },
    registry::{
        presence::{self, Departure, ExitRules},
        units,
    },
};

/// 【退场】. People on site keep a crew there, unless they are to leave with it.
pub async fn exit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    id: Uuid,
    input: CrewExit,
    exit_rules: ExitRules,
) -> Result<()> {
    let CrewExit { exited_on, with_people } = input;
    let crew = query::locked(tx, &within(project), id).await?;
    rules::must_be_made_by_people(&crew)?;
    if crew.exited_on.is_some() {
        return Err(Error::conflict("exited", "班组已经退场"));
    }
    let on_site = query::heads(tx, &[id]).await?.get(&id).map_or(0, |heads| heads.on_site);
    if on_site > 0 && !with_people {
        let message = format!("班组内还有 {on_site} 人在场，请先办理人员退场，或确认随班组一并退场");
        return Err(Error::conflict("still_on_site", message));
    }
    let (_, last_inside) = query::days_inside(tx, id).await?;
    exit_rules.check_day(exited_on, crew.entered_on, last_inside)?;
    let departure = Departure { on: exited_on, at: presence::exit_instant(), reason: "随班组退场" };
    let people = together::exit_many(tx, &[id], departure).await?;
    entry("crew.exit", &crew, project)
        .created(&json!({"exited_on": exited_on, "exited_people": people}))
        .write(tx, caller)
        .await
}

/// Takes an exit back, with exactly the people that left by it.
pub async fn undo(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    id: Uuid,
    input: CrewUndo,
    exit_rules: ExitRules,
) -> Result<()> {
    let unit_id = query::row(tx, &within(project), id).await?.crew.unit_id;
    // The unit first, as everywhere, so that no two transactions wait for each other.
    let unit = units::query::locked(tx, &within(project), unit_id).await?;
    let crew = query::locked(tx, &within(project), id).await?;
    rules::must_be_made_by_people(&crew)?;
    let at = presence::must_be_undoable(crew.exit_recorded_at, exit_rules.undo_days)?;
    if unit.exited_on.is_some() {
        return Err(Error::conflict("unit_exited", "所属参建单位已退场，请先撤销参建单位的退场"));
    }
    let people = together::bring_back(tx, project.id, &[id], at).await?;
    entry("crew.undo_exit", &crew, project)
        .reason(input.reason)
        .changed(
            &json!({"exited_on": crew.exited_on}),
            &json!({"exited_on": None::<NaiveDate>, "returned_people": people}),
        )
        .write(tx, caller)
        .await
}
