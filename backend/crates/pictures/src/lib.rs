//! Pictures: as the platform keeps them, as terminals take them, and as the demo draws them. A crate of its own, so that
//! a debug build has it optimised: every test that registers somebody decodes and encodes a face.

mod drawn;
mod format;
mod header;
mod keep;
mod terminal;

pub use drawn::{blank_card, padded, portrait};
pub use format::Format;
pub use header::dimensions;
pub use keep::{Kept, Rules, check, encode, keep};

/// Why a picture is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the picture is broken or cut off")]
    Broken,
    #[error("the picture has more pixels than {limit}")]
    TooManyPixels { limit: u64 },
}

pub type Result<T> = std::result::Result<T, Refused>;
