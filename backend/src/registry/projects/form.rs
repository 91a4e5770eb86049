use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    platform::types::{CreditCode, PersonName, Phone, RegionCode, Text, blank_as_none},
    registry::dictionaries::{DepositKind, InvestmentNature, ProjectCategory, ProjectStatus, Structure, UnitKind},
};

/// One of the five parties (五方主体): the builder, survey, design, supervision and the general contractor. It is what
/// the permit says; companies take part on the platform as units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    pub kind: UnitKind,
    #[schema(value_type = String)]
    pub name: Text<2, 100>,
    pub credit_code: CreditCode,
}

/// Everything that is asked about a project, by the application as by the registry.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectForm {
    #[schema(value_type = String)]
    pub name: Text<2, 100>,
    /// 报建编号
    #[serde(default, deserialize_with = "blank_as_none")]
    #[schema(value_type = Option<String>)]
    pub code: Option<Text<1, 60>>,
    pub region_code: RegionCode,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub vendor_id: Option<Uuid>,
    pub category: ProjectCategory,
    pub status: ProjectStatus,
    #[serde(default, deserialize_with = "blank_as_none")]
    #[schema(value_type = Option<String>)]
    pub address: Option<Text<2, 200>>,
    #[serde(default)]
    pub longitude: Option<f64>,
    #[serde(default)]
    pub latitude: Option<f64>,
    #[serde(default, deserialize_with = "blank_as_none")]
    #[schema(value_type = Option<String>)]
    pub permit_number: Option<Text<4, 60>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub permit_date: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub investment_nature: Option<InvestmentNature>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub start_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub planned_finish_on: Option<NaiveDate>,
    #[serde(default)]
    pub area_m2: Option<f64>,
    #[serde(default)]
    pub height_m: Option<f64>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub structure: Option<Structure>,
    /// Ten thousand yuan.
    #[serde(default)]
    pub cost_wan: Option<f64>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_phone: Option<Phone>,
    #[serde(default, deserialize_with = "blank_as_none")]
    #[schema(value_type = Option<String>)]
    pub wage_bank: Option<Text<2, 100>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub deposit_kind: Option<DepositKind>,
    #[serde(default)]
    pub parties: Vec<Party>,
}

/// The same, checked, as it is stored: in a project's columns, or as the details of an application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProjectFacts {
    pub name: String,
    pub code: Option<String>,
    pub region_code: String,
    pub vendor_id: Option<Uuid>,
    pub category: String,
    pub status: String,
    pub address: Option<String>,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub permit_number: Option<String>,
    pub permit_date: Option<NaiveDate>,
    pub investment_nature: Option<String>,
    pub start_on: Option<NaiveDate>,
    pub planned_finish_on: Option<NaiveDate>,
    pub area_m2: Option<f64>,
    pub height_m: Option<f64>,
    pub structure: Option<String>,
    pub cost_wan: Option<f64>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub wage_bank: Option<String>,
    pub deposit_kind: Option<String>,
    pub parties: Vec<Party>,
}

impl From<ProjectForm> for ProjectFacts {
    fn from(form: ProjectForm) -> Self {
        let ProjectForm {
            name,
            code,
            region_code,
            vendor_id,
            category,
            status,
            address,
            longitude,
            latitude,
            permit_number,
            permit_date,
            investment_nature,
            start_on,
            planned_finish_on,
            area_m2,
            height_m,
            structure,
            cost_wan,
            contact_name,
            contact_phone,
            wage_bank,
            deposit_kind,
            parties,
        } = form;
        Self {
            name: name.into_string(),
            code: code.map(Text::into_string),
            region_code: region_code.as_str().to_owned(),
            vendor_id,
            category: category.code().to_owned(),
            status: status.code().to_owned(),
            address: address.map(Text::into_string),
            longitude,
            latitude,
            permit_number: permit_number.map(Text::into_string),
            permit_date,
            investment_nature: investment_nature.map(|nature| nature.code().to_owned()),
            start_on,
            planned_finish_on,
            area_m2,
            height_m,
            structure: structure.map(|structure| structure.code().to_owned()),
            cost_wan,
            contact_name: contact_name.map(|name| name.expose().to_owned()),
            contact_phone: contact_phone.map(|phone| phone.expose().to_owned()),
            wage_bank: wage_bank.map(Text::into_string),
            deposit_kind: deposit_kind.map(|kind| kind.code().to_owned()),
            parties,
        }
    }
}
