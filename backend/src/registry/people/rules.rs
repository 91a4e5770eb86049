//! What holds for people, as functions without a database.

use chrono::{Datelike, Months, NaiveDate};

use crate::platform::{
    types::{IdNumber, Sex},
    web::{Error, Result},
};

/// The law's age: nobody younger is registered anywhere.
pub const YOUNGEST: u32 = 16;

pub fn check_age(number: &IdNumber, today: NaiveDate) -> Result<()> {
    let age = number.age_on(today);
    if age < YOUNGEST {
        return Err(Error::field("id_number", format!("该人员今年 {age} 周岁，未满 16 周岁的人员不得登记")));
    }
    Ok(())
}

pub fn check_validity(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Result<()> {
    for (field, day) in [("id_valid_from", from), ("id_valid_until", until)] {
        if day.is_some_and(|day| !(1980..2200).contains(&day.year())) {
            return Err(Error::field(field, "身份证有效期的年份不正确，请核对"));
        }
    }
    match (from, until) {
        (Some(from), Some(until)) if until <= from => {
            Err(Error::field("id_valid_until", "身份证有效期的截止日期须晚于起始日期"))
        }
        _ => Ok(()),
    }
}

/// The ID number says a sex and a birth date; a device that read others has misread one of them.
pub fn check_reading(number: &IdNumber, sex: Option<Sex>, born_on: Option<NaiveDate>) -> Result<()> {
    if sex.is_some_and(|sex| sex != number.sex()) {
        return Err(Error::field("sex", "性别与身份证号不一致"));
    }
    if born_on.is_some_and(|born| born != number.birth_date()) {
        return Err(Error::field("born_on", "出生日期与身份证号不一致"));
    }
    Ok(())
}

/// Full years on a day.
pub fn age_on(born_on: NaiveDate, day: NaiveDate) -> u32 {
    day.years_since(born_on).unwrap_or(0)
}

/// The birth dates of those who are at least `from` and at most `to` years old on a day, both ends included.
pub fn born_between(from: Option<u32>, to: Option<u32>, day: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let years_before = |years: u32| day.checked_sub_months(Months::new(years.saturating_mul(12)));
    let latest = from.and_then(years_before);
    let earliest = to.and_then(|to| years_before(to + 1)).and_then(|day_before| day_before.succ_opt());
    (earliest, latest)
}

/// The texts that begin with `prefix`, as a range in code point order, which an index serves: from it (included) to
/// the next text that does not begin with it (excluded). No upper end after the very last character.
pub fn beginning_with(prefix: &str) -> (String, Option<String>) {
    let mut end: Vec<char> = prefix.chars().collect();
    while let Some(last) = end.pop() {
        if let Some(next) = successor(last) {
            end.push(next);
            return (prefix.to_owned(), Some(end.into_iter().collect()));
        }
    }
    (prefix.to_owned(), None)
}

fn successor(c: char) -> Option<char> {
    match c {
        '\u{D7FF}' => Some('\u{E000}'),
        _ => char::from_u32(c as u32 + 1),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_end_of_a_validity_comes_after_its_start() {
        assert!(check_validity(Some(day("2020-01-01")), Some(day("2040-01-01"))).is_ok());
        assert!(check_validity(Some(day("2020-01-01")), None).is_ok());
        assert!(check_validity(Some(day("2020-01-01")), Some(day("2020-01-01"))).is_err());
        assert!(check_validity(Some(day("0020-01-01")), None).is_err(), "a year typed with too few digits");
    }

    #[test]
    fn rare_characters_have_a_range_too() {
        assert_eq!(beginning_with("𠮷"), ("𠮷".to_owned(), Some("𠮸".to_owned())));
        assert_eq!(beginning_with("\u{D7FF}").1.unwrap(), "\u{E000}");
        assert_eq!(beginning_with("王\u{10FFFF}").1.unwrap(), "玌");
        assert_eq!(beginning_with("\u{10FFFF}").1, None);
    }

    proptest! {
        #[test]
        fn a_range_holds_what_begins_with_the_prefix_and_nothing_else(prefix in "\\PC{1,4}", other in "\\PC{0,6}") {
            let (from, end) = beginning_with(&prefix);
            let within = |text: &str| text >= from.as_str() && end.as_deref().is_none_or(|end| text < end);
            let longer = format!("{prefix}{other}");
            prop_assert!(within(&longer));
            prop_assert_eq!(within(&other), other.starts_with(&prefix));
        }

        #[test]
        fn birth_dates_of_an_age_are_those_whose_age_it_is(born in 0i64..40_000, today in 0i64..6_000, age in 0u32..90) {
            let born = day("1900-01-01") + chrono::TimeDelta::days(born);
            let today = day("2015-01-01") + chrono::TimeDelta::days(today);
            prop_assume!(born <= today);
            let (earliest, latest) = born_between(Some(age), Some(age), today);
            let within = earliest.is_none_or(|e| born >= e) && latest.is_none_or(|l| born <= l);
            prop_assert_eq!(within, age_on(born, today) == age);
        }
    }
}
