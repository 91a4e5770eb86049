//! 出勤一览表, and attendance across projects.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::platform::types::{RegionCode, Text, blank_as_none};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Day,
    Week,
    Month,
}

#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OverviewParams {
    #[param(inline)]
    pub by: Step,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// How a period went for some people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Figures {
    /// Who was on the roster.
    pub heads: u64,
    /// Who of them came at least once.
    pub attended: u64,
    /// How many days all of them together were on the roster, today included and no later one.
    pub roster_days: u64,
    /// On how many of these they came.
    pub attended_days: u64,
    pub minutes: u64,
    /// Of the days on the roster those on which they came, from 0 to 1. Nothing where nobody was on the roster, and
    /// for a project that is stopped.
    pub rate: Option<f64>,
}

impl Figures {
    pub fn add(&mut self, other: &Self) {
        self.heads += other.heads;
        self.attended += other.attended;
        self.roster_days += other.roster_days;
        self.attended_days += other.attended_days;
        self.minutes += other.minutes;
    }

    pub fn rated(mut self, counts_in_rates: bool) -> Self {
        let rated = counts_in_rates && self.roster_days > 0;
        self.rate = rated.then(|| self.attended_days as f64 / self.roster_days as f64);
        self
    }
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CrewFigures {
    pub crew_id: Uuid,
    pub crew_name: String,
    #[serde(flatten)]
    pub figures: Figures,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnitFigures {
    pub unit_id: Uuid,
    pub unit_kind: String,
    pub company_name: String,
    #[serde(flatten)]
    pub figures: Figures,
    pub crews: Vec<CrewFigures>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PeriodFigures {
    #[serde(flatten)]
    pub period: Period,
    pub total: Figures,
    pub units: Vec<UnitFigures>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttendanceOverview {
    /// 停工: figures, and no rates.
    pub stopped: bool,
    pub periods: Vec<PeriodFigures>,
}

/// Which projects, on which day.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectsSearch {
    pub day: NaiveDate,
    /// A region and all below it.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub region_code: Option<RegionCode>,
    /// Part of the project's name.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub project: Option<Text<1, 100>>,
}

/// A project's day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProjectDayRow {
    pub project_id: Uuid,
    pub project_name: String,
    pub region_code: String,
    pub status: String,
    pub stopped: bool,
    #[serde(flatten)]
    pub figures: Figures,
    pub devices: u64,
    pub devices_online: u64,
}
