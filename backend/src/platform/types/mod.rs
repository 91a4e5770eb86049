//! Values that cannot be wrong once parsed.
//!
//! Everything a client sends is parsed into these at the edge: by serde inside a request body, or by `parse`
//! for a spreadsheet cell. A refusal is a [`Problem`], a Chinese sentence the sender can act on. The types that
//! identify somebody mask themselves in `Debug` and `Display` and cannot be serialized; `expose()` gives the raw
//! string to the code that stores or seals it.

mod bank_card;
mod blank;
pub mod clock;
mod credit_code;
mod day;
mod email;
mod ethnic;
mod id_number;
mod login;
mod masked;
mod mobile;
mod month;
mod person_name;
mod phone;
mod problem;
mod raw;
mod region_code;
mod sex;
pub mod synthetic;
mod text;
mod yes_or_no;

pub use bank_card::BankCard;
pub use blank::blank_as_none;
pub use credit_code::CreditCode;
pub use day::Day;
pub use email::Email;
pub use ethnic::Ethnic;
pub use id_number::IdNumber;
pub use login::Login;
pub use masked::Masked;
pub use mobile::Mobile;
pub use month::Month;
pub use person_name::PersonName;
pub use phone::Phone;
pub use problem::Problem;
pub(crate) use raw::folded;
pub use region_code::{RegionCode, RegionLevel};
pub use sex::Sex;
pub use text::Text;
pub use yes_or_no::yes_or_no;

/// What every value type has: `FromStr` and a `Deserialize` that refuses with the sentence `parse` gives.
macro_rules! parsed_from_text {
    ($type:ty) => {
        impl std::str::FromStr for $type {
            type Err = $crate::platform::types::Problem;

            fn from_str(input: &str) -> Result<Self, Self::Err> {
                Self::parse(input)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let raw = $crate::platform::types::raw::RawText::deserialize(deserializer)?;
                Self::parse(&raw.0).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// `Debug` and `Display` of a type that identifies somebody show its mask.
macro_rules! shown_masked {
    ($type:ty) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.masked(), f)
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($type), self.masked())
            }
        }
    };
}

/// The type's place in the OpenAPI document: a string, narrowed by the given builder calls.
macro_rules! described_as_string {
    ($type:ty, $($narrowing:tt)*) => {
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    $($narrowing)*
                    .into()
            }
        }

        impl utoipa::ToSchema for $type {}
    };
}

use {described_as_string, parsed_from_text, shown_masked};

#[cfg(test)]
mod tests;
