//! Locks across processes, with a token that tells an old holder from a new one.

use std::time::Duration;

use uuid::Uuid;

use super::{Cache, CacheError, Store};

/// A lock that is held. Dropping it without [`Lock::release`] leaves it to expire.
pub struct Lock {
    cache: Cache,
    key: String,
    owner: String,
    fence: u64,
}

impl Lock {
    pub(super) async fn take(cache: &Cache, name: &str, ttl: Duration) -> Result<Option<Self>, CacheError> {
        let key = format!("lock:{name}");
        let owner = Uuid::now_v7().simple().to_string();
        let fence = match &*cache.0 {
            Store::Memory(memory) => memory.lock(&key, &owner, ttl)?,
            Store::Redis(redis) => redis.lock(&key, &owner, ttl).await?,
        };
        Ok(fence.map(|fence| Self { cache: cache.clone(), key, owner, fence }))
    }

    /// Grows with every holder of this name: a write that remembers the highest one it has seen can refuse
    /// a holder who slept through the end of its lock.
    pub fn fence(&self) -> u64 {
        self.fence
    }

    /// Holds it for another `ttl` from now; false when it was lost meanwhile.
    pub async fn extend(&self, ttl: Duration) -> Result<bool, CacheError> {
        match &*self.cache.0 {
            Store::Memory(memory) => Ok(memory.extend_if(&self.key, &self.owner, ttl)),
            Store::Redis(redis) => redis.extend_if(&self.key, &self.owner, ttl).await,
        }
    }

    /// Lets go; false when it had expired before, so that somebody else may have worked at the same time.
    pub async fn release(self) -> Result<bool, CacheError> {
        match &*self.cache.0 {
            Store::Memory(memory) => Ok(memory.delete_if(&self.key, &self.owner)),
            Store::Redis(redis) => redis.delete_if(&self.key, &self.owner).await,
        }
    }
}
