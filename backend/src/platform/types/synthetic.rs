//! Well-formed values that belong to nobody, for the demo district and for tests.

use super::{BankCard, CreditCode, IdNumber, Mobile, Sex, credit_code};
use chrono::NaiveDate;

/// How many different numbers one birth date and sex can have here: a thousand regions of five hundred each.
const PER_BIRTH_DATE: u64 = 500_000;

/// An ID number of a region 999000–999999. No province has the code 99, and a foreigner's permanent residence
/// number, which also begins with 9, goes on with a province. Distinct for the first half million seeds of a day.
pub fn id_number(seed: u64, birth: NaiveDate, sex: Sex) -> IdNumber {
    let nth = seed % PER_BIRTH_DATE;
    let region = 999_000 + nth % 1000;
    let odd = u64::from(sex == Sex::Male);
    let sequence = nth / 1000 * 2 + odd;
    IdNumber::with_check_digit(format!("{region}{}{sequence:03}", birth.format("%Y%m%d")), birth)
}

/// A credit code of a company registered in region 999999, which does not exist. Distinct for the first 852 billion seeds.
pub fn credit_code(seed: u64) -> CreditCode {
    const CODES: u128 = 31u128.pow(8);
    // An odd stride without a factor 31 visits every code once, and codes do not look counted.
    let mut rest = (u128::from(seed) * 387_420_489_017 % CODES) as u64;
    let mut organisation = String::with_capacity(9);
    for _ in 0..8 {
        organisation.push(credit_code::character(rest));
        rest /= 31;
    }
    organisation.push(organisation_check(&organisation));
    CreditCode::with_check_character(format!("91999999{organisation}"))
}

/// A mobile number of 154, a range no operator has.
pub fn mobile(seed: u64) -> Mobile {
    Mobile::unchecked(format!("154{:08}", seed.wrapping_mul(48_271_609) % 100_000_000))
}

/// A sixteen-digit card number of an issuer that does not exist.
pub fn bank_card(seed: u64) -> BankCard {
    BankCard::with_check_digit(format!("999999{:09}", seed.wrapping_mul(482_716_091) % 1_000_000_000))
}

/// Check character of the organisation code inside a credit code, GB 11714.
fn organisation_check(body: &str) -> char {
    let value = |b: u8| {
        if b.is_ascii_digit() { b - b'0' } else { b - b'A' + 10 }
    };
    let sum: u32 = body.bytes().map(|b| u32::from(value(b))).zip([3, 7, 9, 10, 5, 8, 4, 2]).map(|(v, w)| v * w).sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from(b'0' + digit as u8),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn seeds_give_different_values() {
        let birth = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
        let ids: HashSet<_> = (0..10_000).map(|seed| id_number(seed, birth, Sex::Male)).collect();
        let codes: HashSet<_> = (0..10_000).map(credit_code).collect();
        let mobiles: HashSet<_> = (0..10_000).map(mobile).collect();
        let cards: HashSet<_> = (0..10_000).map(bank_card).collect();
        assert_eq!([ids.len(), codes.len(), mobiles.len(), cards.len()], [10_000; 4]);
    }

    proptest! {
        #[test]
        fn they_pass_the_checks_of_their_types(seed: u64, days in 0i64..45_000, male: bool) {
            let birth = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::TimeDelta::days(days);
            let sex = if male { Sex::Male } else { Sex::Female };
            let id = IdNumber::parse(id_number(seed, birth, sex).expose()).unwrap();
            prop_assert_eq!(id.birth_date(), birth);
            prop_assert_eq!(id.sex(), sex);
            prop_assert!(id.region_prefix().starts_with("999"));
            prop_assert!(CreditCode::parse(credit_code(seed).as_str()).is_ok());
            prop_assert!(Mobile::parse(mobile(seed).expose()).is_ok());
            prop_assert!(BankCard::parse(bank_card(seed).expose()).is_ok());
        }
    }
}
