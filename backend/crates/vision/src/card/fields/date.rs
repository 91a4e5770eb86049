//! Days.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: u32,
    pub month: u32,
    pub day: u32,
}

impl Date {
    /// Of eight digits; only days that exist, between 1900 and 2099.
    pub fn of_digits(digits: &str) -> Option<Self> {
        let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
        let date = Self { year: part(0, 4)?, month: part(4, 6)?, day: part(6, 8)? };
        let exists = (1900..2100).contains(&date.year)
            && (1..=12).contains(&date.month)
            && (1..=date.days_of_month()).contains(&date.day);
        (digits.len() == 8 && exists).then_some(date)
    }

    fn days_of_month(self) -> u32 {
        let leap = self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// `2026-11-08`
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist() {
        assert_eq!(Date::of_digits("20240229").map(Date::iso).as_deref(), Some("2024-02-29"));
        assert_eq!(Date::of_digits("20230229"), None);
        assert_eq!(Date::of_digits("20231301"), None);
        assert_eq!(Date::of_digits("2023110"), None);
    }
}
