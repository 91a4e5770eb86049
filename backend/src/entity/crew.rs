//! A crew of a unit on a project.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::company::UploadState;

/// Management crews come by themselves from unit kinds; the others are made by people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum CrewKind {
    #[sea_orm(string_value = "management")]
    Management,
    #[sea_orm(string_value = "workers")]
    Workers,
    #[sea_orm(string_value = "others")]
    Others,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "crew")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub unit_id: Uuid,
    pub number: i64,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub kind: CrewKind,
    #[sea_orm(column_type = "Text", nullable)]
    pub work_type: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub leader_name: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub leader_phone: Option<String>,
    pub entered_on: Date,
    pub exited_on: Option<Date>,
    /// The people that went with it, and the unit it went with, carry the same instant: an undo finds them by it.
    pub exit_recorded_at: Option<DateTimeUtc>,
    pub upload_state: UploadState,
    pub created_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::unit::Entity", from = "Column::UnitId", to = "super::unit::Column::Id")]
    Unit,
    #[sea_orm(belongs_to = "super::project::Entity", from = "Column::ProjectId", to = "super::project::Column::Id")]
    Project,
}

impl Related<super::unit::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Unit.def()
    }
}

impl Related<super::project::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Project.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
