//! Reads: days, months, punches, and who is here now.

mod board;
mod crews;
mod days;
mod entry_day;
mod months;
mod overview;
mod people;
mod projects;
mod punches;

pub use board::board;
pub use days::days;
pub use entry_day::entry_day;
pub use months::months;
pub use overview::overview;
pub use projects::projects;
pub use punches::{Punches, RawPunch};

use chrono::{NaiveDate, Utc};

use crate::{
    entity::{Reach, Scope, project},
    platform::{App, web::Result},
    registry::policies::{self, Policy},
};

/// A project with its region's rules.
pub struct Site<'a> {
    pub app: &'a App,
    pub project: &'a project::Model,
    /// Just this project, to start scoped reads from.
    pub reach: Reach,
    pub policy: Policy,
}

impl<'a> Site<'a> {
    pub async fn of(app: &'a App, project: &'a project::Model) -> Result<Self> {
        let policy = policies::for_region(app, &project.region_code).await?;
        Ok(Self { app, project, reach: Reach(vec![Scope::Project(project.id)]), policy })
    }

    /// The day of attendance it is now.
    pub fn today(&self) -> NaiveDate {
        self.policy.day_of(Utc::now())
    }
}
