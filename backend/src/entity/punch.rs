//! A punch as it came in, accepted or refused. Append-only; once per device, person and second.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::device::Direction;

/// How a punch came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum PunchSource {
    #[sea_orm(string_value = "terminal")]
    Terminal,
    /// Mobile attendance.
    #[sea_orm(string_value = "phone")]
    Phone,
    /// 补录.
    #[sea_orm(string_value = "make_up")]
    MakeUp,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "punch")]
pub struct Model {
    pub id: Uuid,
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub device_id: Uuid,
    /// As the device sent it; nobody may have it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_number: i64,
    pub person_id: Option<Uuid>,
    pub entry_id: Option<Uuid>,
    /// The device's time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub at: DateTimeUtc,
    pub received_at: DateTimeUtc,
    /// The day it counts for, by the region's cut.
    pub day: Date,
    pub mode: i32,
    /// The device's setting at that time.
    pub direction: Direction,
    pub source: PunchSource,
    /// Why it was refused, as the device was told.
    #[sea_orm(column_type = "Text", nullable)]
    pub refusal: Option<String>,
    /// 0 without a photo.
    pub photo_size: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
