//! What the gateways hear about the devices that are connected to them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::platform::App;

/// The cache's topic for [`Control`], as JSON.
pub const DEVICE_TOPIC: &str = "device-control";

/// Something has happened to a device: its connections end, all but the one that is named, each once it is idle. A
/// terminal that finds itself disconnected logs in again, hears how things stand and fetches its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    pub device_id: Uuid,
    /// The connection that stays.
    pub connection_id: Option<Uuid>,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The device speaks over a newer connection.
    TakenOver,
    /// It is no longer bound to its project.
    Unbound,
    /// What the connection knows of it, its direction for one, is no longer so.
    Changed,
    /// 【人员更新下发】
    Push,
}

impl Control {
    /// About every connection of a device.
    pub fn of(device_id: Uuid, what: What) -> Self {
        Self { device_id, connection_id: None, what }
    }

    /// Tells every gateway; to be called after the commit. A gateway that does not hear it goes on until the terminal
    /// reconnects by itself.
    pub async fn tell(self, app: &App) {
        let Ok(payload) = serde_json::to_string(&self) else { return };
        if let Err(error) = app.cache.publish(DEVICE_TOPIC, &payload).await {
            tracing::warn!(device.id = %self.device_id, %error, "gateways were not told of a device");
        }
    }
}
