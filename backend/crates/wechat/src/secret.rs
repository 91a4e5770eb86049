//! Values that no log may show.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A secret, a token, a phone number, the words of a message. `Debug` shows how long it is.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself, at the place where it is needed.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Takes as long for a near miss as for a far one.
    pub fn same_as(&self, other: &str) -> bool {
        subtle::ConstantTimeEq::ct_eq(self.0.as_bytes(), other.as_bytes()).into()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.same_as(&other.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} bytes)", self.0.len())
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

/// Who somebody is to one app. It is no secret, but it is somebody: `Debug` shows enough to tell two apart.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OpenId(String);

impl OpenId {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for OpenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.0.chars().take(6).collect();
        write!(f, "OpenId({shown}…)")
    }
}

impl fmt::Display for OpenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret_and_no_whole_openid() {
        assert_eq!(format!("{:?}", Secret::new("very-secret")), "Secret(11 bytes)");
        assert_eq!(format!("{:?}", OpenId::new("oABCDEFGHIJ")), "OpenId(oABCDE…)");
        assert_eq!(OpenId::new("oABCDEFGHIJ").to_string(), "OpenId(oABCDE…)");
        assert!(Secret::new("a") == Secret::new("a") && Secret::new("a") != Secret::new("ab"));
    }
}
