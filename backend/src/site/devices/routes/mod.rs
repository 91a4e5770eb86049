//! 设备 over HTTP.

pub mod bind;
pub mod list;
pub mod push;
