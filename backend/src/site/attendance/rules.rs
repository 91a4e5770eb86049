//! What days and periods mean, as functions without a database.

use std::ops::Range;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::dto::{DayState, Period, Step};
use crate::{
    entity::project,
    platform::{
        types::clock,
        web::{Error, Result},
    },
    registry::dictionaries::ProjectStatus,
};

/// How late in the morning a region may cut the day; see the policy.
const LATEST_CUT: TimeDelta = TimeDelta::hours(8);
const LONGEST: TimeDelta = TimeDelta::days(366);
const MOST_PERIODS: usize = 62;

/// Somebody's day. As long as it is today, whoever is inside has not forgotten to punch out yet.
pub fn state_of(count: i32, minutes: i32, inside: bool, is_over: bool) -> DayState {
    match (count, is_over && (inside || minutes == 0)) {
        (..=0, _) => DayState::Absent,
        (_, true) => DayState::Incomplete,
        (_, false) => DayState::Present,
    }
}

/// The instants at which punches of these days can be, whichever cut the region has: what an index can look for.
pub fn instants(from: NaiveDate, to: NaiveDate) -> Range<DateTime<Utc>> {
    clock::day_start(from)..clock::day_range(to).end + LATEST_CUT
}

/// Days somebody asks about: in their order, and not more than a year of them.
pub fn check_days(from: NaiveDate, to: NaiveDate) -> Result<()> {
    check_day("from", from)?;
    check_day("to", to)?;
    if to < from {
        return Err(Error::field("to", "结束日期不能早于开始日期"));
    }
    if to - from > LONGEST {
        return Err(Error::field("to", "一次最多查询一年"));
    }
    Ok(())
}

pub fn check_day(field: &str, day: NaiveDate) -> Result<()> {
    if (1900..=2200).contains(&day.year()) {
        return Ok(());
    }
    Err(Error::field(field, "请选择 1900 年至 2200 年之间的日期"))
}

/// A project that is stopped counts in no rate, and one that is cancelled has none.
pub fn counts_in_rates(project: &project::Model) -> bool {
    project.status != ProjectStatus::Stopped.code() && project.cancelled_at.is_none()
}

/// Days, weeks from Monday, or months; the first and the last as far as they were asked for.
pub fn periods(step: Step, from: NaiveDate, to: NaiveDate) -> Result<Vec<Period>> {
    check_days(from, to)?;
    let mut periods = Vec::new();
    let mut day = from;
    while day <= to {
        let last = last_of(step, day).min(to);
        periods.push(Period { from: day, to: last });
        day = last + TimeDelta::days(1);
    }
    if periods.len() > MOST_PERIODS {
        return Err(Error::field("to", format!("一次最多显示 {MOST_PERIODS} 天，请按周或按月查看")));
    }
    Ok(periods)
}

fn last_of(step: Step, day: NaiveDate) -> NaiveDate {
    match step {
        Step::Day => day,
        Step::Week => day + TimeDelta::days(6 - i64::from(day.weekday().num_days_from_monday())),
        Step::Month => crate::platform::types::Month::of(day).last(),
    }
}

/// How many days of a period somebody was on the roster.
pub fn days_within(period: Period, entered_on: NaiveDate, exited_on: Option<NaiveDate>) -> u64 {
    let (from, to) = (period.from.max(entered_on), exited_on.map_or(period.to, |left| left.min(period.to)));
    u64::try_from((to - from).num_days() + 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn who_has_not_punched_out_is_incomplete_once_the_day_is_over() {
        assert_eq!(state_of(0, 0, false, true), DayState::Absent);
        assert_eq!(state_of(1, 0, true, false), DayState::Present);
        assert_eq!(state_of(1, 0, true, true), DayState::Incomplete);
        assert_eq!(state_of(3, 240, true, true), DayState::Incomplete);
        assert_eq!(state_of(1, 0, false, true), DayState::Incomplete);
        assert_eq!(state_of(2, 480, false, true), DayState::Present);
    }

    #[test]
    fn periods_follow_the_calendar_and_end_where_they_were_asked_to() {
        let weeks = periods(Step::Week, day("2026-11-04"), day("2026-11-17")).unwrap();
        let ends: Vec<String> = weeks.iter().map(|week| week.to.to_string()).collect();
        assert_eq!(ends, ["2026-11-08", "2026-11-15", "2026-11-17"]);
        let months = periods(Step::Month, day("2026-01-31"), day("2026-03-01")).unwrap();
        assert_eq!(
            months.iter().map(|month| month.to.to_string()).collect::<Vec<_>>(),
            ["2026-01-31", "2026-02-28", "2026-03-01"]
        );
        assert_eq!(periods(Step::Day, day("2026-11-04"), day("2026-11-04")).unwrap().len(), 1);
        assert!(periods(Step::Day, day("2026-01-01"), day("2026-06-01")).is_err());
        assert!(periods(Step::Month, day("2026-06-01"), day("2026-05-01")).is_err());
        assert!(periods(Step::Month, day("2024-01-01"), day("2026-05-01")).is_err());
    }

    #[test]
    fn the_days_on_the_roster_are_those_of_both() {
        let week = Period { from: day("2026-11-02"), to: day("2026-11-08") };
        assert_eq!(days_within(week, day("2026-01-01"), None), 7);
        assert_eq!(days_within(week, day("2026-11-04"), Some(day("2026-11-05"))), 2);
        assert_eq!(days_within(week, day("2026-11-09"), None), 0);
    }
}
