//! How a device is doing, out of what its connection has noted.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::entity::device_state::{Column, Model};

/// A connection that is silent for 180 seconds is over; on top comes what it takes to note the signs of life of many
/// devices at once. Whatever else is written down, a device that is silent for longer is offline: the process that held
/// its connection may have died.
pub const SILENCE: TimeDelta = TimeDelta::seconds(180 + 30);

/// Whether a device is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnlineState {
    Online,
    Offline,
    /// It has not logged in yet.
    Never,
}

impl OnlineState {
    pub fn of(state: Option<&Model>, now: DateTime<Utc>) -> Self {
        let Some((state, seen)) = state.and_then(|state| Some((state, state.last_seen_at?))) else {
            return Self::Never;
        };
        if state.online_since.is_some() && seen > now - SILENCE { Self::Online } else { Self::Offline }
    }

    /// The same as a condition on devices with their states beside them.
    pub fn condition(self, now: DateTime<Utc>) -> Condition {
        let speaks = Condition::all().add(Column::OnlineSince.is_not_null()).add(Column::LastSeenAt.gt(now - SILENCE));
        match self {
            Self::Online => speaks,
            Self::Offline => Condition::all()
                .add(Column::LastSeenAt.is_not_null())
                .add(Condition::any().add(Column::OnlineSince.is_null()).add(Column::LastSeenAt.lte(now - SILENCE))),
            Self::Never => Condition::all().add(Column::LastSeenAt.is_null()),
        }
    }
}

/// Since when a device that is not connected is not.
pub fn offline_since(state: &Model, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match OnlineState::of(Some(state), now) {
        OnlineState::Offline => state.offline_since.or(state.last_seen_at),
        OnlineState::Online | OnlineState::Never => None,
    }
}

/// Whether a device knows the people it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListState {
    UpToDate,
    OutOfDate,
    /// It has not asked for its list yet.
    Never,
}

/// How many people a list holds, and the sum of their photos' lengths: all that a device tells of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListSize {
    pub count: i64,
    pub bytes: i64,
}

impl ListState {
    pub fn of(state: Option<&Model>, expected: Option<ListSize>) -> Self {
        let theirs = state.and_then(|state| Some(ListSize { count: state.list_count?, bytes: state.list_bytes? }));
        match theirs {
            None => Self::Never,
            theirs if theirs == expected => Self::UpToDate,
            Some(_) => Self::OutOfDate,
        }
    }
}

/// What the list should have been when the device asked for it.
pub fn expected_then(state: Option<&Model>) -> Option<ListSize> {
    state.and_then(|state| Some(ListSize { count: state.expected_count?, bytes: state.expected_bytes? }))
}
