//! Live boards hear of punches once these are on disk.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::join_all;
use serde::Serialize;
use uuid::Uuid;

use super::{Arrived, Recorded};
use crate::{entity::device::Direction, platform::App};

/// One event for all of a project's punches of a batch: a thousand a second are a few events a second.
#[derive(Serialize)]
struct LiveEvent<'a> {
    kind: &'static str,
    punches: Vec<LivePunch<'a>>,
}

/// Ids, and what a board shows beside them.
#[derive(Serialize)]
struct LivePunch<'a> {
    id: Uuid,
    device_id: Uuid,
    entry_id: Option<Uuid>,
    at: DateTime<Utc>,
    day: NaiveDate,
    direction: Direction,
    refusal: Option<&'a str>,
}

/// Tells the boards of the projects; repeats are no news. A lost event costs a board nothing but a moment.
pub async fn announce_punches(app: &App, batch: &[Arrived], recorded: &[Recorded]) {
    let mut projects: BTreeMap<Uuid, Vec<LivePunch<'_>>> = BTreeMap::new();
    for (punch, recorded) in batch.iter().zip(recorded) {
        let Recorded::New { id } = recorded else { continue };
        let Arrived { device_id, entry_id, at, day, direction, refusal, .. } = punch;
        projects.entry(punch.project_id).or_default().push(LivePunch {
            id: *id,
            device_id: *device_id,
            entry_id: *entry_id,
            at: *at,
            day: *day,
            direction: *direction,
            refusal: refusal.as_deref(),
        });
    }
    join_all(projects.into_iter().map(|(project_id, punches)| tell(app, project_id, punches))).await;
}

async fn tell(app: &App, project_id: Uuid, punches: Vec<LivePunch<'_>>) {
    let payload = serde_json::to_string(&LiveEvent { kind: "punch", punches }).unwrap_or_default();
    if let Err(error) = app.cache.publish(&format!("live:{project_id}"), &payload).await {
        tracing::debug!(%error, "a live board misses some punches");
    }
}
