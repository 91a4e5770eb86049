//! Tokens and seen pushes, in the platform's cache. A token is as good as a password for an hour, so it is sealed there.

use std::time::Duration;

use async_trait::async_trait;
use wechat::Secret;

use crate::platform::{cache::Cache, crypto::Keyring};

const SEALED_AS: &str = "wechat.token";

pub struct Tokens {
    cache: Cache,
    keys: Keyring,
}

impl Tokens {
    pub fn new(cache: Cache, keys: Keyring) -> Self {
        Self { cache, keys }
    }
}

#[async_trait]
impl wechat::Cache for Tokens {
    /// What cannot be read is asked for again.
    async fn get(&self, key: &str) -> Option<Secret> {
        let sealed = self.cache.get(key).await.ok().flatten()?;
        self.keys.open(SEALED_AS, &sealed).ok().map(Secret::new)
    }

    async fn put(&self, key: &str, value: &Secret, keep: Duration) {
        let sealed = self.keys.seal(SEALED_AS, value.expose());
        if let Err(error) = self.cache.set(key, &sealed, keep).await {
            tracing::warn!(%error, "WeChat's token was not kept; each call asks for it");
        }
    }

    /// While the cache is away everything is new: what pushes cause may be done twice without harm, but not never.
    async fn claim(&self, key: &str, keep: Duration) -> bool {
        self.cache.set_new(key, "1", keep).await.unwrap_or(true)
    }

    async fn forget(&self, key: &str) {
        if let Err(error) = self.cache.delete(key).await {
            tracing::debug!(%error, "a push that failed stays noted as seen");
        }
    }
}
