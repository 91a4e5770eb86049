//! What lines say: values, and how far they can be trusted. Pure.

mod address;
mod authority;
mod date;
mod id_number;
mod name;
mod nation;
mod validity;
mod weigh;

pub use address::{address, doubtful};
pub use authority::authority;
pub use date::Date;
pub use id_number::{IdNumber, id_number};
pub use name::{Ink, name};
pub use nation::nation;
pub use validity::validity;

/// A value, and whether somebody has to look at it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judged {
    pub value: String,
    pub confidence: f32,
    pub sure: bool,
    pub lookalikes: Vec<String>,
}

impl Judged {
    pub fn new(value: impl Into<String>, confidence: f32, sure: bool) -> Self {
        let value = value.into();
        Self { sure: sure && !value.is_empty(), value, confidence, lookalikes: vec![] }
    }
}
