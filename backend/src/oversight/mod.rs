//! Who watches.

/// 【工作台】
pub mod alerts;
pub mod workbench;
