//! What an ID card says, in whichever order a message puts it.

use crate::{ethnic::Ethnic, personal::PersonalText, sex::Sex, time};
use chrono::NaiveDate;
use std::fmt;

/// Read as it is printed: whether the number's check digit is right, or agrees with the birth date, is not a question
/// of the wire.
#[derive(Clone, PartialEq, Eq)]
pub struct IdCard {
    pub id_number: PersonalText,
    pub name: PersonalText,
    pub sex: Sex,
    pub ethnic: Ethnic,
    /// Years from 0 to 9999.
    pub birth_date: NaiveDate,
    pub address: PersonalText,
    pub authority: String,
    /// The card's own words; [`CardValidity::parse`] understands the usual ones.
    pub validity: String,
}

/// Not only the name and the number: a birth date, an ethnic group and an issuing authority tell of somebody too.
impl fmt::Debug for IdCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdCard")
            .field("id_number", &self.id_number)
            .field("name", &self.name)
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// How long a card is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardValidity {
    pub from: NaiveDate,
    /// Nothing for a card without end.
    pub until: Option<NaiveDate>,
}

impl CardValidity {
    /// `2015.03.01-2035.03.01`, `20150301-长期`: two dates, or one and 长期, with anything around their digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let (from, until) = digits.split_at_checked(8)?;
        let from = time::read_date(from)?;
        match until {
            "" if text.contains("长期") => Some(Self { from, until: None }),
            until => time::read_date(until).map(|until| Self { from, until: Some(until) }),
        }
    }
}

/// As the card prints it.
impl fmt::Display for CardValidity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dots = |date: NaiveDate| date.format("%Y.%m.%d");
        match self.until {
            Some(until) => write!(f, "{}-{}", dots(self.from), dots(until)),
            None => write!(f, "{}-长期", dots(self.from)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ways_to_write_a_validity_are_understood() {
        for text in ["2015.03.01-2035.03.01", "20150301-20350301", "2015-03-01至2035-03-01", "2015年03月01日 20350301"]
        {
            assert_eq!(CardValidity::parse(text).map(|v| v.to_string()).as_deref(), Some("2015.03.01-2035.03.01"));
        }
        let endless = CardValidity::parse("20150301长期").map(|validity| validity.to_string());
        assert_eq!(endless.as_deref(), Some("2015.03.01-长期"));
    }

    #[test]
    fn half_a_validity_is_none() {
        for text in ["", "长期", "2015.03.01", "2015.03.01-", "2015.13.01-长期", "2015.3.1-2035.3.1", "2015.03.01-2035"]
        {
            assert_eq!(CardValidity::parse(text), None, "{text}");
        }
    }
}
