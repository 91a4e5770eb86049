use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Whether a device knows somebody, as far as it has fetched them from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DevicePersonState {
    /// May punch, and the device has not fetched them.
    Missing,
    /// The device has an earlier photo.
    Outdated,
    /// May not punch any more, and the device has not been told.
    Extra,
    Present,
}

#[derive(Clone, Debug, Default, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct DevicePersonFilter {
    pub state: Option<DevicePersonState>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DevicePerson {
    pub person_id: Uuid,
    pub number: i64,
    /// Masked for those who may not see people.
    pub name: String,
    pub crew_name: Option<String>,
    pub state: DevicePersonState,
}
