//! Plumbing that knows no building site.

pub mod auth;
pub mod cache;
pub mod config;
pub mod crypto;
pub mod files;
pub mod messages;
pub mod sheets;
pub mod types;
