//! In and out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::punch_objection::ObjectionState,
    platform::{
        files::FileView,
        types::{Day, RegionCode, Text, blank_as_none},
    },
    site::attendance::dto::Somebody,
};

#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
// Page and order stand in the same address, so what is not known here is not refused.
#[serde(default)]
pub struct ObjectionFilter {
    pub state: Option<ObjectionState>,
    pub day_from: Option<Day>,
    pub day_to: Option<Day>,
    pub crew_id: Option<Uuid>,
    /// Part of the project's name.
    #[serde(deserialize_with = "blank_as_none")]
    pub project: Option<Text<1, 100>>,
    /// A region and all below it.
    pub region_code: Option<RegionCode>,
}

/// 【提交异议】
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionForm {
    pub entry_id: Uuid,
    pub day: Day,
    pub said: Text<2, 500>,
    /// A picture that the phone has uploaded.
    #[serde(default)]
    pub file_id: Option<Uuid>,
}

/// 【答复】
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionAnswer {
    pub accepted: bool,
    pub answer: Text<2, 500>,
}

/// For those who answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionRow {
    pub id: Uuid,
    pub project_id: Uuid,
    pub project_name: String,
    #[serde(flatten)]
    pub who: Somebody,
    pub day: NaiveDate,
    pub said: String,
    pub picture: Option<FileView>,
    /// What the platform knows of that day.
    pub first_at: Option<DateTime<Utc>>,
    pub last_at: Option<DateTime<Utc>>,
    pub punches: i32,
    pub state: ObjectionState,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub may_answer: bool,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

/// For whoever objected.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnObjection {
    pub id: Uuid,
    pub entry_id: Uuid,
    pub project_name: String,
    pub day: NaiveDate,
    pub said: String,
    pub picture: Option<FileView>,
    pub state: ObjectionState,
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ObjectionCounts {
    pub open: u64,
    pub accepted: u64,
    pub refused: u64,
}
