//! Who may change somebody's data: not everybody who may still see it.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::{
    entity::{Reach, Scope, person, roster_entry, unit},
    platform::web::{Error, Result},
};

/// Whether any of the scopes answers for this person as things stand: the regulator of a region within reach, the
/// company somebody belongs to or works for on a site, the project somebody is on. A project that brought somebody
/// in keeps the right until somebody is on a site elsewhere. Who has left is still seen there, but what was paid
/// and to which card is no longer that project's to change.
pub async fn is_responsible(db: &impl ConnectionTrait, reach: &Reach, person: &person::Model) -> Result<bool> {
    let now = roster_entry::Entity::find()
        .filter(roster_entry::Column::PersonId.eq(person.id).and(roster_entry::Column::ExitedOn.is_null()));
    for scope in &reach.0 {
        let answers = match scope {
            Scope::Nation => true,
            Scope::Region(_) => {
                let one = Reach(vec![scope.clone()]);
                person::Entity::find_in(&one).filter(person::Column::Id.eq(person.id)).one(db).await?.is_some()
            }
            Scope::Company(id) if person.company_id == Some(*id) => true,
            Scope::Company(id) => {
                let units = unit::Entity::find().select_only().column(unit::Column::Id);
                let units = units.filter(unit::Column::CompanyId.eq(*id)).into_query();
                let working_for = Condition::all().add(roster_entry::Column::UnitId.in_subquery(units));
                now.clone().filter(working_for).one(db).await?.is_some()
            }
            Scope::Project(id) => {
                let here = now.clone().filter(roster_entry::Column::ProjectId.eq(*id)).one(db).await?.is_some();
                here || (person.origin_project_id == Some(*id) && now.clone().one(db).await?.is_none())
            }
            Scope::Vendor(_) => false,
        };
        if answers {
            return Ok(true);
        }
    }
    Ok(false)
}

/// For edits: somebody seen but not answered for is a 403.
pub async fn demand_responsible(db: &impl ConnectionTrait, reach: &Reach, person: &person::Model) -> Result<()> {
    if is_responsible(db, reach, person).await? {
        return Ok(());
    }
    Err(Error::forbidden("该人员当前不在您的项目或企业，只能查看，不能修改"))
}
