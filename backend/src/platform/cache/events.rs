//! Live events inside this process: who listens to which topic.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures_util::{StreamExt, stream, stream::BoxStream};
use tokio::sync::broadcast::{self, Sender, error::RecvError};

/// How many events a slow listener may lag behind before it hears [`Event::Missed`].
const BACKLOG: usize = 256;

/// What a listener hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Message(String),
    /// Some messages were lost (a slow listener, or Redis was away): whatever they kept up must be read afresh.
    Missed,
}

/// The topics somebody in this process listens to.
#[derive(Clone, Default)]
pub(super) struct Topics(Arc<Mutex<HashMap<String, Sender<Event>>>>);

impl Topics {
    pub fn subscribe(&self, topic: &str) -> BoxStream<'static, Event> {
        let mut topics = self.topics();
        topics.retain(|_, sender| sender.receiver_count() > 0);
        let sender = topics.entry(topic.to_owned()).or_insert_with(|| broadcast::channel(BACKLOG).0);
        let receiver = sender.subscribe();
        stream::unfold(receiver, |mut receiver| async move {
            match receiver.recv().await {
                Ok(event) => Some((event, receiver)),
                Err(RecvError::Lagged(_)) => Some((Event::Missed, receiver)),
                Err(RecvError::Closed) => None,
            }
        })
        .boxed()
    }

    pub fn send(&self, topic: &str, payload: &str) {
        if let Some(sender) = self.topics().get(topic) {
            // An error only says that the last listener has just left.
            let _ = sender.send(Event::Message(payload.to_owned()));
        }
    }

    /// Tells every listener that there is a gap.
    pub fn missed(&self) {
        for sender in self.topics().values() {
            let _ = sender.send(Event::Missed);
        }
    }

    fn topics(&self) -> MutexGuard<'_, HashMap<String, Sender<Event>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    #[tokio::test]
    async fn a_slow_listener_is_told_that_it_missed_something() {
        let topics = Topics::default();
        let mut events = topics.subscribe("board");
        for number in 0..=BACKLOG {
            topics.send("board", &number.to_string());
        }
        assert_eq!(events.next().await.unwrap(), Event::Missed);
        assert_eq!(events.next().await.unwrap(), Event::Message("1".to_owned()));
    }

    #[tokio::test]
    async fn a_topic_is_forgotten_when_its_last_listener_leaves() {
        let topics = Topics::default();
        drop(topics.subscribe("left"));
        let _stays = topics.subscribe("stays");
        assert_eq!(topics.topics().len(), 1);
    }
}
