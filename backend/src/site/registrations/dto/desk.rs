//! The project's staff register somebody (SH5, SH6).

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{registration::FaceSource, roster_entry::Settlement},
    platform::types::{BankCard, Ethnic, IdNumber, Mobile, PersonName, Text, blank_as_none},
    registry::dictionaries::{Post, WorkType},
};

/// All of it in one form. What is shown masked or not at all (ID number, address, phone, bank card, pictures) and is absent
/// from an edit stays as it is.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskForm {
    /// Needed when it is new.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_number: Option<IdNumber>,
    pub name: PersonName,
    pub ethnic: Ethnic,
    pub crew_id: Uuid,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub address: Option<Text<1, 200>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_authority: Option<Text<1, 60>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_valid_from: Option<NaiveDate>,
    /// Absent beside `id_valid_from`: 长期.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_valid_until: Option<NaiveDate>,
    #[serde(default)]
    pub temporary_card: bool,
    #[serde(default)]
    pub id_front_file_id: Option<Uuid>,
    #[serde(default)]
    pub id_back_file_id: Option<Uuid>,
    #[serde(default)]
    pub portrait_file_id: Option<Uuid>,
    #[serde(default)]
    pub face_file_id: Option<Uuid>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub face_source: Option<FaceSource>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub phone: Option<Mobile>,
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
    pub bank_name: Option<Text<1, 60>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub bank_card: Option<BankCard>,
}
