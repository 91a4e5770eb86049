//! Which device speaks over which connection, in this process. Other processes are told, and tell, by a topic.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::site::devices::{control::Control, query::BoundDevice, service::Heartbeat};

/// A device and its connection, from a login to the end.
pub struct Link {
    pub connection_id: Uuid,
    /// As it stood at the login: when it changes, the connection is told to end.
    pub bound: BoundDevice,
    signs: Mutex<Signs>,
    told_to_end: Notify,
}

/// Signs of life that the console has not been told of yet.
#[derive(Default)]
struct Signs {
    seen_at: Option<DateTime<Utc>>,
    clock_offset_seconds: Option<i64>,
    last_punch_at: Option<DateTime<Utc>>,
}

impl Link {
    fn new(connection_id: Uuid, bound: BoundDevice) -> Self {
        Self { connection_id, bound, signs: Mutex::default(), told_to_end: Notify::new() }
    }

    pub fn device_id(&self) -> Uuid {
        self.bound.device.id
    }

    pub fn project_id(&self) -> Uuid {
        self.bound.project.id
    }

    /// Returns once somebody wants the connection to end, also if that was before.
    pub async fn told_to_end(&self) {
        self.told_to_end.notified().await;
    }

    pub fn end(&self) {
        self.told_to_end.notify_one();
    }

    pub fn seen(&self, at: DateTime<Utc>) {
        self.signs().seen_at = Some(at);
    }

    pub fn clock_reads(&self, ahead_seconds: i64) {
        self.signs().clock_offset_seconds = Some(ahead_seconds);
    }

    pub fn punched(&self, at: DateTime<Utc>) {
        let mut signs = self.signs();
        signs.last_punch_at = signs.last_punch_at.max(Some(at));
    }

    /// What is new since this was last asked.
    pub fn heartbeat(&self) -> Option<Heartbeat> {
        let Signs { seen_at, clock_offset_seconds, last_punch_at } = std::mem::take(&mut *self.signs());
        Some(Heartbeat {
            device_id: self.device_id(),
            connection_id: self.connection_id,
            last_seen_at: seen_at?,
            clock_offset_seconds,
            last_punch_at,
        })
    }

    fn signs(&self) -> MutexGuard<'_, Signs> {
        self.signs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The newest link of each device.
pub struct Links {
    by_device: Mutex<HashMap<Uuid, Arc<Link>>>,
    /// The last bytes of the ids of all connections of this process.
    tag: [u8; TAG],
    /// By device, so that of two logins of one the later is the later everywhere.
    turns: [Turn; 64],
}

type Turn = tokio::sync::Mutex<()>;
const TAG: usize = 4;

impl Links {
    pub fn new() -> Self {
        let turns = std::array::from_fn(|_| Turn::default());
        Self { by_device: Mutex::default(), tag: rand::random(), turns }
    }

    /// To be held from [`Links::add`] until the database knows.
    pub async fn turn(&self, device_id: Uuid) -> tokio::sync::MutexGuard<'_, ()> {
        let [.., last] = device_id.into_bytes();
        self.turns[usize::from(last) % self.turns.len()].lock().await
    }

    /// An older connection of the device is told to end.
    pub fn add(&self, bound: BoundDevice) -> Arc<Link> {
        let mut id = Uuid::now_v7().into_bytes();
        id[16 - TAG..].copy_from_slice(&self.tag);
        let link = Arc::new(Link::new(Uuid::from_bytes(id), bound));
        if let Some(older) = self.links().insert(link.device_id(), link.clone()) {
            older.end();
        }
        link
    }

    /// Unless a newer connection has taken its place.
    pub fn remove(&self, link: &Link) {
        let mut links = self.links();
        if links.get(&link.device_id()).is_some_and(|newest| newest.connection_id == link.connection_id) {
            links.remove(&link.device_id());
        }
    }

    /// Ends the connection of a device. What a login of this very process has announced was done when it was added, and
    /// may be heard when a newer one already is.
    pub fn obey(&self, control: &Control) {
        let is_our_own = control.connection_id.is_some_and(|id| id.as_bytes().ends_with(&self.tag));
        if !is_our_own && let Some(link) = self.links().get(&control.device_id) {
            link.end();
        }
    }

    pub fn all(&self) -> Vec<Arc<Link>> {
        self.links().values().cloned().collect()
    }

    fn links(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Link>>> {
        self.by_device.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
