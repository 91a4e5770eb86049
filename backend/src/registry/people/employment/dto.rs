use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::super::dto::PersonRow;
use crate::platform::types::{IdNumber, PersonName, Text};

/// Somebody registered with a company.
#[derive(Debug, Serialize, ToSchema)]
pub struct Employee {
    pub id: Uuid,
    pub person: PersonRow,
    pub joined_on: NaiveDate,
    pub left_on: Option<NaiveDate>,
    pub leave_reason: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EmployeeFilter {
    /// Those who have left instead of those who are there.
    #[serde(default)]
    pub left: bool,
}

/// Registers somebody known with a company. The name is asked for so that a mistyped number is noticed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Join {
    pub id_number: IdNumber,
    pub name: PersonName,
    pub joined_on: NaiveDate,
}

/// 【离职迁出】
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    pub left_on: NaiveDate,
    pub reason: Text<2, 200>,
}
