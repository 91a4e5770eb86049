//! Free text with a length a column and a screen can hold.

use super::Problem;
use super::raw::{RawText, is_invisible};
use serde::de::Error;
use std::borrow::Cow;
use std::fmt;

/// Trimmed text of `MIN` to `MAX` characters. Line breaks are `\n`, tabs are spaces, control characters are
/// refused, invisible and direction-changing marks are dropped. `Debug` shows the length only, for addresses
/// and remarks are personal too.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Text<const MIN: usize, const MAX: usize>(String);

impl<const MIN: usize, const MAX: usize> Text<MIN, MAX> {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let input = input.replace("\r\n", "\n");
        let tidy = input.chars().filter(|c| !is_invisible(*c)).map(|c| match c {
            '\r' => '\n',
            '\t' | '\u{00A0}' => ' ',
            _ => c,
        });
        let text: String = tidy.collect();
        let text = text.trim();
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return Err("含有不可见的控制字符，请重新输入".into());
        }
        match text.chars().count() {
            0 if MIN > 0 => Err("不能为空".into()),
            count if count < MIN => Err(format!("至少 {MIN} 个字").into()),
            count if count > MAX => Err(format!("最多 {MAX} 个字，现在是 {count} 个").into()),
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

impl<const MIN: usize, const MAX: usize> fmt::Display for Text<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<const MIN: usize, const MAX: usize> fmt::Debug for Text<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} characters)", self.0.chars().count())
    }
}

impl<const MIN: usize, const MAX: usize> From<Text<MIN, MAX>> for String {
    fn from(text: Text<MIN, MAX>) -> Self {
        text.0
    }
}

// The macro of the other types knows no generic parameters.
impl<const MIN: usize, const MAX: usize> std::str::FromStr for Text<MIN, MAX> {
    type Err = Problem;

    fn from_str(input: &str) -> Result<Self, Problem> {
        Self::parse(input)
    }
}

impl<'de, const MIN: usize, const MAX: usize> serde::Deserialize<'de> for Text<MIN, MAX> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&RawText::deserialize(deserializer)?.0).map_err(D::Error::custom)
    }
}

impl<const MIN: usize, const MAX: usize> utoipa::PartialSchema for Text<MIN, MAX> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::schema::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .min_length((MIN > 0).then_some(MIN))
            .max_length(Some(MAX))
            .into()
    }
}

impl<const MIN: usize, const MAX: usize> utoipa::ToSchema for Text<MIN, MAX> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Text_{MIN}_{MAX}"))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn text_is_tidied_and_counted_in_characters() {
        let text: Text<1, 6> = "　\u{202E}一号楼\r\n\t𠮷\u{0}".replace('\0', "").parse().unwrap();
        assert_eq!(text.as_str(), "一号楼\n 𠮷");
        assert_eq!(format!("{text:?}"), "Text(6 characters)");
    }

    #[test]
    fn lengths_are_kept() {
        let refusal = |typed: &str| String::from(Text::<2, 4>::parse(typed).unwrap_err());
        assert_eq!(refusal("  "), "不能为空");
        assert_eq!(refusal("一"), "至少 2 个字");
        assert_eq!(refusal("一二三四五"), "最多 4 个字，现在是 5 个");
        assert!(Text::<0, 4>::parse(" ").is_ok());
    }

    #[test]
    fn control_characters_are_refused() {
        for typed in ["a\0b", "a\u{1b}[31m", "a\u{7f}b"] {
            assert!(Text::<1, 40>::parse(typed).is_err(), "{typed:?}");
        }
    }
}
