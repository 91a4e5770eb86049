//! On site or gone: what units, crews and people have in common, from entry to exit.

mod announcement;

use chrono::{DateTime, Datelike, NaiveDate, SubsecRound, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    entity::{company::UploadState, project},
    platform::{
        App,
        types::clock::china_today,
        web::{Error, Result},
    },
    registry::policies,
};

pub use announcement::{ADMISSION_TOPIC, Touched, announce};

/// Which of them a list shows; without it, all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    OnSite,
    Exited,
}

impl Presence {
    /// As a condition on the day of exit.
    pub fn condition(self, exited_on: impl ColumnTrait) -> Condition {
        Condition::all().add(match self {
            Self::OnSite => exited_on.is_null(),
            Self::Exited => exited_on.is_not_null(),
        })
    }
}

/// What the province knows of a row, as the screen and Excel say it.
pub fn upload_state_name(state: UploadState) -> &'static str {
    match state {
        UploadState::Waiting => "待上传",
        UploadState::Uploaded => "已上传",
        UploadState::Failed => "上传失败",
    }
}

/// Nothing enters or leaves a project that was cancelled. A request hears it from its scope; a job that runs later asks
/// here.
pub fn must_be_active(project: &project::Model) -> Result<()> {
    match project.cancelled_at {
        Some(_) => Err(Error::conflict("project_cancelled", "项目已注销，不能再办理进退场")),
        None => Ok(()),
    }
}

/// Nothing on the platform is older than this; an earlier day is a slip of the hand.
const FIRST_YEAR: i32 = 2000;

/// Entries and exits are recorded when they have happened.
pub fn not_in_future(field: &'static str, day: NaiveDate) -> Result<()> {
    if day > china_today() {
        return Err(Error::field(field, "日期不能晚于今天"));
    }
    if day.year() < FIRST_YEAR {
        return Err(Error::field(field, format!("日期不能早于 {FIRST_YEAR} 年，请核对")));
    }
    Ok(())
}

/// `bound` says which day it is: 参建单位进场日期.
pub fn not_before(field: &'static str, day: NaiveDate, earliest: Option<NaiveDate>, bound: &str) -> Result<()> {
    match earliest {
        Some(earliest) if day < earliest => Err(Error::field(field, format!("不能早于{bound}（{earliest}）"))),
        _ => Ok(()),
    }
}

pub fn not_after(field: &'static str, day: NaiveDate, latest: Option<NaiveDate>, bound: &str) -> Result<()> {
    match latest {
        Some(latest) if day > latest => Err(Error::field(field, format!("不能晚于{bound}（{latest}）"))),
        _ => Ok(()),
    }
}

/// What a region's policy says about exits.
#[derive(Clone, Copy, Debug)]
pub struct ExitRules {
    /// For how many days an exit can be taken back.
    pub undo_days: i64,
    /// How many days before today an exit may be dated.
    pub backdate_days: i64,
}

impl ExitRules {
    pub async fn of(app: &App, region_code: &str) -> Result<Self> {
        let policy = policies::for_region(app, region_code).await?;
        Ok(Self { undo_days: policy.exit_undo_days, backdate_days: policy.backdate_days })
    }

    /// The day of an exit that is recorded now.
    pub fn check_day(self, exited_on: NaiveDate, entered_on: NaiveDate, last_inside: Option<NaiveDate>) -> Result<()> {
        const FIELD: &str = "exited_on";
        let earliest = china_today() - TimeDelta::days(self.backdate_days);
        not_in_future(FIELD, exited_on)?;
        not_before(FIELD, exited_on, Some(entered_on), "进场日期")?;
        not_before(FIELD, exited_on, last_inside, "其班组和人员最近一次进退场的日期")?;
        not_before(FIELD, exited_on, Some(earliest), &format!("{} 天前", self.backdate_days))
    }
}

/// People, crews or a unit leave together: on which day, recorded when, and what the roster says why.
#[derive(Clone, Copy, Debug)]
pub struct Departure {
    pub on: NaiveDate,
    pub at: DateTime<Utc>,
    pub reason: &'static str,
}

/// The instant that everything carries that leaves together. Microseconds, because PostgreSQL keeps no more and an
/// undo compares for equality.
pub fn exit_instant() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// Until when an exit can be taken back.
pub fn undo_until(recorded_at: Option<DateTime<Utc>>, days: i64) -> Option<DateTime<Utc>> {
    recorded_at.map(|at| at + TimeDelta::days(days)).filter(|until| *until > Utc::now())
}

pub fn must_be_undoable(recorded_at: Option<DateTime<Utc>>, days: i64) -> Result<DateTime<Utc>> {
    let recorded_at = recorded_at.ok_or_else(|| Error::conflict("not_exited", "没有退场，无需撤销"))?;
    match undo_until(Some(recorded_at), days) {
        Some(_) => Ok(recorded_at),
        None => Err(Error::conflict("undo_expired", format!("退场登记已超过 {days} 天，不能撤销；请重新办理进场"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exit_can_be_undone_for_as_many_days_as_the_policy_says() {
        let days_ago = |days| Some(Utc::now() - TimeDelta::days(days));
        assert!(undo_until(days_ago(6), 7).is_some());
        assert!(undo_until(days_ago(7), 7).is_none());
        assert!(undo_until(None, 7).is_none());
        assert!(must_be_undoable(days_ago(8), 7).is_err());
    }

    #[test]
    fn a_bound_names_itself_and_its_day() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day);
        let late = day(2).map(|on| not_before("entered_on", on, day(3), "参建单位进场日期"));
        let Some(Err(Error::Invalid(fields))) = late else { panic!("{late:?}") };
        assert_eq!(fields["entered_on"], "不能早于参建单位进场日期（2026-11-03）");
        assert!(day(3).is_some_and(|on| not_before("entered_on", on, day(3), "x").is_ok()));
    }
}
