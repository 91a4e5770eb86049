//! Writes: punches come in, the live boards hear of them, and days are reckoned anew.

mod announce;
mod recompute;
mod record;

pub use announce::announce_punches;
pub use recompute::Recompute;
pub use record::{Arrived, Recorded, record};
