//! Sex. The terminals and the national upload number it in opposite ways, so no number appears here.

use super::Problem;
use super::raw::compact;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    /// From a spreadsheet cell or an ID card: 男 or 女; also the machine name.
    pub fn parse(input: &str) -> Result<Self, Problem> {
        match compact(input).as_str() {
            "男" | "男性" | "MALE" => Ok(Self::Male),
            "女" | "女性" | "FEMALE" => Ok(Self::Female),
            _ => Err("性别应为“男”或“女”".into()),
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }
}

impl std::str::FromStr for Sex {
    type Err = Problem;

    fn from_str(input: &str) -> Result<Self, Problem> {
        Self::parse(input)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn labels_and_machine_names_are_read_back() {
        for sex in [Sex::Male, Sex::Female] {
            assert_eq!(Sex::parse(sex.label()).unwrap(), sex);
            assert_eq!(Sex::parse(sex.as_str()).unwrap(), sex);
            assert_eq!(serde_json::to_value(sex).unwrap(), sex.as_str());
        }
        assert!(Sex::parse("1").is_err());
    }
}
