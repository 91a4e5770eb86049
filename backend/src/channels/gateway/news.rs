//! What other parts of the platform announce to gateways: that who may punch somewhere may have changed, that a device's
//! connection is to end.

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt, stream::BoxStream};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{hub::Hub, recheck};
use crate::{
    platform::cache::{Cache, Event},
    registry::presence::{ADMISSION_TOPIC, Touched},
    site::devices::{DEVICE_TOPIC, control::Control},
};

/// Between attempts to subscribe, while the cache is away.
const PAUSE: Duration = Duration::from_secs(1);

pub async fn listen(hub: Arc<Hub>, done: CancellationToken) {
    let both = async { tokio::join!(about_admissions(&hub), about_devices(&hub)) };
    let _ = done.run_until_cancelled(both).await;
}

async fn about_admissions(hub: &Hub) {
    loop {
        let mut events = subscribe(&hub.app.cache, ADMISSION_TOPIC).await;
        hub.admissions.obey(&Touched::Everything);
        while let Some(event) = events.next().await {
            hub.admissions.obey(&Touched::heard(&event));
        }
    }
}

async fn about_devices(hub: &Hub) {
    loop {
        let mut events = subscribe(&hub.app.cache, DEVICE_TOPIC).await;
        while let Some(event) = events.next().await {
            match event {
                Event::Message(payload) => match serde_json::from_str::<Control>(&payload) {
                    Ok(control) => hub.links.obey(&control),
                    Err(error) => tracing::warn!(%error, "an announcement about a device was not understood"),
                },
                Event::Missed => recheck::all(hub).await,
            }
        }
    }
}

async fn subscribe(cache: &Cache, topic: &str) -> BoxStream<'static, Event> {
    loop {
        match cache.subscribe(topic).await {
            Ok(events) => return events,
            Err(error) => tracing::warn!(%error, topic, "gateways hear no announcements"),
        }
        sleep(PAUSE).await;
    }
}
