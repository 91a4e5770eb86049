use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::{
        application::{self, ApplicationState},
        application_review,
    },
    platform::{
        auth::accounts::IssuedAccount,
        files::FileView,
        types::{Day, Email, Masked, Mobile, PersonName, RegionCode, Text, blank_as_none},
    },
    registry::projects::{ProjectFacts, ProjectForm, region_path},
};

/// 【项目申报】
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationForm {
    pub project: ProjectForm,
    pub applicant: Applicant,
    /// From `POST /public/files`, which asks for a captcha. A file is claimed once, so this form needs no other.
    pub proof_file_id: Uuid,
}

/// Who applies; the e-mail gets the result.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Applicant {
    pub name: PersonName,
    pub phone: Mobile,
    pub email: Email,
}

/// What an applicant gets: the number to ask by.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    pub number: String,
}

/// Asks how an application stands: both must be right.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusForm {
    #[schema(value_type = String)]
    pub number: Text<4, 30>,
    pub phone: Mobile,
}

/// How an application stands, for somebody without login.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationStatus {
    pub number: String,
    pub state: ApplicationState,
    pub name: String,
    pub region_path: Vec<String>,
    pub applicant_name: Masked,
    pub created_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    /// The regulator's, once decided.
    pub opinion: Option<String>,
}

/// A line of 【项目审核】.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationRow {
    pub id: Uuid,
    pub number: String,
    pub state: ApplicationState,
    pub name: String,
    pub region_code: String,
    pub region_path: Vec<String>,
    pub applicant_name: String,
    pub applicant_phone: String,
    pub created_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl From<application::Model> for ApplicationRow {
    fn from(application: application::Model) -> Self {
        Self {
            id: application.id,
            number: application.number,
            state: application.state,
            name: application.name,
            region_path: region_path(&application.region_code),
            region_code: application.region_code,
            applicant_name: application.applicant_name,
            applicant_phone: application.applicant_phone,
            created_at: application.created_at,
            decided_at: application.decided_at,
        }
    }
}

/// An application with everything its reviewer looks at.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationView {
    #[serde(flatten)]
    pub row: ApplicationRow,
    pub applicant_email: String,
    pub vendor_name: Option<String>,
    pub details: ProjectFacts,
    pub proof: Option<FileView>,
    pub project_id: Option<Uuid>,
    /// 【审核历史】, the newest first.
    pub reviews: Vec<Review>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Review {
    pub reviewer_name: String,
    pub approved: bool,
    pub opinion: String,
    pub decided_at: DateTime<Utc>,
}

impl From<application_review::Model> for Review {
    fn from(review: application_review::Model) -> Self {
        let application_review::Model {
            id: _,
            application_id: _,
            account_id: _,
            reviewer_name,
            approved,
            opinion,
            decided_at,
        } = review;
        Self { reviewer_name, approved, opinion, decided_at }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ApplicationFilter {
    pub state: Option<ApplicationState>,
    /// A region and all below it.
    #[serde(default, deserialize_with = "blank_as_none")]
    #[param(value_type = Option<String>)]
    pub region_code: Option<RegionCode>,
    /// Part of the project's name, or the application's number.
    #[serde(default, deserialize_with = "blank_as_none")]
    #[param(value_type = Option<String>)]
    pub search: Option<Text<1, 100>>,
    pub created_from: Option<Day>,
    pub created_to: Option<Day>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveForm {
    #[serde(default, deserialize_with = "blank_as_none")]
    #[schema(value_type = Option<String>)]
    pub opinion: Option<Text<1, 500>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseForm {
    /// What has to change; the applicant reads it.
    #[schema(value_type = String)]
    pub opinion: Text<2, 500>,
}

/// What an approval made. The password is shown here and never again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Approval {
    pub application: ApplicationView,
    pub project_id: Uuid,
    pub account: IssuedAccount,
}
