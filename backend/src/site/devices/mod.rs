//! 设备: terminals at the gate, machines that collect people, phones for mobile attendance.
//!
//! Invariants: a device belongs to one project from registration until it is unbound or replaced, and its serial is
//! bound once on the whole platform; it is never deleted, for punches refer to it, and who replaced whom stays on
//! record; how it is doing is written by the one connection it speaks over and by nobody else; what a terminal is
//! told fits its screen.

pub mod control;
mod events;
pub mod query;
mod refused;
pub mod service;

pub use control::DEVICE_TOPIC;
pub use refused::Refused;
