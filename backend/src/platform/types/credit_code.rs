//! Unified social credit code of an organisation, GB 32100-2015.

use super::raw::{compact, is_dash};
use super::{Problem, described_as_string, parsed_from_text};
use std::fmt;

/// Eighteen characters of an alphabet without I, O, Z, S, V: two of registration authority, six digits of region,
/// nine of organisation code, one check character. Printed on every licence, so it is not masked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct CreditCode(String);

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

impl CreditCode {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let code: String = compact(input).chars().filter(|c| !is_dash(*c)).collect();
        if code.is_empty() {
            return Err("请填写统一社会信用代码".into());
        }
        let count = code.chars().count();
        if count != 18 {
            return Err(format!("统一社会信用代码应为 18 位，现在是 {count} 位").into());
        }
        if code.contains(['I', 'O', 'Z', 'S', 'V']) {
            return Err("统一社会信用代码不含字母 I、O、Z、S、V，请核对是否为 1、0、2、5、U".into());
        }
        let values: Option<Vec<usize>> = code.bytes().map(value_of).collect();
        let values = values.ok_or("统一社会信用代码只能由数字和大写字母组成")?;
        if code.starts_with('0') || !code.bytes().skip(2).take(6).all(|b| b.is_ascii_digit()) {
            return Err("统一社会信用代码的第 1 位不能是 0，第 3 至 8 位应全为数字，请核对".into());
        }
        if check_value(&values[..17]) != values[17] {
            return Err("统一社会信用代码校验不通过，请逐位核对".into());
        }
        Ok(Self(code))
    }

    /// A code from its first seventeen characters, all of them of the alphabet; for the synthetic ones.
    pub(super) fn with_check_character(mut body: String) -> Self {
        let values: Vec<usize> = body.bytes().filter_map(value_of).collect();
        body.push(char::from(ALPHABET[check_value(&values)]));
        Self(body)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The character that stands for a value below 31.
pub(super) fn character(value: u64) -> char {
    char::from(ALPHABET[(value % 31) as usize])
}

fn value_of(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|c| *c == character)
}

fn check_value(body: &[usize]) -> usize {
    let sum: usize = body.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    (31 - sum % 31) % 31
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

parsed_from_text!(CreditCode);
described_as_string!(
    CreditCode,
    .description(Some("统一社会信用代码（GB 32100），18 位，含校验位"))
    .pattern(Some("^[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"))
    .min_length(Some(18))
    .max_length(Some(18))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;
    use crate::platform::types::synthetic;
    use proptest::prelude::*;

    fn refusal(input: &str) -> String {
        CreditCode::parse(input).unwrap_err().into()
    }

    #[test]
    fn the_weights_are_powers_of_three() {
        let mut weight = 1;
        for expected in WEIGHTS {
            assert_eq!(weight, expected);
            weight = weight * 3 % 31;
        }
    }

    /// The example of the standard.
    #[test]
    fn the_standards_example_passes_however_it_is_typed() {
        for code in ["91350100M000100Y43", "9135 0100-m0001 00y43", "９１３５０１００Ｍ０００１００Ｙ４３"]
        {
            assert_eq!(CreditCode::parse(code).unwrap().as_str(), "91350100M000100Y43", "{code}");
        }
    }

    #[test]
    fn every_mistake_has_its_own_sentence() {
        assert!(refusal(" ").contains("请填写"));
        assert!(refusal("91350100M000100Y4").contains("现在是 17 位"));
        assert!(refusal("9135O100M000100Y43").contains("不含字母"));
        assert!(refusal("91350100M000100Y4#").contains("只能由"));
        assert!(refusal("9135010AM000100Y43").contains("第 3 至 8 位"));
        assert!(refusal("000000000000000000").contains("第 1 位"));
        assert!(refusal("91350100M000100Y44").contains("校验"));
    }

    proptest! {
        #[test]
        fn every_single_wrong_character_is_noticed(seed: u64, position in 0usize..18, shift in 1usize..31) {
            let mut typed = synthetic::credit_code(seed).as_str().as_bytes().to_vec();
            let value = value_of(typed[position]).unwrap();
            typed[position] = ALPHABET[(value + shift) % 31];
            prop_assert!(CreditCode::parse(&String::from_utf8(typed).unwrap()).is_err());
        }

        #[test]
        fn lower_case_and_spaces_change_nothing(seed: u64, at in 0usize..18) {
            let code = synthetic::credit_code(seed);
            let mut typed = code.as_str().to_lowercase();
            typed.insert(at, ' ');
            prop_assert_eq!(CreditCode::parse(&typed).unwrap(), code);
        }

        #[test]
        fn any_text_is_answered_and_never_panics(text in "\\PC{0,24}") {
            if let Ok(code) = CreditCode::parse(&text) {
                prop_assert_eq!(code.as_str().len(), 18);
            }
        }
    }
}
