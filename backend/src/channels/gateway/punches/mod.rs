//! 848: somebody was at the gate.
//!
//! A punch is judged here and written by [`writer`], together with those of other connections that wait at the same
//! moment. Its terminal gets a success only after the commit. Everything a device sent is stored, refused or not; only
//! what could not be written (the database is away) is answered with a failure and not kept, and then the connection
//! ends as well: to a terminal that is an outage, during which it keeps its punches.

mod clock;
mod writer;

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use terminal_protocol::{Command, Reply, ReplyTo, messages::Punch, time};
use tokio::{sync::oneshot, time::Instant};

pub use writer::{Waiting, Writers};

use super::{
    admissions::Site,
    answer::{Answer, text},
    connection::Session,
    exchange::unavailable,
    hub::Hub,
};
use crate::{
    entity::punch::PunchSource,
    platform::web::{Error, Result},
    site::attendance::service::Arrived,
};

/// What became of a punch, once that is certain.
#[derive(Debug)]
pub enum Written {
    Accepted,
    Refused(Cow<'static, str>),
}

pub async fn answer(hub: &Hub, session: &mut Session, punch: Punch) -> Answer {
    let to = ReplyTo { command: Command::Attendance.number(), session: session.id };
    match write(hub, session, punch).await {
        Ok(Written::Accepted) => Answer::reply(&Reply::Attendance, session.id),
        Ok(Written::Refused(why)) => Answer::refusal(to, &why),
        Err(error) => {
            hub.app.metrics.terminals.punch("failed");
            unavailable(to, &error)
        }
    }
}

async fn write(hub: &Hub, session: &mut Session, punch: Punch) -> Result<Written> {
    let link = session.link.clone();
    let (at, received_at) = (time::to_utc(punch.time), Utc::now());
    let quiet_for = session.punching_until.elapsed();
    if let Some(ahead) = clock::reading(at, received_at, quiet_for) {
        link.clock_reads(ahead);
    }
    // Boxed, because the admission is nearly always at hand and reading it takes a large step.
    let site = Box::pin(hub.admissions.of(link.project_id())).await?;
    let (answer, answered) = oneshot::channel();
    let arrived = judge(&site, session, punch, (at, received_at));
    // A full queue stops this connection's reading, and with it, in the end, the terminal's writing.
    hub.punches.send(Waiting { arrived, answer }).await.map_err(Error::internal)?;
    let written = answered.await.map_err(Error::internal)?;
    session.punching_until = Instant::now();
    let written = written.ok_or_else(|| Error::Unavailable("the punch could not be written".to_owned()))?;
    link.punched(at);
    Ok(written)
}

/// Whose punch it is, and whether it counts.
fn judge(site: &Site, session: &Session, punch: Punch, (at, received_at): (DateTime<Utc>, DateTime<Utc>)) -> Arrived {
    let Punch { worker_number, time: _, mode, photo } = punch;
    let (admission, person_number) = (&site.admission, i64::from(worker_number));
    let day: NaiveDate = admission.day_of(at);
    let (person_id, entry_id, refusal) = match admission.judge(person_number, day) {
        Ok(stay) => (Some(stay.person_id), Some(stay.entry_id), None),
        Err(refused) => (refused.person_id, refused.entry_id, Some(refused.text)),
    };
    let refusal = if clock::is_ahead(at, received_at) { Some(text::AHEAD.into()) } else { refusal };
    let device = &session.link.bound.device;
    Arrived {
        project_id: device.project_id,
        device_id: device.id,
        person_number,
        person_id,
        entry_id,
        at,
        received_at,
        day,
        mode: mode.0,
        direction: device.direction,
        source: PunchSource::Terminal,
        refusal: refusal.map(Cow::into_owned),
        photo: photo.into_exposed(),
        repeat_minutes: admission.policy.repeat_minutes,
    }
}
