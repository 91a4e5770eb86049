//! 【批量人员进场】: a workbook becomes people on the roster, chunk by chunk.
//!
//! A chunk is one transaction, and somebody who is already in the crew is not entered again: the job can be killed
//! anywhere and run once more, and the same file twice enters nobody twice.

mod chunk;
mod columns;
mod job;
mod parse;
mod report;
mod write;

pub use columns::{Crews, columns};
pub use job::ImportEntries;
