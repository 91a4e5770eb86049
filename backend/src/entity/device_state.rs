//! How a device is doing, as its connection says. A row is there once a device has logged in or was asked to.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "device_state")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub device_id: Uuid,
    /// The connection it speaks over; a later one takes over.
    pub connection_id: Option<Uuid>,
    /// Set while it is connected.
    pub online_since: Option<DateTimeUtc>,
    pub offline_since: Option<DateTimeUtc>,
    /// Silence for longer than a connection may be silent means offline, whatever `online_since` says: the process that held it may have died.
    pub last_seen_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub address: Option<String>,
    /// How far its clock is ahead of ours.
    pub clock_offset_seconds: Option<i64>,
    pub last_punch_at: Option<DateTimeUtc>,
    /// How many people are on its own list, and the sum of their photos' lengths.
    pub list_count: Option<i64>,
    pub list_bytes: Option<i64>,
    /// What these were here at that moment.
    pub expected_count: Option<i64>,
    pub expected_bytes: Option<i64>,
    pub listed_at: Option<DateTimeUtc>,
    /// When somebody last pressed 【人员更新下发】.
    pub push_requested_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
