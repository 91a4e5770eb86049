//! Switches among the filters of a list.

use serde::Deserialize;

/// `true`, or `"true"` as the filters of a list send it.
pub fn yes_or_no<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Sent {
        Bool(bool),
        Text(String),
    }
    match Option::<Sent>::deserialize(deserializer)? {
        None => Ok(None),
        Some(Sent::Bool(value)) => Ok(Some(value)),
        Some(Sent::Text(text)) => match text.as_str() {
            "" => Ok(None),
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => Err(serde::de::Error::custom("应为 true 或 false")),
        },
    }
}
