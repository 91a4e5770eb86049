use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::device::DeviceKind,
    platform::types::{RegionCode, Text},
    site::devices::rules::OnlineState,
};

#[derive(Clone, Debug, Default, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
// Page and order stand in the same address, so what is not known here is not refused.
#[serde(default)]
pub struct DeviceFilter {
    pub kind: Option<DeviceKind>,
    /// The vendor's code, or part of its name.
    #[param(inline)]
    pub vendor: Option<Text<0, 64>>,
    /// Part of the serial.
    #[param(inline)]
    pub serial: Option<Text<0, 32>>,
    pub state: Option<OnlineState>,
    /// False: those that have been unbound or replaced. Without it, those that are bound.
    pub bound: Option<bool>,
    /// Part of the project's name.
    #[param(inline)]
    pub project: Option<Text<0, 100>>,
    pub project_id: Option<Uuid>,
    /// A region and all below it.
    pub region_code: Option<RegionCode>,
}
