//! Plumbing that knows no building site.

mod app;
pub mod audit;
pub mod auth;
pub mod cache;
pub mod config;
pub mod console;
pub mod crypto;
pub mod database;
mod embedded;
pub mod exports;
pub mod files;
pub mod jobs;
pub mod messages;
pub mod partitions;
pub mod phone;
pub mod settings;
pub mod sheets;
pub mod telemetry;
pub mod tickets;
pub mod tls;
pub mod types;
pub mod upkeep;
pub mod vision;
pub mod web;
pub mod wechat;

pub use app::{App, StartError};
