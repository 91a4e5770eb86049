//! Mingce 名册: real-name management of construction workers.

pub mod entity;
pub mod platform;
pub mod registry;
