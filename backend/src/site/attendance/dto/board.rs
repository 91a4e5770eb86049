//! The live board: who is on site now.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::entity::crew::CrewKind;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoardPerson {
    pub entry_id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    /// A link that expires.
    pub photo_url: Option<String>,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub since: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoardCrew {
    pub crew_id: Uuid,
    pub crew_name: String,
    pub crew_kind: CrewKind,
    /// On the roster.
    pub heads: u64,
    /// Who came last stands first.
    pub people: Vec<BoardPerson>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoardUnit {
    pub unit_id: Uuid,
    pub unit_kind: String,
    pub company_name: String,
    pub heads: u64,
    pub on_site: u64,
    pub crews: Vec<BoardCrew>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Board {
    /// The day of attendance it is now.
    pub day: NaiveDate,
    pub heads: u64,
    pub on_site: u64,
    pub units: Vec<BoardUnit>,
}
