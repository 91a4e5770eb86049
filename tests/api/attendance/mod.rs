//! 考勤: who may punch, punches on their way to disk, and what they come to.

pub mod announcements;
mod lists;
mod overview;
mod photos;
mod recompute;
mod record;
pub mod support;
