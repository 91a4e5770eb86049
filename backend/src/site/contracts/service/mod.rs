//! Writes: contracts are signed, changed, ended, taken back and deleted.

mod end;
mod scan;
mod sign;

pub use end::{delete, reset, terminate};
pub use scan::{Scan, put_together};
pub use sign::{edit, sign};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    entity::{contract, person, project},
    platform::{
        audit,
        web::{Error, Result},
    },
};

/// An audit entry about somebody's contract; its subject is the person, so that what happened to them is found together.
pub async fn about(
    tx: &impl ConnectionTrait,
    action: &'static str,
    contract: &contract::Model,
    project: &project::Model,
) -> Result<audit::Entry> {
    let person = person::Entity::find_by_id(contract.person_id).one(tx).await?;
    let name = person.map(|person| person.name).ok_or_else(|| Error::internal("a contract without a person"))?;
    Ok(audit::Entry::new(action).subject("person", contract.person_id, name).project(project))
}

async fn write(
    tx: &impl ConnectionTrait,
    before: &contract::Model,
    mut row: contract::ActiveModel,
) -> Result<contract::Model> {
    use sea_orm::ActiveValue::Set;
    row.id = Set(before.id);
    row.updated_at = Set(chrono::Utc::now());
    row.revision = Set(before.revision + 1);
    let update = contract::Entity::update(row).validate()?;
    Ok(update.filter(contract::Column::Revision.eq(before.revision)).exec(tx).await?)
}
