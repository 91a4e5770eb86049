//! 花名册: entries, exits, and what comes between.

mod enter;
mod exit;
mod export;
mod import;
mod list;
pub mod support;
