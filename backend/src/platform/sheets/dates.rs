//! Dates in the many shapes they have in spreadsheets.

use crate::platform::types::{Problem, folded};
use chrono::{Datelike, Days, NaiveDate};

const WRONG: &str = "日期不正确，请写成 2026-01-05";
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// `2026/1/5`, `2026-01-05`, `2026.1.5`, `2026年1月5日`, `20260105`, each with or without a time behind it.
pub(super) fn from_text(text: &str) -> Result<NaiveDate, Problem> {
    let text = folded(text);
    let day = text.trim().split([' ', 'T']).next().unwrap_or_default();
    let day = if text.contains('年') { text.split('日').next().unwrap_or_default() } else { day };
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        return from_number(day.parse().map_err(|_| WRONG)?, false);
    }
    let parts: Vec<&str> = day.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    let [year, month, day] = parts[..] else { return Err(WRONG.into()) };
    if year.len() != 4 {
        return Err("日期的年份应为 4 位，例如 2026-01-05".into());
    }
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4 && !part.starts_with('+'));
    let date = number(year).zip(number(month)).zip(number(day));
    let date = date.and_then(|((y, m), d)| NaiveDate::from_ymd_opt(i32::try_from(y).ok()?, m, d));
    plausible(date)
}

/// A cell without a date's format: `20260105` typed as a number, or Excel's count of days.
pub(super) fn from_number(number: f64, is_1904: bool) -> Result<NaiveDate, Problem> {
    if (19_000_101.0..=21_001_231.0).contains(&number) {
        let digits = number as u32;
        return plausible(NaiveDate::from_ymd_opt((digits / 10_000) as i32, digits / 100 % 100, digits % 100));
    }
    from_serial(number, is_1904)
}

/// Excel's days: 1 is the first of January 1900, and a 29 February 1900 that never was is counted.
pub(super) fn from_serial(serial: f64, is_1904: bool) -> Result<NaiveDate, Problem> {
    let days = if is_1904 { serial + 1462.0 } else { serial };
    if !(1.0..100_000.0).contains(&days) || days.floor() == 60.0 {
        return Err(WRONG.into());
    }
    let days = days.floor() as u64;
    let epoch = NaiveDate::from_ymd_opt(1899, 12, if days > 60 { 30 } else { 31 });
    plausible(epoch.and_then(|epoch| epoch.checked_add_days(Days::new(days))))
}

fn plausible(date: Option<NaiveDate>) -> Result<NaiveDate, Problem> {
    date.filter(|date| YEARS.contains(&date.year())).ok_or_else(|| WRONG.into())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn every_shape_is_the_same_day() {
        let shapes = [
            "2026/1/5",
            "2026-01-05",
            "2026.1.5",
            "2026年1月5日",
            "2026年01月05",
            "20260105",
            "２０２６－１－５",
            " 2026-1-5 ",
            "2026-01-05 08:30:00",
            "2026-01-05T00:00:00",
            "2026 年 1 月 5 日",
        ];
        for shape in shapes {
            assert_eq!(from_text(shape).unwrap().to_string(), "2026-01-05", "{shape}");
        }
        for number in [46_027.0, 46_027.75, 20_260_105.0] {
            assert_eq!(from_number(number, false).unwrap().to_string(), "2026-01-05", "{number}");
        }
        assert_eq!(from_serial(46_027.0 - 1462.0, true).unwrap().to_string(), "2026-01-05");
    }

    #[test]
    fn the_leap_day_excel_invented_is_no_date() {
        assert_eq!(from_serial(59.0, false).unwrap().to_string(), "1900-02-28");
        assert!(from_serial(60.0, false).is_err());
        assert_eq!(from_serial(61.0, false).unwrap().to_string(), "1900-03-01");
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "26-1-5",
            "2026-13-01",
            "2026-2-29",
            "长期",
            "2026-1",
            "1-5-2026",
            "2026--5",
            "0000-01-01",
            "99999999",
            "2026-+1-5",
            "9999-1-1",
        ] {
            assert!(from_text(text).is_err(), "{text}");
        }
        for number in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e300, 20_261_301.0] {
            assert!(from_number(number, false).is_err(), "{number}");
        }
    }
}
