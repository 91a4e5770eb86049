mod cache;
mod files;
mod jobs;
mod mail;
mod migrations;
pub mod pictures;
mod upkeep;
mod uploads;
