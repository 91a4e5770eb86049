//! 【退场】, 【批量退场】 and 【撤销退场】.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::platform::types::{Text, blank_as_none};

/// Who leaves, by their entries, or everybody who is in a crew; all of them or nobody.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExitForm {
    #[serde(default)]
    #[schema(max_items = 500)]
    pub entry_ids: Vec<Uuid>,
    /// Everybody on site in this crew; the crew itself stays.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub crew_id: Option<Uuid>,
    pub exited_on: NaiveDate,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub reason: Option<Text<1, 200>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NotExited {
    pub entry_id: Uuid,
    pub name: String,
    pub reason: String,
}

/// How many left. When somebody cannot, nobody has.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ExitAnswer {
    pub exited: u64,
    pub refused: Vec<NotExited>,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoForm {
    pub reason: Text<2, 200>,
}
