use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{
        device::{self, DeviceKind, Direction},
        device_state,
    },
    site::devices::rules::{ListSize, ListState, OnlineState, expected_then, offline_since},
};

/// A device with its state and the names that stand in other tables.
#[derive(Clone, Debug, FromQueryResult)]
pub struct RawDevice {
    #[sea_orm(nested)]
    pub device: device::Model,
    #[sea_orm(nested)]
    pub state: Option<device_state::Model>,
    pub vendor_code: String,
    pub vendor_name: String,
    pub project_name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceRow {
    pub id: Uuid,
    pub project_id: Uuid,
    pub project_name: String,
    pub vendor_code: String,
    pub vendor_name: String,
    pub serial: String,
    pub kind: DeviceKind,
    pub place: String,
    pub direction: Direction,
    pub model: Option<String>,
    pub state: OnlineState,
    pub online_since: Option<DateTime<Utc>>,
    pub offline_since: Option<DateTime<Utc>>,
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Where it connected from.
    pub address: Option<String>,
    /// How far its clock is ahead of ours.
    pub clock_offset_seconds: Option<i64>,
    pub last_punch_at: Option<DateTime<Utc>>,
    /// How many people are on its own list.
    pub list_count: Option<i64>,
    /// How many should be: today, within one project; when it last asked, in a list of several.
    pub expected_count: Option<i64>,
    pub list_state: ListState,
    pub listed_at: Option<DateTime<Utc>>,
    pub push_requested_at: Option<DateTime<Utc>>,
    /// The device whose place it took.
    pub replaces_id: Option<Uuid>,
    pub unbound_at: Option<DateTime<Utc>>,
    pub unbound_reason: Option<String>,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

impl DeviceRow {
    /// `expected` is how large the list should be today, where that is known.
    pub fn of(raw: RawDevice, expected: Option<ListSize>, now: DateTime<Utc>) -> Self {
        let RawDevice { device, state, vendor_code, vendor_name, project_name } = raw;
        let known = state.as_ref();
        let expected = expected.or_else(|| expected_then(known));
        let online = OnlineState::of(known, now);
        Self {
            id: device.id,
            project_id: device.project_id,
            project_name,
            vendor_code,
            vendor_name,
            serial: device.serial,
            kind: device.kind,
            place: device.place,
            direction: device.direction,
            model: device.model,
            state: online,
            online_since: known.and_then(|s| s.online_since).filter(|_| online == OnlineState::Online),
            offline_since: known.and_then(|s| offline_since(s, now)),
            last_seen_at: known.and_then(|s| s.last_seen_at),
            address: known.and_then(|s| s.address.clone()),
            clock_offset_seconds: known.and_then(|s| s.clock_offset_seconds),
            last_punch_at: known.and_then(|s| s.last_punch_at),
            list_count: known.and_then(|s| s.list_count),
            expected_count: expected.map(|expected| expected.count),
            list_state: ListState::of(known, expected),
            listed_at: known.and_then(|s| s.listed_at),
            push_requested_at: known.and_then(|s| s.push_requested_at),
            replaces_id: device.replaces_id,
            unbound_at: device.unbound_at,
            unbound_reason: device.unbound_reason,
            created_at: device.created_at,
            revision: device.revision,
        }
    }
}

/// A device with those that hung there before it, the last first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceView {
    #[serde(flatten)]
    pub row: DeviceRow,
    pub earlier: Vec<EarlierDevice>,
    /// The device that took its place.
    pub replaced_by: Option<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EarlierDevice {
    pub id: Uuid,
    pub serial: String,
    pub model: Option<String>,
    pub created_at: DateTime<Utc>,
    pub unbound_at: Option<DateTime<Utc>>,
    pub unbound_reason: Option<String>,
}

impl EarlierDevice {
    pub fn of(device: &device::Model) -> Self {
        Self {
            id: device.id,
            serial: device.serial.clone(),
            model: device.model.clone(),
            created_at: device.created_at,
            unbound_at: device.unbound_at,
            unbound_reason: device.unbound_reason.clone(),
        }
    }
}

/// What the audit keeps of a device.
#[derive(Debug, Serialize)]
pub struct DeviceFacts<'a> {
    serial: &'a str,
    kind: DeviceKind,
    place: &'a str,
    direction: Direction,
    model: Option<&'a str>,
    unbound_at: Option<DateTime<Utc>>,
}

impl<'a> DeviceFacts<'a> {
    pub fn of(device: &'a device::Model) -> Self {
        Self {
            serial: &device.serial,
            kind: device.kind,
            place: &device.place,
            direction: device.direction,
            model: device.model.as_deref(),
            unbound_at: device.unbound_at,
        }
    }
}
