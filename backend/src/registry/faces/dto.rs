use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::{
        face_comparison::{ComparisonDecision, ComparisonKind, ComparisonState, ComparisonVerdict},
        person_image::{ImageKind, ImageSource},
    },
    platform::{types::Text, vision::FaceProblem},
};

/// Which comparisons a list shows. Days are China's.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
// Page and order stand in the same address, so what is not known here is not refused.
#[serde(default)]
pub struct ComparisonFilter {
    pub kind: Option<ComparisonKind>,
    pub verdict: Option<ComparisonVerdict>,
    pub state: Option<ComparisonState>,
    pub decision: Option<ComparisonDecision>,
    pub project_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    /// The first and the last day they were made on.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// One of the two.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ComparedFace {
    pub person_id: Uuid,
    pub number: i64,
    pub name: String,
    /// Masked.
    pub id_number: String,
    pub kind: ImageKind,
    pub version: i32,
    pub source: ImageSource,
    pub taken_at: DateTime<Utc>,
    /// A link that expires; nothing once the picture was deleted.
    pub url: Option<String>,
    /// Another version, or none, is the current one.
    pub replaced: bool,
    /// On a site now.
    pub on_site: bool,
}

/// Two faces and what became of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ComparisonRow {
    pub id: Uuid,
    pub kind: ComparisonKind,
    pub subject: ComparedFace,
    pub other: ComparedFace,
    /// 0 is the same picture; see the limits.
    pub distance: f64,
    pub limit_pass: f64,
    pub limit_look: f64,
    pub limit_duplicate: f64,
    pub model: String,
    pub verdict: ComparisonVerdict,
    pub state: ComparisonState,
    pub decision: Option<ComparisonDecision>,
    pub reason: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    /// Nobody where the distance decided.
    pub decided_by: Option<String>,
    pub project_id: Option<Uuid>,
    pub project_name: Option<String>,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

/// What somebody who looked has seen, and why they think so.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionForm {
    pub decision: ComparisonDecision,
    pub reason: Text<2, 200>,
}

/// How many comparisons wait for somebody to look, by kind, and how many do not any more.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ComparisonCounts {
    pub one_to_one: u64,
    pub duplicate: u64,
    pub punch: u64,
    pub decided: u64,
    pub outdated: u64,
}

/// Up to which distances what was said.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureLimits {
    pub pass: f64,
    pub look: f64,
    pub duplicate: f64,
}

/// One distance of the plot.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigurePoint {
    pub distance: f64,
    pub kind: ComparisonKind,
    pub verdict: ComparisonVerdict,
    /// By somebody who looked; nothing where nobody has.
    pub decision: Option<ComparisonDecision>,
    pub created_at: DateTime<Utc>,
}

/// What happened, so that limits can be set by it: the newest first, 5,000 at most.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonFigures {
    pub points: Vec<FigurePoint>,
    /// There are more than are shown.
    pub capped: bool,
    /// Those of the newest.
    pub limits: Option<FigureLimits>,
}

/// One version of somebody's pictures.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonImage {
    pub id: Uuid,
    pub kind: ImageKind,
    pub version: i32,
    pub source: ImageSource,
    /// A link that expires. Pictures of the ID card show the whole number and are reached by `unmask` only.
    pub url: Option<String>,
    /// What is wrong with a face photo; nothing when it was not looked at.
    pub issues: Option<Vec<FaceProblem>>,
    /// The face can be compared.
    pub comparable: bool,
    pub model: Option<String>,
    pub checked_at: Option<DateTime<Utc>>,
    /// When the site's terminals were told of a face that took another's place.
    pub sent_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// When another took its place.
    pub superseded_at: Option<DateTime<Utc>>,
    /// When it was deleted; the row stays.
    pub deleted_at: Option<DateTime<Utc>>,
}
