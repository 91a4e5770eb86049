//! 【项目人员登记绑定审核】 (SH8).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::RegistrationLine;
use crate::{
    entity::{
        face_comparison::ComparisonVerdict,
        registration::{FaceSource, RegistrationOrigin, RegistrationState},
        roster_entry::{EntryKind, Settlement},
    },
    platform::types::{IdNumber, Masked, RegionCode, Text, blank_as_none},
};

/// 待提交, 待审核, 不通过, 通过.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationTab {
    ToSubmit,
    Submitted,
    Refused,
    Approved,
}

#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationFilter {
    #[serde(default, deserialize_with = "blank_as_none")]
    pub tab: Option<RegistrationTab>,
    #[serde(default)]
    pub project_id: Option<Uuid>,
    /// Part of the project's name.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub project: Option<Text<1, 100>>,
    /// A region and all below it.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub region_code: Option<RegionCode>,
    /// Part of the person's name.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub name: Option<Text<1, 50>>,
    /// The whole number.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_number: Option<IdNumber>,
    #[serde(default)]
    pub crew_id: Option<Uuid>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub kind: Option<EntryKind>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub origin: Option<RegistrationOrigin>,
    /// `look` finds those that could not be compared, too.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub face_standing: Option<ComparisonVerdict>,
}

#[derive(Debug, Default, Serialize, ToSchema)]
pub struct RegistrationCounts {
    pub to_submit: u64,
    pub submitted: u64,
    pub refused: u64,
    pub approved: u64,
}

/// Somebody who wants to come onto a project.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationRow {
    pub id: Uuid,
    pub project_id: Uuid,
    pub project_name: String,
    pub origin: RegistrationOrigin,
    pub state: RegistrationState,
    pub name: Option<String>,
    /// Masked.
    pub id_number: Option<String>,
    pub sex: Option<String>,
    pub age: Option<u32>,
    pub ethnic: Option<String>,
    pub phone: Option<Masked>,
    pub kind: EntryKind,
    pub crew_id: Option<Uuid>,
    pub crew_name: Option<String>,
    pub unit_kind: Option<String>,
    pub unit_name: Option<String>,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    pub settlement_unit: Option<String>,
    pub bank_name: Option<String>,
    /// Masked.
    pub bank_card: Option<String>,
    /// Links that expire. Once somebody is on the roster, the pictures are the person's.
    pub face_url: Option<String>,
    pub portrait_url: Option<String>,
    pub face_source: Option<FaceSource>,
    pub face_distance: Option<f64>,
    pub face_standing: Option<ComparisonVerdict>,
    /// The region's limits today.
    pub limit_pass: f64,
    pub limit_look: f64,
    /// What is still missing, in words.
    pub missing: Vec<&'static str>,
    pub reason: Option<String>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    /// 系统 where the region wants no review.
    pub decided_by: Option<String>,
    pub person_id: Option<Uuid>,
    pub entry_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub may_decide: bool,
    pub revision: i32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationDetail {
    #[serde(flatten)]
    pub row: RegistrationRow,
    /// Masked.
    pub address: Option<String>,
    pub id_authority: Option<String>,
    pub id_valid_from: Option<NaiveDate>,
    pub id_valid_until: Option<NaiveDate>,
    pub temporary_card: bool,
    pub has_id_front: bool,
    pub has_id_back: bool,
    pub consent_at: Option<DateTime<Utc>>,
    /// What to look at before deciding: that somebody is on site elsewhere, known already, or past an age.
    pub remarks: Vec<String>,
    pub history: Vec<RegistrationLine>,
}

/// One to decide, as it was when it was looked at: what was changed meanwhile is not decided.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenRegistration {
    pub id: Uuid,
    pub revision: i32,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationApproval {
    #[schema(min_items = 1, max_items = 100)]
    pub items: Vec<SeenRegistration>,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationRefusal {
    #[schema(min_items = 1, max_items = 100)]
    pub items: Vec<SeenRegistration>,
    /// What is wrong and what to do: the person reads it on their phone.
    pub reason: Text<2, 200>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationNotDecided {
    pub id: Uuid,
    pub name: String,
    pub reason: String,
}

/// Each is decided by itself: whoever cannot be decided stands with the reason.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct RegistrationsDecided {
    pub done: u64,
    pub refused: Vec<RegistrationNotDecided>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationUnmask {
    #[serde(default, deserialize_with = "blank_as_none")]
    pub reason: Option<Text<2, 200>>,
}

/// What a reviewer compares with the card, in full; every look is recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationSeen {
    pub id_number: Option<String>,
    pub phone: Option<String>,
    pub bank_card: Option<String>,
    pub address: Option<String>,
    pub id_front_url: Option<String>,
    pub id_back_url: Option<String>,
}
