//! One connection per process that hears all topics and hands them to whoever listens.

use std::time::Duration;

use futures_util::StreamExt;
use redis::{Client, Msg, RedisError, aio::PubSub};
use tokio::{sync::watch, task::JoinHandle, time::timeout};

use super::{super::events::Topics, PATIENCE};

/// How long to wait between attempts to connect.
const PAUSE: Duration = Duration::from_millis(500);
/// A connection can die without a word, so it is asked this often.
const HEARTBEAT: Duration = Duration::from_secs(10);

pub(super) struct Listener {
    pub topics: Topics,
    connected: watch::Receiver<bool>,
    task: JoinHandle<()>,
}

impl Listener {
    pub fn start(client: Client, prefix: String) -> Self {
        let topics = Topics::default();
        let (state, connected) = watch::channel(false);
        let task = tokio::spawn(listen(client, prefix, topics.clone(), state));
        Self { topics, connected, task }
    }

    /// Waits until the connection stands.
    pub async fn connected(&self) {
        // An error says that the task is gone, which only happens when the process ends.
        let _ = self.connected.clone().wait_for(|connected| *connected).await;
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(client: Client, prefix: String, topics: Topics, state: watch::Sender<bool>) {
    let mut outage = false;
    loop {
        match timeout(PATIENCE, open(&client, &prefix)).await {
            Ok(Ok(connection)) => {
                state.send_replace(true);
                if outage {
                    tracing::info!("live events are back");
                    topics.missed();
                }
                forward(connection, &prefix, &topics).await;
                state.send_replace(false);
                outage = true;
                tracing::warn!("live events are interrupted: Redis closed the connection");
            }
            Ok(Err(error)) => tracing::debug!(%error, "Redis cannot be reached for live events"),
            Err(_) => tracing::debug!("Redis did not answer in time for live events"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn open(client: &Client, prefix: &str) -> Result<PubSub, RedisError> {
    let mut connection = client.get_async_pubsub().await?;
    connection.psubscribe(format!("{}*", escape_pattern(prefix))).await?;
    Ok(connection)
}

/// Returns when the connection is gone.
async fn forward(connection: PubSub, prefix: &str, topics: &Topics) {
    let (mut sink, mut messages) = connection.split();
    loop {
        match timeout(HEARTBEAT, messages.next()).await {
            Ok(Some(message)) => pass_on(&message, prefix, topics),
            Ok(None) => return,
            Err(_) => {
                if !matches!(timeout(PATIENCE, sink.ping::<redis::Value>()).await, Ok(Ok(_))) {
                    return;
                }
            }
        }
    }
}

fn pass_on(message: &Msg, prefix: &str, topics: &Topics) {
    if let (Some(topic), Ok(payload)) =
        (message.get_channel_name().strip_prefix(prefix), message.get_payload::<String>())
    {
        topics.send(topic, &payload);
    }
}

/// A prefix is plain text, a subscription a glob.
fn escape_pattern(text: &str) -> String {
    text.chars().flat_map(|c| if "*?[]\\^".contains(c) { vec!['\\', c] } else { vec![c] }).collect()
}
