//! A worker says that a punch of a day is missing or wrong, and the project answers.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ObjectionState {
    #[sea_orm(string_value = "open")]
    Open,
    #[sea_orm(string_value = "accepted")]
    Accepted,
    #[sea_orm(string_value = "refused")]
    Refused,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "punch_objection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub entry_id: Uuid,
    pub person_id: Uuid,
    pub day: Date,
    #[sea_orm(column_type = "Text")]
    pub said: String,
    pub file_id: Option<Uuid>,
    pub state: ObjectionState,
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::roster_entry::Entity",
        from = "Column::EntryId",
        to = "super::roster_entry::Column::Id"
    )]
    RosterEntry,
}

impl Related<super::roster_entry::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::RosterEntry.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
