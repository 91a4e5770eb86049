//! Code of an administrative division, GB/T 2260.

use super::raw::compact;
use super::{Problem, described_as_string, parsed_from_text};
use std::fmt;

/// Six digits: two of province, two of city, two of county. `000000` stands for the whole country.
///
/// The code's form is checked here; whether such a region exists is known to `registry::regions`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct RegionCode(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegionLevel {
    Nation,
    Province,
    City,
    County,
}

impl RegionCode {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let code = compact(input);
        if code.is_empty() {
            return Err("请选择行政区划".into());
        }
        let digits = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        let (province, city, county) = if digits { (&code[..2], &code[2..4], &code[4..]) } else { ("00", "00", "01") };
        // A zero part has only zeros after it; 省直辖县 have the city part 90, so they keep this rule too.
        if (province == "00" && city != "00") || (city == "00" && county != "00") {
            return Err("行政区划代码应为 6 位数字，例如 440703".into());
        }
        Ok(Self(code))
    }

    pub fn nation() -> Self {
        Self("000000".to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn level(&self) -> RegionLevel {
        match self.prefix().len() {
            0 => RegionLevel::Nation,
            2 => RegionLevel::Province,
            4 => RegionLevel::City,
            _ => RegionLevel::County,
        }
    }

    /// What the codes of this region and all below it begin with: `44`, `4407`, `440703`; nothing for the nation.
    pub fn prefix(&self) -> &str {
        let mut prefix = self.0.as_str();
        while let Some(shorter) = prefix.strip_suffix("00") {
            prefix = shorter;
        }
        prefix
    }

    /// Is `other` this region or below it?
    pub fn contains(&self, other: &RegionCode) -> bool {
        other.0.starts_with(self.prefix())
    }

    /// This region and those above it, up to the nation: 440703, 440700, 440000, 000000. Some may not exist as
    /// regions of their own (the 419000 above 济源 419001).
    pub fn lineage(&self) -> Vec<RegionCode> {
        let prefix = self.prefix();
        (0..=prefix.len() / 2).rev().map(|pairs| Self(format!("{:0<6}", &prefix[..pairs * 2]))).collect()
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

parsed_from_text!(RegionCode);
described_as_string!(
    RegionCode,
    .description(Some("行政区划代码（GB/T 2260），6 位"))
    .pattern(Some(r"^\d{6}$"))
    .min_length(Some(6))
    .max_length(Some(6))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    #[test]
    fn level_and_prefix_follow_the_trailing_zeros() {
        let cases = [
            ("000000", "", RegionLevel::Nation),
            ("440000", "44", RegionLevel::Province),
            ("440700", "4407", RegionLevel::City),
            ("440703", "440703", RegionLevel::County),
            ("441900", "4419", RegionLevel::City),
            ("419001", "419001", RegionLevel::County),
        ];
        for (text, prefix, level) in cases {
            assert_eq!(code(text).prefix(), prefix);
            assert_eq!(code(text).level(), level);
        }
    }

    #[test]
    fn a_region_contains_itself_and_all_below() {
        assert!(code("440700").contains(&code("440703")));
        assert!(code("440700").contains(&code("440700")));
        assert!(!code("440700").contains(&code("440000")));
        assert!(!code("440700").contains(&code("440803")));
        assert!(RegionCode::nation().contains(&code("440703")));
        assert!(!code("440703").contains(&RegionCode::nation()));
    }

    #[test]
    fn lineage_goes_up_to_the_nation() {
        let lineage: Vec<String> = code("440703").lineage().iter().map(ToString::to_string).collect();
        assert_eq!(lineage, ["440703", "440700", "440000", "000000"]);
        assert_eq!(RegionCode::nation().lineage(), [RegionCode::nation()]);
    }

    #[test]
    fn malformed_codes_are_refused() {
        for text in ["", "44", "4407031", "44O703", "440003", "000001", "004400", "江门市江海"] {
            assert!(RegionCode::parse(text).is_err(), "{text}");
        }
    }
}
