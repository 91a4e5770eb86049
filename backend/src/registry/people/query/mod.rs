//! Reads for this feature and for those above it.

mod concern;
mod history;
mod responsible;
mod search;
mod view;
mod whereabouts;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::identity::id_number_hash;
use crate::{
    entity::{Reach, person},
    platform::{
        crypto::Keyring,
        types::IdNumber,
        web::{Error, Result},
    },
};

pub use concern::project_concerned;
pub use history::{History, history};
pub use responsible::{demand_responsible, is_responsible};
pub use search::{COUNTED, search};
pub use view::{detail, rows};
pub use whereabouts::{is_on_any_site, on_site_now};

/// The person with this ID number, whoever asks: callers decide what they tell of it.
pub async fn by_id_number(
    db: &impl ConnectionTrait,
    keys: &Keyring,
    number: &IdNumber,
) -> Result<Option<person::Model>> {
    let hash = id_number_hash(keys, number);
    Ok(person::Entity::find().filter(person::Column::IdNumberHash.eq(hash)).one(db).await?)
}

/// Somebody within reach; anybody else is a 404.
pub async fn find(db: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<person::Model> {
    person::Entity::find_in(reach).filter(person::Column::Id.eq(id)).one(db).await?.ok_or(Error::NotFound)
}

/// Somebody within reach whose numbers may be seen in full; somebody else's people are a 403.
pub async fn find_whole(db: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<person::Model> {
    let person = find(db, reach, id).await?;
    let whole = person::Entity::find_whole_in(reach).filter(person::Column::Id.eq(id));
    match whole.one(db).await? {
        Some(_) => Ok(person),
        None => Err(Error::forbidden("该人员属于其他参建单位，您的企业不能查看其完整信息")),
    }
}
