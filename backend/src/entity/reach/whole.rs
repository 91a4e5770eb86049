//! Whose numbers may be seen in full: of the people somebody sees, not all.
//!
//! A company sees everybody on the projects it takes part in, beside whom its own people work. What identifies them is
//! still theirs and their employers': in full it sees those it employs, and those who are or were in its own units.

use sea_orm::{
    Condition, ExprTrait, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, SelectStatement},
};

use super::{Reach, Scope, seen};
use crate::entity::{person, roster_entry, unit};

impl person::Entity {
    /// The people of `find_in` whose numbers may be seen in full.
    pub fn find_whole_in(reach: &Reach) -> Select<person::Entity> {
        Self::find().filter(reach.any(|scope| match scope {
            Scope::Company(id) => {
                let of_person = roster_entry::Column::PersonId.into_expr().equals((person::Entity, person::Column::Id));
                let working_for_it = roster_entry::Entity::find()
                    .select_only()
                    .filter(roster_entry::Column::UnitId.in_subquery(units_of(*id)))
                    .into_query()
                    .expr(Expr::val(1))
                    .and_where(of_person)
                    .to_owned();
                let employed = person::Column::CompanyId.eq(*id);
                Some(Condition::any().add(employed).add(Expr::exists(working_for_it)))
            }
            scope => seen(scope),
        }))
    }
}

impl roster_entry::Entity {
    /// Of the entries within reach, those whose people's numbers may be seen in full. Asks for the people to be joined.
    pub fn whole_in(reach: &Reach) -> Condition {
        reach.any(|scope| match scope {
            Scope::Company(id) => {
                let in_its_units = roster_entry::Column::UnitId.in_subquery(units_of(*id));
                Some(Condition::any().add(in_its_units).add(person::Column::CompanyId.eq(*id)))
            }
            scope => Some(Reach(vec![scope.clone()]).on_project(roster_entry::Column::ProjectId)),
        })
    }
}

fn units_of(company: Uuid) -> SelectStatement {
    let units = unit::Entity::find().select_only().column(unit::Column::Id);
    units.filter(unit::Column::CompanyId.eq(company)).into_query()
}
