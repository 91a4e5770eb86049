use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use crate::platform::types::blank_as_none;

/// A field of an edit. Forms are shown masks and cannot send back what they do not know, so what is absent stays as
/// it is; `null` or blank clears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    #[default]
    Keep,
    Clear,
    To(T),
}

impl<T> Change<T> {
    pub fn map<U>(self, shape: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Self::Keep => Change::Keep,
            Self::Clear => Change::Clear,
            Self::To(value) => Change::To(shape(value)),
        }
    }

    /// The value after the change, given the one before.
    pub fn over(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::To(value) => Some(value),
        }
    }

    /// What to write: nothing when it stays.
    pub fn written(self) -> Option<Option<T>> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(None),
            Self::To(value) => Some(Some(value)),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(blank_as_none(deserializer)?.map_or(Self::Clear, Self::To))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;
    use crate::platform::types::Mobile;

    #[derive(Deserialize)]
    struct Form {
        #[serde(default)]
        phone: Change<Mobile>,
    }

    #[test]
    fn absent_keeps_null_and_blank_clear_and_a_value_is_checked() {
        let read = |json| serde_json::from_str::<Form>(json).map(|form| form.phone);
        assert_eq!(read("{}").unwrap(), Change::Keep);
        assert_eq!(read(r#"{"phone":null}"#).unwrap(), Change::Clear);
        assert_eq!(read(r#"{"phone":"  "}"#).unwrap(), Change::Clear);
        assert!(matches!(read(r#"{"phone":"13800138000"}"#).unwrap(), Change::To(_)));
        assert!(read(r#"{"phone":"12"}"#).is_err());
    }
}
