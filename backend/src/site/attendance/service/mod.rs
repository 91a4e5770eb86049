//! Writes: punches come in, and the live boards hear of them.

mod announce;
mod record;

pub use announce::announce_punches;
pub use record::{Arrived, Recorded, record};
