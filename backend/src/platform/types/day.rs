//! A day that somebody looks for.

use super::raw::folded;
use super::{Problem, clock, described_as_string, parsed_from_text};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::ops::RangeInclusive;
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};

const YEARS: RangeInclusive<i32> = 1900..=2200;

/// A day of China's calendar in the years people live in. Calendars reach further, but to reckon with days at their
/// ends overflows, and PostgreSQL's end before ours does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct Day(NaiveDate);

impl Day {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let day: NaiveDate =
            folded(input).trim().parse().map_err(|_| Problem::new("日期的写法应为 2026-01-31，且须真实存在"))?;
        if !YEARS.contains(&day.year()) {
            return Err("请选择 1900 年至 2200 年之间的日期".into());
        }
        Ok(Self(day))
    }

    pub fn date(self) -> NaiveDate {
        self.0
    }

    /// Its first instant.
    pub fn start(self) -> DateTime<Utc> {
        clock::day_start(self.0)
    }

    /// The first instant of the next day.
    pub fn end(self) -> DateTime<Utc> {
        clock::day_range(self.0).end
    }
}

parsed_from_text!(Day);
described_as_string!(
    Day,
    .description(Some("日期（中国时间），1900 年至 2200 年"))
    .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn a_day_has_a_beginning_and_an_end_in_china() {
        let day = Day::parse("２０２６-03-01 ").unwrap();
        assert_eq!(day.start().to_rfc3339(), "2026-02-28T16:00:00+00:00");
        assert_eq!(day.end().to_rfc3339(), "2026-03-01T16:00:00+00:00");
    }

    #[test]
    fn days_at_the_ends_of_the_calendar_are_refused() {
        for text in ["-262143-01-01", "+262142-12-31", "1899-12-31", "2201-01-01", "2026-02-30", "昨天", ""] {
            assert!(Day::parse(text).is_err(), "{text}");
        }
    }
}
