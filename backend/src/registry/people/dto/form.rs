use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Change;
use crate::{
    platform::types::{BankCard, Ethnic, IdNumber, Mobile, PersonName, RegionCode, Text, blank_as_none},
    registry::dictionaries::{Education, Marital, Political},
};

/// Somebody new. Birth date and sex are the ID number's. Exactly one of project, company and region says who brings
/// them in; with a company they are registered with it from today.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPersonForm {
    pub id_number: IdNumber,
    pub name: PersonName,
    pub ethnic: Ethnic,
    pub project_id: Option<Uuid>,
    pub company_id: Option<Uuid>,
    pub region_code: Option<RegionCode>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub address: Option<Text<1, 200>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_authority: Option<Text<1, 60>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_valid_from: Option<NaiveDate>,
    /// Absent beside `id_valid_from`: 长期.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_valid_until: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub phone: Option<Mobile>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub education: Option<Education>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub political: Option<Political>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub marital: Option<Marital>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub bank_name: Option<Text<1, 60>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub bank_card: Option<BankCard>,
    pub photo_file_id: Option<Uuid>,
    pub id_front_file_id: Option<Uuid>,
    pub id_back_file_id: Option<Uuid>,
    /// The portrait cut out of a photographed card.
    pub portrait_file_id: Option<Uuid>,
}

/// An edit: what is absent stays, `null` or blank clears. The ID number is not among it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonEdit {
    pub name: Option<PersonName>,
    pub ethnic: Option<Ethnic>,
    #[serde(default)]
    #[schema(value_type = Option<Text<1, 200>>)]
    pub address: Change<Text<1, 200>>,
    #[serde(default)]
    #[schema(value_type = Option<Text<1, 60>>)]
    pub id_authority: Change<Text<1, 60>>,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub id_valid_from: Change<NaiveDate>,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub id_valid_until: Change<NaiveDate>,
    #[serde(default)]
    #[schema(value_type = Option<Mobile>)]
    pub phone: Change<Mobile>,
    #[serde(default)]
    #[schema(value_type = Option<Education>)]
    pub education: Change<Education>,
    #[serde(default)]
    #[schema(value_type = Option<Political>)]
    pub political: Change<Political>,
    #[serde(default)]
    #[schema(value_type = Option<Marital>)]
    pub marital: Change<Marital>,
    #[serde(default)]
    #[schema(value_type = Option<Text<1, 60>>)]
    pub bank_name: Change<Text<1, 60>>,
    #[serde(default)]
    #[schema(value_type = Option<BankCard>)]
    pub bank_card: Change<BankCard>,
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub photo_file_id: Change<Uuid>,
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub id_front_file_id: Change<Uuid>,
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub id_back_file_id: Change<Uuid>,
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub portrait_file_id: Change<Uuid>,
}

/// The right ID number in place of one that was typed wrong.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdNumberCorrection {
    pub id_number: IdNumber,
    pub reason: Text<2, 200>,
}
