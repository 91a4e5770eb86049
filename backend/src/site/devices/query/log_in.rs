//! 843: which device it is that speaks.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::{
    entity::{device, project, vendor},
    platform::{
        App,
        web::{Error, Result},
    },
    site::devices::Refused,
};

pub const UNKNOWN_VENDOR: Refused = Refused::new("unknown_vendor", "设备商编码不存在");
pub const WRONG_VENDOR: Refused = Refused::new("wrong_vendor", "设备商编码不符");
pub const NOT_REGISTERED: Refused = Refused::new("not_registered", "设备未登记");
pub const UNBOUND: Refused = Refused::new("unbound", "设备已解绑");
pub const CANCELLED: Refused = Refused::new("cancelled", "项目已注销");

/// A device that has said who it is, and its project.
#[derive(Clone, Debug)]
pub struct BoundDevice {
    pub device: device::Model,
    pub project: project::Model,
}

/// The device with this serial, if its vendor's code is right. A terminal has no account: the two are all it proves,
/// so it is looked up among everybody's.
pub async fn log_in(app: &App, vendor_code: &str, serial: &str) -> Result<Result<BoundDevice, Refused>> {
    let db = app.db.reader();
    let bound = device::Entity::find()
        .filter(device::Column::Serial.eq(serial))
        .filter(device::Column::UnboundAt.is_null())
        .find_also_related(vendor::Entity)
        .one(db)
        .await?;
    let Some((device, Some(vendor))) = bound else { return why_unknown(app, vendor_code, serial).await.map(Err) };
    if vendor.code != vendor_code {
        return Ok(Err(WRONG_VENDOR));
    }
    let project = project::Entity::find_by_id(device.project_id).one(db).await?;
    let project = project.ok_or_else(|| Error::internal("a device without a project"))?;
    match project.cancelled_at {
        Some(_) => Ok(Err(CANCELLED)),
        None => Ok(Ok(BoundDevice { device, project })),
    }
}

async fn why_unknown(app: &App, vendor_code: &str, serial: &str) -> Result<Refused> {
    let db = app.db.reader();
    let vendors = vendor::Entity::find().filter(vendor::Column::Code.eq(vendor_code));
    if vendors.count(db).await? == 0 {
        return Ok(UNKNOWN_VENDOR);
    }
    let earlier = device::Entity::find().filter(device::Column::Serial.eq(serial));
    Ok(if earlier.count(db).await? == 0 { NOT_REGISTERED } else { UNBOUND })
}
