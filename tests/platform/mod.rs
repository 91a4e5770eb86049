mod cache;
mod files;
mod pictures;
mod uploads;
