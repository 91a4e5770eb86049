//! 我的: a worker on their phone, and 【考勤异议】 where the project answers.

mod mine;
mod objections;
mod support;
