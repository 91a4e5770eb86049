//! 845: what a terminal needs to recognise somebody. Only of those who are on its list: it has no business with others.

use std::{borrow::Cow, sync::Arc};

use sea_orm::EntityTrait;
use terminal_protocol::{
    Command, Reply, ReplyTo,
    messages::{CardValidity, FeaturesRequest, IdCard, PersonFeatures},
};

use super::{
    admissions::Site,
    answer::{Answer, text},
    connection::Session,
    exchange::unavailable,
    hub::Hub,
    whitelist::number,
};
use crate::{
    entity::person,
    platform::{
        App,
        files::service::read_terminal,
        types::{Ethnic, Sex, clock::china_today},
        web::{Error, Result},
    },
    registry::people::identity::{ID_NUMBER, open_id_number},
    site::{
        devices::service::Fetched,
        roster::query::{Stay, TerminalPhoto},
    },
};

pub async fn answer(hub: &Hub, session: &Session, wanted: FeaturesRequest) -> Answer {
    let to = ReplyTo { command: Command::Features.number(), session: session.id };
    if wanted.serial != session.link.bound.device.serial {
        return Answer::refusal(to, text::WRONG_SERIAL);
    }
    match features(hub, session, wanted.id_number.expose()).await {
        Ok(Ok(person)) => Answer::reply(&Reply::Features(Box::new(person)), session.id),
        Ok(Err(why_not)) => Answer::refusal(to, &why_not),
        Err(error) => unavailable(to, &error),
    }
}

async fn features(hub: &Hub, session: &Session, id_number: &str) -> Result<Result<PersonFeatures, Cow<'static, str>>> {
    let app = &hub.app;
    let site = hub.admissions.of(session.link.project_id()).await?;
    let (stay, photo) = match listed(&site, &app.keys.find_hash(ID_NUMBER, &id_number.to_ascii_uppercase())) {
        Ok(found) => found,
        Err(why_not) => return Ok(Err(why_not)),
    };
    let person = person::Entity::find_by_id(stay.person_id).one(app.db.reader()).await?.ok_or(Error::NotFound)?;
    let features = PersonFeatures {
        worker_number: number(person.number)?,
        capture_photo: read_terminal(app, photo.file_id).await?.into(),
        portrait: portrait(app, &person).await?.into(),
        infrared_photo: bytes::Bytes::new().into(),
        card: card(app, person)?,
    };
    let device_id = session.link.device_id();
    hub.notes.fetched(Fetched { device_id, person_id: stay.person_id, photo_file_id: photo.file_id });
    Ok(Ok(features))
}

/// Somebody on today's list by the hash of the ID number, or why they are not on it.
fn listed<'a>(site: &'a Arc<Site>, hash: &str) -> Result<(&'a Stay, TerminalPhoto), Cow<'static, str>> {
    let (admission, today) = (&site.admission, china_today());
    let stay = admission.by_id_number_hash(hash).ok_or(text::NOT_HERE)?;
    admission.judge(stay.number, today).map_err(|refused| refused.text)?;
    let photo = stay.photo.ok_or(text::NO_PHOTO)?;
    let is_listed = admission.listed(today).any(|listed| listed.entry_id == stay.entry_id);
    if is_listed { Ok((stay, photo)) } else { Err(text::NOT_LISTED.into()) }
}

async fn portrait(app: &App, person: &person::Model) -> Result<bytes::Bytes> {
    match person.portrait_file_id {
        Some(id) => read_terminal(app, id).await,
        None => Ok(bytes::Bytes::new()),
    }
}

fn card(app: &App, person: person::Model) -> Result<IdCard> {
    let ethnic = Ethnic::parse(&person.ethnic).map_err(Error::internal)?;
    let sex = Sex::parse(&person.sex).map_err(Error::internal)?;
    let validity = person.id_valid_from.map(|from| CardValidity { from, until: person.id_valid_until });
    Ok(IdCard {
        id_number: open_id_number(&app.keys, &person.id_number_sealed)?.into(),
        name: person.name.into(),
        sex: match sex {
            Sex::Male => terminal_protocol::Sex::Male,
            Sex::Female => terminal_protocol::Sex::Female,
        },
        ethnic: terminal_protocol::Ethnic::from_number(ethnic.code())
            .ok_or_else(|| Error::internal("an ethnic group that terminals do not know"))?,
        birth_date: person.born_on,
        address: person.address.unwrap_or_default().into(),
        authority: person.id_authority.unwrap_or_default(),
        validity: validity.map(|validity| validity.to_string()).unwrap_or_default(),
    })
}
