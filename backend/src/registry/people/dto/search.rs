use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::PersonRow;
use crate::platform::types::{IdNumber, Mobile, Sex, Text, blank_as_none};

/// Who to look for. It travels in a body, because ID numbers, names and phones do not belong into URLs.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonSearch {
    /// The beginning of the name.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub name: Option<Text<1, 50>>,
    /// The whole number.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_number: Option<IdNumber>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub phone: Option<Mobile>,
    /// The company somebody is registered with.
    pub company_id: Option<Uuid>,
    /// The project somebody is on now.
    pub project_id: Option<Uuid>,
    pub sex: Option<Sex>,
    #[schema(maximum = 150)]
    pub age_from: Option<u32>,
    #[schema(maximum = 150)]
    pub age_to: Option<u32>,
    /// On any site now, or on none.
    pub on_site: Option<bool>,
}

/// One page of people. Counting stops at 10 000, so that nobody waits for a number nobody reads: with `total_capped`
/// there are more than `total`.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeoplePage {
    pub items: Vec<PersonRow>,
    pub total: u64,
    pub total_capped: bool,
    pub page: u64,
    pub page_size: u64,
}
