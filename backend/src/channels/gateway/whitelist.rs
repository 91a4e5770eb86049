//! 849: who may pass this gate today.

use bytes::Bytes;
use chrono::NaiveDate;
use terminal_protocol::{
    Command, Payload, ReplyTo,
    messages::{ListedPerson, Whitelist, WhitelistRequest},
};

use super::{answer::Answer, connection::Session, exchange::unavailable, hub::Hub};
use crate::{
    platform::{
        crypto::Keyring,
        types::clock::china_today,
        web::{Error, Result},
    },
    registry::people::identity::open_id_number,
    site::{
        devices::service::ListReport,
        roster::query::{Admission, Stay},
    },
};

/// A project's list of one day, as its terminals get it.
pub struct List {
    content: Bytes,
    people: i64,
    photos_length: i64,
}

pub async fn answer(hub: &Hub, session: &Session, report: WhitelistRequest) -> Answer {
    match list(hub, session).await {
        Ok(list) => {
            let report = ListReport {
                count: report.people.into(),
                bytes: report.photos_length.into(),
                expected_count: list.people,
                expected_bytes: list.photos_length,
            };
            hub.notes.listed(&session.link, report);
            Answer::shared(Command::Whitelist, session.id, list.content.clone())
        }
        Err(error) => unavailable(ReplyTo { command: Command::Whitelist.number(), session: session.id }, &error),
    }
}

async fn list(hub: &Hub, session: &Session) -> Result<std::sync::Arc<List>> {
    let site = hub.admissions.of(session.link.project_id()).await?;
    site.list(&hub.app, china_today()).await
}

impl List {
    pub fn make(admission: &Admission, keys: &Keyring, day: NaiveDate) -> Result<Self> {
        let people: Vec<ListedPerson> =
            admission.listed(day).map(|stay| listed_person(stay, keys)).collect::<Result<_>>()?;
        let photos_length = people.iter().map(|person| i64::from(person.capture_photo_length)).sum();
        let count = i64::try_from(people.len()).map_err(Error::internal)?;
        let list =
            Whitelist { project_number: number(admission.number)?, project_name: admission.name.clone(), people };
        Ok(Self { content: list.encode().into(), people: count, photos_length })
    }
}

fn listed_person(stay: &Stay, keys: &Keyring) -> Result<ListedPerson> {
    Ok(ListedPerson {
        worker_number: number(stay.number)?,
        name: stay.name.as_str().into(),
        id_number: open_id_number(keys, &stay.id_number_sealed)?.into(),
        capture_photo_length: number(stay.photo.map_or(0, |photo| photo.size))?,
    })
}

/// The wire has four bytes for it.
pub fn number(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(Error::internal)
}
