//! What several processes share: tokens, and which pushes have been seen.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;

use crate::Secret;

/// Kept by the platform, in memory or in Redis. What is in it may be lost at any time; then it is asked for again.
#[async_trait]
pub trait Cache: Send + Sync {
    async fn get(&self, key: &str) -> Option<Secret>;

    async fn put(&self, key: &str, value: &Secret, keep: Duration);

    /// Sets a key that is not there. False: it was there, somebody else was first.
    async fn claim(&self, key: &str, keep: Duration) -> bool;

    async fn forget(&self, key: &str);
}

/// For one process, and for tests.
#[derive(Default)]
pub struct MemoryCache(Mutex<HashMap<String, (Secret, Instant)>>);

impl MemoryCache {
    fn shelf(&self) -> MutexGuard<'_, HashMap<String, (Secret, Instant)>> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        shelf.retain(|_, (_, until)| *until > now);
        shelf
    }
}

#[async_trait]
impl Cache for MemoryCache {
    async fn get(&self, key: &str) -> Option<Secret> {
        self.shelf().get(key).map(|(value, _)| value.clone())
    }

    async fn put(&self, key: &str, value: &Secret, keep: Duration) {
        self.shelf().insert(key.to_owned(), (value.clone(), Instant::now() + keep));
    }

    async fn claim(&self, key: &str, keep: Duration) -> bool {
        let mut shelf = self.shelf();
        let free = !shelf.contains_key(key);
        if free {
            shelf.insert(key.to_owned(), (Secret::default(), Instant::now() + keep));
        }
        free
    }

    async fn forget(&self, key: &str) {
        self.shelf().remove(key);
    }
}
