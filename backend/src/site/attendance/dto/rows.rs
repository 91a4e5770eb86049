//! Rows of lists: who, and how it went.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{device::Direction, punch::PunchSource, roster_entry::EntryKind},
    platform::{App, files::Disposition},
    site::{attendance::marks::Counted, roster::dto::RawRow},
};

/// Whom a row is about: somebody's stay on the project.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Somebody {
    pub entry_id: Uuid,
    pub person_id: Uuid,
    pub person_number: i64,
    pub name: String,
    /// Masked.
    pub id_number: String,
    /// A link that expires.
    pub photo_url: Option<String>,
    pub kind: EntryKind,
    pub unit_id: Uuid,
    pub company_name: String,
    pub crew_id: Uuid,
    pub crew_name: String,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
}

impl Somebody {
    pub fn of(app: &App, raw: RawRow) -> Self {
        Self {
            entry_id: raw.id,
            person_id: raw.person_id,
            person_number: raw.person_number,
            name: raw.name,
            id_number: raw.id_number,
            photo_url: raw.photo_file_id.map(|id| app.files.links.path(id, Disposition::Inline)),
            kind: raw.kind,
            unit_id: raw.unit_id,
            company_name: raw.company_name,
            crew_id: raw.crew_id,
            crew_name: raw.crew_name,
            work_type: raw.work_type,
            post: raw.post,
            entered_on: raw.entered_on,
            exited_on: raw.exited_on,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    Present,
    Absent,
    /// Came and did not punch out, or the other way round.
    Incomplete,
}

impl DayState {
    pub fn label(self) -> &'static str {
        match self {
            Self::Present => "出勤",
            Self::Absent => "缺勤",
            Self::Incomplete => "缺卡",
        }
    }
}

/// Somebody's day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayRow {
    #[serde(flatten)]
    pub who: Somebody,
    pub first_at: Option<DateTime<Utc>>,
    /// Only if there is more than one.
    pub last_at: Option<DateTime<Utc>>,
    /// Punches that count.
    pub count: i32,
    pub minutes: i32,
    pub state: DayState,
}

/// A day of a month's grid; a day without a punch is not there.
#[derive(Clone, Debug, Serialize, FromQueryResult, ToSchema)]
pub struct DayCell {
    #[serde(skip)]
    pub entry_id: Uuid,
    pub day: NaiveDate,
    pub minutes: i32,
    pub count: i32,
    /// In and not out again.
    pub inside: bool,
}

/// Somebody's month.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MonthRow {
    #[serde(flatten)]
    pub who: Somebody,
    pub days: Vec<DayCell>,
    pub present_days: usize,
    pub minutes: i64,
}

/// A punch, accepted or refused. Of one that was refused as unknown nobody knows whose it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PunchRow {
    pub id: Uuid,
    /// By the device's clock.
    pub at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    /// The day it counts for.
    pub day: NaiveDate,
    pub mode: i32,
    pub direction: Direction,
    pub source: PunchSource,
    /// Why it does not count, as the device was told.
    pub refusal: Option<String>,
    pub device_id: Uuid,
    pub device_place: Option<String>,
    /// A link that expires.
    pub photo_url: Option<String>,
    pub entry_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    pub person_number: i64,
    pub name: Option<String>,
    /// Masked.
    pub id_number: Option<String>,
    pub kind: Option<EntryKind>,
    pub company_name: Option<String>,
    pub crew_name: Option<String>,
    pub work_type: Option<String>,
    pub post: Option<String>,
}

/// A punch of somebody's day, and what it counted as; nothing if it was refused.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PunchOfDay {
    #[serde(flatten)]
    pub punch: PunchRow,
    pub counted: Option<Counted>,
}
