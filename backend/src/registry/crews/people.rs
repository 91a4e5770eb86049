//! The people of crews that leave, and those that an undo brings back: the roster's exit columns, and nothing else
//! of the roster, which lives a floor above.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait, UpdateMany, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    entity::{
        company::UploadState,
        person,
        roster_entry::{self, Column, EntryKind},
    },
    platform::web::{Error, Result},
    registry::presence::Departure,
};

/// Exits everybody who is on site in these crews, and tells how many they were.
pub async fn exit_people_of(tx: &impl ConnectionTrait, crews: &[Uuid], departure: Departure) -> Result<u64> {
    lock(tx, crews, Column::ExitedOn.is_null()).await?;
    let here = changed(crews)
        .col_expr(Column::ExitedOn, Expr::value(departure.on))
        .col_expr(Column::ExitReason, Expr::value(departure.reason))
        .col_expr(Column::ExitRecordedAt, Expr::value(departure.at))
        .filter(Column::ExitedOn.is_null());
    Ok(here.exec(tx).await?.rows_affected)
}

/// Locks entries in the order in which batches of people lock them too, so that who meets them waits for the other
/// instead of standing in its way.
async fn lock(tx: &impl ConnectionTrait, crews: &[Uuid], which: Expr) -> Result<()> {
    let entries = roster_entry::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CrewId.is_in(crews.iter().copied()))
        .filter(which)
        .order_by_asc(Column::Id)
        .lock_exclusive();
    entries.into_tuple::<Uuid>().all(tx).await?;
    Ok(())
}

/// Brings back those who left at this instant, all of them or nobody.
pub async fn bring_back(tx: &impl ConnectionTrait, project_id: Uuid, crews: &[Uuid], at: DateTime<Utc>) -> Result<u64> {
    refuse_who_is_back(tx, project_id, crews, at).await?;
    lock(tx, crews, Column::ExitRecordedAt.eq(at)).await?;
    leave_cards_that_are_taken(tx, project_id, crews, at).await?;
    let gone = changed(crews)
        .col_expr(Column::ExitedOn, Expr::value(None::<NaiveDate>))
        .col_expr(Column::ExitReason, Expr::value(None::<String>))
        .col_expr(Column::ExitRecordedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::ExitRecordedAt.eq(at));
    Ok(gone.exec(tx).await?.rows_affected)
}

/// A card that somebody else on site has got meanwhile stays with them.
async fn leave_cards_that_are_taken(
    tx: &impl ConnectionTrait,
    project_id: Uuid,
    crews: &[Uuid],
    at: DateTime<Utc>,
) -> Result<()> {
    let taken = roster_entry::Entity::find()
        .select_only()
        .column(Column::CardNumber)
        .filter(Column::ProjectId.eq(project_id))
        .filter(Column::ExitedOn.is_null())
        .filter(Column::CardNumber.is_not_null())
        .into_query();
    roster_entry::Entity::update_many()
        .col_expr(Column::CardNumber, Expr::value(None::<String>))
        .filter(Column::CrewId.is_in(crews.iter().copied()))
        .filter(Column::ExitRecordedAt.eq(at))
        .filter(Column::CardNumber.in_subquery(taken))
        .exec(tx)
        .await?;
    Ok(())
}

/// A crew of workers became one of 其他人员, and so did those who are in it.
pub async fn become_others(tx: &impl ConnectionTrait, crew: Uuid) -> Result<u64> {
    let here = changed(&[crew])
        .col_expr(Column::Kind, Expr::value(EntryKind::Other))
        .filter(Column::Kind.eq(EntryKind::Worker))
        .filter(Column::ExitedOn.is_null());
    Ok(here.exec(tx).await?.rows_affected)
}

fn changed(crews: &[Uuid]) -> UpdateMany<roster_entry::Entity> {
    roster_entry::Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UploadState, Expr::value(UploadState::Waiting))
        .filter(Column::CrewId.is_in(crews.iter().copied()))
}

/// Somebody who has entered the project again since cannot be on it twice.
async fn refuse_who_is_back(
    db: &impl ConnectionTrait,
    project_id: Uuid,
    crews: &[Uuid],
    at: DateTime<Utc>,
) -> Result<()> {
    let left = roster_entry::Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::CrewId.is_in(crews.iter().copied()))
        .filter(Column::ExitRecordedAt.eq(at))
        .into_query();
    let names: Vec<String> = roster_entry::Entity::find()
        .select_only()
        .column(person::Column::Name)
        .join(JoinType::InnerJoin, roster_entry::Relation::Person.def())
        .filter(Column::ProjectId.eq(project_id))
        .filter(Column::ExitedOn.is_null())
        .filter(Column::PersonId.in_subquery(left))
        .limit(4)
        .into_tuple()
        .all(db)
        .await?;
    let more = if names.len() > 3 { "等人" } else { "" };
    match names.get(..names.len().min(3)) {
        Some([]) | None => Ok(()),
        Some(some) => Err(Error::conflict(
            "people_on_site_again",
            format!("{}{more}已在本项目重新进场，请先为其办理退场，再撤销班组退场", some.join("、")),
        )),
    }
}
