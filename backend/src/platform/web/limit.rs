use std::time::Duration;

use super::{Error, Result};
use crate::platform::cache::Cache;

/// Lets so many calls of one kind through in a window, then answers 429. A cache that does not answer limits nothing.
pub async fn limit(cache: &Cache, key: &str, most: u64, window: Duration, message: &'static str) -> Result<()> {
    match cache.hit(&format!("limit:{key}"), window).await {
        Ok(hits) if hits > most => Err(Error::TooMany(window.as_secs(), message.into())),
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, "calls are not limited while the cache is away");
            Ok(())
        }
    }
}
