//! A telephone somebody answers: mobile, landline with area code, or a 400/800 number.

use super::raw::{compact, is_dash};
use super::{Masked, Mobile, Problem, described_as_string, parsed_from_text, shown_masked};

/// A mobile as eleven digits, a landline as `0750-3123456` or `0750-3123456-801`, a service number as ten digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

const WRONG: &str = "联系电话应为手机号码或带区号的固定电话，例如 13800138000、0750-3123456";

impl Phone {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let text = compact(input);
        if text.is_empty() {
            return Err("请填写联系电话".into());
        }
        if let Ok(mobile) = Mobile::parse(&text) {
            return Ok(Self(mobile.expose().to_owned()));
        }
        let text = separated(&text);
        let digits: String = text.chars().filter(|c| *c != '-').collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(WRONG.into());
        }
        if digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800")) {
            return Ok(Self(digits));
        }
        if digits.starts_with('0') {
            return landline(&text).map(Self).ok_or_else(|| WRONG.into());
        }
        if matches!(digits.len(), 7 | 8) {
            return Err("固定电话请写上区号，例如 0750-3123456".into());
        }
        Err(WRONG.into())
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn masked(&self) -> Masked {
        Masked::phone(&self.0)
    }
}

/// `(0750)3123456转801` and `+86-750…` brought to digits and single dashes.
fn separated(text: &str) -> String {
    let national = text.strip_prefix("+86").map(|rest| format!("0{}", rest.trim_start_matches(is_dash)));
    let text = national.unwrap_or_else(|| text.to_owned());
    let parts = text.split(|c| is_dash(c) || matches!(c, '(' | ')' | '转' | '轉' | '*' | '#'));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Area codes have three digits when they begin with 01 or 02, else four.
fn landline(text: &str) -> Option<String> {
    let area_length = if matches!(text.as_bytes().get(1)?, b'1' | b'2') { 3 } else { 4 };
    let (area, rest) = text.split_at_checked(area_length)?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let (number, extension) = rest.split_once('-').unwrap_or((rest, ""));
    let plausible = !area.contains('-')
        && matches!(number.len(), 7 | 8)
        && !number.starts_with(['0', '1'])
        && extension.len() <= 6
        && !extension.contains('-');
    match (plausible, extension) {
        (false, _) => None,
        (true, "") => Some(format!("{area}-{number}")),
        (true, _) => Some(format!("{area}-{number}-{extension}")),
    }
}

parsed_from_text!(Phone);
shown_masked!(Phone);
described_as_string!(
    Phone,
    .description(Some("手机号码，或带区号的固定电话"))
    .min_length(Some(10))
    .max_length(Some(20))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn the_ways_people_write_telephones() {
        let cases = [
            ("+86 13800138000", "13800138000"),
            ("0750-3123456", "0750-3123456"),
            ("(0750)3123456转801", "0750-3123456-801"),
            ("（０１０） 8888 8888", "010-88888888"),
            ("02112345678", ""),
            ("02162345678", "021-62345678"),
            ("+86-750-3123456", "0750-3123456"),
            ("400-810-0000", "4008100000"),
        ];
        for (typed, expected) in cases {
            let parsed = Phone::parse(typed).map(|p| p.expose().to_owned()).unwrap_or_default();
            assert_eq!(parsed, expected, "{typed}");
        }
    }

    #[test]
    fn a_landline_without_area_code_is_asked_for_it() {
        assert!(Phone::parse("3123456").unwrap_err().as_str().contains("区号"));
    }

    #[test]
    fn nonsense_is_refused() {
        for typed in
            ["", "0", "01", "0-7-5", "电话", "0750", "0750-31234", "0750-3123456-1234567", "+86", "12345678901"]
        {
            assert!(Phone::parse(typed).is_err(), "{typed}");
        }
    }
}
