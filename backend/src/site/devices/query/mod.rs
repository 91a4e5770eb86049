//! Reads of devices, for this feature and for those above it.

mod log_in;

pub use log_in::{BoundDevice, log_in};
