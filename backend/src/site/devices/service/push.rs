//! 【人员更新下发】: a terminal cannot be called, but one that finds itself disconnected logs in again and fetches its
//! list. So it is noted that somebody asked, and the gateways end the devices' connections once they are idle.

use chrono::Utc;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::bind::within;
use crate::{
    entity::{device_state, project},
    platform::{
        App, audit,
        auth::Caller,
        web::{Error, Result},
    },
    site::devices::{
        control::{Control, What},
        dto::{PushOrder, Pushed, RawDevice},
        events::{self, Happened},
        query,
        rules::OnlineState,
    },
};

const MOST: usize = 200;

/// Notes that the devices are to update their people. The caller tells them with [`tell`] after the commit.
pub async fn request(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    order: PushOrder,
) -> Result<Vec<RawDevice>> {
    let devices = chosen(tx, project, order).await?;
    if devices.is_empty() {
        return Ok(devices);
    }
    note(tx, &devices).await?;
    let serials: Vec<&str> = devices.iter().map(|raw| raw.device.serial.as_str()).collect();
    audit::Entry::new("device.push")
        .subject("project", project.id, &project.name)
        .project(project)
        .created(&serde_json::json!({ "devices": serials }))
        .write(tx, caller)
        .await?;
    Ok(devices)
}

/// Notes it on the devices alone, for what the platform does by itself.
pub(super) async fn note(tx: &impl ConnectionTrait, devices: &[RawDevice]) -> Result<()> {
    if devices.is_empty() {
        return Ok(());
    }
    let now = Utc::now();
    let row = |raw: &RawDevice| device_state::ActiveModel {
        device_id: Set(raw.device.id),
        push_requested_at: Set(Some(now)),
        ..Default::default()
    };
    let mut again = OnConflict::column(device_state::Column::DeviceId);
    again.update_column(device_state::Column::PushRequestedAt);
    device_state::Entity::insert_many(devices.iter().map(row)).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn tell(app: &App, devices: &[RawDevice]) -> Pushed {
    let now = Utc::now();
    for RawDevice { device, .. } in devices {
        Control::of(device.id, What::Push).tell(app).await;
        events::tell(app, device.project_id, device.id, Happened::Pushed).await;
    }
    let is_online = |raw: &&RawDevice| OnlineState::of(raw.state.as_ref(), now) == OnlineState::Online;
    Pushed { devices: devices.len(), online: devices.iter().filter(is_online).count() }
}

async fn chosen(tx: &impl ConnectionTrait, project: &project::Model, order: PushOrder) -> Result<Vec<RawDevice>> {
    let all = query::that_list_people(tx, &within(project)).await?;
    let Some(ids) = order.device_ids else { return Ok(all) };
    if !(1..=MOST).contains(&ids.len()) {
        return Err(Error::field("device_ids", format!("请选择 1 到 {MOST} 台设备")));
    }
    let known = |id: &Uuid| all.iter().any(|raw| raw.device.id == *id);
    if !ids.iter().all(known) {
        return Err(Error::field("device_ids", "所选设备中有的不在本项目、已解绑或不下发人员，请刷新后重选"));
    }
    Ok(all.into_iter().filter(|raw| ids.contains(&raw.device.id)).collect())
}
