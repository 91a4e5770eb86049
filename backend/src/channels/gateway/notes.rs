//! What connections leave for the console: signs of life, lists fetched, ends. Written for all devices together, because
//! twenty thousand that reconnect at once must not be twenty thousand transactions.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::{hub::Hub, links::Link};
use crate::{
    platform::web::Result,
    site::devices::service::{self as devices, Ended, Fetched, Heartbeat, ListReport, Listed},
};

/// How long a note waits, heart-beats excepted: people look at the console while they try a terminal.
const SOON: Duration = Duration::from_millis(300);
/// More than this are dropped, oldest first: the database has been away for long, and what the console shows of now
/// matters more than what it could have shown.
const MOST: usize = 100_000;

#[derive(Default)]
pub struct Notes(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    listed: Vec<Listed>,
    fetched: Vec<Fetched>,
    ended: Vec<Arc<Link>>,
}

impl Notes {
    pub fn listed(&self, link: &Link, report: ListReport) {
        let (project_id, device_id, connection_id) = (link.project_id(), link.device_id(), link.connection_id);
        push(&mut self.waiting().listed, Listed { project_id, device_id, connection_id, report });
    }

    pub fn fetched(&self, fetched: Fetched) {
        push(&mut self.waiting().fetched, fetched);
    }

    pub fn ended(&self, link: Arc<Link>) {
        push(&mut self.waiting().ended, link);
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn push<T>(notes: &mut Vec<T>, note: T) {
    if notes.len() >= MOST {
        notes.drain(..MOST / 10);
    }
    notes.push(note);
}

/// Writes notes until `done`, and then the last ones.
pub async fn write(hub: Arc<Hub>, done: CancellationToken) {
    let between_heartbeats = Duration::from_secs(hub.app.config.gateway.state_seconds);
    let mut ticks = interval(SOON);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut beaten_at = Instant::now();
    while done.run_until_cancelled(ticks.tick()).await.is_some() {
        let with_heartbeats = beaten_at.elapsed() >= between_heartbeats;
        if with_heartbeats {
            beaten_at = Instant::now();
        }
        write_once(&hub, with_heartbeats).await;
    }
    write_once(&hub, true).await;
}

async fn write_once(hub: &Hub, with_heartbeats: bool) {
    let waiting = std::mem::take(&mut *hub.notes.waiting());
    if let Err(error) = write_down(hub, waiting, with_heartbeats).await {
        tracing::warn!(%error, "the console shows terminals as they were");
    }
}

/// Heart-beats before ends, so that what a device said last is noted of it.
async fn write_down(hub: &Hub, waiting: Waiting, with_heartbeats: bool) -> Result<()> {
    let Waiting { listed, fetched, ended: over } = waiting;
    let living = if with_heartbeats { hub.links.all() } else { Vec::new() };
    let heartbeats: Vec<Heartbeat> = living.iter().chain(&over).filter_map(|link| link.heartbeat()).collect();
    devices::seen(&hub.app, &heartbeats).await?;
    devices::listed(&hub.app, &listed).await?;
    devices::fetched(&hub.app, &fetched).await?;
    let ended = |link: &Arc<Link>| Ended {
        project_id: link.project_id(),
        device_id: link.device_id(),
        connection_id: link.connection_id,
    };
    devices::disconnected(&hub.app, &over.iter().map(ended).collect::<Vec<_>>()).await
}
