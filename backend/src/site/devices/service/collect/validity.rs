//! How long an ID card is good for, as its chip says it.

use chrono::NaiveDate;

use crate::platform::types::Problem;

/// From when until when; no end with a beginning means 长期. Neither, if the machine did not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Validity {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Validity {
    /// `20200101-20300101`, `2020.01.01-2030.01.01`, `20200101-长期`; 长期 alone says nothing of the beginning.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let endless = text.contains("长期");
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match (digits.len(), endless) {
            (0, true) => Ok(Self::default()),
            (0, false) if text.trim().is_empty() => Ok(Self::default()),
            (8, true) => Ok(Self { from: Some(day(&digits)?), until: None }),
            (16, false) => Ok(Self { from: Some(day(&digits[..8])?), until: Some(day(&digits[8..])?) }),
            _ => Err(unreadable()),
        }
    }
}

fn day(digits: &str) -> Result<NaiveDate, Problem> {
    NaiveDate::parse_from_str(digits, "%Y%m%d").map_err(|_| unreadable())
}

fn unreadable() -> Problem {
    "身份证有效期应如 20200101-20300101 或 20200101-长期".into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    fn date(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn the_ways_to_write_a_validity_are_read() {
        let ten_years = Validity { from: date("2020-01-01"), until: date("2030-01-01") };
        for text in ["20200101-20300101", "2020.01.01-2030.01.01", "2020年01月01日至2030年01月01日"] {
            assert_eq!(Validity::parse(text).unwrap(), ten_years, "{text}");
        }
        let endless = Validity { from: date("2020-01-01"), until: None };
        assert_eq!(Validity::parse("20200101-长期").unwrap(), endless);
        assert_eq!(Validity::parse("长期").unwrap(), Validity::default());
        assert_eq!(Validity::parse("  ").unwrap(), Validity::default());
    }

    #[test]
    fn what_is_no_validity_is_refused() {
        for text in ["20200101", "20201301-20300101", "2020-2030", "永久", "20200101-20300101-长期"] {
            assert!(Validity::parse(text).is_err(), "{text}");
        }
    }
}
