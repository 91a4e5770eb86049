//! A terminal, a collecting machine or a phone that is bound to a project. A replaced one stays, for its punches refer to it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a device does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// 考勤设备: sends punches.
    #[sea_orm(string_value = "attendance")]
    Attendance,
    /// 采集设备: reads ID cards and takes faces.
    #[sea_orm(string_value = "collection")]
    Collection,
    /// 移动考勤设备: a phone.
    #[sea_orm(string_value = "mobile")]
    Mobile,
}

/// What a punch at a device means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[sea_orm(string_value = "in")]
    In,
    #[sea_orm(string_value = "out")]
    Out,
    /// In and out by turns.
    #[sea_orm(string_value = "turns")]
    Turns,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "device")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub vendor_id: Uuid,
    /// As the device sends it; once among those that are bound.
    #[sea_orm(column_type = "Text")]
    pub serial: String,
    pub kind: DeviceKind,
    /// Where it hangs: 1 号门.
    #[sea_orm(column_type = "Text")]
    pub place: String,
    pub direction: Direction,
    #[sea_orm(column_type = "Text", nullable)]
    pub model: Option<String>,
    /// The device whose place it took.
    pub replaces_id: Option<Uuid>,
    pub unbound_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub unbound_reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::project::Entity", from = "Column::ProjectId", to = "super::project::Column::Id")]
    Project,
    #[sea_orm(belongs_to = "super::vendor::Entity", from = "Column::VendorId", to = "super::vendor::Column::Id")]
    Vendor,
    #[sea_orm(
        belongs_to = "super::device_state::Entity",
        from = "Column::Id",
        to = "super::device_state::Column::DeviceId"
    )]
    DeviceState,
}

impl Related<super::project::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Project.def()
    }
}

impl Related<super::vendor::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Vendor.def()
    }
}

impl Related<super::device_state::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::DeviceState.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
