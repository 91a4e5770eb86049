//! Who watches.

/// 设备商: the registry of vendors.
pub mod vendors;
/// 【工作台】
pub mod workbench;
