//! Ethnic groups by the terminals' numbers.

use std::fmt;

/// One of the 56 groups, 其他, or 外国血统. On the wire it is a number in one command and two digits in another; no
/// counterpart but the terminals numbers the groups like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ethnic(u8);

/// In the order of the numbers, from 1.
#[rustfmt::skip]
const NAMES: [&str; 58] = [
    "汉族", "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族",
    "满族", "侗族", "瑶族", "土家族", "白族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族",
    "佤族", "畲族", "高山族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族",
    "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族",
    "塔吉克族", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族", "保安族", "裕固族", "京族",
    "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族", "基诺族", "其他", "外国血统",
];

/// The protocol's text has the names these two groups bore before 1985 and 1986.
const FORMER_NAMES: [(&str, u8); 2] = [("毛难族", 36), ("崩龙族", 46)];

impl Ethnic {
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=NAMES.len() as u8).map(Self)
    }

    pub fn from_number(number: u8) -> Option<Self> {
        (1..=NAMES.len()).contains(&usize::from(number)).then_some(Self(number))
    }

    /// `01`; also without its zero, or with more of them, as the field of four has room for.
    pub fn from_code(code: &str) -> Option<Self> {
        let digits = (1..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| code.parse().ok().and_then(Self::from_number))?
    }

    pub fn from_name(name: &str) -> Option<Self> {
        let known = NAMES.into_iter().zip(1..).chain(FORMER_NAMES);
        known.into_iter().find(|(known, _)| *known == name).map(|(_, number)| Self(number))
    }

    pub fn number(self) -> u8 {
        self.0
    }

    pub fn code(self) -> String {
        format!("{:02}", self.0)
    }

    /// Today's name.
    pub fn name(self) -> &'static str {
        NAMES[usize::from(self.0) - 1]
    }
}

impl fmt::Display for Ethnic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_is_found_by_number_code_and_name() {
        assert_eq!(Ethnic::all().count(), 58);
        for ethnic in Ethnic::all() {
            assert_eq!(Ethnic::from_number(ethnic.number()), Some(ethnic));
            assert_eq!(Ethnic::from_code(&ethnic.code()), Some(ethnic));
            assert_eq!(Ethnic::from_name(ethnic.name()), Some(ethnic));
        }
    }

    #[test]
    fn numbers_are_those_of_the_specification() {
        let known = [(1, "汉族"), (5, "维吾尔族"), (14, "土家族"), (15, "白族"), (29, "柯尔克孜族"), (49, "京族")];
        let last = [(36, "毛难族"), (46, "崩龙族"), (56, "基诺族"), (57, "其他"), (58, "外国血统")];
        for (number, name) in known.into_iter().chain(last) {
            assert_eq!(Ethnic::from_name(name), Ethnic::from_number(number), "{name}");
        }
    }

    #[test]
    fn a_code_is_a_few_digits_and_nothing_else() {
        assert_eq!(Ethnic::from_code("1"), Ethnic::from_number(1));
        assert_eq!(Ethnic::from_code("0001"), Ethnic::from_number(1));
        for code in ["", "0", "00", "59", "+1", " 1", "00001", "9999", "a", "汉"] {
            assert_eq!(Ethnic::from_code(code), None, "{code}");
        }
        assert_eq!(Ethnic::from_number(0), None);
    }
}
