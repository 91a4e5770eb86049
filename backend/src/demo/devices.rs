//! Terminals of the demo. The first is the device protocol's worked example and waits for a real terminal; a simulated
//! one stands at the third gate.

use serde_json::json;

use super::{Demo, form};
use crate::{
    channels::terminal::simulator::{SERIAL, VENDOR_CODE},
    entity::project,
    platform::web::Result,
    site::devices::service::register,
};

/// Of each project: serial, kind, place, direction.
const DEVICES: [&[(&str, &str, &str, &str)]; 3] = [
    &[
        ("MC-K1-00000000000000000000000001", "attendance", "1号门（体验用）", "turns"),
        ("MC-K1-00000000000000000000000002", "attendance", "2号门进口", "in"),
        ("MC-K1-00000000000000000000000003", "attendance", "2号门出口", "out"),
        (SERIAL, "attendance", "3号门（模拟设备）", "turns"),
        ("MC-C1-00000000000000000000000001", "collection", "项目部办公室", "turns"),
    ],
    &[
        ("MC-K1-00000000000000000000000011", "attendance", "南门进口", "in"),
        ("MC-K1-00000000000000000000000012", "attendance", "南门出口", "out"),
    ],
    &[
        ("MC-K1-00000000000000000000000021", "attendance", "东门进口", "in"),
        ("MC-K1-00000000000000000000000022", "attendance", "东门出口", "out"),
    ],
];

/// Registers the devices of a project, of which the `index`th.
pub async fn register_all(demo: &Demo<'_>, project: &project::Model, index: usize) -> Result<()> {
    for (serial, kind, place, direction) in DEVICES[index] {
        let entry = form(json!({
            "vendor_code": VENDOR_CODE, "serial": serial, "kind": kind, "place": place, "direction": direction,
            "model": "MC-K1",
        }))?;
        register(demo.tx, &demo.caller, project, entry).await?;
    }
    Ok(())
}
