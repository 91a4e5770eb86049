//! A month of a calendar: `2026-11`.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use super::{Problem, described_as_string, parsed_from_text, raw::compact};

/// One of the twelve of a year between 1900 and 2200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

impl Month {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let wrong = || Problem::new("请选择月份，例如 2026-11");
        let typed = compact(input);
        let (year, month) = typed.split_once('-').ok_or_else(wrong)?;
        let (year, month) = (year.parse().map_err(|_| wrong())?, month.parse().map_err(|_| wrong())?);
        let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(wrong)?;
        if !(1900..=2200).contains(&year) {
            return Err("请选择 1900 年至 2200 年之间的月份".into());
        }
        Ok(Self(first))
    }

    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    pub fn first(self) -> NaiveDate {
        self.0
    }

    pub fn last(self) -> NaiveDate {
        self.0 + Months::new(1) - TimeDelta::days(1)
    }

    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        let last = self.last();
        self.0.iter_days().take_while(move |day| *day <= last)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

impl serde::Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

parsed_from_text!(Month);
described_as_string!(Month, .description(Some("月份，例如 2026-11")).pattern(Some(r"^\d{4}-\d{2}$")));

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn a_month_has_its_days() {
        let month = Month::parse("2028-02").unwrap();
        assert_eq!((month.days().count(), month.last().to_string()), (29, "2028-02-29".to_owned()));
        assert_eq!(Month::of(month.last()), month);
        assert_eq!(serde_json::to_value(month).unwrap(), "2028-02");
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for wrong in ["", "2026", "2026-13", "2026-00", "十一月", "2026-11-04", "1899-12", "99999-01"] {
            assert!(Month::parse(wrong).is_err(), "{wrong}");
        }
    }
}
