//! Addresses that have guessed too often. Counted in the cache, so that all gateways count together.

use std::{net::IpAddr, time::Duration};

use crate::platform::App;

pub struct Doors {
    app: App,
    max_failures: u64,
    window: Duration,
}

impl Doors {
    pub fn new(app: &App) -> Self {
        let config = &app.config.gateway;
        let window = Duration::from_secs(config.block_seconds);
        Self { app: app.clone(), max_failures: config.max_failures, window }
    }

    /// Without the cache nobody is blocked: better than nobody being let in.
    pub async fn are_closed_to(&self, address: IpAddr) -> bool {
        matches!(self.app.cache.get(&blocked(address)).await, Ok(Some(_)))
    }

    pub async fn failed(&self, address: IpAddr) {
        if self.app.proxies.contain(address) {
            return;
        }
        let failures =
            self.app.cache.hit(&format!("gateway:failures:{address}"), self.window).await.unwrap_or_default();
        if failures >= self.max_failures {
            tracing::warn!(%address, failures, "blocked after failed logins of terminals");
            drop(self.app.cache.set(&blocked(address), "", self.window).await);
        }
    }
}

fn blocked(address: IpAddr) -> String {
    format!("gateway:blocked:{address}")
}
