//! Reads of the roster, for this feature and for those above it.

mod admission;
mod counts;
mod list;
mod select;
mod standing;

use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    entity::{Reach, roster_entry},
    platform::web::{Error, Result},
};

pub use admission::{Admission, RefusalCode, Refused, Stay, TerminalPhoto};
pub use counts::counts;
pub use list::{Viewer, one, page};
pub use select::{Search, matching, rows, with_people};
pub use standing::{Standings, places, standings, who_holds_cards};

/// An entry of a reach, locked until the transaction ends.
pub async fn locked(tx: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<roster_entry::Model> {
    let select = roster_entry::Entity::find_in(reach).filter(roster_entry::Column::Id.eq(id));
    select.lock_exclusive().one(tx).await?.ok_or(Error::NotFound)
}

/// How many entries of a reach a search lets through.
pub async fn total(db: &impl ConnectionTrait, reach: &Reach, search: &Search) -> Result<u64> {
    Ok(select::matching(reach, search).select_only().column(roster_entry::Column::Id).count(db).await?)
}
