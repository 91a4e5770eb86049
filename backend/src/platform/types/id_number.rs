//! Citizen identification number, GB 11643-1999.

use super::raw::compact;
use super::{Masked, Problem, Sex, clock};
use super::{described_as_string, parsed_from_text, shown_masked};
use chrono::{Datelike, NaiveDate};

/// Eighteen characters: six of region, eight of birth date, three of sequence (odd for men), one check digit.
///
/// The region is not looked up: codes abolished decades ago stay on people's cards, residents of Hong Kong, Macau
/// and Taiwan have 81–83, and the card of a foreigner with permanent residence begins with 9.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdNumber {
    text: String,
    birth: NaiveDate,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS: &[u8; 11] = b"10X98765432";
const OLDEST_YEAR: i32 = 1900;

impl IdNumber {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        Self::parse_on(input, clock::china_today())
    }

    fn parse_on(input: &str, today: NaiveDate) -> Result<Self, Problem> {
        let text = compact(input);
        well_formed(&text)?;
        let birth = birth_date(&text).ok_or("身份证号码中的出生日期不存在，请核对第 7 至 14 位")?;
        if birth.year() < OLDEST_YEAR {
            return Err("身份证号码中的出生日期早于 1900 年，请核对第 7 至 14 位".into());
        }
        if birth > today {
            return Err("身份证号码中的出生日期晚于今天，请核对第 7 至 14 位".into());
        }
        if check_digit(&text[..17]) != text.as_bytes()[17] {
            return Err("身份证号码校验不通过，请逐位核对".into());
        }
        Ok(Self { text, birth })
    }

    /// A number from its first seventeen digits; for the synthetic ones.
    pub(super) fn with_check_digit(mut body: String, birth: NaiveDate) -> Self {
        body.push(char::from(check_digit(&body)));
        Self { text: body, birth }
    }

    /// The whole number, for storing it sealed and for whoever may see it.
    pub fn expose(&self) -> &str {
        &self.text
    }

    pub fn masked(&self) -> Masked {
        Masked::id_number(&self.text)
    }

    pub fn birth_date(&self) -> NaiveDate {
        self.birth
    }

    pub fn sex(&self) -> Sex {
        if self.text.as_bytes()[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// Full years on a day; zero before the birth.
    pub fn age_on(&self, day: NaiveDate) -> u32 {
        day.years_since(self.birth).unwrap_or(0)
    }

    /// The six digits of the region that issued the number; possibly one that no longer exists.
    pub fn region_prefix(&self) -> &str {
        &self.text[..6]
    }
}

fn well_formed(text: &str) -> Result<(), Problem> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if text.is_empty() {
        return Err("请填写身份证号码".into());
    }
    if text.len() == 15 && digits(text) {
        return Err("这是 15 位的一代身份证号码，已停止使用，请填写 18 位身份证号码".into());
    }
    let count = text.chars().count();
    if count != 18 {
        return Err(format!("身份证号码应为 18 位，现在是 {count} 位").into());
    }
    if !text.is_ascii() || !digits(&text[..17]) {
        return Err("身份证号码的前 17 位应全为数字".into());
    }
    if !matches!(text.as_bytes()[17], b'0'..=b'9' | b'X') {
        return Err("身份证号码的最后一位应为数字或 X".into());
    }
    if text.starts_with('0') {
        return Err("身份证号码不会以 0 开头，请核对".into());
    }
    Ok(())
}

fn birth_date(text: &str) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().ok();
    let year = i32::try_from(number(6..10)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(10..12)?, number(12..14)?)
}

fn check_digit(body: &str) -> u8 {
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    CHECK_DIGITS[sum as usize % CHECK_DIGITS.len()]
}

