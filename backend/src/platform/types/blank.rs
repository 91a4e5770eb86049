//! Optional fields of a form arrive as `""` when nobody filled them in.

use super::raw::RawText;
use serde::de::value::StringDeserializer;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};

/// For `Option` fields: absent, `null`, `""` and blanks mean `None`; anything else must parse as `T`.
///
/// ```ignore
/// #[serde(default, deserialize_with = "blank_as_none")]
/// mobile: Option<Mobile>,
/// ```
pub fn blank_as_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    match Option::<RawText>::deserialize(deserializer)? {
        Some(RawText(text)) if !text.trim().is_empty() => {
            T::deserialize(StringDeserializer::<D::Error>::new(text)).map(Some)
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::super::Mobile;
    use super::*;

    #[derive(serde::Deserialize)]
    struct Form {
        #[serde(default, deserialize_with = "blank_as_none")]
        mobile: Option<Mobile>,
        #[serde(default, deserialize_with = "blank_as_none")]
        day: Option<chrono::NaiveDate>,
    }

    #[test]
    fn absent_null_and_blank_are_none() {
        for json in ["{}", r#"{"mobile":null,"day":null}"#, r#"{"mobile":"","day":"  　"}"#] {
            let form: Form = serde_json::from_str(json).unwrap();
            assert!(form.mobile.is_none() && form.day.is_none(), "{json}");
        }
    }

    #[test]
    fn anything_else_is_parsed_and_refused_with_its_own_message() {
        let form: Form = serde_json::from_str(r#"{"mobile":"138 0013 8000","day":"2026-01-05"}"#).unwrap();
        assert_eq!(form.mobile.unwrap().expose(), "13800138000");
        assert_eq!(form.day.unwrap().to_string(), "2026-01-05");
        let refusal = serde_json::from_str::<Form>(r#"{"mobile":"12"}"#).err().unwrap().to_string();
        assert!(refusal.contains("手机号"), "{refusal}");
    }
}
