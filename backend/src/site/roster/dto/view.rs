//! An entry as lists, details and the audit show it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{
        company::UploadState,
        crew::CrewKind,
        roster_entry::{self, EntryKind, Settlement},
    },
    platform::types::Masked,
    registry::dictionaries::{Post, WorkType},
};

/// What a worker still lacks before attendance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    WorkType,
    WageCard,
}

impl Lack {
    pub fn label(self) -> &'static str {
        match self {
            Self::WorkType => "缺工种",
            Self::WageCard => "缺工资卡",
        }
    }
}

/// The columns of a list, out of one query over six tables.
#[derive(Clone, Debug, FromQueryResult)]
pub struct RawRow {
    pub id: Uuid,
    pub project_id: Uuid,
    pub project_name: String,
    pub region_code: String,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub person_id: Uuid,
    pub person_number: i64,
    pub name: String,
    pub sex: String,
    pub ethnic: String,
    pub born_on: NaiveDate,
    pub id_number: String,
    pub phone: Option<String>,
    pub photo_file_id: Option<Uuid>,
    pub bank_name: Option<String>,
    pub bank_card: Option<String>,
    pub unit_id: Uuid,
    pub unit_kind: String,
    pub company_name: String,
    pub crew_id: Uuid,
    pub crew_name: String,
    pub crew_kind: CrewKind,
    pub kind: EntryKind,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    pub settlement_unit: Option<String>,
    pub card_number: Option<String>,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
    pub exit_reason: Option<String>,
    pub exit_recorded_at: Option<DateTime<Utc>>,
    pub upload_state: UploadState,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

/// Somebody on a roster.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterRow {
    pub id: Uuid,
    pub project_id: Uuid,
    pub project_name: String,
    pub region_code: String,
    pub person_id: Uuid,
    pub person_number: i64,
    /// Masked for those who may not see people.
    pub name: String,
    /// "male" or "female".
    pub sex: String,
    pub age: u32,
    pub ethnic: String,
    /// Masked.
    pub id_number: String,
    /// Masked.
    pub phone: Option<Masked>,
    /// A link that expires.
    pub photo_url: Option<String>,
    pub bank_name: Option<String>,
    /// Masked.
    pub bank_card: Option<String>,
    pub unit_id: Uuid,
    pub unit_kind: String,
    pub company_name: String,
    pub crew_id: Uuid,
    pub crew_name: String,
    pub crew_kind: CrewKind,
    pub kind: EntryKind,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    pub settlement_unit: Option<String>,
    pub card_number: Option<String>,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
    pub exit_reason: Option<String>,
    /// Until when the exit can be taken back.
    pub undo_until: Option<DateTime<Utc>>,
    /// 待完善, and why.
    pub incomplete: Vec<Lack>,
    /// Above the region's age to be warned about.
    pub overage: bool,
    pub may_manage: bool,
    pub upload_state: UploadState,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

/// How many there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Heads {
    pub worker: u64,
    pub manager: u64,
    pub other: u64,
    pub total: u64,
}

/// The figures above a roster.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct RosterCounts {
    pub on_site: Heads,
    pub exited: Heads,
    /// On site and 待完善.
    pub incomplete: u64,
}

/// What the audit keeps of an entry.
#[derive(Debug, Serialize)]
pub struct EntryFacts<'a> {
    kind: EntryKind,
    unit_id: Uuid,
    crew: &'a str,
    work_type: Option<&'a str>,
    post: Option<&'a str>,
    settlement: Option<Settlement>,
    unit_price_fen: Option<i64>,
    settlement_unit: Option<&'a str>,
    card_number: Option<&'a str>,
    entered_on: NaiveDate,
    exited_on: Option<NaiveDate>,
    exit_reason: Option<&'a str>,
}

impl<'a> EntryFacts<'a> {
    pub fn of(entry: &'a roster_entry::Model, crew: &'a str) -> Self {
        Self {
            kind: entry.kind,
            unit_id: entry.unit_id,
            crew,
            work_type: entry.work_type.as_deref().map(WorkType::label_of),
            post: entry.post.as_deref().map(Post::label_of),
            settlement: entry.settlement,
            unit_price_fen: entry.unit_price_fen,
            settlement_unit: entry.settlement_unit.as_deref(),
            card_number: entry.card_number.as_deref(),
            entered_on: entry.entered_on,
            exited_on: entry.exited_on,
            exit_reason: entry.exit_reason.as_deref(),
        }
    }
}
