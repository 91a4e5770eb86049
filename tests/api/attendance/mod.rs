//! 考勤: who may punch, punches on their way to disk, and what they come to.

pub mod announcements;
mod record;
pub mod support;
