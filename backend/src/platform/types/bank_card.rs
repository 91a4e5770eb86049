//! Number of the bank card wages are paid to.

use super::raw::{compact, is_dash};
use super::{Masked, Problem, described_as_string, parsed_from_text, shown_masked};

/// Twelve to nineteen digits whose last is the Luhn check digit.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BankCard(String);

impl BankCard {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let digits: String = compact(input).chars().filter(|c| !is_dash(*c)).collect();
        if digits.is_empty() {
            return Err("请填写银行卡号".into());
        }
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err("银行卡号只能由数字组成".into());
        }
        if !(12..=19).contains(&digits.len()) {
            return Err(format!("银行卡号应为 12 至 19 位，现在是 {} 位", digits.len()).into());
        }
        if digits.starts_with('0') || !luhn_sum(&digits).is_multiple_of(10) {
            return Err("银行卡号校验不通过，请逐位核对".into());
        }
        Ok(Self(digits))
    }

    /// A number from all digits but the last; for the synthetic ones.
    pub(super) fn with_check_digit(mut body: String) -> Self {
        body.push('0');
        let check = (10 - luhn_sum(&body) % 10) % 10;
        body.pop();
        body.push(char::from(b'0' + check as u8));
        Self(body)
    }

    /// The whole number, for storing it sealed and for whoever may see it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn masked(&self) -> Masked {
        Masked::bank_card(&self.0)
    }
}

/// Every second digit from the right doubled, and the digits of the results added up.
fn luhn_sum(digits: &str) -> u32 {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let digits = digits.bytes().rev().map(|b| u32::from(b - b'0')).enumerate();
    digits.map(|(i, digit)| if i % 2 == 1 { doubled(digit) } else { digit }).sum()
}

parsed_from_text!(BankCard);
shown_masked!(BankCard);
described_as_string!(
    BankCard,
    .description(Some("银行卡号，12 至 19 位，含校验位"))
    .pattern(Some(r"^[1-9]\d{11,18}$"))
    .min_length(Some(12))
    .max_length(Some(19))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn groups_and_full_width_digits_are_forgiven() {
        // A number every payment sandbox knows.
        for typed in ["4111 1111 1111 1111", "4111-1111-1111-1111", "４１１１１１１１１１１１１１１１"]
        {
            assert_eq!(BankCard::parse(typed).unwrap().expose(), "4111111111111111");
        }
    }

    #[test]
    fn every_mistake_has_its_own_sentence() {
        let refusal = |typed| String::from(BankCard::parse(typed).unwrap_err());
        assert!(refusal("").contains("请填写"));
        assert!(refusal("41111111111").contains("现在是 11 位"));
        assert!(refusal("4111111111111112").contains("校验"));
        assert!(refusal("0000000000000000").contains("校验"));
        assert!(refusal("411111111111111X").contains("数字"));
    }

    #[test]
    fn it_never_prints_itself() {
        assert_eq!(format!("{}", BankCard::parse("4111111111111111").unwrap()), "************1111");
    }
}
