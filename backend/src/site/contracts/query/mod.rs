//! Reads: contracts, those without one, and how many of each.

mod counts;
mod levels;
mod list;
mod of_entries;
mod unsigned;

pub use counts::{counts, figures};
pub use levels::Levels;
pub use list::{Viewer, one, page, scan};
pub use of_entries::{OfEntry, of_entries, of_person};
pub use unsigned::{Unsigned, page as unsigned_page};

use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    entity::{Reach, contract},
    platform::web::{Error, Result},
};

/// A contract of a reach, locked until the transaction ends.
pub async fn locked(tx: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<contract::Model> {
    let select = contract::Entity::find_in(reach).filter(contract::Column::Id.eq(id));
    select.lock_exclusive().one(tx).await?.ok_or(Error::NotFound)
}
