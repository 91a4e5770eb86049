//! What a screen, an export or a log may show of somebody's data.

use std::fmt;

/// A string that is safe to show: enough to recognise a person you know, too little to learn who a stranger is.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct Masked(String);

impl Masked {
    /// `632***********0013`: three first and four last.
    pub fn id_number(raw: &str) -> Self {
        Self::keeping(raw, 3, 4)
    }

    /// `138****5678`; landlines keep the same ends.
    pub fn phone(raw: &str) -> Self {
        Self::keeping(raw, 3, 4)
    }

    /// `王*`, `王*国`, `买*****逊`: first and last, the last only where something is left to hide.
    pub fn name(raw: &str) -> Self {
        let last = usize::from(raw.chars().count() > 2);
        Self::keeping(raw, 1, last)
    }

    /// `************0013`: four last.
    pub fn bank_card(raw: &str) -> Self {
        Self::keeping(raw, 0, 4)
    }

    /// `w***@example.com`: the first letter and the domain.
    pub fn email(raw: &str) -> Self {
        match raw.rsplit_once('@') {
            Some((local, domain)) => {
                let first: String = local.chars().take(1).collect();
                Self(format!("{first}***@{domain}"))
            }
            None => Self::keeping(raw, 1, 0),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Stars in place of everything between the first `head` and the last `tail` characters. A text too short to
    /// hide at least as much as it shows becomes all stars: it is not what the caller thought it was.
    fn keeping(raw: &str, head: usize, tail: usize) -> Self {
        let count = raw.chars().count();
        if count <= head + tail {
            return Self("*".repeat(count));
        }
        let hidden = count - tail;
        let masked = raw.chars().enumerate().map(|(i, c)| if i < head || i >= hidden { c } else { '*' });
        Self(masked.collect())
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Masked> for String {
    fn from(masked: Masked) -> Self {
        masked.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_keeps_its_ends() {
        assert_eq!(Masked::id_number("632123198501010013").as_str(), "632***********0013");
        assert_eq!(Masked::phone("13812345678").as_str(), "138****5678");
        assert_eq!(Masked::bank_card("6222020000000013").as_str(), "************0013");
        assert_eq!(Masked::email("wang@example.com").as_str(), "w***@example.com");
    }

    #[test]
    fn names_of_every_length_hide_something() {
        let names =
            [("王强", "王*"), ("王建国", "王*国"), ("欧阳建国", "欧**国"), ("𠮷田", "𠮷*"), ("王", "*"), ("", "")];
        for (name, masked) in names {
            assert_eq!(Masked::name(name).as_str(), masked);
        }
    }

    #[test]
    fn a_text_too_short_to_mask_is_hidden_whole() {
        assert_eq!(Masked::id_number("6321").as_str(), "****");
    }
}
