//! Live events about devices.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    platform::App,
    site::live::{self, LiveKind},
};

/// What happened to a device; a page that shows it reads it afresh.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    Bound,
    Changed,
    Unbound,
    Online,
    Offline,
    /// It has asked for its list.
    Listed,
    /// 【人员更新下发】
    Pushed,
}

#[derive(Serialize)]
struct DeviceEvent {
    device_id: Uuid,
    what: Happened,
}

pub async fn tell(app: &App, project_id: Uuid, device_id: Uuid, what: Happened) {
    live::tell(app, project_id, LiveKind::Device, &DeviceEvent { device_id, what }).await;
}
