//! Something wrong on a site that somebody should look at. Open once per kind and subject.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A device has been silent longer than the region allows.
    #[sea_orm(string_value = "device_offline")]
    DeviceOffline,
    /// No device of a project has been heard of for two days (JD8).
    #[sea_orm(string_value = "project_dark")]
    ProjectDark,
    /// A device's clock is more than two minutes off.
    #[sea_orm(string_value = "clock_off")]
    ClockOff,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alert")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: AlertKind,
    pub project_id: Uuid,
    /// The device, or the project itself.
    pub subject_id: Uuid,
    #[sea_orm(column_type = "JsonBinary")]
    pub details: Json,
    pub opened_at: DateTimeUtc,
    pub closed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::project::Entity", from = "Column::ProjectId", to = "super::project::Column::Id")]
    Project,
}

impl Related<super::project::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Project.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
