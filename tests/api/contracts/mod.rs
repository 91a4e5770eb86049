//! 【合同管理】: signed, changed, ended, taken back, deleted; who has none, and what comes of it.

mod due;
mod ends;
mod lists;
mod punching;
mod signing;
pub mod support;
