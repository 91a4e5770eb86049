//! 【人员进场】, 【编辑】 and 【发卡】.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Lack;
use crate::{
    entity::roster_entry::Settlement,
    platform::types::{BankCard, IdNumber, Masked, Mobile, PersonName, Text, blank_as_none},
    registry::dictionaries::{Post, WorkType},
};

/// As what somebody works, and for which wage.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    pub work_type: Option<WorkType>,
    pub post: Option<Post>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    pub settlement_unit: Option<Text<1, 10>>,
}

/// Several people enter a crew on a day. What stands here holds for all of them, unless a person says otherwise.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryForm {
    /// If sent, the crew must be this unit's.
    #[serde(default)]
    pub unit_id: Option<Uuid>,
    /// Workers' and other crews take workers and others, a management crew takes managers.
    pub crew_id: Uuid,
    /// Today, if not sent.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub entered_on: Option<NaiveDate>,
    /// Workers and others; the crew's own, if not sent.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub work_type: Option<WorkType>,
    /// Managers: one of the posts of the unit's kind.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub post: Option<Post>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement: Option<Settlement>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000_000)]
    pub unit_price_fen: Option<i64>,
    /// 天, 小时, 平方米, …
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement_unit: Option<Text<1, 10>>,
    /// Enters those with warnings too.
    #[serde(default)]
    pub confirm_warnings: bool,
    /// Enters those who can when others cannot; without it, everybody or nobody.
    #[serde(default)]
    pub skip_refused: bool,
    #[schema(min_items = 1, max_items = 200)]
    pub people: Vec<EntryPerson>,
}

/// One of them, by id or by ID number. With a number goes the name, so that nobody enters a stranger by a slip of the
/// hand; of the project's own people and those collected at it the number is enough.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryPerson {
    #[serde(default)]
    pub person_id: Option<Uuid>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_number: Option<IdNumber>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub work_type: Option<WorkType>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub post: Option<Post>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement: Option<Settlement>,
    #[schema(minimum = 1, maximum = 100_000_000)]
    #[serde(default)]
    pub unit_price_fen: Option<i64>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement_unit: Option<Text<1, 10>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub card_number: Option<Text<1, 32>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub phone: Option<Mobile>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub bank_name: Option<Text<1, 60>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub bank_card: Option<BankCard>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    Overage,
    OnAnotherProject,
    OtherCompany,
}

/// What somebody has to know before they confirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Warning {
    pub code: WarningCode,
    pub message: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Entered {
    /// The place in `people`, from 0.
    pub index: usize,
    pub person_id: Uuid,
    pub entry_id: Uuid,
    pub name: String,
    /// On site, but 待完善.
    pub incomplete: Vec<Lack>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ToConfirm {
    pub index: usize,
    pub name: String,
    /// Masked.
    pub id_number: String,
    pub warnings: Vec<Warning>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Blocked {
    pub index: usize,
    /// Absent for an ID number nobody has, or under another name.
    pub name: Option<String>,
    pub id_number: Option<Masked>,
    /// The field to change, if it is one.
    pub field: String,
    pub reason: String,
}

/// What became of everybody. Unless `entered` holds them, nothing was written.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct EntryAnswer {
    pub entered: Vec<Entered>,
    pub needs_confirmation: Vec<ToConfirm>,
    pub refused: Vec<Blocked>,
}

/// 【编辑】: all of an entry that can be changed. Of the person's own data, what is absent stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryEdit {
    pub crew_id: Uuid,
    pub entered_on: NaiveDate,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub work_type: Option<WorkType>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub post: Option<Post>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement: Option<Settlement>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000_000)]
    pub unit_price_fen: Option<i64>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub settlement_unit: Option<Text<1, 10>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub card_number: Option<Text<1, 32>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub phone: Option<Mobile>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub bank_name: Option<Text<1, 60>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub bank_card: Option<BankCard>,
}

/// 【发卡】; blank takes the card back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardForm {
    #[serde(default, deserialize_with = "blank_as_none")]
    pub card_number: Option<Text<1, 32>>,
}
