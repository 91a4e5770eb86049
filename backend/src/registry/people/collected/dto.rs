use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::platform::{
    types::{Ethnic, IdNumber, Masked, Mobile, PersonName, Sex, Text, blank_as_none},
    web::Fields,
};

/// Somebody as a collecting device has read them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectedPerson {
    pub id_number: IdNumber,
    pub name: PersonName,
    pub ethnic: Ethnic,
    /// If given, it must be what the ID number says.
    pub sex: Option<Sex>,
    /// If given, it must be what the ID number says.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub born_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub address: Option<Text<1, 200>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_authority: Option<Text<1, 60>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_valid_from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_valid_until: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub phone: Option<Mobile>,
    /// A picture of the face in base64, 500 KB at most before the encoding.
    pub photo: Option<String>,
}

/// Up to a hundred people. Each is judged by itself; sending the same people again changes nothing, so a batch whose
/// answer was lost may simply be repeated.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectedBatch {
    #[schema(value_type = Vec<CollectedPerson>, min_items = 1, max_items = 100)]
    pub people: Vec<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Created,
    Updated,
    Refused,
}

/// What became of one of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectResult {
    /// Its place in the batch, from 0.
    pub index: usize,
    pub result: Verdict,
    /// Absent when refused.
    pub person_number: Option<i64>,
    /// Why it was refused.
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CollectAnswer {
    pub created: usize,
    pub updated: usize,
    pub refused: usize,
    pub results: Vec<CollectResult>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CollectedFilter {
    /// The beginning of the name.
    #[serde(default, deserialize_with = "blank_as_none")]
    #[param(value_type = Option<String>)]
    pub name: Option<Text<1, 50>>,
}

/// Somebody collected here who is not on the roster.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectedRow {
    /// The person's.
    pub id: Uuid,
    pub number: i64,
    /// Masked for those who may not see people.
    pub name: String,
    pub sex: String,
    pub age: u32,
    pub ethnic: String,
    /// Masked.
    pub id_number: String,
    /// Masked.
    pub phone: Option<Masked>,
    /// The photo taken at this project, or the person's own if they are within the caller's reach.
    pub photo_url: Option<String>,
    /// On another site now.
    pub on_site_elsewhere: bool,
    pub collected_at: DateTime<Utc>,
}
