mod cache;
mod files;
mod jobs;
mod logs;
mod mail;
mod migrations;
pub mod pictures;
mod uploads;
