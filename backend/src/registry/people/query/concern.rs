use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    entity::{Scope, person, roster_entry},
    platform::{auth::Caller, web::Result},
};

/// The project whose business it is what a caller does with somebody: one of the caller's own on which they are or
/// were, else the one they are on now, else the one that brought them in.
pub async fn project_concerned(
    db: &impl ConnectionTrait,
    caller: &Caller,
    person: &person::Model,
) -> Result<Option<Uuid>> {
    let stays: Vec<(Uuid, bool)> = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::ProjectId)
        .column_as(roster_entry::Column::ExitedOn.is_null(), "is_open")
        .filter(roster_entry::Column::PersonId.eq(person.id))
        .order_by_desc(roster_entry::Column::EnteredOn)
        .order_by_desc(roster_entry::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let own = |id: &Uuid| caller.grants.iter().any(|grant| grant.scope == Scope::Project(*id));
    let of_caller = stays.iter().map(|(id, _)| *id).chain(person.origin_project_id).find(own);
    let now = stays.iter().find(|(_, is_open)| *is_open).map(|(id, _)| *id);
    Ok(of_caller.or(now).or(person.origin_project_id))
}
