//! 852: somebody was collected at a machine. They come onto the platform like people of the upload API do, and wait
//! under 已采集人员 until a clerk puts them into a crew.

mod refusals;
mod validity;

use bytes::Bytes;
use chrono::NaiveDate;

use crate::{
    entity::person::PersonOrigin,
    platform::{
        App,
        types::{Ethnic, IdNumber, PersonName, Sex, Text, clock},
        web::{Error, Result},
    },
    registry::people::{
        NewPerson, Particulars,
        collected::{Collector, keep, store_picture},
        rules,
    },
    site::devices::{Refused, query::BoundDevice},
};

use validity::Validity;

/// The protocol's limit for the small picture in the card's chip.
const LARGEST_PORTRAIT: usize = 30 * 1024;

/// Somebody as a terminal sends them: texts as they stand in the message, without their padding.
pub struct CollectedByTerminal {
    pub id_number: String,
    pub name: String,
    pub sex: Sex,
    /// The protocol's number.
    pub ethnic: u8,
    pub born_on: NaiveDate,
    pub address: String,
    pub authority: String,
    pub validity: String,
    /// Empty if the card was typed and not read.
    pub portrait: Bytes,
    pub photo: Bytes,
}

/// What became of them.
#[derive(Clone, Debug)]
pub struct Collected {
    pub person_id: uuid::Uuid,
    pub person_number: i64,
    /// They were not on the platform before.
    pub created: bool,
    /// For the terminal's screen: nothing that stops them, but somebody should look.
    pub warning: Option<&'static str>,
}

/// Creates or updates somebody. What is wrong with them is the inner refusal; a platform that fails is the outer error.
pub async fn collect(
    app: &App,
    device: &BoundDevice,
    person: CollectedByTerminal,
) -> Result<Result<Collected, Refused>> {
    match take(app, device, person).await {
        Ok(collected) => Ok(Ok(collected)),
        Err(error) => refusals::of(error).map(Err),
    }
}

async fn take(app: &App, device: &BoundDevice, person: CollectedByTerminal) -> Result<Collected> {
    let CollectedByTerminal { id_number, name, sex, ethnic, born_on, address, authority, validity, portrait, photo } =
        person;
    let id_number = parsed("id_number", IdNumber::parse(&id_number))?;
    let name = parsed("name", PersonName::parse(&name))?;
    let ethnic = parsed("ethnic", Ethnic::from_code(ethnic))?;
    rules::check_reading(&id_number, Some(sex), Some(born_on))?;
    let validity = parsed("validity", Validity::parse(&validity))?;
    rules::check_validity(validity.from, validity.until)?;
    let address = optional("address", Text::<0, 200>::parse(&address))?;
    let id_authority = optional("authority", Text::<0, 60>::parse(&authority))?;
    let (photo, portrait) = (checked_photo(photo)?, checked_portrait(portrait)?);

    let by = Collector::Terminal(&device.device.serial);
    let photo_file_id = Some(store_picture(app, by, "photo", photo).await?);
    let portrait_file_id = match portrait {
        Some(portrait) => Some(store_picture(app, by, "portrait", portrait).await?),
        None => None,
    };
    let new = NewPerson {
        id_number,
        name,
        ethnic,
        origin: PersonOrigin::Terminal,
        origin_project_id: Some(device.project.id),
        region_code: device.project.region_code.clone(),
        particulars: Particulars {
            address,
            id_authority,
            id_valid_from: validity.from,
            id_valid_until: validity.until,
            photo_file_id,
            portrait_file_id,
            ..Particulars::default()
        },
    };
    let kept = keep(app, by, &device.project, new).await?;
    let expired = validity.until.is_some_and(|until| until < clock::china_today());
    Ok(Collected {
        person_id: kept.person.id,
        person_number: kept.person.number,
        created: kept.created,
        warning: expired.then_some("身份证已过期"),
    })
}

fn parsed<T, P: ToString>(field: &'static str, value: Result<T, P>) -> Result<T> {
    value.map_err(|problem| Error::field(field, problem.to_string()))
}

fn optional<const MAX: usize, P: ToString>(
    field: &'static str,
    text: Result<Text<0, MAX>, P>,
) -> Result<Option<String>> {
    Ok(Some(parsed(field, text)?.into_string()).filter(|text| !text.is_empty()))
}

fn checked_photo(photo: Bytes) -> Result<Bytes> {
    if photo.is_empty() {
        return Err(Error::field("no_photo", "没有人脸照片"));
    }
    Ok(photo)
}

fn checked_portrait(portrait: Bytes) -> Result<Option<Bytes>> {
    if portrait.len() > LARGEST_PORTRAIT {
        return Err(Error::field("portrait", "证件照片超过 30 KB"));
    }
    Ok(Some(portrait).filter(|portrait| !portrait.is_empty()))
}
