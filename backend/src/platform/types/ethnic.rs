//! Ethnic group.

use super::raw::compact;
use super::{Problem, parsed_from_text};
use std::fmt;

/// One of the 56 groups, 其他, or 外国血统, by the number the terminals use. Other counterparts number the groups
/// differently, so they are given the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ethnic(u8);

/// In the order of the terminals' codes, from 1. 毛南族 and 德昂族 carry today's names; the protocol's text has
/// their old ones.
#[rustfmt::skip]
const NAMES: [&str; 58] = [
    "汉族", "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族",
    "满族", "侗族", "瑶族", "土家族", "白族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族",
    "佤族", "畲族", "高山族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族",
    "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族",
    "塔吉克族", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族", "保安族", "裕固族", "京族",
    "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族", "基诺族", "其他", "外国血统",
];

const OTHER_SPELLINGS: [(&str, u8); 7] = [
    ("毛难族", 36),
    ("崩龙族", 46),
    ("乌兹别克族", 43),
    ("穿青人", 57),
    ("其它", 57),
    ("外国血统中国籍人士", 58),
    ("外国血统中国籍人员", 58),
];

impl Ethnic {
    /// From a name with or without 族 (汉, 汉族) or a code with or without its zero (1, 01).
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let text = compact(input);
        if text.is_empty() {
            return Err("请选择民族".into());
        }
        if text.len() <= 2
            && let Ok(code) = text.parse::<u8>()
        {
            return Self::from_code(code);
        }
        let full = if text.ends_with('族') { text.clone() } else { format!("{text}族") };
        let known = NAMES.iter().zip(1..).map(|(name, code)| (*name, code)).chain(OTHER_SPELLINGS);
        let mut matching = known.filter(|(name, _)| *name == text || *name == full);
        matching.next().map(|(_, code)| Self(code)).ok_or_else(|| "没有这个民族，请从列表中选择，例如“汉族”".into())
    }

    pub fn from_code(code: u8) -> Result<Self, Problem> {
        if (1..=NAMES.len()).contains(&usize::from(code)) {
            Ok(Self(code))
        } else {
            Err("民族代码应为 01 至 58".into())
        }
    }

    /// The number in the terminals' command 845.
    pub fn code(self) -> u8 {
        self.0
    }

    /// The two digits in the terminals' command 852.
    pub fn two_digits(self) -> String {
        format!("{:02}", self.0)
    }

    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0) - 1).copied().unwrap_or("其他")
    }

    /// As the ID card prints it and the national upload wants it: 汉, 维吾尔.
    pub fn short_name(self) -> &'static str {
        let name = self.name();
        name.strip_suffix('族').unwrap_or(name)
    }

    /// All groups in the order of their codes, for lists to choose from.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=NAMES.len() as u8).map(Self)
    }
}

impl fmt::Display for Ethnic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl serde::Serialize for Ethnic {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

parsed_from_text!(Ethnic);

impl utoipa::PartialSchema for Ethnic {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::schema::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("民族"))
            .enum_values(Some(NAMES))
            .into()
    }
}

impl utoipa::ToSchema for Ethnic {}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn every_group_is_read_from_name_short_name_and_code() {
        assert_eq!(Ethnic::all().count(), 58);
        for ethnic in Ethnic::all() {
            assert_eq!(Ethnic::parse(ethnic.name()).unwrap(), ethnic);
            assert_eq!(Ethnic::parse(ethnic.short_name()).unwrap(), ethnic);
            assert_eq!(Ethnic::parse(&ethnic.two_digits()).unwrap(), ethnic);
            assert_eq!(Ethnic::parse(&ethnic.code().to_string()).unwrap(), ethnic);
        }
    }

    #[test]
    fn codes_are_the_terminals() {
        for (code, name) in [
            (1, "汉族"),
            (5, "维吾尔族"),
            (10, "朝鲜族"),
            (29, "柯尔克孜族"),
            (50, "塔塔尔族"),
            (56, "基诺族"),
            (58, "外国血统"),
        ] {
            assert_eq!(Ethnic::from_code(code).unwrap().name(), name);
        }
        assert!(Ethnic::from_code(0).is_err() && Ethnic::from_code(59).is_err());
    }

    #[test]
    fn old_names_are_understood_and_nonsense_is_not() {
        assert_eq!(Ethnic::parse("崩龙族").unwrap().name(), "德昂族");
        assert_eq!(Ethnic::parse("毛难").unwrap().name(), "毛南族");
        for text in ["", "族", "汉人", "0", "099", "59"] {
            assert!(Ethnic::parse(text).is_err(), "{text}");
        }
    }
}
