//! A contract as lists, details and the audit show it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{
        contract::{self, ContractState, TermKind},
        roster_entry::Settlement,
    },
    platform::files::FileView,
    site::attendance::dto::Somebody,
};

/// How long a worker has been without a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContractLevel {
    /// Not long enough to be warned about.
    Fresh,
    Yellow,
    Orange,
    Red,
}

impl ContractLevel {
    pub fn name(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Fresh => "未到预警",
            Self::Yellow => "黄色预警",
            Self::Orange => "橙色预警",
            Self::Red => "红色预警",
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ContractRow {
    pub id: Uuid,
    pub project_id: Uuid,
    pub project_name: String,
    pub region_code: String,
    #[serde(flatten)]
    pub who: Somebody,
    pub state: ContractState,
    pub term_kind: TermKind,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    /// 履约中, but its term is over.
    pub expired: bool,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    pub settlement_unit: Option<String>,
    pub signed_on: NaiveDate,
    pub has_file: bool,
    /// Photographs the scan was made of; 0 for a PDF that came as one.
    pub pages: i32,
    pub terminated_on: Option<NaiveDate>,
    pub termination_reason: Option<String>,
    /// Until when a mistake can be deleted.
    pub delete_until: Option<DateTime<Utc>>,
    pub may_manage: bool,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

/// What the roster says somebody works for: what a new contract begins with.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterTerms {
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    pub settlement_unit: Option<String>,
}

/// Somebody on site without a contract.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnsignedRow {
    pub project_id: Uuid,
    pub project_name: String,
    pub region_code: String,
    #[serde(flatten)]
    pub who: Somebody,
    /// Since they came, or since the last contract was ended.
    pub since: NaiveDate,
    pub days: i64,
    /// Nothing for managers and others: only workers are warned about.
    pub level: Option<ContractLevel>,
    /// Cannot punch until there is one.
    pub stopped: bool,
    pub terms: RosterTerms,
    /// The contract whose scan was taken back.
    pub reset: Option<ContractRow>,
    pub may_manage: bool,
}

/// The figures above the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContractCounts {
    /// On site without one, managers and others included.
    pub unsigned: u64,
    pub yellow: u64,
    pub orange: u64,
    pub red: u64,
    pub active: u64,
    pub expired: u64,
    pub terminated: u64,
}

/// A scan, by links that expire.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractFile {
    pub pdf: FileView,
    /// The photographs it was made of.
    pub pages: Vec<FileView>,
}

/// What the audit keeps of a contract.
#[derive(Debug, Serialize)]
pub struct ContractFacts<'a> {
    state: ContractState,
    term_kind: TermKind,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    settlement: Option<Settlement>,
    unit_price_fen: Option<i64>,
    settlement_unit: Option<&'a str>,
    signed_on: NaiveDate,
    file_id: Option<Uuid>,
    pages: i32,
    terminated_on: Option<NaiveDate>,
}

impl<'a> From<&'a contract::Model> for ContractFacts<'a> {
    fn from(row: &'a contract::Model) -> Self {
        Self {
            state: row.state,
            term_kind: row.term_kind,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            settlement: row.settlement,
            unit_price_fen: row.unit_price_fen,
            settlement_unit: row.settlement_unit.as_deref(),
            signed_on: row.signed_on,
            file_id: row.file_id,
            pages: row.pages,
            terminated_on: row.terminated_on,
        }
    }
}
