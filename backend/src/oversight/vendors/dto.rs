//! Vendors as they come in and go out.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::vendor,
    platform::types::{CreditCode, Masked, PersonName, Phone, RegionCode, Text, blank_as_none},
    registry::regions,
};

/// A new vendor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVendor {
    /// What its devices send when they log in: letters, digits, `-` and `_`.
    pub code: Text<4, 32>,
    pub credit_code: CreditCode,
    pub name: Text<2, 100>,
    pub region_code: RegionCode,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_phone: Option<Phone>,
}

/// What an edit changes: all but the code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VendorEdit {
    pub credit_code: CreditCode,
    pub name: Text<2, 100>,
    pub region_code: RegionCode,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub contact_phone: Option<Phone>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct VendorFilter {
    /// Part of the name, or the whole code or credit code.
    #[serde(deserialize_with = "blank_as_none")]
    #[param(value_type = Option<String>)]
    pub search: Option<Text<1, 100>>,
    /// A region and all below it.
    #[serde(deserialize_with = "blank_as_none")]
    pub region_code: Option<RegionCode>,
}

/// A vendor as its regulator and it itself see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Vendor {
    pub id: Uuid,
    pub code: String,
    pub credit_code: String,
    pub name: String,
    pub region_code: String,
    pub region_name: String,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    /// Projects it serves that are not cancelled.
    pub projects: u64,
    /// The login of its account, once it has been issued.
    pub account_login: Option<String>,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

/// What stands in other tables.
#[derive(Debug, Default)]
pub struct Beside {
    pub projects: u64,
    pub account_login: Option<String>,
}

impl Vendor {
    pub fn of(row: vendor::Model, beside: Beside) -> Self {
        let vendor::Model {
            id,
            code,
            credit_code,
            name,
            region_code,
            contact_name,
            contact_phone,
            created_at,
            revision,
        } = row;
        let Beside { projects, account_login } = beside;
        Self {
            id,
            code,
            credit_code,
            name,
            region_name: regions::full_name(&region_code),
            region_code,
            contact_name,
            contact_phone,
            projects,
            account_login,
            created_at,
            revision,
        }
    }
}

/// What the audit keeps of a vendor.
#[derive(Debug, Serialize)]
pub struct VendorFacts<'a> {
    code: &'a str,
    credit_code: &'a str,
    name: &'a str,
    region_code: &'a str,
    contact_name: Option<&'a str>,
    contact_phone: Option<Masked>,
}

impl<'a> VendorFacts<'a> {
    pub fn of(row: &'a vendor::Model) -> Self {
        Self {
            code: &row.code,
            credit_code: &row.credit_code,
            name: &row.name,
            region_code: &row.region_code,
            contact_name: row.contact_name.as_deref(),
            contact_phone: row.contact_phone.as_deref().map(Masked::phone),
        }
    }
}
