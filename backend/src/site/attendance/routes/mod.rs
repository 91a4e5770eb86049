pub mod export;
pub mod lists;
pub mod overview;
pub mod photo;
pub mod recompute;
