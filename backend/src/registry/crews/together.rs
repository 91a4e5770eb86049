//! What a unit does with its crews: they come, leave and return with it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, UpdateMany,
    sea_query::Expr,
};
use uuid::Uuid;

use super::people;
use crate::{
    entity::{
        company::UploadState,
        crew::{self, Column, CrewKind},
        unit,
    },
    platform::{database::next_number, web::Result},
    registry::presence::Departure,
};

/// The management crew that comes with a unit.
pub async fn make_management(tx: &impl ConnectionTrait, unit: &unit::Model, name: String) -> Result<()> {
    let row = crew::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(unit.project_id),
        unit_id: Set(unit.id),
        number: Set(next_number(tx, "crew_number").await?),
        name: Set(name),
        kind: Set(CrewKind::Management),
        entered_on: Set(unit.entered_on),
        upload_state: Set(UploadState::Waiting),
        created_at: Set(Utc::now()),
        revision: Set(1),
        ..Default::default()
    };
    row.insert(tx).await?;
    Ok(())
}

/// The management crew has been there since the unit has.
pub async fn move_management(tx: &impl ConnectionTrait, unit_id: Uuid, entered_on: NaiveDate) -> Result<()> {
    changed()
        .col_expr(Column::EnteredOn, Expr::value(entered_on))
        .filter(Column::UnitId.eq(unit_id))
        .filter(Column::Kind.eq(CrewKind::Management))
        .exec(tx)
        .await?;
    Ok(())
}

/// With a unit that was entered by mistake.
pub async fn delete_management(tx: &impl ConnectionTrait, unit_id: Uuid) -> Result<()> {
    crew::Entity::delete_many()
        .filter(Column::UnitId.eq(unit_id))
        .filter(Column::Kind.eq(CrewKind::Management))
        .exec(tx)
        .await?;
    Ok(())
}

/// Crews leave with everybody in them; tells how many people that were.
pub async fn exit_many(tx: &impl ConnectionTrait, crews: &[Uuid], departure: Departure) -> Result<u64> {
    let people = people::exit_people_of(tx, crews, departure).await?;
    changed()
        .col_expr(Column::ExitedOn, Expr::value(departure.on))
        .col_expr(Column::ExitRecordedAt, Expr::value(departure.at))
        .filter(Column::Id.is_in(crews.iter().copied()))
        .filter(Column::ExitedOn.is_null())
        .exec(tx)
        .await?;
    Ok(people)
}

/// Crews return with those people that left with them; tells how many these are.
pub async fn bring_back(tx: &impl ConnectionTrait, project_id: Uuid, crews: &[Uuid], at: DateTime<Utc>) -> Result<u64> {
    changed()
        .col_expr(Column::ExitedOn, Expr::value(None::<NaiveDate>))
        .col_expr(Column::ExitRecordedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.is_in(crews.iter().copied()))
        .exec(tx)
        .await?;
    people::bring_back(tx, project_id, crews, at).await
}

fn changed() -> UpdateMany<crew::Entity> {
    crew::Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UploadState, Expr::value(UploadState::Waiting))
}
