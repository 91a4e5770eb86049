//! Text as people type it, before it is a value: full-width characters, stray spaces, wrong JSON types.

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::fmt;

/// A full-width character's half-width twin; every other character as it is.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Characters that take no room on the screen but make two equal texts differ, and marks that turn the direction
/// of writing and so can make a text look like another one.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Half-width and without invisible characters, white space kept.
pub(crate) fn folded(input: &str) -> String {
    input.chars().map(half_width).filter(|c| !is_invisible(*c)).collect()
}

/// The dashes people put between groups of digits.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// For codes and numbers: half-width, upper case, without any white space or invisible character.
pub(super) fn compact(input: &str) -> String {
    input
        .chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// A JSON string. Other types are refused without repeating the value, which serde's own message would do:
/// an ID number sent as a number must not end up in an answer or a log.
pub(super) struct RawText(pub String);

impl<'de> Deserialize<'de> for RawText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawTextVisitor)
    }
}

struct RawTextVisitor;

const NOT_TEXT: &str = "应为文字（字符串）";

impl<'de> Visitor<'de> for RawTextVisitor {
    type Value = RawText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("文字")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<RawText, E> {
        Ok(RawText(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<RawText, E> {
        Ok(RawText(text))
    }

    fn visit_unit<E: Error>(self) -> Result<RawText, E> {
        Err(E::custom("不能为空"))
    }

    fn visit_none<E: Error>(self) -> Result<RawText, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawText, D::Error> {
        RawText::deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<RawText, E> {
        Err(E::custom(NOT_TEXT))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<RawText, E> {
        Err(E::custom(NOT_TEXT))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<RawText, E> {
        Err(E::custom(NOT_TEXT))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<RawText, E> {
        Err(E::custom(NOT_TEXT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_and_white_space_are_folded_away() {
        assert_eq!(compact("　１１０１\u{00A0}01 \u{FEFF}ｘ\t"), "110101X");
    }

    #[test]
    fn a_number_is_refused_without_being_repeated() {
        let refusal = serde_json::from_str::<RawText>("110101199001011237").err().map(|e| e.to_string());
        let refusal = refusal.unwrap_or_default();
        assert!(refusal.contains("应为文字"), "{refusal}");
        assert!(!refusal.contains("1101"), "{refusal}");
    }
}
