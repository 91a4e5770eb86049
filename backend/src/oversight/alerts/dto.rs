use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::alert::{self, AlertKind},
    platform::types::{RegionCode, Text},
};

/// What an alert tells beside its kind, each with what it has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AlertDetails {
    /// Of the device.
    pub serial: Option<String>,
    pub place: Option<String>,
    /// Since when nothing has been heard.
    pub since: Option<DateTime<Utc>>,
    /// How far the clock is ahead.
    pub offset_seconds: Option<i64>,
    /// How many devices of the project are silent.
    pub devices: Option<usize>,
}

#[derive(Clone, Debug, Default, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
// Page and order stand in the same address, so what is not known here is not refused.
#[serde(default)]
pub struct AlertFilter {
    pub kind: Option<AlertKind>,
    /// True: those that are not over. Without it, all.
    pub open: Option<bool>,
    /// Part of the project's name.
    #[param(inline)]
    pub project: Option<Text<0, 100>>,
    pub project_id: Option<Uuid>,
    /// A region and all below it.
    pub region_code: Option<RegionCode>,
}

#[derive(Debug, FromQueryResult)]
pub struct RawAlert {
    #[sea_orm(nested)]
    pub alert: alert::Model,
    pub project_name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AlertRow {
    pub id: Uuid,
    pub kind: AlertKind,
    pub project_id: Uuid,
    pub project_name: String,
    /// The device, or the project itself.
    pub subject_id: Uuid,
    pub details: AlertDetails,
    pub opened_at: DateTime<Utc>,
    /// When it was over.
    pub closed_at: Option<DateTime<Utc>>,
}

impl From<RawAlert> for AlertRow {
    fn from(raw: RawAlert) -> Self {
        let RawAlert { alert, project_name } = raw;
        Self {
            id: alert.id,
            kind: alert.kind,
            project_id: alert.project_id,
            project_name,
            subject_id: alert.subject_id,
            details: serde_json::from_value(alert.details).unwrap_or_default(),
            opened_at: alert.opened_at,
            closed_at: alert.closed_at,
        }
    }
}
