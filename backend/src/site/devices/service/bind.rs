//! Devices come to a project, change, are replaced and leave.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entity::{
        Reach, Scope,
        device::{self, DeviceKind, Direction},
        project, vendor,
    },
    platform::{
        audit,
        auth::Caller,
        types::Text,
        web::{Error, IfMatch, Result},
    },
    site::devices::{
        dto::{DeviceEdit, DeviceEntry, DeviceFacts, DeviceReplacement, DeviceUnbinding},
        query,
    },
};

/// 【登记考勤设备】【登记采集设备】【登记移动考勤设备】
pub async fn register(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    entry: DeviceEntry,
) -> Result<device::Model> {
    let DeviceEntry { vendor_code, serial, kind, place, direction, model } = entry;
    let vendor = vendor_of(tx, &vendor_code).await?;
    let row = device::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project.id),
        vendor_id: Set(vendor.id),
        serial: Set(serial.into_string()),
        kind: Set(kind),
        place: Set(place.into_string()),
        direction: Set(direction_of(kind, direction)?),
        model: Set(model.map(Text::into_string)),
        replaces_id: Set(None),
        unbound_at: Set(None),
        unbound_reason: Set(None),
        created_at: Set(Utc::now()),
        revision: Set(1),
    };
    let made = row.insert(tx).await?;
    about("device.register", &made, project).created(&DeviceFacts::of(&made)).write(tx, caller).await?;
    Ok(made)
}

/// Changes where a bound device hangs and what a punch at it means.
pub async fn edit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    id: Uuid,
    if_match: IfMatch,
    form: DeviceEdit,
) -> Result<device::Model> {
    let before = query::locked(tx, &within(project), id).await?;
    if_match.check(before.revision)?;
    must_be_bound(&before)?;
    let DeviceEdit { place, direction, model } = form;
    let row = device::ActiveModel {
        id: Set(id),
        place: Set(place.into_string()),
        direction: Set(direction_of(before.kind, direction)?),
        model: Set(model.map(Text::into_string)),
        revision: Set(before.revision + 1),
        ..Default::default()
    };
    let after = row.update(tx).await?;
    about("device.edit", &after, project)
        .changed(&DeviceFacts::of(&before), &DeviceFacts::of(&after))
        .write(tx, caller)
        .await?;
    Ok(after)
}

/// 【更换】: a new device takes the place of one that stays on record with its punches.
pub async fn replace(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    id: Uuid,
    form: DeviceReplacement,
) -> Result<device::Model> {
    let before = query::locked(tx, &within(project), id).await?;
    must_be_bound(&before)?;
    let DeviceReplacement { vendor_code, serial, model, reason } = form;
    let vendor = vendor_of(tx, &vendor_code).await?;
    let now = Utc::now();
    release(tx, &before, reason.as_str(), now).await?;
    let row = device::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project.id),
        vendor_id: Set(vendor.id),
        serial: Set(serial.into_string()),
        kind: Set(before.kind),
        place: Set(before.place.clone()),
        direction: Set(before.direction),
        model: Set(model.map(Text::into_string)),
        replaces_id: Set(Some(id)),
        unbound_at: Set(None),
        unbound_reason: Set(None),
        created_at: Set(now),
        revision: Set(1),
    };
    let made = row.insert(tx).await?;
    about("device.replace", &made, project)
        .reason(reason)
        .changed(&DeviceFacts::of(&before), &DeviceFacts::of(&made))
        .write(tx, caller)
        .await?;
    Ok(made)
}

/// 【解绑】
pub async fn unbind(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    id: Uuid,
    form: DeviceUnbinding,
) -> Result<device::Model> {
    let before = query::locked(tx, &within(project), id).await?;
    must_be_bound(&before)?;
    let after = release(tx, &before, form.reason.as_str(), Utc::now()).await?;
    about("device.unbind", &after, project)
        .reason(form.reason)
        .changed(&DeviceFacts::of(&before), &DeviceFacts::of(&after))
        .write(tx, caller)
        .await?;
    Ok(after)
}

async fn release(
    tx: &impl ConnectionTrait,
    device: &device::Model,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<device::Model> {
    let row = device::ActiveModel {
        id: Set(device.id),
        unbound_at: Set(Some(at)),
        unbound_reason: Set(Some(reason.to_owned())),
        revision: Set(device.revision + 1),
        ..Default::default()
    };
    Ok(row.update(tx).await?)
}

/// Codes are looked up among all vendors: which of them a site buys from is the site's business.
async fn vendor_of(tx: &impl ConnectionTrait, code: &Text<1, 64>) -> Result<vendor::Model> {
    let found = vendor::Entity::find().filter(vendor::Column::Code.eq(code.as_str())).one(tx).await?;
    found.ok_or_else(|| Error::field("vendor_code", "没有这个设备商编码，请与设备商核对"))
}

/// What a punch means has to be said where people punch.
fn direction_of(kind: DeviceKind, direction: Option<Direction>) -> Result<Direction> {
    match (kind, direction) {
        (_, Some(direction)) => Ok(direction),
        (DeviceKind::Collection, None) => Ok(Direction::Turns),
        (DeviceKind::Attendance | DeviceKind::Mobile, None) => {
            Err(Error::field("direction", "请选择进场、出场或进出轮换"))
        }
    }
}

fn must_be_bound(device: &device::Model) -> Result<()> {
    match device.unbound_at {
        None => Ok(()),
        Some(_) => Err(Error::conflict("unbound", "该设备已解绑，不能再办理")),
    }
}

fn about(action: &'static str, device: &device::Model, project: &project::Model) -> audit::Entry {
    audit::Entry::new(action)
        .subject("device", device.id, format!("{} {}", device.place, device.serial))
        .project(project)
}

pub(super) fn within(project: &project::Model) -> Reach {
    Reach(vec![Scope::Project(project.id)])
}
