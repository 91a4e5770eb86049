//! Companies as they come in and go out.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::company::{self, UploadState},
    platform::types::{CreditCode, Email, Masked, PersonName, Phone, RegionCode, Text, blank_as_none},
    registry::{
        dictionaries::{RegistrationKind, UnitKind},
        regions,
    },
};

/// What 【企业注册】 and an edit send.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyInput {
    pub credit_code: CreditCode,
    pub name: Text<2, 100>,
    pub region_code: RegionCode,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub registration_kind: Option<RegistrationKind>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub address: Option<Text<1, 200>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub legal_person: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_phone: Option<Phone>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub email: Option<Email>,
    /// In ten thousand yuan.
    #[schema(minimum = 0)]
    pub registered_capital_wan: Option<f64>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub established_on: Option<NaiveDate>,
}

/// What 【企业库】 is searched by.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CompanyFilter {
    /// Part of the name, or the beginning of the credit code: for forms that search by one field.
    #[param(inline)]
    pub keyword: Option<Text<0, 100>>,
    /// Part of the name.
    #[param(inline)]
    pub name: Option<Text<0, 100>>,
    /// The beginning of the credit code.
    #[param(inline)]
    pub credit_code: Option<Text<0, 30>>,
    /// A region and all below it.
    pub region_code: Option<RegionCode>,
    pub upload_state: Option<UploadState>,
}

/// A company as the caller may see it: who may not edit it gets telephone and e-mail masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Company {
    pub id: Uuid,
    pub credit_code: String,
    pub name: String,
    pub registration_kind: Option<String>,
    pub registration_kind_name: Option<String>,
    pub region_code: String,
    pub region_name: String,
    pub address: Option<String>,
    pub legal_person: Option<String>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub email: Option<String>,
    pub registered_capital_wan: Option<f64>,
    pub established_on: Option<NaiveDate>,
    pub upload_state: UploadState,
    pub may_edit: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub revision: i32,
}

/// A company with what it does.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyDetail {
    #[serde(flatten)]
    pub company: Company,
    /// Where it takes part or took part, of the projects the caller sees.
    pub projects: Vec<Participation>,
    /// Accounts issued to it; only for those who issue accounts.
    pub accounts: Option<Vec<CompanyAccount>>,
}

/// A company's part in a project.
#[derive(Debug, Serialize, ToSchema)]
pub struct Participation {
    pub unit_id: Uuid,
    pub project_id: Uuid,
    pub project_name: String,
    pub kind: String,
    pub kind_name: String,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
}

/// An account of the company, for those who issue them.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyAccount {
    pub login: String,
    pub name: String,
    pub disabled: bool,
    pub created_at: DateTime<Utc>,
}

impl Company {
    pub fn of(row: company::Model, may_edit: bool) -> Self {
        let shown = |text: Option<String>, mask: fn(&str) -> Masked| {
            if may_edit { text } else { text.map(|text| mask(&text).into()) }
        };
        let kind_name = row.registration_kind.as_deref().map(|code| RegistrationKind::label_of(code).to_owned());
        Self {
            id: row.id,
            region_name: regions::full_name(&row.region_code),
            region_code: row.region_code,
            credit_code: row.credit_code,
            name: row.name,
            registration_kind: row.registration_kind,
            registration_kind_name: kind_name,
            address: row.address,
            legal_person: row.legal_person,
            contact_name: row.contact_name,
            contact_phone: shown(row.contact_phone, Masked::phone),
            email: shown(row.email, Masked::email),
            registered_capital_wan: row.registered_capital_wan,
            established_on: row.established_on,
            upload_state: row.upload_state,
            may_edit,
            created_at: row.created_at,
            updated_at: row.updated_at,
            revision: row.revision,
        }
    }
}

impl Participation {
    pub fn kind_name(code: &str) -> String {
        UnitKind::label_of(code).to_owned()
    }
}
