//! Cache, tickets, rate limits, locks and live events: in the process, or Redis.
//!
//! Nothing that matters lives here: sessions, jobs and locks on money are rows in the database. Whoever calls
//! decides what a failing cache means, and each method says what is right:
//!
//! - **fail open** (go on, with a log line): rate limits, counters, cached values, live events;
//! - **fail closed** (refuse, "请稍后再试"): anything that may be used only once and has no other way to be noted
//!   (captchas have: see `platform::tickets`);
//! - **skip** (somebody else, or the next round, does it): locks.

mod events;
mod kept;
mod lock;
mod memory;
mod redis;

use std::{sync::Arc, time::Duration};

use futures_util::stream::BoxStream;

use self::{memory::Memory, redis::Redis};
use crate::platform::{config::CacheConfig, web::Error};

pub use events::Event;
pub use kept::{SLOW, kept};
pub use lock::Lock;

/// Why the cache did not answer. Callers choose between failing open and failing closed.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    #[error("the cache cannot be reached: {0}")]
    Unavailable(String),
    #[error("the cache did not answer in time")]
    TimedOut,
    #[error("the cache is full")]
    Full,
    #[error("the cache's address cannot be used: {0}")]
    BadUrl(String),
}

/// A handle to be cloned freely; all clones share the same store.
#[derive(Clone)]
pub struct Cache(Arc<Store>);

enum Store {
    Memory(Memory),
    Redis(Box<Redis>),
}

impl Cache {
    /// Opens the store that the configuration names. Redis is not contacted yet: it may come up later.
    pub fn connect(config: &CacheConfig) -> Result<Self, CacheError> {
        let store = match config.url.expose() {
            "memory" => Store::Memory(Memory::default()),
            url => Store::Redis(Box::new(Redis::open(url, &config.prefix)?)),
        };
        Ok(Self(Arc::new(store)))
    }

    /// The value, unless it expired. On failure: read it from where it came from.
    pub async fn get(&self, key: &str) -> Result<Option<String>, CacheError> {
        match &*self.0 {
            Store::Memory(memory) => Ok(memory.get(key)),
            Store::Redis(redis) => redis.get(key).await,
        }
    }

    /// Keeps a value for `ttl`. On failure: go on if it was a copy, refuse if it was a ticket just issued.
    pub async fn set(&self, key: &str, value: &str, ttl: Duration) -> Result<(), CacheError> {
        match &*self.0 {
            Store::Memory(memory) => memory.set(key, value, ttl),
            Store::Redis(redis) => redis.set(key, value, ttl).await,
        }
    }

    /// Keeps a value only if there is none; tells whether it did. On failure: refuse.
    pub async fn set_new(&self, key: &str, value: &str, ttl: Duration) -> Result<bool, CacheError> {
        match &*self.0 {
            Store::Memory(memory) => memory.set_new(key, value, ttl),
            Store::Redis(redis) => redis.set_new(key, value, ttl).await,
        }
    }

    /// Reads and deletes at once, so that of many callers only one gets the value. On failure: refuse.
    pub async fn take(&self, key: &str) -> Result<Option<String>, CacheError> {
        match &*self.0 {
            Store::Memory(memory) => Ok(memory.take(key)),
            Store::Redis(redis) => redis.take(key).await,
        }
    }

    /// Forgets a value. On failure: it lives on until it expires; refuse if that would be wrong.
    pub async fn delete(&self, key: &str) -> Result<(), CacheError> {
        match &*self.0 {
            Store::Memory(memory) => {
                memory.take(key);
                Ok(())
            }
            Store::Redis(redis) => redis.delete(key).await,
        }
    }

    /// Counts one call and returns how many there were since the window opened. A window opens with the first
    /// call and closes `window` later. On failure: let the call through and log it.
    pub async fn hit(&self, key: &str, window: Duration) -> Result<u64, CacheError> {
        match &*self.0 {
            Store::Memory(memory) => memory.hit(key, window),
            Store::Redis(redis) => redis.hit(key, window).await,
        }
    }

    /// Takes a lock, or returns nothing while somebody else holds it. It ends by [`Lock::release`] or after
    /// `ttl`, whichever comes first: work that may take longer calls [`Lock::extend`]. On failure: do not do the
    /// work now.
    pub async fn lock(&self, name: &str, ttl: Duration) -> Result<Option<Lock>, CacheError> {
        Lock::take(self, name, ttl).await
    }

    /// Tells everybody who listens to `topic`, in every process. Nothing is kept for those who do not listen.
    /// On failure: go on and log it.
    pub async fn publish(&self, topic: &str, payload: &str) -> Result<(), CacheError> {
        match &*self.0 {
            Store::Memory(memory) => {
                memory.topics.send(topic, payload);
                Ok(())
            }
            Store::Redis(redis) => redis.publish(topic, payload).await,
        }
    }

    /// Everything published to `topic` from now on. The stream survives an outage and then says
    /// [`Event::Missed`]. On failure: answer 503, the page asks again.
    pub async fn subscribe(&self, topic: &str) -> Result<BoxStream<'static, Event>, CacheError> {
        match &*self.0 {
            Store::Memory(memory) => Ok(memory.topics.subscribe(topic)),
            Store::Redis(redis) => redis.subscribe(topic).await,
        }
    }

    /// Whether the store answers, for `/readyz`.
    pub async fn ping(&self) -> Result<(), CacheError> {
        match &*self.0 {
            Store::Memory(_) => Ok(()),
            Store::Redis(redis) => redis.ping().await,
        }
    }
}

/// For callers that fail closed.
impl From<CacheError> for Error {
    fn from(error: CacheError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
