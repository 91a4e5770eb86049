//! Key posts: those a region demands, each in one kind of unit, and who fills them on a project today.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::{
    entity::{person, roster_entry, unit},
    platform::web::Result,
    registry::{
        dictionaries::{UnitKind, unit_for_post},
        policies::Policy,
    },
};

/// A post that must be filled, and in which kind of unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPost {
    pub unit_kind: UnitKind,
    pub post: String,
}

/// Somebody on site in a post.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Holder {
    project_id: Uuid,
    unit_kind: String,
    post: String,
    pub name: String,
}

impl KeyPost {
    /// What a region demands.
    pub fn demanded_by(policy: &Policy) -> Vec<Self> {
        let posts = policy.required_posts.iter();
        posts.map(|post| Self { unit_kind: unit_for_post(post), post: post.clone() }).collect()
    }

    /// Who fills it on a project, out of the holders of posts there and elsewhere.
    pub fn filled_by<'a>(&self, project_id: Uuid, holders: &'a [Holder]) -> impl Iterator<Item = &'a Holder> {
        holders.iter().filter(move |holder| {
            let in_it = holder.post == self.post && holder.unit_kind == self.unit_kind.code();
            holder.project_id == project_id && in_it
        })
    }
}

/// Everybody who is on one of these projects in a post today.
pub async fn holders(db: &impl ConnectionTrait, projects: &[Uuid]) -> Result<Vec<Holder>> {
    let select = roster_entry::Entity::find()
        .select_only()
        .columns([roster_entry::Column::ProjectId, roster_entry::Column::Post])
        .column_as(unit::Column::Kind, "unit_kind")
        .column_as(person::Column::Name, "name")
        .join(JoinType::InnerJoin, roster_entry::Relation::Unit.def())
        .join(JoinType::InnerJoin, roster_entry::Relation::Person.def())
        .filter(roster_entry::Column::ProjectId.is_in(projects.iter().copied()))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .filter(roster_entry::Column::Post.is_not_null());
    Ok(select.into_model().all(db).await?)
}
