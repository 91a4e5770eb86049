//! The name an account logs in by.

use super::raw::folded;
use super::{Problem, described_as_string, parsed_from_text};
use std::fmt;

/// 4 to 32 letters, digits and `-` `_` `.`, in lower case: nobody is to be told from somebody else by a capital.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Login(String);

impl Login {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let login = folded(input).trim().to_lowercase();
        if !login.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
            return Err("账号名只能用字母、数字和 - _ .".into());
        }
        if !(4..=32).contains(&login.len()) {
            return Err("账号名须为 4 到 32 个字符".into());
        }
        Ok(Self(login))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

parsed_from_text!(Login);
described_as_string!(
    Login,
    .description(Some("账号名：4 到 32 个字母、数字或 - _ ."))
    .pattern(Some(r"^[A-Za-z0-9._-]+$"))
    .min_length(Some(4))
    .max_length(Some(32))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn capitals_make_no_difference() {
        assert_eq!(Login::parse(" PJ-Jianguan.01 ").unwrap().as_str(), "pj-jianguan.01");
    }

    #[test]
    fn what_cannot_be_typed_everywhere_is_refused() {
        for typed in ["abc", "蓬江监管", "a b c", "a@b.c", "", &"a".repeat(33)] {
            assert!(Login::parse(typed).is_err(), "{typed}");
        }
    }
}
