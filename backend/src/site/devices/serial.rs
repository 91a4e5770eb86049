//! The serial a device sends when it logs in.

use std::fmt;

use utoipa::openapi::schema::{ObjectBuilder, Type};

use crate::platform::types::{Problem, folded};

/// The width of the field it is sent in.
const LONGEST: usize = 32;

/// One to thirty-two printable ASCII characters, exactly as on the type plate: the terminal sends it so, and capitals
/// are other letters.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Serial(String);

impl Serial {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let text = folded(input);
        // Padding on the wire, so a space at either end can never arrive.
        let text = text.trim();
        match text.chars().count() {
            0 => Err("请填写设备序列号".into()),
            _ if !text.chars().all(|c| matches!(c, ' '..='~')) => {
                Err("序列号只能由字母、数字和英文符号组成，请与设备铭牌核对".into())
            }
            count if count > LONGEST => Err(format!("序列号最多 {LONGEST} 位，现在是 {count} 位").into()),
            _ => Ok(Self(text.to_owned())),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl<'de> serde::Deserialize<'de> for Serial {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl utoipa::PartialSchema for Serial {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("设备序列号，与设备铭牌一致"))
            .min_length(Some(1))
            .max_length(Some(LONGEST))
            .into()
    }
}

impl utoipa::ToSchema for Serial {}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    #[test]
    fn what_people_type_becomes_what_the_terminal_sends() {
        assert_eq!(Serial::parse("　ＭＣ-K1-0001 ").unwrap().as_str(), "MC-K1-0001");
        assert_eq!(Serial::parse("mc/k1 #2").unwrap().as_str(), "mc/k1 #2");
        assert_eq!(Serial::parse(&"7".repeat(32)).unwrap().as_str().len(), 32);
    }

    #[test]
    fn what_no_terminal_can_send_is_refused() {
        for text in ["", "   ", "设备1号", "a\tb", "a\u{0}b"] {
            assert!(Serial::parse(text).is_err(), "{text:?}");
        }
        assert!(Serial::parse(&"7".repeat(33)).unwrap_err().to_string().contains("33 位"));
    }
}
