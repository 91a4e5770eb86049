use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    entity::device::{DeviceKind, Direction},
    platform::types::{Text, blank_as_none},
    site::devices::serial::Serial,
};

/// 【登记考勤设备】【登记采集设备】【登记移动考勤设备】
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceEntry {
    /// The code the vendor is registered under; its devices send it when they log in.
    pub vendor_code: Text<1, 64>,
    pub serial: Serial,
    pub kind: DeviceKind,
    /// Where it hangs: 1 号门.
    pub place: Text<1, 50>,
    /// Required but for machines that only collect people.
    pub direction: Option<Direction>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub model: Option<Text<1, 50>>,
}

/// What an edit may change. Another serial is another device: 【更换】.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceEdit {
    pub place: Text<1, 50>,
    pub direction: Option<Direction>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub model: Option<Text<1, 50>>,
}

/// 【更换】: another device at the same place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceReplacement {
    pub vendor_code: Text<1, 64>,
    pub serial: Serial,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub model: Option<Text<1, 50>>,
    pub reason: Text<2, 200>,
}

/// 【解绑】
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceUnbinding {
    pub reason: Text<2, 200>,
}
