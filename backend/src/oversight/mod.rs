//! Who watches.

/// 【工作台】
pub mod alerts;
/// 设备商: the registry of vendors.
pub mod vendors;
pub mod workbench;
