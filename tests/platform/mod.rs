mod cache;
mod files;
mod mail;
pub mod pictures;
mod uploads;
