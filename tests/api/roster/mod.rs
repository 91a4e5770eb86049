//! 花名册: entries, exits, and what comes between.

mod collisions;
mod enter;
mod exit;
mod export;
mod import;
mod import_audit;
mod list;
mod rights;
pub mod support;
