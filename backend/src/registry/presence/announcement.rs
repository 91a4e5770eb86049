//! Says that who may punch somewhere may have changed. Whoever keeps the answer (a gateway, for every project that has
//! terminals) forgets it then; whoever misses the event asks again half a minute later anyway.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::platform::{App, cache::Event};

pub const ADMISSION_TOPIC: &str = "admission";

/// Whose admission a change touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Touched {
    Project(Uuid),
    /// On every project somebody is on.
    Person(Uuid),
    /// The projects of a region and of all below it, by its code.
    Region(String),
    Everything,
}

impl Touched {
    /// What an event on the topic says. After a gap, or from a newer process that has other words, it is everything.
    pub fn heard(event: &Event) -> Self {
        match event {
            Event::Message(payload) => serde_json::from_str(payload).unwrap_or(Self::Everything),
            Event::Missed => Self::Everything,
        }
    }
}

/// Called after the commit of anything that an admission is made of.
pub async fn announce(app: &App, touched: Touched) {
    let payload = serde_json::to_string(&touched).unwrap_or_default();
    if let Err(error) = app.cache.publish(ADMISSION_TOPIC, &payload).await {
        tracing::warn!(%error, "terminals hear of a change half a minute late");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_what_is_heard() {
        for touched in [Touched::Project(Uuid::nil()), Touched::Region("440700".to_owned()), Touched::Everything] {
            let payload = serde_json::to_string(&touched).unwrap_or_default();
            assert_eq!(Touched::heard(&Event::Message(payload)), touched);
        }
    }

    #[test]
    fn after_a_gap_everything_may_have_changed() {
        assert_eq!(Touched::heard(&Event::Missed), Touched::Everything);
        assert_eq!(Touched::heard(&Event::Message("{\"planet\":3}".to_owned())), Touched::Everything);
    }
}
