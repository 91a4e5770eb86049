//! Contracts, and what workers object to.

use sea_orm::{Condition, QueryFilter, QuerySelect, QueryTrait, Select, entity::prelude::*};

use super::{Reach, Scope};
use crate::entity::{contract, punch_objection, roster_entry, unit};

impl contract::Entity {
    pub fn find_in(reach: &Reach) -> Select<contract::Entity> {
        Self::find().filter(reach.on_project(contract::Column::ProjectId))
    }

    /// Whose scan may be opened: it shows the whole ID number, the bank card and the signature. A company opens those of
    /// people who are or were in its own units.
    pub fn find_whole_in(reach: &Reach) -> Select<contract::Entity> {
        Self::find().filter(reach.any(|scope| match scope {
            Scope::Company(id) => {
                let units = unit::Entity::find()
                    .select_only()
                    .column(unit::Column::Id)
                    .filter(unit::Column::CompanyId.eq(*id))
                    .into_query();
                let entries = roster_entry::Entity::find()
                    .select_only()
                    .column(roster_entry::Column::Id)
                    .filter(roster_entry::Column::UnitId.in_subquery(units))
                    .into_query();
                Some(Condition::all().add(contract::Column::EntryId.in_subquery(entries)))
            }
            scope => Some(Reach(vec![scope.clone()]).on_project(contract::Column::ProjectId)),
        }))
    }
}

impl punch_objection::Entity {
    pub fn find_in(reach: &Reach) -> Select<punch_objection::Entity> {
        Self::find().filter(reach.on_project(punch_objection::Column::ProjectId))
    }
}
