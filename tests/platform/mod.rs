mod cache;
mod files;
pub mod pictures;
mod uploads;
