//! Parts of the platform go away for a while.

mod cache;
mod database;
