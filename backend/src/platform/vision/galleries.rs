use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Instant,
};

use ::vision::Gallery;
use chrono::{DateTime, Utc};
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

/// Faces in memory by a name for where they are from, so that a search does not read them all again. They may be lost:
/// who searches brings them up to date from the database first.
#[derive(Clone, Default)]
pub struct Galleries(Arc<Mutex<HashMap<String, Arc<tokio::sync::Mutex<Kept>>>>>);

/// One of them.
#[derive(Default)]
pub struct Kept {
    pub faces: Gallery<Uuid>,
    /// When it was read as a whole.
    pub read_at: Option<Instant>,
    /// What changed later is not in it yet.
    pub as_of: DateTime<Utc>,
}

impl Galleries {
    /// Alone with one of them: of two who search the same place, the second finds it up to date.
    pub async fn enter(&self, name: &str) -> OwnedMutexGuard<Kept> {
        let kept = {
            let mut all = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            all.entry(name.to_owned()).or_default().clone()
        };
        kept.lock_owned().await
    }
}
