//! Units as a caller may see them.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    dto::{Unit, UnitRow},
    query,
};
use crate::{
    entity::Reach,
    platform::{App, web::Result},
    registry::presence::{ExitRules, undo_until},
};

/// For how many days an exit can be taken back, by the region of the project.
pub type UndoDays = HashMap<String, i64>;

pub async fn undo_days(app: &App, rows: &[UnitRow]) -> Result<UndoDays> {
    let mut days = UndoDays::new();
    for UnitRow { project_region, .. } in rows {
        if !days.contains_key(project_region) {
            days.insert(project_region.clone(), ExitRules::of(app, project_region).await?.undo_days);
        }
    }
    Ok(days)
}

/// Rows as somebody sees who manages the projects of a reach, with their head counts: a few queries for any number.
pub async fn shown(
    db: &impl ConnectionTrait,
    manage: &Reach,
    rows: Vec<UnitRow>,
    undo_days: &UndoDays,
) -> Result<Vec<Unit>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.unit.id).collect();
    let heads = query::heads(db, &ids).await?;
    let projects = rows.iter().map(|row| row.unit.project_id).collect();
    let manageable = query::manageable(db, manage, projects).await?;
    let shape = |row: UnitRow| {
        let days = undo_days.get(&row.project_region).copied().unwrap_or_default();
        let until = undo_until(row.unit.exit_recorded_at, days);
        let may_manage = manageable.contains(&row.unit.project_id);
        let heads = heads.get(&row.unit.id).copied().unwrap_or_default();
        Unit::of(row, heads, may_manage, until)
    };
    Ok(rows.into_iter().map(shape).collect())
}
