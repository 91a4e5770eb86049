//! Live boards hear of punches once these are on disk.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::join_all;
use serde::Serialize;
use uuid::Uuid;

use super::{Arrived, Recorded};
use crate::{
    entity::device::Direction,
    platform::App,
    site::live::{LiveKind, tell},
};

/// One event for all of a project's punches of a batch: a thousand a second are a few events a second.
#[derive(Default, Serialize)]
struct LivePunches<'a> {
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
    let mut projects: BTreeMap<Uuid, LivePunches<'_>> = BTreeMap::new();
    for (punch, recorded) in batch.iter().zip(recorded) {
        let Recorded::New { id } = recorded else { continue };
        let Arrived { device_id, entry_id, at, day, direction, refusal, .. } = punch;
        projects.entry(punch.project_id).or_default().punches.push(LivePunch {
            id: *id,
            device_id: *device_id,
            entry_id: *entry_id,
            at: *at,
            day: *day,
            direction: *direction,
            refusal: refusal.as_deref(),
        });
    }
    let told = projects.iter().map(|(project_id, punches)| tell(app, *project_id, LiveKind::Punch, punches));
    join_all(told).await;
}
