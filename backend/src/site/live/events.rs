//! What happens on a site, as it happens, told to whoever looks at a page of it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::platform::App;

/// Which part of a page an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveKind {
    Punch,
    Device,
    Alert,
}

impl LiveKind {
    /// The name of the event in the stream.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Punch => "punch",
            Self::Device => "device",
            Self::Alert => "alert",
        }
    }
}

/// The cache's topic of a project's events: JSON objects with their `kind`.
pub fn topic(project_id: Uuid) -> String {
    format!("live:{project_id}")
}

/// Tells the pages that are open; to be called after the commit. `about` becomes a JSON object of ids and of what a
/// line on a board needs, never of ID numbers. Pages that do not hear it are told by their next look.
pub async fn tell(app: &App, project_id: Uuid, kind: LiveKind, about: &impl Serialize) {
    let Ok(Value::Object(about)) = serde_json::to_value(about) else { return };
    let mut event = Map::from_iter([("kind".to_owned(), Value::from(kind.as_str()))]);
    event.extend(about);
    if let Err(error) = app.cache.publish(&topic(project_id), &Value::Object(event).to_string()).await {
        tracing::debug!(project.id = %project_id, %error, "a live event was not told");
    }
}
