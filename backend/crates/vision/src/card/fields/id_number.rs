//! Eighteen digits that check themselves.

use super::{Date, Judged};
use crate::ocr::Line;

/// A number whose check digit, birthday and region are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdNumber(String);

const PROVINCES: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
];

impl IdNumber {
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 18 && bytes[..17].iter().all(u8::is_ascii_digit);
        if !shaped || check_digit(bytes) != bytes[17] {
            return None;
        }
        let province: u8 = text[..2].parse().ok()?;
        Date::of_digits(&text[6..14])?;
        PROVINCES.contains(&province).then(|| Self(text.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn birth(&self) -> Option<Date> {
        Date::of_digits(&self.0[6..14])
    }

    pub fn sex(&self) -> &'static str {
        if (self.0.as_bytes()[16] - b'0').is_multiple_of(2) { "女" } else { "男" }
    }
}

/// GB 11643; X stands for ten.
fn check_digit(bytes: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    b"10X98765432"[(sum % 11) as usize]
}

/// From several looks at the same place. A digit is never put right by its check digit: one in eleven wrong numbers would
/// pass it.
pub fn id_number(looks: &[Line]) -> (Judged, Option<IdNumber>) {
    let mut valid: Vec<(IdNumber, f32)> = Vec::new();
    for look in looks {
        let letters: Vec<_> = look.letters.iter().filter(|letter| !letter.value.is_whitespace()).collect();
        for window in letters.windows(18) {
            let text: String = window.iter().map(|letter| letter.value.to_ascii_uppercase()).collect();
            let weakest = window.iter().map(|letter| letter.confidence).fold(1.0, f32::min);
            if let Some(number) = IdNumber::parse(&text) {
                valid.push((number, weakest));
            }
        }
    }
    let Some((number, weakest)) = valid.iter().max_by(|a, b| a.1.total_cmp(&b.1)).cloned() else {
        let best = looks.iter().max_by(|a, b| a.mean().total_cmp(&b.mean()));
        let text = best.map(|line| line.text().to_ascii_uppercase().replace(' ', "")).unwrap_or_default();
        return (Judged::new(text, best.map_or(0.0, Line::weakest).min(0.5), false), None);
    };
    let agreed = valid.iter().all(|(other, _)| *other == number);
    let twice = valid.len() > 1;
    let sure = agreed && (weakest > 0.5 || (twice && weakest > 0.2));
    let confidence = if agreed { weakest } else { 0.3 };
    (Judged::new(number.as_str(), confidence, sure), Some(number))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    /// The region is real, the sequence was kept for people a hundred years old: nobody's number.
    const NUMBER: &str = "520102199003079978";

    fn number() -> String {
        let body = &NUMBER[..17];
        format!("{body}{}", char::from(check_digit(body.as_bytes())))
    }

    #[test]
    fn a_number_says_birth_and_sex() {
        let number = IdNumber::parse(&number()).unwrap();
        assert_eq!(number.birth().unwrap().iso(), "1990-03-07");
        assert_eq!(number.sex(), "男");
    }

    #[test]
    fn one_wrong_digit_is_noticed_wherever_it_is() {
        let right = number();
        for at in 0..17 {
            let mut wrong = right.clone().into_bytes();
            wrong[at] = b'0' + (wrong[at] - b'0' + 3) % 10;
            assert_eq!(IdNumber::parse(std::str::from_utf8(&wrong).unwrap()), None);
        }
    }

    #[test]
    fn a_valid_number_is_found_among_strays() {
        let (judged, number_found) = id_number(&[Line::from(format!("X{}", number()).as_str())]);
        assert_eq!(judged.value, number());
        assert!(judged.sure && number_found.is_some());
    }

    #[test]
    fn two_valid_numbers_that_differ_are_not_trusted() {
        let other = {
            let body = "52010219900307999";
            format!("{body}{}", char::from(check_digit(body.as_bytes())))
        };
        let (judged, _) = id_number(&[Line::from(number().as_str()), Line::from(other.as_str())]);
        assert!(!judged.sure);
    }

    #[test]
    fn a_number_that_does_not_check_is_shown_and_marked() {
        let (judged, number) = id_number(&[Line::from("520102199003079970")]);
        assert!(!judged.sure && number.is_none() || number.is_some_and(|n| n.as_str() == judged.value));
        let (judged, number) = id_number(&[Line::from("52010219900307")]);
        assert_eq!((judged.value.as_str(), judged.sure, number), ("52010219900307", false, None));
    }
}
