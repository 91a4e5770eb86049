//! The worker's phone.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{
        crew::CrewKind,
        face_comparison::ComparisonVerdict,
        registration::{FaceSource, RegistrationState},
        registration_event::RegistrationStep,
        roster_entry::{EntryKind, Settlement},
    },
    platform::types::{BankCard, Ethnic, IdNumber, Masked, PersonName, Text, blank_as_none},
    registry::dictionaries::{Post, WorkType},
    site::registrations::rules::{ConsentPart, JoinState, NextStep, RegistrationSteps},
};

/// What somebody sees who has scanned a project's code.
#[derive(Debug, Serialize, ToSchema)]
pub struct JoinView {
    pub code: String,
    pub project: JoinProject,
    pub state: JoinState,
    /// Why nobody comes in, where the state is not `open`.
    pub message: Option<&'static str>,
    pub consent: JoinConsent,
    /// The crews on site, where the state is `open`.
    pub crews: Vec<JoinCrew>,
    /// The one this phone has begun, or has had decided last.
    pub registration: Option<PhoneRegistration>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JoinProject {
    pub id: Uuid,
    pub name: String,
    pub address: Option<String>,
    /// 总承包单位.
    pub contractor: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JoinConsent {
    pub version: &'static str,
    pub text: Vec<ConsentPart>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JoinCrew {
    pub id: Uuid,
    pub name: String,
    pub unit_name: String,
    /// Says which posts a manager can have; see `posts_of_unit_kind` of the dictionaries.
    pub unit_kind: String,
    pub kind: CrewKind,
    pub work_type: Option<String>,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginForm {
    pub code: Text<1, 40>,
    pub consent_version: Text<1, 40>,
}

/// The ID card, as far as it was read or typed. An ID number and pictures that are absent stay as they are; everything
/// else is as it was sent. A number can come without the name, and either side of the card without the other.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationCard {
    #[serde(default, deserialize_with = "blank_as_none")]
    pub name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_number: Option<IdNumber>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub ethnic: Option<Ethnic>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub address: Option<Text<1, 200>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_authority: Option<Text<1, 60>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_valid_from: Option<NaiveDate>,
    /// Absent beside `id_valid_from`: 长期.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id_valid_until: Option<NaiveDate>,
    /// 临时居民身份证: has one side.
    #[serde(default)]
    pub temporary_card: bool,
    #[serde(default)]
    pub id_front_file_id: Option<Uuid>,
    #[serde(default)]
    pub id_back_file_id: Option<Uuid>,
    #[serde(default)]
    pub portrait_file_id: Option<Uuid>,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FaceForm {
    pub face_file_id: Uuid,
    pub source: FaceSource,
}

/// Crew, job and wage. A bank card that is absent stays as it is.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkForm {
    pub crew_id: Uuid,
    /// Workers and others; the crew's own, if not sent.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub work_type: Option<WorkType>,
    /// Managers.
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

#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawForm {
    #[serde(default, deserialize_with = "blank_as_none")]
    pub reason: Option<Text<1, 200>>,
}

/// A registration as its own phone sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneRegistration {
    pub id: Uuid,
    pub revision: i32,
    pub state: RegistrationState,
    pub project: JoinProject,
    pub steps: RegistrationSteps,
    /// Nothing once it was submitted, until it is refused.
    pub next: Option<NextStep>,
    /// What is still missing, in words.
    pub missing: Vec<&'static str>,
    pub name: Option<String>,
    pub id_number: Option<String>,
    /// "male" or "female", by the ID number.
    pub sex: Option<String>,
    pub born_on: Option<NaiveDate>,
    pub ethnic: Option<String>,
    pub address: Option<String>,
    pub id_authority: Option<String>,
    pub id_valid_from: Option<NaiveDate>,
    pub id_valid_until: Option<NaiveDate>,
    pub temporary_card: bool,
    /// Links that expire.
    pub pictures: RegistrationPictures,
    pub face: Option<RegistrationFace>,
    pub phone: Option<Masked>,
    pub kind: EntryKind,
    pub crew_id: Option<Uuid>,
    pub crew_name: Option<String>,
    pub unit_name: Option<String>,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    pub settlement_unit: Option<String>,
    pub bank_name: Option<String>,
    pub bank_card: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
    pub history: Vec<RegistrationLine>,
    pub entry_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Default, Serialize, ToSchema)]
pub struct RegistrationPictures {
    pub id_front_url: Option<String>,
    pub id_back_url: Option<String>,
    pub portrait_url: Option<String>,
    pub face_url: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationFace {
    /// Nothing where nobody could compare: somebody looks.
    pub standing: Option<ComparisonVerdict>,
    pub message: &'static str,
    pub source: Option<FaceSource>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationLine {
    pub at: DateTime<Utc>,
    pub what: RegistrationStep,
    /// 本人, 系统 or whose account it was; to the worker only 项目部.
    pub who: String,
    pub reason: Option<String>,
}
