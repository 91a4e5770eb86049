//! Which days and people a list or an export is about. Bodies and not addresses, because they may name an ID number.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{platform::types::Month, site::roster::dto::RosterFilter};

/// 打卡统计 of a day, of those who were on the project then.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DaySearch {
    pub day: NaiveDate,
    #[serde(flatten)]
    pub filter: RosterFilter,
}

/// 打卡统计 and 出勤时长统计 of a month, of those who were on the project in it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct MonthSearch {
    pub month: Month,
    #[serde(flatten)]
    pub filter: RosterFilter,
}

/// 考勤明细: punches that count for these days.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PunchSearch {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Only those that were refused, or only those that were not.
    #[serde(default)]
    pub refused: Option<bool>,
    #[serde(default)]
    pub device_id: Option<Uuid>,
    /// With any of these, only punches of people on the roster.
    #[serde(flatten)]
    pub filter: RosterFilter,
}

/// Which days to reckon anew from their punches.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecomputeForm {
    pub from: NaiveDate,
    pub to: NaiveDate,
}