parsed_from_text!(IdNumber);
shown_masked!(IdNumber);
described_as_string!(
    IdNumber,
    .description(Some("公民身份号码（GB 11643），18 位，含校验位"))
    .pattern(Some(r"^[1-9]\d{16}[\dXx]$"))
    .min_length(Some(18))
    .max_length(Some(18))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;
    use crate::platform::types::synthetic;
    use proptest::prelude::*;

    /// The example printed in the standard itself.
    const STANDARD: &str = "11010519491231002X";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn refusal(input: &str) -> String {
        IdNumber::parse_on(input, day("2026-06-01")).unwrap_err().into()
    }

    /// A number with a correct check digit around any birth date, real or not.
    fn with_birth(digits: &str) -> String {
        let body = format!("999123{digits}001");
        let check = char::from(check_digit(&body));
        format!("{body}{check}")
    }

    #[test]
    fn the_standards_example_says_what_it_should() {
        let id = IdNumber::parse(STANDARD).unwrap();
        assert_eq!(id.birth_date(), day("1949-12-31"));
        assert_eq!(id.sex(), Sex::Female);
        assert_eq!(id.region_prefix(), "110105");
        assert_eq!(id.expose(), STANDARD);
    }

    #[test]
    fn typing_habits_are_forgiven() {
        for typed in [
            "11010519491231002x",
            " 110105 19491231 002X　",
            "１１０１０５１９４９１２３１００２ｘ",
            "\u{200B}11010519491231002X",
        ] {
            assert_eq!(IdNumber::parse(typed).unwrap().expose(), STANDARD, "{typed}");
        }
    }

    #[test]
    fn every_mistake_has_its_own_sentence() {
        assert!(refusal("").contains("请填写"));
        assert!(refusal("110105491231002").contains("15 位"));
        assert!(refusal("1101051949123100").contains("现在是 16 位"));
        assert!(refusal("11010519491231002Y").contains("最后一位"));
        assert!(refusal("1101O519491231002X").contains("前 17 位"));
        assert!(refusal("一二三四五六七八九十一二三四五六七八").contains("前 17 位"));
        assert!(refusal("110105194912310021").contains("校验"));
        assert!(refusal("01010519491231002X").contains("不会以 0 开头"));
    }

    #[test]
    fn birth_dates_must_have_happened() {
        assert!(refusal(&with_birth("19990229")).contains("不存在"));
        assert!(refusal(&with_birth("19000229")).contains("不存在"), "1900 was no leap year");
        assert!(IdNumber::parse(&with_birth("20000229")).is_ok());
        assert!(refusal(&with_birth("19991301")).contains("不存在"));
        assert!(refusal(&with_birth("18991231")).contains("1900"));
        assert!(refusal(&with_birth("20260602")).contains("晚于今天"));
        assert!(IdNumber::parse_on(&with_birth("20260601"), day("2026-06-01")).is_ok());
    }

    #[test]
    fn age_counts_full_years() {
        let id = synthetic::id_number(1, day("2000-02-29"), Sex::Male);
        assert_eq!(id.age_on(day("2016-02-28")), 15);
        assert_eq!(id.age_on(day("2016-02-29")), 16);
        assert_eq!(id.age_on(day("2017-02-28")), 16);
        assert_eq!(id.age_on(day("2017-03-01")), 17);
        assert_eq!(id.age_on(day("1999-01-01")), 0);
    }

    #[test]
    fn it_never_prints_itself() {
        let id = IdNumber::parse(STANDARD).unwrap();
        assert_eq!(format!("{id}"), "110***********002X");
        assert_eq!(format!("{id:?}"), "IdNumber(110***********002X)");
    }

    #[test]
    fn json_is_refused_with_the_same_sentence() {
        let error = serde_json::from_str::<IdNumber>(r#""110105491231002""#).unwrap_err().to_string();
        assert!(error.contains("一代身份证"), "{error}");
        assert!(!error.contains("110105"), "{error}");
    }

    proptest! {
        #[test]
        fn every_single_wrong_digit_is_noticed(seed: u64, position in 0usize..17, shift in 1u8..10) {
            let id = synthetic::id_number(seed, day("1985-01-01"), Sex::Female);
            let mut typed = id.expose().as_bytes().to_vec();
            typed[position] = b'0' + (typed[position] - b'0' + shift) % 10;
            prop_assert!(IdNumber::parse(&String::from_utf8(typed).unwrap()).is_err());
        }

        #[test]
        fn neighbouring_digits_exchanged_are_noticed(seed: u64, position in 0usize..16) {
            let id = synthetic::id_number(seed, day("1985-01-01"), Sex::Male);
            let mut typed = id.expose().as_bytes().to_vec();
            prop_assume!(typed[position] != typed[position + 1]);
            typed.swap(position, position + 1);
            prop_assert!(IdNumber::parse(&String::from_utf8(typed).unwrap()).is_err());
        }

        #[test]
        fn any_text_is_answered_and_never_panics(text in "\\PC{0,24}") {
            if let Ok(id) = IdNumber::parse(&text) {
                prop_assert_eq!(id.expose().len(), 18);
            }
        }
    }
}
