//! What goes out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::{
        contract::{ContractState, TermKind},
        roster_entry::{EntryKind, Settlement},
    },
    platform::{
        files::FileView,
        types::{Month, Text},
    },
    site::{contracts::dto::ContractLevel, objections::dto::OwnObjection},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPlace {
    pub id: Uuid,
    pub name: String,
}

/// How one's contract stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnStanding {
    pub state: Option<ContractState>,
    /// Of those who must sign and have not.
    pub level: Option<ContractLevel>,
}

/// A stay on a project.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnProject {
    pub entry_id: Uuid,
    pub project: OwnPlace,
    pub kind: EntryKind,
    pub crew: String,
    pub unit: String,
    /// In words.
    pub work_type: Option<String>,
    /// In words.
    pub post: Option<String>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    pub settlement_unit: Option<String>,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
    pub days_this_month: u64,
    pub contract: Option<OwnStanding>,
    pub may_punch: bool,
    /// A sentence that says what to do.
    pub why_not: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnMonthFilter {
    pub entry_id: Uuid,
    #[param(value_type = String)]
    pub month: Month,
}

/// A day with punches.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnDay {
    pub day: NaiveDate,
    pub first_in: Option<DateTime<Utc>>,
    pub last_out: Option<DateTime<Utc>>,
    pub minutes: i32,
    pub punches: i32,
    /// In and not out again.
    pub inside: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OwnMonth {
    pub entry_id: Uuid,
    #[schema(value_type = String)]
    pub month: Month,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
    pub days: Vec<OwnDay>,
    pub present_days: usize,
    pub minutes: i64,
    pub objections: Vec<OwnObjection>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OwnContract {
    pub id: Uuid,
    pub entry_id: Uuid,
    pub project: OwnPlace,
    pub state: ContractState,
    pub expired: bool,
    pub term_kind: TermKind,
    pub term_kind_name: String,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    pub settlement_unit: Option<String>,
    pub signed_on: NaiveDate,
    pub terminated_on: Option<NaiveDate>,
    pub termination_reason: Option<String>,
    /// Links that expire.
    pub pdf: Option<FileView>,
    pub pages: Vec<FileView>,
}

/// Somebody looked at one's data in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnLook {
    pub at: DateTime<Utc>,
    pub who: String,
    pub organisation: Option<String>,
    /// In words: 身份证号码、手机号码.
    pub what: String,
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalForm {
    pub reason: Text<2, 200>,
}

/// What becomes of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Withdrawn {
    /// Pictures and numbers of the face are gone already.
    pub deleted: bool,
    /// A sentence for the screen.
    pub message: String,
}

/// What one shows at the gate.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnCode {
    /// The number terminals know one by.
    pub number: i64,
    pub name: String,
    /// A picture as a `data:` URL.
    pub picture: String,
}
