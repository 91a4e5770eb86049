//! The dictionaries of the national standard: codes that people choose by name. Codes go over the wire and into
//! the database; names are what the screen and Excel show.

/// A code list whose entries mean something to the rules: an enum.
macro_rules! dictionary {
    ($(#[doc = $doc:literal])* $name:ident, $what:literal { $($variant:ident $code:literal => $label:literal,)+ }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// By code or by name: forms send codes, Excel files names.
            pub fn parse(text: &str) -> Result<Self, $crate::platform::types::Problem> {
                let text = text.trim();
                Self::ALL.iter().copied().find(|known| known.code() == text || known.label() == text)
                    .ok_or_else(|| $crate::platform::types::Problem::new(concat!($what, "不在可选范围内")))
            }

            /// A stored code's name; one from an older dictionary shows as it is.
            pub fn label_of(code: &str) -> &str {
                Self::ALL.iter().find(|known| known.code() == code).map_or(code, |known| known.label())
            }
        }

        $crate::registry::dictionaries::as_code!($name, $($code),+);
    };
}

/// A code list nobody's rules look into: a table.
macro_rules! code_list {
    ($(#[doc = $doc:literal])* $name:ident, $what:literal { $($code:literal => $label:literal,)+ }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name(&'static str);

        impl $name {
            pub const TABLE: &[(&'static str, &'static str)] = &[$(($code, $label)),+];

            pub fn code(self) -> &'static str {
                self.0
            }

            pub fn label(self) -> &'static str {
                Self::label_of(self.0)
            }

            /// By code or by name: forms send codes, Excel files names.
            pub fn parse(text: &str) -> Result<Self, $crate::platform::types::Problem> {
                let text = text.trim();
                Self::TABLE.iter().find(|(code, label)| *code == text || *label == text).map(|(code, _)| Self(code))
                    .ok_or_else(|| $crate::platform::types::Problem::new(concat!($what, "不在可选范围内")))
            }

            /// A stored code's name; one from an older dictionary shows as it is.
            pub fn label_of(code: &str) -> &str {
                Self::TABLE.iter().find(|(known, _)| *known == code).map_or(code, |(_, label)| label)
            }
        }

        $crate::registry::dictionaries::as_code!($name, $($code),+);
    };
}

/// Both kinds travel as their code.
macro_rules! as_code {
    ($name:ident, $($code:literal),+) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($code),+]))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}

pub(crate) use as_code;

mod codes;
mod posts;
mod routes;

pub use codes::*;
pub use posts::{posts_of, unit_for_post};
pub use routes::configure;
