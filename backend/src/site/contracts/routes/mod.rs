pub mod export;
pub mod file;
pub mod list;
pub mod write;
