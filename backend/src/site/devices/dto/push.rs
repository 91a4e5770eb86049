use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::site::devices::rules::OnlineState;

/// 【人员更新下发】: to these devices; without them, to all of the project.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PushOrder {
    #[schema(max_items = 200)]
    pub device_ids: Option<Vec<Uuid>>,
}

/// How many devices are told, and how many of them hear it now; the others when they next connect.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Pushed {
    pub devices: usize,
    pub online: usize,
}

/// How far a device has come since it was last told to update its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PushStage {
    /// Nobody has told it to.
    NotAsked,
    /// It is offline, or has not ended its connection yet.
    Waiting,
    /// It has connected again and not asked for its list yet.
    Reconnected,
    /// It has its list and is fetching people.
    Listed,
    /// It knows everybody it should.
    Done,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PushProgress {
    pub device_id: Uuid,
    pub serial: String,
    pub place: String,
    pub state: OnlineState,
    pub stage: PushStage,
    pub requested_at: Option<DateTime<Utc>>,
    /// Since the request.
    pub reconnected_at: Option<DateTime<Utc>>,
    /// Since the request.
    pub listed_at: Option<DateTime<Utc>>,
    /// People on its own list.
    pub count: Option<i64>,
    /// People who may punch today.
    pub expected: i64,
    /// Of those, whom it has not fetched, or with an earlier photo.
    pub missing: usize,
}

/// 【重新下发人脸照片】: of these people on the roster; without them, of everybody on site.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PhotoAdoption {
    #[schema(max_items = 500)]
    pub entry_ids: Option<Vec<Uuid>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdoptionResult {
    /// The newest photo a device has taken is theirs now.
    Adopted,
    /// No device has taken a photo since; the one they have stays.
    Unchanged,
    /// There is no photo at all: somebody has to take one.
    None,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Adoption {
    pub entry_id: Uuid,
    pub number: i64,
    pub name: String,
    pub result: AdoptionResult,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AdoptedPhotos {
    pub adopted: usize,
    pub unchanged: usize,
    pub none: usize,
    pub people: Vec<Adoption>,
    /// The devices that are told to fetch them; none if nothing has changed.
    pub pushed: Pushed,
}
