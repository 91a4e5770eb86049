//! Who watches.

/// 【工作台】
pub mod workbench;
