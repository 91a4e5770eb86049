//! Mobile number of mainland China.

use super::raw::{compact, is_dash};
use super::{Masked, Problem, described_as_string, parsed_from_text, shown_masked};

/// Eleven digits from 13 to 19; `+86`, spaces and dashes are taken off.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Mobile(String);

impl Mobile {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let digits: String = compact(input).chars().filter(|c| !is_dash(*c)).collect();
        let digits = without_country_code(&digits);
        if digits.is_empty() {
            return Err("请填写手机号码".into());
        }
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err("手机号码只能由数字组成".into());
        }
        if digits.len() != 11 {
            return Err(format!("手机号码应为 11 位，现在是 {} 位", digits.len()).into());
        }
        if !matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) {
            return Err("手机号码应以 13 至 19 开头".into());
        }
        Ok(Self(digits.to_owned()))
    }

    /// Eleven digits known to be right; for the synthetic ones.
    pub(super) fn unchecked(digits: String) -> Self {
        Self(digits)
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn masked(&self) -> Masked {
        Masked::phone(&self.0)
    }
}

fn without_country_code(digits: &str) -> &str {
    let bare = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086"));
    bare.or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() == 11)).unwrap_or(digits)
}

parsed_from_text!(Mobile);
shown_masked!(Mobile);
described_as_string!(
    Mobile,
    .description(Some("中国大陆手机号码，11 位"))
    .pattern(Some(r"^1[3-9]\d{9}$"))
    .min_length(Some(11))
    .max_length(Some(11))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn typing_habits_are_forgiven() {
        for typed in [
            "13800138000",
            "+86 138-0013-8000",
            "8613800138000",
            "0086 13800138000",
            "１３８００１３８０００",
            "138 0013 8000 ",
        ] {
            assert_eq!(Mobile::parse(typed).unwrap().expose(), "13800138000", "{typed}");
        }
    }

    #[test]
    fn every_mistake_has_its_own_sentence() {
        let refusal = |typed| String::from(Mobile::parse(typed).unwrap_err());
        assert!(refusal("").contains("请填写"));
        assert!(refusal("1380013800").contains("现在是 10 位"));
        assert!(refusal("12800138000").contains("13 至 19"));
        assert!(refusal("86138001380").contains("13 至 19"));
        assert!(refusal("1380013800O").contains("数字"));
    }

    #[test]
    fn it_never_prints_itself() {
        assert_eq!(format!("{:?}", Mobile::parse("13812345678").unwrap()), "Mobile(138****5678)");
    }
}
