//! 考勤: punches, and what they come to.
//!
//! Invariants: a punch that was acknowledged is on disk, once, with its photo; refused ones are kept with their reason
//! and change no day. A day row is what the day's accepted punches come to, in whatever order they arrived, and the
//! recompute job gives the very same from the punches alone. A project that is stopped (停工) keeps its punches and
//! counts in no rate.

pub mod marks;
pub mod service;
