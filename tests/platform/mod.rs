mod cache;
mod files;
mod jobs;
mod mail;
pub mod pictures;
mod uploads;
