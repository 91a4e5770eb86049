use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::form::ProjectFacts;
use crate::{
    entity::{company::UploadState, project},
    platform::types::{Day, RegionCode, Text, blank_as_none, yes_or_no},
    registry::{
        dictionaries::{ProjectCategory, ProjectStatus},
        regions::table,
    },
};

/// A project with everything that is known of it (QH18).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectView {
    pub id: Uuid,
    /// What terminals know the project by.
    pub number: i64,
    #[serde(flatten)]
    pub facts: ProjectFacts,
    /// 广东省, 江门市, 蓬江区
    pub region_path: Vec<String>,
    pub vendor_name: Option<String>,
    pub venue_code: Option<String>,
    pub upload_state: UploadState,
    /// All units, crews and serving people are uploaded.
    pub qualified: bool,
    /// The login of the project's account, once it has been issued; for those who run the project.
    pub account_login: Option<String>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub revision: i32,
}

/// What a view shows beside the row itself.
#[derive(Debug, Default)]
pub struct Beside {
    pub vendor_name: Option<String>,
    pub account_login: Option<String>,
    pub qualified: bool,
}

impl ProjectView {
    pub fn of(project: &project::Model, beside: Beside) -> Self {
        let Beside { vendor_name, account_login, qualified } = beside;
        Self {
            id: project.id,
            number: project.number,
            facts: ProjectFacts::of(project),
            region_path: region_path(&project.region_code),
            vendor_name,
            venue_code: project.venue_code.clone(),
            upload_state: project.upload_state,
            qualified,
            account_login,
            cancelled_at: project.cancelled_at,
            created_at: project.created_at,
            updated_at: project.updated_at,
            revision: project.revision,
        }
    }
}

/// A line of the registry of projects.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectRow {
    pub id: Uuid,
    pub number: i64,
    pub name: String,
    pub code: Option<String>,
    pub region_code: String,
    pub region_path: Vec<String>,
    pub category: String,
    pub status: String,
    pub vendor_name: Option<String>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    pub venue_code: Option<String>,
    pub qualified: bool,
    /// People on site today.
    pub people: u64,
    /// For those who run the project.
    pub account_login: Option<String>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

/// What the registry of projects can be searched by.
#[derive(Debug, Default, Clone, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct ProjectFilter {
    /// Part of the name, or the beginning of the 报建编号.
    #[serde(default, deserialize_with = "blank_as_none")]
    #[param(value_type = Option<String>)]
    #[schema(value_type = Option<String>)]
    pub search: Option<Text<1, 100>>,
    /// The beginning of the 报建编号.
    #[serde(default, deserialize_with = "blank_as_none")]
    #[param(value_type = Option<String>)]
    #[schema(value_type = Option<String>)]
    pub code: Option<Text<1, 60>>,
    /// A region and all below it.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub region_code: Option<RegionCode>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub category: Option<ProjectCategory>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub status: Option<ProjectStatus>,
    #[serde(default, deserialize_with = "yes_or_no")]
    pub qualified: Option<bool>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub vendor_id: Option<Uuid>,
    /// Registered on this day or later.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub created_from: Option<Day>,
    /// Registered on this day or before.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub created_to: Option<Day>,
    /// The cancelled ones instead of the others.
    #[serde(default, deserialize_with = "yes_or_no")]
    pub cancelled: Option<bool>,
}

pub fn region_path(code: &str) -> Vec<String> {
    table::path(code).into_iter().map(str::to_owned).collect()
}
