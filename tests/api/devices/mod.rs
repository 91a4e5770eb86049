//! 设备: in the console, and as the gateway notes them.

mod collected;
mod connections;
mod live;
mod people;
mod registry;
pub mod support;
