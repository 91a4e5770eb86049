//! What a template or subscribe message says, checked against WeChat's limits before it is sent.

use std::{collections::BTreeMap, fmt};

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{Error, Result};

/// Values by their keys in the template: `thing1`, `time2`, …
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MessageData(BTreeMap<String, String>);

impl MessageData {
    pub fn new() -> Self {
        Self::default()
    }

    /// Refuses what WeChat would answer with 47003.
    pub fn put(mut self, key: &str, value: impl Into<String>) -> Result<Self> {
        let value = value.into();
        check(key, &value)?;
        self.0.insert(key.to_owned(), value);
        Ok(self)
    }

    /// The same, but a text that is too long ends in an ellipsis. For names of projects and the like.
    pub fn put_short(self, key: &str, value: &str) -> Result<Self> {
        let shortened = limit(key).filter(|limit| value.chars().count() > *limit);
        match shortened {
            Some(limit) => self.put(key, value.chars().take(limit - 1).chain(['…']).collect::<String>()),
            None => self.put(key, value),
        }
    }
}

impl fmt::Debug for MessageData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Serialize for MessageData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Value<'a> {
            value: &'a str,
        }
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, &Value { value })?;
        }
        map.end()
    }
}

/// `thing12` → `thing`
fn kind(key: &str) -> &str {
    key.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The most characters of a kind that has a limit.
fn limit(key: &str) -> Option<usize> {
    match kind(key) {
        "thing" => Some(20),
        "number" | "letter" | "character_string" => Some(32),
        "symbol" | "phrase" => Some(5),
        "phone_number" => Some(17),
        "car_number" => Some(8),
        "name" => Some(20),
        _ => None,
    }
}

/// Whether a value is what its key's kind allows. Kinds that are not known are left to WeChat.
pub fn check(key: &str, value: &str) -> Result<()> {
    let refuse = |problem| Err(Error::invalid(key.to_owned(), problem));
    let chinese = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '·');
    if value.trim().is_empty() {
        return refuse("must not be empty");
    }
    if limit(key).is_some_and(|limit| value.chars().count() > limit) {
        return refuse("is too long");
    }
    let fits = match kind(key) {
        "number" => value.chars().all(|c| c.is_ascii_digit() || c == '.'),
        "letter" => value.chars().all(|c| c.is_ascii_alphabetic()),
        "symbol" => value.chars().all(|c| !c.is_alphanumeric()),
        "character_string" => value.is_ascii(),
        "phrase" => value.chars().all(chinese),
        // Ten Chinese characters, or twenty letters.
        "name" => !value.chars().any(chinese) || value.chars().count() <= 10,
        "phone_number" => value.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c)),
        _ => true,
    };
    if fits { Ok(()) } else { refuse("has characters that its kind does not allow") }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    #[test]
    fn values_keep_within_the_limits_of_their_kind() {
        let accepted = [
            ("thing1", "二十个字的内容刚刚好能够放得下不多也不少"),
            ("number2", "12.5"),
            ("character_string3", "MC-2026-001"),
            ("name4", "司马相如"),
            ("name4", "Alexander Hamilton"),
            ("phrase5", "审核通过"),
            ("phone_number6", "+86 19900000001"),
            ("car_number7", "川A12345"),
            ("time8", "2026年11月26日 08:00"),
            ("keyword1", "left to WeChat, however long it may be"),
        ];
        for (key, value) in accepted {
            assert!(check(key, value).is_ok(), "{key} {value}");
        }
        let refused = [
            ("thing1", "二十一个字的内容就再也放不下了因为太长太长了"),
            ("thing1", " "),
            ("number2", "12a"),
            ("number2", "123456789012345678901234567890123"),
            ("letter3", "abc1"),
            ("symbol1", "a"),
            ("character_string3", "编号1"),
            ("name4", "这个名字一共有十一个字呢"),
            ("phrase5", "审核没有通过"),
            ("phrase5", "ok"),
            ("phone_number6", "199000000010000000"),
            ("car_number7", "川A1234567"),
        ];
        for (key, value) in refused {
            assert!(check(key, value).is_err(), "{key} {value}");
        }
    }

    #[test]
    fn long_things_are_shortened_and_values_are_not_in_debug() {
        let data = MessageData::new().put_short("thing1", &"长".repeat(30)).unwrap();
        let text = serde_json::to_string(&data).unwrap();
        assert_eq!(text, format!(r#"{{"thing1":{{"value":"{}…"}}}}"#, "长".repeat(19)));
        assert_eq!(format!("{data:?}"), r#"{"thing1"}"#);
    }
}
