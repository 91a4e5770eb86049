//! One page's stream: server-sent events, for as long as whoever looks may look.

use std::{convert::Infallible, time::Duration};

use actix_web::web::Bytes;
use futures_util::{
    StreamExt,
    stream::{self, BoxStream, Stream},
};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Deserialize;
use tokio::time::{Interval, MissedTickBehavior, interval};
use uuid::Uuid;

use super::{LiveKind, streams::Seat};
use crate::{
    entity::{Reach, project},
    platform::{
        App,
        auth::{Caller, Permission},
        cache::Event,
        web::Result,
    },
};

/// How long a browser waits before it connects again.
const HELLO: &str = "retry: 3000\n\n";
/// A comment; it tells proxies that the connection is alive and us that the page is gone.
const HEARTBEAT: &str = ":\n\n";
/// Something was lost: the page reads everything afresh.
const RELOAD: &str = "event: reload\ndata: {}\n\n";

pub(super) struct Live {
    app: App,
    caller: Caller,
    project_id: Uuid,
    sees_punches: bool,
    events: BoxStream<'static, Event>,
    heartbeat: Interval,
    seat: Seat,
}

impl Live {
    /// `events` have been subscribed to already, so that what happens from now on is not lost.
    pub async fn open(
        app: App,
        caller: Caller,
        project_id: Uuid,
        events: BoxStream<'static, Event>,
        seat: Seat,
    ) -> Result<impl Stream<Item = Result<Bytes, Infallible>>> {
        let sees_punches = sees(&app, &caller.reach(Permission::ViewAttendance), project_id).await?;
        let mut heartbeat = interval(Duration::from_secs(app.config.server.heartbeat_seconds));
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let live = Self { app, caller, project_id, sees_punches, events, heartbeat, seat };
        let frames = stream::unfold(live, |mut live| async move { live.next().await.map(|frame| (frame, live)) });
        let hello = stream::once(std::future::ready(Bytes::from_static(HELLO.as_bytes())));
        Ok(hello.chain(frames).map(Ok))
    }

    /// The next piece of the stream; nothing when it is over.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            tokio::select! {
                () = self.seat.stopped() => return None,
                _ = self.heartbeat.tick() => {
                    return self.may_go_on().await.then(|| Bytes::from_static(HEARTBEAT.as_bytes()));
                }
                event = self.events.next() => match event? {
                    Event::Missed => return Some(Bytes::from_static(RELOAD.as_bytes())),
                    Event::Message(payload) => {
                        if let Some(frame) = self.frame(&payload) {
                            return Some(frame);
                        }
                    }
                },
            }
        }
    }

    fn frame(&self, payload: &str) -> Option<Bytes> {
        #[derive(Deserialize)]
        struct Head {
            kind: LiveKind,
        }
        let Head { kind } = serde_json::from_str(payload).ok()?;
        // JSON has no line breaks, which would end the frame.
        let is_seen = kind != LiveKind::Punch || self.sees_punches;
        is_seen.then(|| Bytes::from(format!("event: {}\ndata: {payload}\n\n", kind.as_str())))
    }

    /// Whether the session still stands and still reaches the project. A database that is away does not end streams:
    /// it would bring all pages back at once.
    async fn may_go_on(&mut self) -> bool {
        match self.look_again().await {
            Ok(may) => may,
            Err(error) => {
                tracing::debug!(%error, "a live stream goes on unchecked");
                true
            }
        }
    }

    async fn look_again(&mut self) -> Result<bool> {
        let Some(caller) = self.caller.as_of_now(&self.app).await? else { return Ok(false) };
        self.caller = caller;
        self.sees_punches = sees(&self.app, &self.caller.reach(Permission::ViewAttendance), self.project_id).await?;
        sees(&self.app, &self.caller.reach(Permission::ViewDevices), self.project_id).await
    }
}

async fn sees(app: &App, reach: &Reach, project_id: Uuid) -> Result<bool> {
    let select = project::Entity::find_in(reach).filter(project::Column::Id.eq(project_id));
    Ok(select.one(app.db.reader()).await?.is_some())
}
