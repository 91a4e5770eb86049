//! Units as they come in and go out.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::{company::UploadState, unit},
    platform::types::{CreditCode, Masked, PersonName, Phone, RegionCode, Text, blank_as_none},
    registry::{dictionaries::UnitKind, presence::Presence, regions},
};

/// What 【添加参建单位】 sends: the company by its id or by its credit code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitEntry {
    #[serde(default, deserialize_with = "blank_as_none")]
    pub company_id: Option<Uuid>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub credit_code: Option<CreditCode>,
    pub kind: UnitKind,
    pub entered_on: NaiveDate,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_phone: Option<Phone>,
}

/// What an edit may change. Company and capacity stay: another one is another unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitEdit {
    pub entered_on: NaiveDate,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_phone: Option<Phone>,
}

/// 【退场】 of a unit.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitExit {
    pub exited_on: NaiveDate,
    /// Exits its crews and everybody in them with it; without it, a unit with people on site stays.
    #[serde(default)]
    pub with_crews: bool,
}

/// Why an exit is taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitUndo {
    pub reason: Text<2, 200>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct UnitFilter {
    #[param(inline)]
    pub presence: Option<Presence>,
    pub kind: Option<UnitKind>,
    /// Part of the company's name, or its credit code.
    #[param(inline)]
    pub company: Option<Text<0, 100>>,
    /// Part of the project's name.
    #[param(inline)]
    pub project: Option<Text<0, 100>>,
    pub project_id: Option<Uuid>,
    /// A region and all below it.
    pub region_code: Option<RegionCode>,
    pub upload_state: Option<UploadState>,
}

/// A unit with the names that stand in other tables.
#[derive(Debug, FromQueryResult)]
pub struct UnitRow {
    #[sea_orm(nested)]
    pub unit: unit::Model,
    pub company_name: String,
    pub credit_code: String,
    pub project_name: String,
    pub project_region: String,
}

/// How many came with a unit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heads {
    /// Without the management crew.
    pub crews_on_site: u64,
    pub crews_ever: u64,
    pub people_on_site: u64,
    pub people_ever: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Unit {
    pub id: Uuid,
    pub project_id: Uuid,
    pub project_name: String,
    pub region_code: String,
    pub region_name: String,
    pub company_id: Uuid,
    pub company_name: String,
    pub credit_code: String,
    pub kind: String,
    pub kind_name: String,
    pub contact_name: Option<String>,
    /// Masked for those who may not manage the unit.
    pub contact_phone: Option<String>,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
    /// Until when the exit can be taken back.
    pub undo_until: Option<DateTime<Utc>>,
    /// Crews on site, without the management crew.
    pub crews_on_site: u64,
    pub people_on_site: u64,
    pub may_manage: bool,
    /// Nothing refers to it, so it can be deleted.
    pub may_delete: bool,
    pub upload_state: UploadState,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

impl Unit {
    pub fn of(row: UnitRow, heads: Heads, may_manage: bool, undo_until: Option<DateTime<Utc>>) -> Self {
        let UnitRow { unit, company_name, credit_code, project_name, project_region } = row;
        let phone = unit.contact_phone;
        Self {
            id: unit.id,
            project_id: unit.project_id,
            project_name,
            region_name: regions::full_name(&project_region),
            region_code: project_region,
            company_id: unit.company_id,
            company_name,
            credit_code,
            kind_name: UnitKind::label_of(&unit.kind).to_owned(),
            kind: unit.kind,
            contact_name: unit.contact_name,
            contact_phone: if may_manage { phone } else { phone.map(|phone| Masked::phone(&phone).into()) },
            entered_on: unit.entered_on,
            exited_on: unit.exited_on,
            undo_until: undo_until.filter(|_| may_manage),
            crews_on_site: heads.crews_on_site,
            people_on_site: heads.people_on_site,
            may_manage,
            may_delete: may_manage && heads.crews_ever == 0 && heads.people_ever == 0,
            upload_state: unit.upload_state,
            created_at: unit.created_at,
            revision: unit.revision,
        }
    }
}

/// What the audit keeps of a unit.
#[derive(Debug, Serialize)]
pub struct UnitFacts {
    pub company: String,
    pub kind: String,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
}

impl UnitFacts {
    pub fn of(unit: &unit::Model, company: &str) -> Self {
        Self {
            company: company.to_owned(),
            kind: UnitKind::label_of(&unit.kind).to_owned(),
            contact_name: unit.contact_name.clone(),
            contact_phone: unit.contact_phone.as_deref().map(|phone| Masked::phone(phone).into()),
            entered_on: unit.entered_on,
            exited_on: unit.exited_on,
        }
    }
}
