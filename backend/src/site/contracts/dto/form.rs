//! 【上传】, 【编辑】, 【解约】 and 【重置】.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{contract::TermKind, roster_entry::Settlement},
    platform::types::{Day, Text, blank_as_none},
};

/// What a contract says.
#[derive(Clone, Debug)]
pub struct ContractTerms {
    pub term_kind: TermKind,
    pub starts_on: Day,
    /// Demanded of a fixed term, not known of an open one.
    pub ends_on: Option<Day>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    /// 天, 小时, 平方米, …
    pub settlement_unit: Option<Text<1, 10>>,
    pub signed_on: Day,
}

/// 【上传】
// The terms stand in both forms field by field: flattened, a refusal would not know which field it is about.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractForm {
    pub entry_id: Uuid,
    pub term_kind: TermKind,
    pub starts_on: Day,
    /// Demanded of a fixed term, not known of an open one.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub ends_on: Option<Day>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement: Option<Settlement>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000_000)]
    pub unit_price_fen: Option<i64>,
    /// 天, 小时, 平方米, …
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement_unit: Option<Text<1, 10>>,
    pub signed_on: Day,
    /// The scan: one PDF, or photographs of the pages in their order.
    #[schema(min_items = 1, max_items = 20)]
    pub file_ids: Vec<Uuid>,
}

/// 【编辑】
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractEdit {
    pub term_kind: TermKind,
    pub starts_on: Day,
    /// Demanded of a fixed term, not known of an open one.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub ends_on: Option<Day>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement: Option<Settlement>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000_000)]
    pub unit_price_fen: Option<i64>,
    /// 天, 小时, 平方米, …
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement_unit: Option<Text<1, 10>>,
    pub signed_on: Day,
    /// Another scan in the place of the one there is; empty keeps it.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub file_ids: Vec<Uuid>,
}

/// 【解约】
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractTermination {
    pub terminated_on: Day,
    pub reason: Text<2, 200>,
}

/// 【重置】
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractReset {
    pub reason: Text<2, 200>,
}

macro_rules! terms_of {
    ($form:ty) => {
        impl $form {
            pub fn terms(&self) -> ContractTerms {
                ContractTerms {
                    term_kind: self.term_kind,
                    starts_on: self.starts_on,
                    ends_on: self.ends_on,
                    settlement: self.settlement,
                    unit_price_fen: self.unit_price_fen,
                    settlement_unit: self.settlement_unit.clone(),
                    signed_on: self.signed_on,
                }
            }
        }
    };
}

terms_of!(ContractForm);
terms_of!(ContractEdit);
