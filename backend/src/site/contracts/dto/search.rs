//! Which contracts, and who has none. Bodies and not addresses, because they may name an ID number.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ContractLevel;
use crate::{
    entity::contract::TermKind,
    platform::types::{Day, blank_as_none},
    site::roster::dto::RosterFilter,
};

/// Which of the contracts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContractStanding {
    /// 履约中
    #[default]
    Active,
    /// 履约中, with a term that is over.
    Expired,
    /// 已解约
    Terminated,
    All,
}

/// 【履约中】 and 【已解约】
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ContractSearch {
    pub standing: ContractStanding,
    #[serde(deserialize_with = "blank_as_none")]
    pub term_kind: Option<TermKind>,
    #[serde(deserialize_with = "blank_as_none")]
    pub signed_from: Option<Day>,
    #[serde(deserialize_with = "blank_as_none")]
    pub signed_to: Option<Day>,
    #[serde(flatten)]
    pub people: RosterFilter,
}

/// 【未签约】: those on site without one.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct UnsignedSearch {
    #[serde(deserialize_with = "blank_as_none")]
    pub level: Option<ContractLevel>,
    #[serde(flatten)]
    pub people: RosterFilter,
}
