use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::RecordData;
use crate::platform::files::FileView;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordForm {
    #[schema(value_type = RecordData)]
    pub record: Value,
    /// A picture or PDF, uploaded as a document.
    pub file_id: Option<Uuid>,
}

/// A line of somebody's record. Phones are masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordView {
    pub id: Uuid,
    #[schema(value_type = RecordData)]
    pub record: Value,
    pub file: Option<FileView>,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}
