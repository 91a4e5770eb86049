//! Sex, by the terminals' digits. Other counterparts use the opposite ones, so the digits stay in here.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    /// `1`, `01` or `1 `, whatever the terminal's maker took two bytes to mean.
    pub(crate) fn from_wire(text: &str) -> Option<Self> {
        match text.trim_ascii() {
            "1" | "01" => Some(Self::Male),
            "0" | "00" => Some(Self::Female),
            _ => None,
        }
    }

    pub(crate) fn digit(self) -> &'static str {
        match self {
            Self::Male => "1",
            Self::Female => "0",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_digit_is_read() {
        for text in ["1", "01", "1 ", " 1"] {
            assert_eq!(Sex::from_wire(text), Some(Sex::Male), "{text:?}");
        }
        for text in ["0", "00", "0 ", " 0"] {
            assert_eq!(Sex::from_wire(text), Some(Sex::Female), "{text:?}");
        }
        for text in ["", "2", "10", "11", "男"] {
            assert_eq!(Sex::from_wire(text), None, "{text:?}");
        }
    }
}
