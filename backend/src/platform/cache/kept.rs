use std::time::{Duration, Instant};

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::Cache;
use crate::platform::web::Result;

const MINUTE: Duration = Duration::from_secs(60);
/// What takes longer than this to reckon is kept.
pub const SLOW: Duration = Duration::from_millis(200);

/// Figures over a reach: what took long to reckon is good enough for a minute, what is quick is always fresh. So a
/// project sees at once what it has just done, and a province's workbench is not reckoned for every click.
pub async fn kept<T: Serialize + DeserializeOwned>(
    cache: &Cache,
    key: &str,
    slow: Duration,
    reckon: impl Future<Output = Result<T>>,
) -> Result<T> {
    // A filter may hold a name, which is nobody's business in a cache.
    let key = format!("kept:{}", Sha256::digest(key).iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    if let Ok(Some(earlier)) = cache.get(&key).await
        && let Ok(figures) = serde_json::from_str(&earlier)
    {
        return Ok(figures);
    }
    let begun = Instant::now();
    let figures = reckon.await?;
    if begun.elapsed() >= slow
        && let Ok(text) = serde_json::to_string(&figures)
        && let Err(error) = cache.set(&key, &text, MINUTE).await
    {
        tracing::debug!(%error, "figures were not kept");
    }
    Ok(figures)
}
