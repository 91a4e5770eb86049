//! A person on a project in a crew, from entry until exit. Never deleted.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::company::UploadState;

/// What somebody is on a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    #[sea_orm(string_value = "worker")]
    Worker,
    #[sea_orm(string_value = "manager")]
    Manager,
    #[sea_orm(string_value = "other")]
    Other,
}

/// How wages are reckoned: by time or by piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    #[sea_orm(string_value = "time")]
    Time,
    #[sea_orm(string_value = "piece")]
    Piece,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub person_id: Uuid,
    pub unit_id: Uuid,
    pub crew_id: Uuid,
    pub kind: EntryKind,
    #[sea_orm(column_type = "Text", nullable)]
    pub work_type: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub post: Option<String>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub settlement_unit: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub card_number: Option<String>,
    pub entered_on: Date,
    pub exited_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub exit_reason: Option<String>,
    pub exit_recorded_at: Option<DateTimeUtc>,
    pub upload_state: UploadState,
    pub created_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
    Person,
    #[sea_orm(belongs_to = "super::project::Entity", from = "Column::ProjectId", to = "super::project::Column::Id")]
    Project,
    #[sea_orm(belongs_to = "super::unit::Entity", from = "Column::UnitId", to = "super::unit::Column::Id")]
    Unit,
    #[sea_orm(belongs_to = "super::crew::Entity", from = "Column::CrewId", to = "super::crew::Column::Id")]
    Crew,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::project::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Project.def()
    }
}

impl Related<super::unit::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Unit.def()
    }
}

impl Related<super::crew::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Crew.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
