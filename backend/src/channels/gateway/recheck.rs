//! After a gap in the announcements: which connections were meant to end is in the database, too.

use std::{collections::HashMap, sync::Arc};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{hub::Hub, links::Link};
use crate::{
    entity::{device, device_state},
    platform::web::Result,
};

/// Devices looked up in one statement.
const BATCH: usize = 1_000;

pub async fn all(hub: &Hub) {
    for links in hub.links.all().chunks(BATCH) {
        if let Err(error) = some(hub, links).await {
            tracing::warn!(%error, "connections that were meant to end may go on");
            return;
        }
    }
}

async fn some(hub: &Hub, links: &[Arc<Link>]) -> Result<()> {
    let ids = links.iter().map(|link| link.device_id());
    let rows = device::Entity::find()
        .filter(device::Column::Id.is_in(ids))
        .find_also_related(device_state::Entity)
        .all(hub.app.db.reader())
        .await?;
    let rows: HashMap<Uuid, _> = rows.into_iter().map(|(device, state)| (device.id, (device, state))).collect();
    for link in links {
        let goes_on = rows.get(&link.device_id()).is_some_and(|(device, state)| goes_on(link, device, state.as_ref()));
        if !goes_on {
            link.end();
        }
    }
    Ok(())
}

/// The device is as it was at the login, speaks over this connection, and has not been asked to fetch anything since.
fn goes_on(link: &Link, device: &device::Model, state: Option<&device_state::Model>) -> bool {
    let Some(state) = state else { return false };
    let pushed = state.push_requested_at > state.online_since;
    *device == link.bound.device && state.connection_id == Some(link.connection_id) && !pushed
}
