//! Pictures and faces: what identifies people beyond their names.

use sea_orm::{Condition, QueryFilter, Select, entity::prelude::*};

use super::{Reach, Scope, in_region};
use crate::entity::{face_comparison, person, person_image};

impl person_image::Entity {
    /// Pictures of the people within reach.
    pub fn find_in(reach: &Reach) -> Select<person_image::Entity> {
        match person::Entity::ids_in(reach) {
            Some(people) => Self::find().filter(person_image::Column::PersonId.in_subquery(people)),
            None if reach.0.contains(&Scope::Nation) => Self::find(),
            None => Self::find().filter(Condition::all().add(Expr::cust("1 = 0"))),
        }
    }
}

impl face_comparison::Entity {
    /// A project sees whether its own people are who they say they are, and who punches for whom. That two people look
    /// alike is the regulator's to look into: the other one may be anybody's.
    pub fn find_in(reach: &Reach) -> Select<face_comparison::Entity> {
        use face_comparison::{Column, ComparisonKind};
        Self::find().filter(reach.any(|scope| match scope {
            Scope::Region(prefix) => Some(in_region(Column::RegionCode, prefix)),
            Scope::Project(id) => {
                Some(Condition::all().add(Column::ProjectId.eq(*id)).add(Column::Kind.ne(ComparisonKind::Duplicate)))
            }
            Scope::Nation | Scope::Company(_) | Scope::Vendor(_) => None,
        }))
    }
}
